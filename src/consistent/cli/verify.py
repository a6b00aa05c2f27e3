"""`consistent verify`."""

from argparse import Namespace
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from consistent.checker import KnowledgeBase, load
from consistent.cli.inputs import proposal_of, read_input, read_waivers
from consistent.cli.options import FILE, NAME, PROPOSAL, add_as_proposal, add_format, add_lang, add_output, add_waivers
from consistent.cli.parsing import Commands
from consistent.cli.streams import Streams
from consistent.errors import UsageError
from consistent.findings.report import Report
from consistent.inquiries.verifying import Verification, identity_or_error
from consistent.knowledge.packs import available_packs
from consistent.knowledge.settings import default_pack
from consistent.model.text import Language, Localized
from consistent.reports import json_format
from consistent.reports.outline import Block
from consistent.reports.terminal import print_outline
from consistent.reports.verify_text import verification_outline
from consistent.toml.files import is_file
from consistent.toml.waivers import Waiver, waivers_from

__all__ = ["add", "verify"]

_STATUS = Localized(
    "exit status: 0 the same is said of the same proposal by the same packs, 1 something differs, 2 bad input or usage",
    "afsluitstatus: 0 van hetzelfde voorstel zeggen dezelfde pakketten hetzelfde, 1 er is iets anders, "
    "2 onbruikbare invoer of onjuist gebruik",
)
_NO_PACK = Localized(
    "the report was made with the pack `{name}`{version}, and there is none of that name",
    "het rapport is gemaakt met het pakket `{name}`{version}, en er is er geen met die naam",
)
_NAME_PACK = Localized("name its folder with `--pack`", "noem de map ervan met `--pack`")
_NO_FILE = Localized(
    "the report is on `{path}`, and there is no such file", "het rapport gaat over `{path}`, en dat bestand is er niet"
)
_NAME_FILE = Localized(
    "name the proposal behind the report: `consistent verify REPORT PROPOSAL`",
    "noem het voorstel achter het rapport: `consistent verify RAPPORT VOORSTEL`",
)
_NO_WAIVERS = Localized(
    "the report accepts findings by `{path}`, and there is no such file",
    "het rapport aanvaardt bevindingen volgens `{path}`, en dat bestand is er niet",
)
_NAME_WAIVERS = Localized("name the file with `--waivers`", "noem het bestand met `--waivers`")
_TOO_MANY = Localized(
    "{given} proposals for a file with {reports} reports", "{given} voorstellen bij een bestand met {reports} rapporten"
)
_AS_MANY = Localized("name one for each report, in their order", "noem er een per rapport, in die volgorde")


def add(commands: Commands) -> None:
    """Define `consistent verify`."""
    parser = commands.add("verify", verify, epilog=_STATUS)
    # A report says itself how it was made.
    parser.goes_by_settings = False
    parser.takes(
        "report",
        metavar=FILE,
        help=Localized(
            "what `consistent check --format json` wrote, or - for standard input",
            "wat `consistent check --format json` schreef, of - voor standaardinvoer",
        ),
    )
    parser.takes(
        "proposals",
        nargs="*",
        metavar=PROPOSAL,
        help=Localized(
            "the proposal of each report, in their order (default: the files that they name)",
            "het voorstel van elk rapport, in die volgorde (standaard: de bestanden die ze noemen)",
        ),
    )
    parser.takes(
        "--pack",
        metavar=NAME,
        help=Localized(
            "the pack by name, or its folder (default: the one that the report names)",
            "het pakket bij naam, of de map ervan (standaard: het pakket dat het rapport noemt)",
        ),
    )
    add_lang(parser)
    add_format(parser)
    add_output(parser, printed=True)
    add_waivers(parser)
    add_as_proposal(parser)


def verify(arguments: Namespace, streams: Streams) -> int:
    """Make each report of a file again, and tell what differs."""
    name, content = read_input(arguments.report)
    reports = json_format.read_reports(content, name)
    if len(arguments.proposals) > len(reports):
        told = _TOO_MANY.get(arguments.lang).format(given=len(arguments.proposals), reports=len(reports))
        raise UsageError(told, _AS_MANY.get(arguments.lang))
    found = [_verified(report, path, arguments) for report, path in zip_longest(reports, arguments.proposals) if report]
    if arguments.format == "json":
        streams.write_json(json_format.render_verifications(found))
    else:
        print_outline(streams.console, _blocks(found, arguments.lang))
    return int(not all(each.comes_out for each in found))


def _blocks(found: list[Verification], language: Language) -> Iterator[Block]:
    for each in found:
        yield from verification_outline(each, language)


def _verified(report: Report, path: str | None, arguments: Namespace) -> Verification:
    identity_or_error(report)
    language = arguments.lang
    kb = _pack(report, arguments.pack, language)
    if path is None:
        path = report.proposal.path
        if not is_file(Path(path)):
            raise UsageError(_NO_FILE.get(language).format(path=path), _NAME_FILE.get(language))
    proposal = proposal_of(kb, *read_input(path), as_proposal=arguments.as_proposal)
    return kb.verify(report, proposal, waivers=_waivers(report, arguments))


def _pack(report: Report, named: str | None, language: Language) -> KnowledgeBase:
    """The pack that is named, else the one that the report names, also where it is that of the working folder.

    Raises:
        UsageError: there is no such pack.
    """
    if named is not None:
        return load(named)
    if report.pack in available_packs():
        return load(report.pack)
    default = default_pack()
    if default.origin != "none":
        kb = load()
        if kb.name == report.pack:
            return kb
    versions = {pack.name: pack.version for pack in identity_or_error(report).packs}
    version = f" {versions[report.pack]}" if versions.get(report.pack) else ""
    raise UsageError(_NO_PACK.get(language).format(name=report.pack, version=version), _NAME_PACK.get(language))


def _waivers(report: Report, arguments: Namespace) -> tuple[Waiver, ...]:
    """Those that are named, else those of the files that the report names."""
    if arguments.waivers:
        return read_waivers(arguments)
    paths = list(dict.fromkeys(use.path for use in report.waivers))
    for path in paths:
        if not is_file(Path(path)):
            told = _NO_WAIVERS.get(arguments.lang).format(path=path)
            raise UsageError(told, _NAME_WAIVERS.get(arguments.lang))
    return waivers_from(map(Path, paths))
