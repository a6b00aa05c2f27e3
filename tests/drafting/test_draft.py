"""Drafts: from a document to a proposal in TOML or JSON, and to a check in one step."""

import io
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.console import Console

import consistent
from consistent import InputError, KnowledgeBase, Value, load
from consistent.checker import draft as draft_from
from consistent.cli import main
from consistent.documents.document import Block, Content, place_of, quote_of
from consistent.documents.reading import is_document, read_document
from consistent.documents.structure.structure import document_of
from consistent.drafting.candidate_measure import unique
from consistent.drafting.draft import Draft, draft_of
from consistent.model.proposal import MEASURE_FIELDS, PROPOSAL_FIELDS, Measure, Proposal
from consistent.model.text import LANGUAGES
from consistent.reports.json_format import draft_to_data, render_draft, report_to_data, schema_for
from consistent.reports.text import print_report
from consistent.toml.files import create_file
from tests.document_cases import INVENTED, REAL, read_once, real, real_documents
from tests.drafting.short_acts import act_of
from tests.harness.effort import examples

GERMAN = """\
EUROPÄISCHE KOMMISSION
Brüssel, den 4.5.2026
COM(2026) 77 final
2026/0042(COD)
Vorschlag für eine
VERORDNUNG DES EUROPÄISCHEN PARLAMENTS UND DES RATES
über die Lampen von Leuchttürmen
Die Lampen der Leuchttürme sind von Küste zu Küste verschieden, und dieser Vorschlag soll das ändern.
"""
COMMUNICATION = """\
EUROPEAN COMMISSION
Brussels, 4.5.2026
COM(2026) 77 final
COMMUNICATION FROM THE COMMISSION TO THE EUROPEAN PARLIAMENT AND THE COUNCIL
on the lamps of lighthouses
1. Introduction
Lamps differ from coast to coast and this Communication sets out what the Commission will do about it in the years to come.
2. Actions
Member States should coordinate the upkeep of their lamps and should share information about them with each other.
"""
# Documents beside the tests that are proposals, and those that are not.
PROPOSALS = (
    "akn4eu.en.xml", "akn4eu.nl.xml", "legiswrite.en.docx", "legiswrite.en.xhtml", "legiswrite.nl.docx",
    "legiswrite.nl.xhtml", "council.en.pdf", "council.nl.pdf", "plain.en.txt", "plain.nl.txt", "powers.en.txt",
    "powers.nl.txt",
)  # fmt: skip
ACTS = (
    "bare.en.html", "bare.nl.html", "consolidated.en.html", "flat.en.json", "flat.nl.json", "formex.en.xml",
    "formex.nl.xml", "journal.en.html", "journal.nl.html",
)  # fmt: skip

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    return load("treaties")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process; exit status, output, errors."""
    for name in ("CONSISTENT_PATH", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: object, stdin: bytes | None = None) -> tuple[int, str, str]:
        if stdin is not None:
            monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            status = main(list(map(str, arguments)))
        except SystemExit as leaving:  # how argparse ends
            status = int(leaving.code or 0)
        return status, *capsys.readouterr()

    return call


def _values(part: Proposal | Measure) -> dict[str, Value]:
    """The fields of which something is said, and more than what leaving them out says."""
    fields = PROPOSAL_FIELDS if isinstance(part, Proposal) else MEASURE_FIELDS
    usual = Proposal() if isinstance(part, Proposal) else Measure(id="")
    return {
        name: value for name in fields if not (value := getattr(part, name)).unknown and value != getattr(usual, name)
    }


def check_draft(draft: Draft, kb: KnowledgeBase) -> None:
    """What holds for every draft: each value has its passage, none is confirmed, and the TOML says the same."""
    proposal, text = draft.proposal, draft.document.text
    parts: tuple[Proposal | Measure, ...] = (proposal, *proposal.measures)
    for part in parts:
        passages: dict[str, set[str]] = {}
        for name, entry in part.evidence:
            passages.setdefault(name, set()).add(entry.value)
            assert entry.confirmed is False
            assert entry.confidence is not None
            assert 0 < entry.confidence < 1
            assert entry.document
            assert entry.place
            assert len(entry.quote.split()) <= 8
            if entry.span is not None and entry.quote:
                begun = " ".join(text[entry.span[0] :][:1000].split())
                assert begun.startswith(entry.quote.split()[0])
        for name, value in _values(part).items():
            assert name in passages, name
            # Of several values each has its own.
            assert len(value.yes) <= 1 or {str(term) for term in value.yes} <= passages[name]
            if isinstance(part, Measure):
                assert not value.no
    for language in LANGUAGES:
        assert kb.read(draft.toml(language)) == proposal
    jsonschema.validate(json.loads(render_draft(draft)), schema_for("draft"))


@pytest.mark.parametrize("name", PROPOSALS)
def test_invented(name: str, kb: KnowledgeBase) -> None:
    """In every format and both languages, a proposal gives a sound draft with its instrument and legal basis."""
    draft = kb.draft(INVENTED / name)
    check_draft(draft, kb)
    assert draft.refused is None
    assert draft.proposal.instrument == Value.exactly("regulation")
    assert draft.proposal.legal_basis == Value.exactly("TFEU 100(2)")
    assert draft.document.language == name.split(".")[1]


@pytest.mark.parametrize("name", ACTS)
def test_adopted_act(name: str, kb: KnowledgeBase) -> None:
    """An adopted act is named as one, described, and taken for a proposal only if that is asked."""
    draft = kb.draft(INVENTED / name)
    assert draft_to_data(draft)["can_be_checked"] is False
    with pytest.raises(InputError, match=r"document is a legislative act,.* and no proposal"):
        _ = draft.proposal
    with pytest.raises(InputError):
        draft.toml()
    with pytest.raises(InputError):
        kb.check(draft)
    asked = kb.draft(INVENTED / name, as_proposal=True)
    check_draft(asked, kb)
    assert asked.proposal.kind == Value.exactly("legislative-proposal")
    # Who adopted it is not who proposed it.
    assert asked.proposal.authors in {Value(), Value.exactly("commission")}


def test_policy_document(kb: KnowledgeBase) -> None:
    """A communication can be checked against rules of policy; nothing is made up about a legal basis."""
    draft = kb.draft(COMMUNICATION.encode(), "lamps.txt")
    check_draft(draft, kb)
    assert draft.proposal.kind == Value.exactly("communication")
    assert draft.proposal.legal_basis.unknown
    # What the paper says that it sets out is one too.
    assert [str(*measure.reference.yes) for measure in draft.proposal.measures] == ["action 1", "action 2"]
    assert "Each passage that says what will or should be done is one." in draft.toml()


def test_other_language(kb: KnowledgeBase) -> None:
    """Another language is named, with what the document is; its cover can be drafted on request."""
    with pytest.raises(InputError) as caught:
        kb.draft(GERMAN.encode(), "lampen.txt")
    (fault,) = caught.value.faults
    assert fault.message == (
        "document is in German (`de`), which is not read; it is a legislative proposal, COM(2026) 77 final"
    )
    assert fault.location.path == "lampen.txt"
    draft = kb.draft(GERMAN.encode(), "lampen.txt", as_proposal=True)
    assert draft.proposal.reference == Value.exactly("COM(2026) 77 final")
    assert draft.proposal.measures == ()


def test_says_nothing(kb: KnowledgeBase) -> None:
    """A text that does not say what it is, is not taken for a proposal."""
    draft = kb.draft(b"This is only a note about nothing in particular, which the reader will not need for long.")
    with pytest.raises(InputError, match="document does not say what it is"):
        _ = draft.proposal


def test_places() -> None:
    """Article, paragraph and point as lawyers of either language write them; cover and recital by name."""
    for language, place, recital in (
        ("en", "Article 1(1)(a)", "recital 2"),
        ("nl", "artikel 1, lid 1, onder a)", "overweging 2"),
    ):
        document = read_document(INVENTED / f"plain.{language}.txt")
        point = document.named("article", "1")[0].named("point", "a")[0]
        assert place_of(document, point.span) == place
        assert place_of(document, document.named("recital", "2")[0].span) == recital
        assert len(quote_of(document, document.named("recital", "2")[0].span).split()) == 8
    paged = read_document(INVENTED / "council.en.pdf")
    assert place_of(paged, paged.named("article")[0].span).endswith(f", page {paged.named('article')[0].page}")


def test_absence(kb: KnowledgeBase) -> None:
    """Only statements are ever said to be absent: where a memorandum was read, and with that as the evidence."""
    proposal = kb.draft(INVENTED / "legiswrite.en.xhtml").proposal
    assert "subsidiarity" in proposal.statements.no
    evidence = proposal.evidence_for("statements", {"subsidiarity"})
    assert evidence is not None
    assert evidence.note == "the explanatory memorandum has no such heading"
    assert kb.draft(INVENTED / "plain.en.txt").proposal.statements.no == frozenset()


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@settings(max_examples=examples(20, desk=5), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=_TEXT, heading=_TEXT, name=_TEXT)
def test_reads_back(kb: KnowledgeBase, title: str, heading: str, name: str) -> None:
    """Whatever stands in a document and in its name, the TOML of its draft reads back to an equal proposal."""
    lines = (
        "EUROPEAN COMMISSION", "Brussels, 4.5.2026", "COM(2026) 901 final", "Proposal for a",
        "REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL", f"on {title}",
        "Having regard to the Treaty on the Functioning of the European Union, and in particular Article 114 thereof,",
        "Whereas:", "(1) The lamps of the coast are of many kinds and the ships do not know them.",
        "HAVE ADOPTED THIS REGULATION:", "Article 1", f"Lamps {heading}",
        f"1. The Member States shall notify the Commission of {heading}.",
        "2. The Commission shall adopt implementing acts in accordance with the examination procedure.",
    )  # fmt: skip
    blocks = tuple(Block(text=" ".join(line.split())) for line in lines if line.strip())
    document = document_of(Content(format="text", blocks=blocks), name)
    draft = draft_of(document, kb.knowledge.vocabularies, as_proposal=True)
    for language in LANGUAGES:
        assert kb.read(draft.toml(language)) == draft.proposal


# The command


def test_toml_of_the_command(run: Run, kb: KnowledgeBase) -> None:
    """It prints the draft with comments in the language of the document, or in the one that is asked for."""
    status, out, err = run("draft", INVENTED / "legiswrite.nl.xhtml")
    assert (status, err) == (0, "")
    assert out.startswith("# Concept van een voorstel")
    assert kb.read(out) == kb.draft(INVENTED / "legiswrite.nl.xhtml").proposal
    assert run("draft", INVENTED / "legiswrite.nl.xhtml", "--lang", "en")[1].startswith("# Draft of a proposal")
    content = (INVENTED / "legiswrite.nl.xhtml").read_bytes()
    assert run("draft", "-", stdin=content)[1].replace("<stdin>", "legiswrite.nl.xhtml") == out


def test_json_of_the_command(run: Run) -> None:
    """It is what programs were promised, and fits the schema that ships."""
    status, out, err = run("draft", INVENTED / "legiswrite.en.xhtml", "--format", "json")
    data = json.loads(out)
    assert (status, err) == (0, "")
    jsonschema.validate(data, schema_for("draft"))
    assert (data["kind"], data["language"], data["can_be_checked"]) == ("legislative-proposal", "en", True)
    header = data["header"]
    assert header["reference"] == "COM(2026) 901 final"
    assert header["procedure"] == "2026/0901(COD)"
    assert header["celex"] == "52026PC0901"
    assert header["date"] == "2026-05-04"
    assert header["instrument"] == "regulation"
    assert header["legal_basis"] == ["TFEU 100(2)"]
    assert header["title"] == "on the lamps of lighthouses (Lamp Act)"
    assert header["budget"] is None
    assert {key: data["structure"][key] for key in ("articles", "recitals", "annexes", "pages")} == {
        "articles": 2, "recitals": 2, "annexes": 1, "pages": None,
    }  # fmt: skip


def test_empowerments_of_the_command(run: Run) -> None:
    """Delegated and implementing acts are listed by article and paragraph, with the procedure, null where none is named."""
    for language in LANGUAGES:
        data = json.loads(run("draft", INVENTED / f"powers.{language}.txt", "--format", "json")[1])
        empowerments = data["empowerments"]
        assert {empowerment["kind"] for empowerment in empowerments} == {"delegated", "implementing"}
        assert all(empowerment["procedure"] in {None, "examination", "advisory"} for empowerment in empowerments)
        assert all(
            empowerment["procedure"] is None for empowerment in empowerments if empowerment["kind"] == "delegated"
        )
        assert all(empowerment["article"] for empowerment in empowerments)


def test_described(run: Run) -> None:
    """JSON describes what is no proposal, and says so beside it; TOML of it there is none."""
    status, out, err = run("draft", INVENTED / "formex.en.xml", "--format", "json")
    assert (status, err) == (0, "note: the document is a legislative act, and no proposal\n")
    assert json.loads(out)["kind"] == "legislative-act"
    message = (
        "error: document is a legislative act, 32026R0901, and no proposal\n"
        f"  at {INVENTED / 'formex.en.xml'}\n"
        "help: `--as-proposal` takes it for a proposal all the same\n"
    )
    assert run("draft", INVENTED / "formex.en.xml") == (2, "", message)
    assert run("draft", INVENTED / "formex.en.xml", "--as-proposal")[0] == 0


def test_output_file(run: Run, tmp_path: Path) -> None:
    """A file is written whole, with the usual rights, and one that is there stays unless that is forced."""
    path = tmp_path / "draft.toml"
    status, out, err = run("draft", INVENTED / "plain.en.txt", "-o", path)
    assert (status, out) == (0, "")
    assert err.startswith(f"Written to {path}: ")
    written = path.read_text("utf-8")
    assert written == run("draft", INVENTED / "plain.en.txt")[1]
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o666 & ~mask
    assert run("draft", INVENTED / "plain.nl.txt", "-o", path) == (
        2, "", f"error: file exists already, and is left as it is\n  at {path}\nhelp: `--force` replaces it\n",
    )  # fmt: skip
    assert path.read_text("utf-8") == written
    assert run("draft", INVENTED / "plain.nl.txt", "-o", path, "--force")[0] == 0
    assert path.read_text("utf-8").startswith("# Concept")
    assert run("draft", INVENTED / "plain.nl.txt", "-o", tmp_path / "gone" / "draft.toml")[0] == 2
    assert [file.name for file in tmp_path.iterdir()] == ["draft.toml"]


def test_created_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that another program makes between the look and the writing is not replaced either."""
    path = tmp_path / "draft.toml"
    path.write_text("theirs", "utf-8")
    monkeypatch.setattr("consistent.toml.files.is_file", lambda _: False)
    with pytest.raises(InputError, match="file exists"):
        create_file(path, b"ours")
    assert path.read_text("utf-8") == "theirs"
    assert [file.name for file in tmp_path.iterdir()] == ["draft.toml"]


