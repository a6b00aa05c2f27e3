"""The command `consistent`: arguments, streams and exit status; what it does lives elsewhere.

Commands stand in modules, some several together, listed in `main`. For commands of other packages: `parsing` and `options`
define arguments, `inputs` reads what they name, and `streams` writes.
"""

from consistent.cli.main import main

__all__ = ["main"]
