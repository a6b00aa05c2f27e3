"""Tests read packs afresh, each time: some plant faults in the code that reads them.

Commands are tested with the pack of this repository, whatever folder they run in; which pack is taken where none is named is tested
in `tests/test_default_pack.py`.

Where durable-rules cannot be imported, the modules that rest on it are not looked through for doctests.
"""

import os
from importlib.util import find_spec

os.environ["CONSISTENT_CACHE"] = "off"
os.environ["CONSISTENT_PACK"] = "nl-22112-4027"

_ENGINE = ("_durable", "durable", "network")
collect_ignore = [] if find_spec("durable_rules_engine") else [f"src/consistent/engine/{each}.py" for each in _ENGINE]
