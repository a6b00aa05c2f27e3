"""Reports as a page for a browser: one file, with all that it needs in it.

From dossiers (`consistent.reports.dossier`) to plain data (`view`), by pure functions; from these to a page by templates.
"""
