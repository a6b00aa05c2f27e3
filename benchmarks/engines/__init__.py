"""This library against other engines, on the same rules and the same proposals: `python -m benchmarks.engines`."""
