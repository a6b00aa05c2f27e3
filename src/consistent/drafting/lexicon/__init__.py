"""The words that speak of areas and effects, as data, and the reader that finds them.

`lexicon.shipped_lexicon` gives the entries with how sure they are; `phrases` is how they are written and met.
"""
