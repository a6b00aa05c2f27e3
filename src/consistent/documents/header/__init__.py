"""The header of a document: what it is, of when, by whom, and on which legal bases.

`header.read_header` gives a `Header`; `kinds` names what documents can be.
"""
