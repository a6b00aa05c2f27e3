"""References to articles and acts, as citations and provisions write them, read into places.

`legal_bases.read_citations` reads the preamble of an act, `references.references` a provision; `article_references` and
`celex` read what both have in common.
"""
