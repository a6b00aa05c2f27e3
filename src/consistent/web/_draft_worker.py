"""The process that reads one document: what is asked on standard input, what was read on standard output."""

import sys

from consistent.confined import serve_confined
from consistent.web.confined_drafts import answer

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(serve_confined(answer))
