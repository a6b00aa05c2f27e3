"""Proposals on which given conditions hold and others do not: a constraint solver over compiled rules.

- `goals`: `Goals`, what it takes for a rule to have an outcome; `Goal`, a conjunction of constraints (`Wanted`); `plan_of`.
- `search`: `Search`, which finds proposals that meet a goal; `witness`, one for a single clause.
- `values`: `Wish`, the constraints on one field; `field_values`, the values that satisfy them.
"""
