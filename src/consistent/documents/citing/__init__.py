"""References to articles and acts, as citations and provisions write them, read into places.

`legal_bases.read_citations` reads the preamble of an act, `references.references` a provision; `article_references` reads what
both have in common: places in articles, and the numbers of acts.
"""
