"""Hypothesis strategies for those who write rules: proposals in the terms of a pack, and such as are aimed at one rule.

`consistent.testing` offers them. Nothing is imported here: what writes a proposal down, as commands do, needs no hypothesis.
"""
