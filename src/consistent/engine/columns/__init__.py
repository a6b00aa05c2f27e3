"""The columnar evaluator: what holds of many measures at once, a bit for each.

A column is one question, put to every measure of every proposal of a batch; its answers are two whole numbers with a bit for
each measure, one for what is sure and one for what is possible (`engine.worlds`). Conditions are 'and' and 'or' of such numbers.

To read in this order: `planning` makes a plan of a program, once; `subjects` and `corpus` say who is asked, `single` and `many`
how their measures lie in a row; `evaluating` puts the plan to them; `engine` is what the rest of the house sees of it.
"""
