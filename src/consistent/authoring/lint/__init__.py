"""Lints of a pack: what the solver proves of its rules (`_rules`), and what nothing reads or a corpus shows (`linting`, `measured`)."""
