"""The command `consistent`: arguments, streams and exit status; what it does lives elsewhere.

Commands stand in modules, some several together, listed in `main`. For commands of other packages: `parsing` and `options`
define arguments, `inputs` reads what they name, and `streams` writes.
"""

from consistent.generated import keep_generated

# Before any class of attrs is made.
keep_generated()

from consistent.cli.main import main  # noqa: E402  see above

__all__ = ["main"]
