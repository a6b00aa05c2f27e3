"""`consistent new`."""

import shlex
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from consistent.authoring.scaffolds.files import place_all
from consistent.authoring.scaffolds.kinds import new_concept, new_form, new_pack, new_proposal, new_rule
from consistent.cli.options import FILE, NAME, add_lang, default_pack_words
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import UsageError, printable
from consistent.knowledge.settings import PRIMARY_LAW
from consistent.model.text import Localized
from consistent.rules.rule import VERDICTS

__all__ = ["add", "new"]

_OF_RULES = ("principle", "effect", "verdict")
# What each of these options is for.
_FOR = {"principle": ("rule",), "effect": ("rule", "concept"), "verdict": ("rule",)}
_WRITTEN = Localized("Written: {path}", "Geschreven: {path}")
_SEVERAL = Localized("Written to {path}: {count} files", "Geschreven in {path}: {count} bestanden")
_NEXT: Mapping[str, Localized] = {
    "rule": Localized(
        "Next: write what says TODO, then {command}",
        "Verder: schrijf wat TODO heet, en dan {command}",
    ),
    "concept": Localized(
        "Next: write what says TODO, name it in a rule, then {command}",
        "Verder: schrijf wat TODO heet, noem het in een regel, en dan {command}",
    ),
    "proposal": Localized(
        "Next: fill in what the text says, then {command}",
        "Verder: vul in wat de tekst zegt, en dan {command}",
    ),
    "form": Localized(
        "Next: write what says TODO in {path}/form.toml, then {command}",
        "Verder: schrijf wat TODO heet in {path}/form.toml, en dan {command}",
    ),
    "pack": Localized(
        "Next: read {path}/README.md, then {command}",
        "Verder: lees {path}/README.md, en dan {command}",
    ),
}
_ONLY_RULES = Localized("`--{name}` is for a rule, not for a {what}", "`--{name}` is voor een regel, niet voor: {what}")
_ONLY_PACKS = Localized("`-o` is for a pack or a form only", "`-o` is alleen voor een pakket of een formulier")
_PROPOSAL = Localized("PROPOSAL", "VOORSTEL")
_FOLDERS = ("pack", "form")


def add(commands: Commands) -> None:
    """Define `consistent new`."""
    parser = commands.add("new", new)
    parser.takes(
        "what",
        choices=("rule", "concept", "proposal", "pack", "form"),
        help=Localized(
            "a rule or a concept in a pack, a proposal, a pack, or a form of an appraisal",
            "een regel (rule) of een begrip (concept) in een pakket, een voorstel (proposal), een pakket (pack) of een formulier voor een "
            "beoordeling (form)",
        ),
    )
    parser.takes(
        "name",
        metavar=NAME,
        help=Localized(
            "of a rule its id, as subject/name; of a proposal the file, with or without .toml; of a concept, pack or form its name",
            "van een regel het id, als onderwerp/naam; van een voorstel het bestand, met of zonder .toml; van een begrip, pakket of formulier de naam",
        ),
    )
    default = default_pack_words()
    parser.takes(
        "--pack",
        metavar=NAME,
        help=Localized(
            f"a pack by name, or its folder: of a rule or concept the one that it is for (default: this folder), of a proposal or form in whose "
            f"terms (default: {default.en}), of a pack the one that it builds on (default: {PRIMARY_LAW})",
            f"een pakket bij naam, of de map ervan: van een regel of begrip waarvoor hij is (standaard: deze map), van een voorstel of formulier in "
            f"wiens termen (standaard: {default.nl}), van een pakket waarop het voortbouwt (standaard: {PRIMARY_LAW})",
        ),
    )
    parser.takes(
        "-o",
        "--output",
        metavar=FILE,
        help=Localized(
            "of a pack or form: the folder to make it in (default: its name)",
            "van een pakket of formulier: de map waarin het wordt gemaakt (standaard: de naam)",
        ),
    )
    parser.takes(
        "--principle",
        metavar="ID",
        help=Localized(
            "of a rule: what it is for (default: the first of the pack)",
            "van een regel: waartoe hij dient (standaard: het eerste beginsel van het pakket)",
        ),
    )
    parser.takes(
        "--effect",
        metavar=Localized("TERM", "TERM"),
        help=Localized(
            "of a rule or concept: what a measure must do for it to apply (default: the first term)",
            "van een regel of begrip: wat een maatregel moet doen om eronder te vallen (standaard: de eerste term)",
        ),
    )
    parser.takes(
        "--verdict",
        choices=VERDICTS,
        help=Localized(
            "of a rule: what it says (default: question)", "van een regel: wat hij zegt (standaard: question)"
        ),
    )
    add_lang(parser)
    parser.takes("--force", action="store_true", help=Localized("replace what is there", "vervang wat er al is"))


def new(arguments: Namespace, streams: Streams) -> int:
    """Make the files, all of them or none, and say what to do next."""
    for name in _OF_RULES:
        if arguments.what not in _FOR[name] and getattr(arguments, name) is not None:
            raise UsageError(_ONLY_RULES.get(streams.language).format(name=name, what=arguments.what))
    if arguments.what not in _FOLDERS and arguments.output is not None:
        raise UsageError(_ONLY_PACKS.get(streams.language))
    files = _files(arguments)
    place_all(files, force=arguments.force)
    several = arguments.what in _FOLDERS
    path = str(arguments.output or arguments.name) if several else str(next(iter(files)))
    told = (_SEVERAL if several else _WRITTEN).get(arguments.lang).format(path=path, count=len(files))
    streams.console.print(printable(told), soft_wrap=True)
    following = _NEXT[arguments.what].get(arguments.lang).format(path=path, command=_command(arguments, path))
    streams.console.print(printable(following), soft_wrap=True)
    return 0


def _command(arguments: Namespace, path: str) -> str:
    """What to run on what was made, as it can be typed."""
    if arguments.what == "proposal":
        named = ["--pack", arguments.pack] if arguments.pack is not None else []
        return shlex.join(["consistent", "check", path, *named])
    if arguments.what == "form":
        form = path if "/" in path else f"./{path}"
        return f"{shlex.join(['consistent', 'fiche', '--form', form])} {_PROPOSAL.get(arguments.lang)}"
    golden = ["--golden", str(Path(path) / "goldens")] if arguments.what == "pack" else []
    return shlex.join(["consistent", "test", path, *golden])


def _files(arguments: Namespace) -> dict[Path, str]:
    if arguments.what == "pack":
        target = Path(arguments.output or arguments.name)
        return new_pack(arguments.name, target, arguments.lang, below=arguments.pack or PRIMARY_LAW)
    if arguments.what == "form":
        target = Path(arguments.output or arguments.name)
        return new_form(arguments.name, target, arguments.lang, pack=arguments.pack)
    if arguments.what == "proposal":
        path = Path(arguments.name if arguments.name.endswith(".toml") else f"{arguments.name}.toml")
        return {path: new_proposal(arguments.pack, arguments.lang)}
    if arguments.what == "concept":
        return new_concept(arguments.name, arguments.pack or Path(), arguments.lang, effect=arguments.effect or "")
    wanted = {name: getattr(arguments, name) for name in _OF_RULES if getattr(arguments, name) is not None}
    return new_rule(arguments.name, arguments.pack or Path(), arguments.lang, **wanted)
