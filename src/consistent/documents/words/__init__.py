"""The words of each language, as data that ships as TOML, compiled to patterns.

`languages` tells the structure of a document and which language it is in, `header_words` its header, `citation_words` its
citations, `provision_words` its provisions; `phrases` is the little language in which lawyers write such words.
"""
