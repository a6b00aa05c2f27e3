"""What an amended proposal or pack changes, and which amendment each change comes from.

- `difference`: `difference`, from two cases to a `Difference`.
- `amending`: `Amendment`, one thing that differs, with its passages.
- `causes`: `find_causes`, by checking counterfactual cases; `Standing`, an outcome in a form to compare.
"""