def test_odd_terminal() -> None:
    """Whatever the terminal's encoding is, what goes to a pipe is TOML in UTF-8, with what steers escaped, and reads back."""
    text = (INVENTED / "plain.en.txt").read_text("utf-8").replace("lighthouses", "lighthouses \U0001f6a8 \u200e é", 1)
    command = [sys.executable, "-m", "consistent", "draft", "-"]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=True, timeout=60, env=environment)
    written = done.stdout.decode("utf-8")
    assert "\u200e" not in written
    assert load("treaties").read(written).title == draft_from(text.encode(), "<stdin>").proposal.title


# One step


def test_check_of_documents(run: Run) -> None:
    """Documents are told from TOML by what is in them, drafted and checked; the report says that nobody reviewed it."""
    status, out, _ = run("check", INVENTED / "plain.nl.txt", "--pack", "treaties", "--lang", "nl")
    assert status == 0
    assert "Op grond van een concept dat niet is nagekeken" in out
    content = (INVENTED / "legiswrite.en.docx").read_bytes()
    status, out, _ = run("check", "-", "--pack", "treaties", "--format", "json", stdin=content)
    (report,) = json.loads(out)["reports"]
    assert report["proposal"]["unconfirmed"] > 5
    assert report["proposal"]["reference"] == "COM(2026) 123 final"
    jsonschema.validate(json.loads(out), schema_for("report"))


