"""What a text says against itself is found, by kind and passage, in both languages; a text without faults is left alone."""

import json
from functools import cache
from pathlib import Path

import pytest

from consistent.cli.main import main
from consistent.documents.document import Document
from consistent.errors import InputError
from consistent.model.text import LANGUAGES, Language
from consistent.proofreading.discrepancy import KINDS, Discrepancy
from consistent.proofreading.proofread import proofread
from consistent.reports.proofread_text import KIND_LABELS
from tests.lamp_acts import ACT, text_document
from tests.proofreading.acts import ACTS, FAULTS


@cache
def _act(language: Language) -> Document:
    return text_document(ACTS[language])


def _with_fault(name: str, language: Language) -> Document:
    old, new = getattr(FAULTS[name], language)
    assert ACTS[language].count(old) == 1
    return text_document(ACTS[language].replace(old, new))


def _said(found: tuple[Discrepancy, ...]) -> list[str]:
    return [f"{each.kind}: {each.message.en}" for each in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_act_without_faults(language: Language) -> None:
    """Nothing is said of it, nor of one language beside the other."""
    assert _said(proofread(_act(language)).found) == []
    beside = _act("nl" if language == "en" else "en")
    assert _said(proofread(_act(language), beside).found) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FAULTS)
def test_each_fault(name: str, language: Language) -> None:
    """A fault is found as what it is, with a passage of the document; few other things are said of it."""
    document = _with_fault(name, language)
    found = proofread(document).found
    assert FAULTS[name].kind in {each.kind for each in found}
    # A power that goes astray is not listed, and what is listed delegates nothing: these are three.
    assert len(found) <= 4
    for each in found:
        assert all(passage.quote.split()[0] in document.of(passage.span) for passage in each.passages)


def test_the_words() -> None:
    """The message names the place in the language of the reader, whatever that of the document is."""
    [found] = proofread(_with_fault("a point that is not there", "en")).found
    assert found.message.en == "Article 4(3) refers to `Article 3(2), point (c)`, which this act does not have"
    assert found.message.nl == (
        "artikel 4, lid 3 verwijst naar `Article 3(2), point (c)`, maar die bepaling heeft deze handeling niet"
    )
    assert found.passages[0].place == "Article 4(3)"
    assert found.passages[0].quote.startswith("Article 3(2), point (c)")
    assert set(KIND_LABELS) == set(KINDS)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("4. Een overeenkomstig artikel 3, lid 4, vastgestelde", "Een overeenkomstig artikel 3, lid 4, vastgestelde", "only the English text has Article 6(4)"),
        ("(1) Schepen hebben lampen nodig die zij uit elkaar kunnen houden.\n", "", "the act has 2 recitals in English, and 1 in Dutch"),
        ("b) 40 miljoen EUR voor pitten.\n", "", "Article 5(1) has 2 points in English, and 1 in Dutch"),
        ("het in artikel 3, lid 1, bedoelde", "het in artikel 3, lid 2, bedoelde", "Article 4(3) refers to other provisions: English 3(1); Dutch 3(2)"),
        ("van ten hoogste 4 % van de jaarlijkse omzet van de betrokken wachter.\nArtikel 6", "van ten hoogste 5 % van de jaarlijkse omzet van de betrokken wachter.\nArtikel 6", "Article 5(2) has other figures: English 4; Dutch 5"),
        ("De wachters mogen lampen niet verkopen.", "De wachters mogen lampen verkopen.", "Article 3(3) lays down `shall-not` in English, and `may` in Dutch"),
        ("Het College kan het in", "Het College neemt op het in", "Article 4(3) lays down `may` in English, and `shall` in Dutch"),
    ],
)  # fmt: skip
def test_two_languages(old: str, new: str, expected: str) -> None:
    """Provisions, recitals, points, references, figures and duties that differ are told, with both passages where there are two."""
    assert ACTS["nl"].count(old) == 1
    found = proofread(_act("en"), text_document(ACTS["nl"].replace(old, new))).found
    told = [each for each in found if each.kind == "language"]
    assert expected in [each.message.en for each in told]


