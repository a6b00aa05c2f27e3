"""The process that reads one Parquet file: its path on standard input, its rows as JSON Lines on standard output."""

import sys

from consistent.confined import serve_lines
from consistent.corpora.parquet import row_lines

__all__: list[str] = []

if __name__ == "__main__":
    sys.exit(serve_lines(row_lines))
