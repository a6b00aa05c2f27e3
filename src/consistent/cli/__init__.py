"""The command `consistent`: arguments, streams and exit status; what it does lives elsewhere."""

from consistent.cli.main import main

__all__ = ["main"]
