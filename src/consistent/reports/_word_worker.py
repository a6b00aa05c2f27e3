"""The process that fills in one template of Word: what is asked on standard input, the document on standard output."""

import sys

from consistent.confined import serve_confined
from consistent.reports.word import answer

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(serve_confined(answer))
