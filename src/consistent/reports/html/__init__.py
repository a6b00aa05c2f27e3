"""Pages for a browser: one file each, with all that it needs in it.

`page` makes a page of any outline. That of a report has more than outlines: `building` says where on it each stands, what it
leads to and what it can be filtered by, and `anchors` marks the text of a document; the templates do the rest.
"""
