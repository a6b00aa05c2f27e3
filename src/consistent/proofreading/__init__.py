"""An act against itself: where its own text, memorandum, statement or other language contradicts it. No rule and no pack is asked.

`proofread.proofread` does all checks; each of them is a module. What they find is a `Discrepancy`, with the passages to look at.
"""
