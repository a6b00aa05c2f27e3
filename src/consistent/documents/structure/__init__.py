"""The structure of a document: acts, chapters, articles, paragraphs, points, told from its lines.

`structure.document_of` makes a `Document` of blocks, and `structure` says what it seems to lack; `numbering` and `wording` tell
what a number or the words of a line mean.
"""
