"""`consistent fiche`, added to the commands by entry point, as any installed package can add one."""

from consistent.cli.parsing import Commands
from consistent.model.text import Localized

__all__ = ["add"]

_HELP = Localized(
    "draft an appraisal of a proposal (BNC-fiche, or another form), with gaps for what only a person can say",
    "stel een concept op van het BNC-fiche (of een ander formulier) over een voorstel, met open plekken voor wat alleen een mens kan zeggen",
)


def add(commands: Commands) -> None:
    """Define `consistent fiche`."""
    commands.add_module("fiche", "consistent.fiche._command", _HELP)
