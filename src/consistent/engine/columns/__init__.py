"""The columnar evaluator: what holds of many measures at once, a bit for each.

A column is one question, put to every measure of every proposal of a batch; its answers are two whole numbers with a bit for
each measure, one for what is sure and one for what is possible. Conditions are 'and' and 'or' of such numbers.
"""
