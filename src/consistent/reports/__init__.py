"""From what was found to what is read: outlines with their four renderers, and forms for other tools.

- `outline`: a text before it has a form; `terminal`, `markdown`, `html.page` and `word` render any of them.
- `text`, `why_text`, `questions_text`, `repairs_text`, `diff_text`, `review_text`, `rule_text`: what each command tells, as
  an outline; `said_text` and `notices` are what several of them say.
- `sarif`, `junit`, `github`, `csv_format`: forms for programs, by `entries` and `dossier`; `json_format`, by itself.
- `overview`, `pages`: many proposals at once; the pages of a pack.
- `formats`: every form by name, those of other packages too.
"""
