"""What is judged: proposals, measures, what is known of them, and in which words. It knows no rules.

- `proposal`: `Proposal`, `Measure` and `Evidence`; `Fields`, what each field takes, those of packs' own too.
- `evidence`, `recorded`: where a value was read; and what is recorded of a proposal beside what rules test: powers, delegations,
  time limits, quotations.
- `values`: `Value`, partial knowledge of a set of atoms, and `UNKNOWN`.
- `vocabulary`: `Vocabulary` and `Term`: a hierarchy of terms.
- `text`: `Localized`, one text in both languages; `Language`; `today`.
"""
