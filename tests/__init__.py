"""Tests of `consistent`."""
