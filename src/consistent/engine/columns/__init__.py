"""The columnar evaluator: what holds of many measures at once, a bit for each.

A column is one question, put to every measure of every proposal of a batch; its answers are two whole numbers with a bit for
each measure, one for what is sure and one for what is possible (`engine.worlds`). Conditions are 'and' and 'or' of such numbers.

To read in this order: `planning` makes a plan of a program, once; `layouts` says how the measures of one proposal lie in a row,
`many` and `corpus` how those of many do; `evaluating` puts the plan to them, behind the protocol of engines.
"""
