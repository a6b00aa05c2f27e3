"""The columnar evaluator: what holds of many measures at once, a bit for each.

A column is one question, put to every measure of every proposal of a batch; its answers are two whole numbers with a bit for
each measure, one for what is sure and one for what is possible (`engine.worlds`). Conditions are 'and' and 'or' of such numbers.

To read in this order: `_planning` makes a plan of a program, once; `_layouts` says who is asked (`Subjects`) and how their
measures lie in a row (`Grid`), of one proposal; `many` says the same of many, with NumPy; `evaluating` puts the plan to them.

What it offers:

- `evaluating`: `ColumnsEngine`.
- `corpus`: `Corpus`, proposals in columns that can be asked again.
- `many`: `NumpyGrid`, the layout of many proposals.
"""
