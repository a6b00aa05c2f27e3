"""`python -m consistent`."""

import sys

from consistent.cli import main

if __name__ == "__main__":
    sys.exit(main())
