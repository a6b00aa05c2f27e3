"""What is judged: proposals, measures, what is known of them, and in which words. It knows no rules.

- `proposal`: `Proposal`, `Measure` and `Evidence`; `PROPOSAL_FIELDS` and `MEASURE_FIELDS`, what each field takes.
- `values`: `Value`, partial knowledge of a set of atoms, and `UNKNOWN`.
- `vocabulary`: `Vocabulary` and `Term`: a hierarchy of terms.
- `text`: `Localized`, one text in both languages; `Language`; `today`.
"""
