"""Campaigns: each tries what gives way, for as long as one says, and keeps what it found as a small case.

`python -m tests.campaigns NAME --seconds S` runs one; `tests/campaigns/test_campaigns.py` runs each for a moment, and puts to the
library once more what was ever found.
"""
