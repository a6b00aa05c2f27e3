"""`python -m consistent`, and the command of that name."""

import sys

__all__ = ["run"]


def run() -> int:
    """Run the command. An interrupt while it is still loaded ends it as one does later.

    Returns:
        The exit status, as of `consistent.cli.main`.
    """
    try:
        from consistent.cli import main  # noqa: PLC0415  within `try`: to load it takes most of the start

        return main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(run())
