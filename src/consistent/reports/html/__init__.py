"""Pages for a browser: one file each, with all that it needs in it.

`page` makes a page of any outline. The page of a report is more than an outline: from dossiers (`consistent.reports.dossier`)
it becomes plain data (`view`), by pure functions, and from these a page by templates.
"""