def test_check_by_content(run: Run, tmp_path: Path) -> None:
    """A name tells nothing; a folder is that of its TOML files."""
    (tmp_path / "document.toml").write_bytes((INVENTED / "plain.en.txt").read_bytes())
    (tmp_path / "proposal.pdf").write_text('[proposal]\nkind = "white-paper"\n', "utf-8")
    assert "unreviewed draft" in run("check", tmp_path / "document.toml", "--pack", "treaties")[1]
    status, out, _ = run("check", tmp_path / "proposal.pdf", "--pack", "treaties")
    assert status == 0
    assert "unreviewed" not in out
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "proposal.toml").write_text('[proposal]\nkind = "white-paper"\n', "utf-8")
    (folder / "lamps.txt").write_text(COMMUNICATION, "utf-8")
    out = run("check", folder, "--pack", "treaties", "--format", "json")[1]
    assert len(json.loads(out)["reports"]) == 1


def test_check_refuses(run: Run, tmp_path: Path) -> None:
    """What is no proposal, or in another language, is never checked as one; all faults are told together."""
    (tmp_path / "lampen.txt").write_text(GERMAN, "utf-8")
    status, out, err = run("check", INVENTED / "journal.nl.html", tmp_path / "lampen.txt", INVENTED / "plain.en.txt")
    assert (status, out) == (2, "")
    assert "a legislative act" in err
    assert "in German" in err
    assert run("check", INVENTED / "journal.nl.html", "--as-proposal", "--pack", "treaties")[0] in {0, 1}


