"""The command in Dutch: help, status lines, and what is wrong with how it was called."""

import argparse
import re
from importlib.metadata import PackageNotFoundError, entry_points
from pathlib import Path

import pytest

from consistent.cli import main
from consistent.cli.main import _ADDED, _COMMANDS, _HEADS, _parser
from consistent.cli.parsing import Commands, Parser, _catalogue
from consistent.model.text import Language

ROOT = Path(__file__).parents[1]
PAPER = str(ROOT / "proposals/join-2025-120.toml")


class Called:
    """Runs the command in this process; exit status, output, errors."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        try:
            status = main(arguments)
        except SystemExit as leaving:  # how argparse ends
            status = int(leaving.code or 0)
        return status, *self._capsys.readouterr()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Called:
    """The command, with no variable that changes what it says."""
    monkeypatch.delenv("CONSISTENT_LANG", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    return Called(capsys)


def commands() -> dict[str, dict[str, Parser]]:
    """By language, the parser of each command."""
    found: dict[str, dict[str, Parser]] = {}
    for language in ("en", "nl"):
        parser = _parser(language)
        adding = next(each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
        found[language] = dict(adding.choices)
    return found


class TestHelp:
    """`--help --lang nl`."""

    def test_everything_is_said_twice(self) -> None:
        """Each command and each argument has help in both languages, and it is not the same text."""
        both = commands()
        assert list(both["en"]) == list(both["nl"])
        assert list(both["en"]) == [*_COMMANDS, *(each.name for each in entry_points(group="consistent.commands"))]
        for name, english in both["en"].items():
            dutch = both["nl"][name]
            assert english.description != dutch.description
            for one, other in zip(english._actions, dutch._actions, strict=True):
                assert one.option_strings == other.option_strings
                assert one.help, (name, one.dest)
                bare = [
                    re.sub(r"\(?(default|standaard): %\(default\)s\)?", "", each.help or "") for each in (one, other)
                ]
                assert bare[0] != bare[1] or not bare[0].strip(), (name, one.dest, one.help)

    @pytest.mark.parametrize("language", ["en", "nl"])
    def test_heads(self, run: Called, language: Language) -> None:
        """Each command stands once, below one head; what a package adds stands below the last."""
        out = run("--help", "--lang", language)[1]
        _, *sections = re.split(r"\n(?=\S.*:\n)", out)
        listed = {
            section.splitlines()[0].removesuffix(":"): re.findall(r"^  (\w+) ", section, re.MULTILINE)
            for section in sections[2:]
        }
        heads = {head.get(language): list(commands) for head, commands in _HEADS.items()}
        del listed[{"en": "examples", "nl": "voorbeelden"}[language]]
        assert list(listed.items())[:-1] == list(heads.items())
        assert "fiche" in listed[_ADDED.get(language)]

    @pytest.mark.parametrize("language", ["en", "nl"])
    def test_without_the_commands(self, language: Language) -> None:
        """Help that imports no command is that of the parser that has them all."""
        assert _parser(language, ["--help"]).format_help() == _parser(language).format_help()

    def test_words_of_argparse(self, run: Called) -> None:
        """The words that argparse puts in by itself are Dutch too, wherever the language is named."""
        for arguments in (("check", "--help", "--lang", "nl"), ("check", "--lang=nl", "-h")):
            status, out, err = run(*arguments)
            assert (status, err) == (0, "")
            assert out.startswith("gebruik: consistent check [-h] [--color {auto,always,never}]")
            assert "\nargumenten:\n  PAD " in out
            assert "\nopties:\n  -h, --help " in out
            assert "toon deze hulp en stop" in out
            assert not re.search(r"\b(usage|options|default|exit status)\b", out)

    def test_variable(self, run: Called, monkeypatch: pytest.MonkeyPatch) -> None:
        """CONSISTENT_LANG sets the language of the command and of its reports; `--lang` goes before it."""
        monkeypatch.setenv("CONSISTENT_LANG", "nl")
        assert run("--help")[1].startswith("gebruik: consistent [-h] [--version] OPDRACHT ...")
        assert run("packs")[1].startswith("pakket ")
        assert run("packs", "--lang", "en")[1].startswith("pack ")
        assert run("check", "--help", "--lang", "en")[1].startswith("usage: ")

    def test_variable_that_names_none(self, run: Called, monkeypatch: pytest.MonkeyPatch) -> None:
        """A language that there is not is refused."""
        monkeypatch.setenv("CONSISTENT_LANG", "fr")
        assert run("packs") == (
            2,
            "",
            "error: `fr` in CONSISTENT_LANG is no language of this command\nhelp: one of en, nl\n",
        )


class TestErrors:
    """What is wrong with a call, in Dutch."""

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["check"], "consistent check: fout: deze argumenten ontbreken: PAD"),
            (["check", "x", "--pack"], "fout: argument --pack: hier hoort één waarde achter"),
            (["check", "x", "--verbose=3"], "fout: argument -v/--verbose: hier hoort geen waarde achter: '3'"),
            (["check", "x", "--ver"], "fout: onduidelijke optie: --ver kan zijn --verified-within, --verbose"),
            (["check", "x", "--engine", "steam"], "fout: argument --engine: ongeldige keuze: 'steam' (kies uit "),
            (["check", "x", "--as-of", "1 juni"], "argument --as-of: `1 juni` is geen datum; schrijf jaar-maand-dag"),
            (["check", "x", "--ending-within", "-"], "argument --ending-within: `-` is geen aantal dagen"),
            (["ask", "x", "--limit", "0"], "argument --limit: `0` is geen geheel getal vanaf een"),
            (["repair", "x", "--timeout", "s"], "argument --timeout: `s` is geen aantal seconden boven 0"),
            (["packs", "--what"], "consistent packs: fout: onbekende optie `--what`\nhulp: `consistent packs --help` noemt ze\n"),
            (["check", "x", "--formt", "json"], "fout: onbekende optie `--formt`\nhulp: bedoelt u `--format` of `--force`?"),
            (["check", "x", "--format", "jsn"], "\nhulp: bedoelt u `json`?"),
            (["chek"], "consistent: fout: onbekende opdracht `chek`\nhulp: bedoelt u `check` of "),
        ],
    )  # fmt: skip
    def test_usage(self, run: Called, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str) -> None:
        """Each fault that argparse can find in a call."""
        monkeypatch.setenv("CONSISTENT_LANG", "nl")
        status, out, err = run(*arguments)
        assert (status, out) == (2, "")
        assert said in err
        assert "error" not in err

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (
                ["diff", PAPER],
                "fout: er is niets om mee te vergelijken\nhulp: geef een tweede voorstel, --new-pack of --new-as-of\n",
            ),
            (["diff", "-", "-"], "fout: standaardinvoer kan maar een van de twee voorstellen zijn\n"),
            (
                ["draft", PAPER],
                (
                    f"fout: bestand is geen document: het lijkt TOML te zijn\n  bij {PAPER}\n"
                    "hulp: `consistent check` toetst een voorstel in TOML\n"
                ),
            ),
        ],
    )
    def test_own(self, run: Called, arguments: list[str], said: str) -> None:
        """Each fault that the command itself finds."""
        assert run(*arguments, "--lang", "nl") == (2, "", said)

    def test_document_to_review(self, run: Called, tmp_path: Path) -> None:
        """A document is no draft, and the help says what makes one of it."""
        (tmp_path / "a.txt").write_text("Proposal for a regulation", "utf-8")
        status, out, err = run("review", str(tmp_path / "a.txt"), "--lang", "nl")
        assert (status, out) == (2, "")
        assert err.startswith("fout: bestand is een document, en geen voorstel in TOML\n")
        assert err.endswith("hulp: `consistent draft` maakt er een voorstel van\n")

    def test_deeper(self, run: Called) -> None:
        """What is wrong with a file is said in English; what stands before its place and help is Dutch."""
        status, _, err = run("check", "gone.toml", "--lang", "nl")
        assert status == 2
        assert err.startswith("fout: ")
        assert "\n  bij gone.toml" in err

    def test_catalogue(self) -> None:
        """The Dutch keeps every value that argparse puts in, in the same order."""
        values = re.compile(r"%\(\w+\)[sr]|%[sr]")
        for words, dutch in _catalogue().items():
            assert values.findall(words) == values.findall(dutch), words

    def test_unknown_message(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What a later Python may say stays as it is."""
        with pytest.raises(SystemExit):
            Parser(prog="p", language="nl").error("something new")
        assert capsys.readouterr().err == "gebruik: p [-h]\np: fout: something new\n"


