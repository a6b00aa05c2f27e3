"""Lints of a pack: what the solver proves to do no work (`rules`), what nothing reads (`pack`), what a corpus shows (`measured`)."""