@pytest.mark.parametrize(
    ("content", "is_one"),
    [
        (b"", False),
        (b"\0\0", False),
        (b"[proposal]\n", False),
        (b"# a comment\n\n[[measure]]\nid = 'x'\n", False),
        (b"title.en = 'x'\n", False),
        (b"\xff\xfe[\0p\0]\0", False),
        (b"[[[[", False),
        (b"[Draft of 4 May]\nProposal for a\nREGULATION\non lamps", True),
        (b"EUROPEAN COMMISSION\nBrussels", True),
        (b"# Proposal for a regulation\n\nArticle 1", True),
        (b"{\\rtf1}", True),
        (b"%PDF-1.7", True),
        (b'{"content": "x"}', True),
        (b"<html>", True),
    ],
)
def test_is_document(content: bytes, is_one: bool) -> None:
    """TOML begins with a key, or with a table that has keys."""
    assert is_document(content) is is_one


def test_draft_of_toml(run: Run, tmp_path: Path) -> None:
    """TOML is no document."""
    path = tmp_path / "p.toml"
    path.write_text("[proposal]\n", "utf-8")
    status, _, err = run("draft", path)
    assert status == 2
    assert err.startswith("error: file is no document: it looks like TOML\n")


def test_library(kb: KnowledgeBase) -> None:
    """The front door gives the same as a knowledge base, and a check takes a draft."""
    path = INVENTED / "plain.en.txt"
    first, second = consistent.draft(path, pack="treaties"), kb.draft(read_document(path))
    assert first.proposal == second.proposal
    report = kb.check(first).report
    assert report.proposal.unconfirmed == first.proposal.unconfirmed > 0
    assert report_to_data(report)["proposal"]["unconfirmed"] == report.proposal.unconfirmed
    assert kb.check({"proposal": {"kind": "white-paper"}}).proposal.unconfirmed == 0