def test_adding_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    """A command is added by one module: it defines its arguments beside its function."""
    from consistent.cli import packs

    parser = Parser(prog="p", language="nl")
    packs.add(Commands.of(parser, {name: shipped.help for name, shipped in _COMMANDS.items()}))
    assert parser.parse_args(["packs"]).run is packs.packs


class TestAdded:
    """Commands of installed packages."""

    def test_by_entry_point(self, run: Called, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A function that an entry point names adds a command; one that is no function is told, without a traceback."""
        info = tmp_path / "another-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Name: another\nVersion: 1\n", "utf-8")
        (info / "entry_points.txt").write_text(
            "[consistent.commands]\nshout = shouting:add\nbad = shouting:WORD\ngone = nowhere:add\n", "utf-8"
        )
        (tmp_path / "shouting.py").write_text(
            "from consistent.model.text import Localized\nWORD = 'hey'\n"
            "def run(arguments, streams):\n    streams.write_text(WORD)\n    return 0\n"
            "def add(commands):\n    commands.add('shout', run, Localized('shout it', 'roep het'))\n",
            "utf-8",
        )
        monkeypatch.syspath_prepend(str(tmp_path))
        assert run("shout") == (0, "hey", "")
        assert run("bad") == (2, "", "error: command `bad` is not a `function`\n")
        assert run("gone") == (2, "", "error: command `gone` cannot be loaded: No module named 'nowhere'\n")

    def test_not_installed(self, run: Called, monkeypatch: pytest.MonkeyPatch) -> None:
        """A checkout that is not installed says how the commands come that entry points add; its own it has."""

        def missing(name: str) -> None:
            raise PackageNotFoundError(name)

        monkeypatch.setattr("importlib.metadata.distribution", missing)
        monkeypatch.setattr("consistent.plugins.entry_points", lambda **_: ())
        status, out, err = run("fiche", "x.toml")
        assert (status, out) == (2, "")
        assert err.startswith("error: unknown command `fiche`\nhelp: this copy is not installed")
        assert run("packs")[0] == 0
        assert "fiche" not in run("--help")[1]


class TestFaults:
    """What is wrong with a document, and with its file."""

    def test_documents_that_are_no_proposals(self, run: Called, tmp_path: Path) -> None:
        """What the document is and what can be done stands there in Dutch."""
        file = tmp_path / "leeg.txt"
        file.write_text("x")
        status, _, said = run("draft", str(file), "--lang", "nl")
        assert status == 2
        assert "fout: de taal van het document is niet vast te stellen" in said
        assert "hulp: documenten worden gelezen in het Engels en Nederlands" in said

    def test_files_that_cannot_be_read(self, run: Called, tmp_path: Path) -> None:
        """Neither the message nor its reason is English."""
        _, _, absent = run("draft", str(tmp_path / "weg.txt"), "--lang", "nl")
        _, _, folder = run("draft", str(tmp_path), "--lang", "nl")
        assert "fout: bestand is niet te lezen: dat bestand of die map bestaat niet" in absent
        assert "fout: bestand is niet te lezen: het is een map" in folder

    def test_drafts_speak_the_language_that_is_set(self, run: Called, monkeypatch: pytest.MonkeyPatch) -> None:
        """The comments of an English document are Dutch where CONSISTENT_LANG says so."""
        document = str(ROOT / "tests/documents/powers.en.txt")
        _, english, _ = run("draft", document)
        monkeypatch.setenv("CONSISTENT_LANG", "nl")
        _, dutch, _ = run("draft", document)
        assert english.startswith("# Draft of a proposal")
        assert dutch.startswith("# Concept van een voorstel")
