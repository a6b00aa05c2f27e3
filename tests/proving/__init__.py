"""Tests of the translation for the solver, and of what is asked of it."""