def test_powers_of_measures(kb: KnowledgeBase) -> None:
    """Every delegated and implementing act that the text provides for is an effect of a measure."""
    for language in LANGUAGES:
        draft = kb.draft(INVENTED / f"powers.{language}.txt")
        assert draft.empowerments.granted
        for empowerment in draft.empowerments.granted:
            around = [candidate for candidate in draft.candidates if empowerment.span in candidate.span]
            terms = {value.term for candidate in around for value in candidate.of("effects")}
            assert not around or any(term.startswith(f"{empowerment.kind}-power") for term in terms)


@pytest.mark.parametrize(
    ("language", "basis", "text"),
    [
        ("en", "Article 114", "1. Bodies shall settle disputes between mills.\n\n2. {} does not affect the right to an effective remedy before a court."),
        ("nl", "artikel 114", "1. Instanties beslechten geschillen tussen molens.\n\n2. {} laat het recht op een doeltreffende voorziening in rechte onverlet."),
    ],
)  # fmt: skip
def test_what_an_article_says_of_itself_holds_for_its_paragraphs(
    kb: KnowledgeBase, language: str, basis: str, text: str
) -> None:
    """A safeguard of the whole article is one of each paragraph; one of a paragraph is not."""
    safeguards = {}
    for own in ("This Article", "Paragraph 2") if language == "en" else ("Dit artikel", "Lid 2"):
        draft = kb.draft(act_of(language, basis, [text.format(own)]), "act.txt").proposal
        safeguards[own] = draft.measures[0].safeguards.yes
    assert list(safeguards.values()) == [{"judicial-protection"}, set()]


def test_numbered_alike(kb: KnowledgeBase) -> None:
    """Two articles of one number, as in a compromise text, give measures that can be told apart."""
    (first, *_) = kb.draft(INVENTED / "powers.en.txt").candidates
    assert [measure.id for measure in unique([first, first, first])] == [first.id, f"{first.id}--2", f"{first.id}--3"]


def test_other_commands(run: Run) -> None:
    """A command that needs a proposal says what to do with a document."""
    status, _, err = run("review", INVENTED / "plain.en.txt")
    assert status == 2
    assert "error: file is a document, and no proposal in TOML" in err
    assert "help: `consistent draft` makes a proposal of it" in err


