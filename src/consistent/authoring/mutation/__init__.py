"""Mutation of rules: small faults planted one at a time, to see whether the tests of a pack notice."""
