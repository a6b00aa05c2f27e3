"""Tests of `consistent.corpora`."""
