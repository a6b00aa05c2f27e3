"""Why not: what became of a rule on each measure.

- `why_not`: `why_not`, from a case and a rule to a `WhyNot`.
- `accounts`: `WhyNot`, `Account` and `Node`, as data.
"""
