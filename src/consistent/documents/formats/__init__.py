"""Readers of file formats: bytes in, blocks of text out.

A module for each format, with `read`: `akn`, `docx`, `formex`, `html`, `pdf`, `plain`. `text` has what all of them need. They
are imported when a file of theirs is met, by `consistent.documents.reading`, for their libraries are large.
"""
