"""`python -m tests.campaigns NAME`: one campaign, for as long as one says. Prints a line of figures."""

import sys
from argparse import ArgumentParser
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.campaigns.campaign import Campaign, run

__all__ = ["NAMES", "opened"]

NAMES = ("evaluators", "refinement", "proofs", "inputs", "kills", "writes", "threads")


def opened(name: str, folder: Path) -> Campaign:
    """A campaign by its name, with a folder to work in."""
    campaign: Campaign = import_module(f"tests.campaigns.{name}").open_campaign(folder)
    return campaign


def main() -> int:
    """Run it.

    Returns:
        The exit status: 0 nothing was found, 1 something was, 130 interrupted; the line of figures is printed in any case.
    """
    parser = ArgumentParser(prog="python -m tests.campaigns", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--seconds", type=float, help="after which no case begins (default: no end)")
    parser.add_argument("--cases", type=int, help="after how many to end (default: no end)")
    parser.add_argument("--seed", type=int, default=0, help="of chance (default: 0)")
    parser.add_argument("--resume", type=Path, help="where the figures are kept; a run that is there goes on")
    parser.add_argument("--found", type=Path, help="folder for what gives way (default: build/campaigns/NAME)")
    given = parser.parse_args()
    found = given.found or Path("build/campaigns", given.name)
    with TemporaryDirectory(prefix="campaign-") as folder:
        campaign = opened(given.name, Path(folder))
        figures = run(
            campaign, seed=given.seed, seconds=given.seconds, cases=given.cases, resume=given.resume, found=found
        )
    print(figures.line(given.name, campaign.unit))  # noqa: T201  a command
    for name in figures.found:
        print(f"  {found / name}")  # noqa: T201  a command
    return 1 if figures.found else 0


if __name__ == "__main__":
    sys.exit(main())
