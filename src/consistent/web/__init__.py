"""A workbench in the browser, on one's own machine: from a document over its values and questions to a fiche, without a terminal.

- `command`: `consistent serve`, which opens it.
- `app`: what is asked for under which address; `guarding` lets nobody ask but the one whom the address was given to.
- `folder`: the files that are worked on; `confined_drafts` makes drafts of documents in a process that is bounded.
- `work`: one proposal that is worked on, with what was found, saved at each step.
- `answering` and `stating`: from what a form says to the file as it then is.
- `views`: what the templates show; `words` are those of the pages.
- `browser`: the same without a server, as a folder of files.
"""