@pytest.mark.parametrize(
    ("language", "said", "place"),
    [
        ("en", "In order to act alike, implementing powers should be conferred on the Commission.", "recital 1"),
        ("en", "The power to adopt acts in accordance with Article 290 TFEU should be delegated to the Commission.", "recital 1"),
        ("nl", "Aan de Commissie moet de bevoegdheid worden overgedragen om overeenkomstig artikel 290 VWEU handelingen vast te stellen.", "overweging 1"),
        ("nl", "Om eender te handelen, moeten aan de Commissie uitvoeringsbevoegdheden worden toegekend.", "overweging 1"),
    ],
)  # fmt: skip
def test_a_recital_on_a_power_that_no_article_gives(language: Language, said: str, place: str) -> None:
    """It is told, with the recital; the act is one that the drafting tool left without that article."""
    old = {"en": "Lamps go out.", "nl": "Lampen doven."}[language]
    act = ACT[language].format(sum="EUR 5", force="1 May 2027", start="1 June 2027").replace(old, said)
    [found] = proofread(text_document(act)).found
    assert (found.kind, found.passages[0].place) == ("recital", place)


def test_amending_acts_are_not_judged_by_the_act_that_they_amend() -> None:
    """What is to become part of another act names that act's provisions."""
    amending = ACTS["en"].replace(
        "Article 1\nSubject matter\n",
        "Article 1\nAmendments\nRegulation (EU) 2019/1 is amended as follows:\n(1) in Article 45, paragraph 3 is replaced by the following:\n"
        "\u20183. The Agency shall act as laid down in Article 77(9), point (f). The Commission may adopt delegated acts in accordance with Article 90.\u2019;\n",
    )
    assert not [
        each for each in proofread(text_document(amending)).found if "77" in each.message.en or "90" in each.message.en
    ]


def test_what_is_no_act() -> None:
    """A document without an act, in another language, or twice in one language is refused with help."""
    for document, beside, said in (
        (text_document("Lamps go out, and keepers light them again, as everybody knows who lives by the sea.\n"), None, "no act was found"),
        (_act("en"), _act("en"), "both documents are in one language"),
    ):  # fmt: skip
        with pytest.raises(InputError, match=said) as raised:
            proofread(document, beside)
        assert raised.value.faults[0].help


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It prints text, JSON, Markdown and a page; the exit status says whether anything was found."""
    good, bad, dutch = tmp_path / "good.txt", tmp_path / "bad.txt", tmp_path / "goed.txt"
    good.write_text(ACTS["en"], "utf-8")
    dutch.write_text(ACTS["nl"], "utf-8")
    bad.write_text(ACTS["en"].replace("referred to in Article 3(1) in", "referred to in Article 13(1) in"), "utf-8")
    assert main(["proofread", str(good), "--beside", str(dutch)]) == 0
    assert "no proof that there is nothing" in " ".join(capsys.readouterr().out.split())
    assert main(["proofread", str(bad), "--lang", "nl"]) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert "Artikel 4, lid 3 verwijst naar" in told
    assert "Artikel 4, lid 3: “Article 13(1) in the beacon register.”" in told
    assert main(["proofread", str(bad), "--format", "json"]) == 1
    data = json.loads(capsys.readouterr().out)
    [found] = data["discrepancies"]
    assert found["kind"] == "dead-reference"
    [passage] = found["passages"]
    assert passage["place"] == "Article 4(3)"
    assert passage["end"] - passage["start"] == len("Article 13(1)")
    for form in ("markdown", "html"):
        assert main(["proofread", str(bad), "--format", form]) == 1
        assert "Article 13(1)" in capsys.readouterr().out
    assert main(["proofread", str(tmp_path / "none.txt")]) == 2
