"""The process that reads one document: which one on standard input, what is in it as JSON on standard output."""

import sys

from consistent.confined import serve_confined
from consistent.documents.formats.confined import answer

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(serve_confined(answer))
