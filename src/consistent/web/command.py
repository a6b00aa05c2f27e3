"""`consistent serve`, added to the commands by entry point, as any installed package can add one."""

from consistent.cli.parsing import Commands
from consistent.model.text import Localized

__all__ = ["add"]

_HELP = Localized(
    "open a workbench in the browser: from a document to a fiche, on this machine alone",
    "open een werkbank in de browser: van een document tot een fiche, alleen op deze computer",
)


def add(commands: Commands) -> None:
    """Define `consistent serve`."""
    commands.add_module("serve", "consistent.web._command", _HELP)