def test_documentation() -> None:
    """The example in the documentation is what comes of the document that it shows."""
    text = (Path(__file__).parents[2] / "docs/how-to/draft.md").read_text("utf-8")
    document = next(block for block in re.findall(r"```text\n(.*?)```", text, re.DOTALL) if "COMMISSION" in block)
    shown = next(block for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL) if "[proposal]" in block)
    drafted = draft_from(document.encode(), "lamps.txt", pack="treaties").toml().splitlines()
    at = 0
    for line in shown.splitlines():
        if line != "...":
            at = drafted.index(line, at) + 1


# Real documents


def _gold() -> list[Any]:
    path = REAL / "gold.json"
    if not path.is_file():
        return [pytest.param(None, marks=pytest.mark.skip(reason="no real documents are at hand"))]
    return [pytest.param(entry, id=Path(entry["path"]).name) for entry in json.loads(path.read_text("utf-8"))]


@pytest.mark.parametrize("gold", _gold())
def test_gold(gold: dict[str, Any], run: Run) -> None:
    """The header in the JSON of each real proposal is what a person reads off it."""
    status, out, _ = run("draft", real(gold["path"]), "--format", "json")
    data = json.loads(out)
    assert status == 0
    jsonschema.validate(data, schema_for("draft"))
    header = data["header"]
    known = {key: header[key] for key in ("reference", "procedure", "legal_basis")}
    assert known == {"reference": gold["ref"], "procedure": gold["procedure"], "legal_basis": gold["legal_basis"]}
    assert data["language"] == gold["lang"]
    if "date" in gold:
        assert header["date"] == gold["date"]
    if "celex" in gold:
        assert header["celex"] == gold["celex"]
    assert header["council_number"] == gold.get("council_reference")
    assert data["can_be_checked"] is ("council_reference" not in gold)


@pytest.mark.parametrize("path", [*real_documents("proposals/*"), *real_documents("acts/*")])
def test_real_drafts(path: Path, kb: KnowledgeBase) -> None:
    """Every real document gives a sound draft where that is asked for."""
    check_draft(kb.draft(read_once(path), as_proposal=True), kb)


def test_control() -> None:
    """Of a tax act that is taken for a proposal, only what any proposal is asked is said."""
    kb = load()
    draft = kb.draft(real("acts/L_2019310NL.control-tax.nl.json"), as_proposal=True)
    report = kb.check(draft)
    assert {finding.verdict for finding in report.findings} <= {"question", "aligned"}
    assert len({finding.rule for finding in report.findings if finding.verdict == "question"}) <= 6


LINES = """EUROPEAN COMMISSION
Brussels, 23.2.2026
COM(2026) 901 final
2026/0047 (COD)
Proposal for a
REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
on the readiness of defence industry
THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union, and in particular Article 173(3) thereof,
HAVE ADOPTED THIS REGULATION:
Article 1
Harmonisation
1. Member States shall harmonise their rules on defence procurement.
Article 2
Entry into force
This Regulation shall enter into force on the twentieth day.
"""


@pytest.mark.parametrize("page", ["<br>".join(LINES.splitlines()), f"<pre>{LINES}</pre>"], ids=["br", "pre"])
def test_page_in_lines(page: str) -> None:
    """A page whose lines are divided by breaks alone loses neither its basis nor its articles."""
    drafted = draft_from(f"<html><body>{page}</body></html>".encode(), "page", pack="treaties")
    assert drafted.header.legal_basis == ("TFEU 173(3)",)
    assert len(drafted.document.named("article")) == 2
    assert [str(measure.id) for measure in drafted.proposal.measures] == ["art-1", "art-2"]


def test_nothing_recognised() -> None:
    """A draft of which nothing was recognised says so, and so does the report; never a bare 'no findings'."""
    kb = load("treaties")
    drafted = kb.draft(LINES.partition("HAVE ADOPTED")[0].encode(), "page", as_proposal=True)
    assert drafted.proposal.measures == ()
    assert "NOTHING was recognised" in drafted.toml("en")
    for language, said in (("en", "The proposal has no measures"), ("nl", "Het voorstel bevat geen maatregelen")):
        out = io.StringIO()
        print_report(
            kb.check(drafted.proposal).report, Console(file=out, width=120), "nl" if language == "nl" else "en"
        )
        assert said in out.getvalue()
