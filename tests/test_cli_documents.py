"""Documents and waivers, where a command is about one proposal: `why`, `ask`, `repair` and `diff` take them as `check` does."""

import json
from pathlib import Path

import pytest

from consistent.cli import main

ROOT = Path(__file__).parents[1]
PAPER = str(ROOT / "proposals/join-2025-120.toml")
DAY = "2025-06-01"
CONFLICT = "nl-22112-4027/cyber/eu-offensive-cyber-mechanism"
RULE = "treaties/proportionality/no-proportionality-statement"
LAMPS = """\
EUROPEAN COMMISSION
Brussels, 4.5.2026
COM(2026) 901 final
2026/0901(COD)
Proposal for a
REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
on the lamps of lighthouses
THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union, and in particular Article 100(2) thereof,
Whereas:
(1) Ships need lamps that they can tell apart, and keepers need lamps that last for more than a winter.
HAVE ADOPTED THIS REGULATION:
Article 1
Reports
Member States shall report to the Commission on the lamps of their coasts every year.
"""
WAIVER = f"""\
[[waiver]]
rule = "{CONFLICT}"
reason.en = "Agreed in the Council."
reason.nl = "Zo afgesproken in de Raad."
owner = "M. Jansen"
until = 2025-12-31

[[waiver]]
rule = "treaties/no-such-rule"
reason = "x"
owner = "M. Jansen"
until = 2025-12-31
"""
NOTICE = {
    "en": "Made from an unreviewed draft: ",
    "nl": "Op grond van een concept dat niet is nagekeken: ",
}


@pytest.fixture
def lamps(tmp_path: Path) -> str:
    """A document, of which nobody would say so by its name."""
    path = tmp_path / "lamps.bin"
    path.write_text(LAMPS, "utf-8")
    return str(path)


@pytest.fixture
def waivers(tmp_path: Path) -> str:
    """A file that accepts one finding, and one that there is not."""
    path = tmp_path / "waivers.toml"
    path.write_text(WAIVER, "utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command in this process; exit status, output, errors."""
    status = main(arguments)
    return status, *capsys.readouterr()


def on(command: str, document: str) -> list[str]:
    """A call of a command that is about a document."""
    call = {
        "why": ["why", RULE, document],
        "ask": ["ask", document, "--limit", "1"],
        "repair": ["repair", document],
        "diff": ["diff", document, document],
    }
    return [*call[command], "--pack", "treaties"]


@pytest.mark.parametrize("command", ["why", "ask", "repair", "diff"])
class TestDocument:
    """A document in the place of TOML."""

    @pytest.mark.parametrize("lang", ["en", "nl"])
    def test_notice(self, capsys: pytest.CaptureFixture[str], lamps: str, command: str, lang: str) -> None:
        """It is drafted, and the text says that nobody has looked through the draft."""
        status, out, err = run(capsys, *on(command, lamps), "--lang", lang)
        assert (status, err) == (0, "")
        assert out.count(NOTICE[lang]) == 1
        asked = {"en": "questions left: ", "nl": "nog te beantwoorden: "}[lang]
        assert {"ask": asked}.get(command, "COM(2026) 901") in out

    def test_json(self, capsys: pytest.CaptureFixture[str], lamps: str, command: str) -> None:
        """With JSON the notice is on standard error, and the document is whole."""
        status, out, err = run(capsys, *on(command, lamps), "--format", "json")
        assert status == 0
        assert "schema_version" in json.loads(out)
        assert err.replace("new: ", "").startswith(NOTICE["en"])

    def test_no_proposal(self, capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str) -> None:
        """A document that is no proposal is refused, and taken for one with `--as-proposal`."""
        other = tmp_path / "other"
        other.write_text("A letter about the lamps of lighthouses, and what should be done with them. " * 9, "utf-8")
        status, out, err = run(capsys, *on(command, str(other)))
        assert (status, out) == (2, "")
        assert "--as-proposal" in err
        assert run(capsys, *on(command, str(other)), "--as-proposal")[0] == 0


class TestAsk:
    """Answers to questions about a document."""

    def test_where_to_write(self, capsys: pytest.CaptureFixture[str], lamps: str) -> None:
        """They are written into a draft; the last line says how."""
        _, out, _ = run(capsys, *on("ask", lamps))
        last = f"Answers are written into a draft: `consistent draft {lamps} -o FILE`, then `consistent ask FILE`."
        assert out.splitlines()[-1] == last


class TestWaivers:
    """`--waivers` of `why`, `ask` and `repair`."""

    def test_why(self, capsys: pytest.CaptureFixture[str], waivers: str) -> None:
        """A finding that is accepted is shown as such, with who answers for it; what settles nothing is told."""
        call = ["why", CONFLICT, PAPER, "--as-of", DAY, "--lang", "nl"]
        assert "M. Jansen" not in run(capsys, *call)[1]
        _, out, _ = run(capsys, *call, "--waivers", waivers)
        assert "aanvaard: Zo afgesproken in de Raad. (M. Jansen, tot en met 2025-12-31)" in out
        assert "Aanvaardingen die aandacht vragen (1)\n  treaties/no-such-rule" in out

    def test_repair(self, capsys: pytest.CaptureFixture[str], waivers: str) -> None:
        """Nothing has to change for a finding that is accepted; it is named."""
        call = ["repair", PAPER, "--as-of", DAY, "--waivers", waivers]
        _, out, _ = run(capsys, *call)
        assert "No conflict: nothing has to change." in out
        assert "Accepted by a waiver (1)\n  row-52: " in out
        assert "Waivers to look at (1)\n  treaties/no-such-rule" in out
        # A rule that is named is looked at all the same.
        assert "No conflict" not in run(capsys, *call, "--rule", CONFLICT, "--alternatives", "1")[1]

    def test_ask(self, capsys: pytest.CaptureFixture[str], waivers: str) -> None:
        """A waiver answers nothing; those to look at are told below the questions."""
        call = ["ask", PAPER, "--as-of", DAY, "--limit", "1"]
        _, without, _ = run(capsys, *call)
        _, out, _ = run(capsys, *call, "--waivers", waivers)
        assert out.startswith(without.rstrip())
        assert "Waivers to look at (1)\n  treaties/no-such-rule" in out

    @pytest.mark.parametrize("command", ["why", "ask", "repair", "diff"])
    def test_faults(self, capsys: pytest.CaptureFixture[str], tmp_path: Path, command: str) -> None:
        """What is wrong with a proposal and with waivers is told together."""
        (tmp_path / "p.toml").write_text("[proposal]\nkind = 3\n", "utf-8")
        (tmp_path / "w.toml").write_text("[[waiver]]\n", "utf-8")
        call = [*on(command, str(tmp_path / "p.toml")), "--waivers", str(tmp_path / "w.toml")]
        status, out, err = run(capsys, *call)
        assert (status, out) == (2, "")
        assert "p.toml:2" in err
        assert "w.toml:1" in err
