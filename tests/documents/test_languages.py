"""Languages: their words are data, and a text is named as what it is in."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import tomli

from consistent.documents.document import Block, Content
from consistent.documents.structure.structure import document_of
from consistent.documents.words.languages import language_from, language_name, language_of, languages
from consistent.errors import UsageError

SENTENCES: dict[str, str] = tomli.loads(
    (Path(__file__).parents[1] / "golden" / "documents" / "sentences.toml").read_text("utf-8")
)
ENGLISH = files("consistent.documents.words").joinpath("structure.en.toml").read_text("utf-8")


@pytest.fixture
def _fresh() -> Iterator[None]:
    """The languages are read anew, before and after."""
    languages.cache_clear()
    yield
    languages.cache_clear()


@pytest.mark.parametrize("code", SENTENCES)
def test_every_official_language_is_told(code: str) -> None:
    """One sentence is enough."""
    assert language_of(SENTENCES[code]) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1801 00 00 42",
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit",
        "COM(2022) 68 final",
        SENTENCES["en"] + SENTENCES["fr"] + SENTENCES["en"] + SENTENCES["fr"],
    ],
)
def test_what_is_in_no_language_is_not_named(text: str) -> None:
    """Figures, names, and a text half in one language and half in another: none is better than a wrong one."""
    assert language_of(text) in {"", "en", "fr"} if "Member" in text else language_of(text) == ""


def test_languages_have_names() -> None:
    """For the message that a document is in a language that is not read."""
    assert language_name("fr").en == "French"
    assert language_name("fr").nl == "Frans"
    assert language_name("xx").en == "xx"


def test_a_document_in_another_language_is_named_and_keeps_its_text() -> None:
    """Nothing is known of French but that it is French."""
    document = document_of(Content(format="text", blocks=(Block(text=SENTENCES["fr"]),)), "french")
    assert document.language == "fr"
    assert document.text == SENTENCES["fr"]


def test_shipped_languages_have_words_for_the_same_things() -> None:
    """English and Dutch name the same kinds of part and phrases."""
    english, dutch = languages()["en"], languages()["nl"]
    for table in ("divisions", "lines", "phrases"):
        assert list(getattr(english, table)) == list(getattr(dutch, table))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[numbers]", "[figures]", "language lacks the key `numbers`"),
        ('part = ["part"]', "part = 1", "language has a value of the wrong kind: `part` is no list of words"),
        ('code = "en"', "code = ", "language is not valid TOML: Invalid value (at line 4, column 8)"),
    ],
)
def test_faults_in_a_language_are_told(old: str, new: str, message: str) -> None:
    """Messages name the key."""
    with pytest.raises(UsageError) as error:
        language_from(ENGLISH.replace(old, new, 1))
    assert error.value.message == message


class _Entry:
    """An entry point that gives a thing."""

    def __init__(self, name: str, thing: object) -> None:
        self.name, self.thing = name, thing

    def load(self) -> object:
        if isinstance(self.thing, Exception):
            raise self.thing
        return self.thing


def _install(monkeypatch: pytest.MonkeyPatch, name: str, thing: object) -> None:
    """An entry of the group `consistent.languages`."""

    def entries(*, group: str) -> list[_Entry]:
        assert group == "consistent.languages"
        return [_Entry(name, thing)]

    monkeypatch.setattr("consistent.plugins.entry_points", entries)


@pytest.mark.usefixtures("_fresh")
def test_installed_packages_add_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry of `consistent.languages` is a language like those that ship, and its words structure a document."""
    text = ENGLISH.replace('code = "en"', 'code = "fr"', 1).replace(
        'whereas = ["whereas"', 'whereas = ["consid\u00e9rant ce qui suit"', 1
    )
    text = text.replace('"having regard to",', '"vu le", "vu la",', 1)
    added = language_from(text)
    _install(monkeypatch, "french", added)
    assert languages()["fr"] is added
    lines = (
        "Vu le trait\u00e9 sur les lampes et les phares,",
        "Vu la proposition de la Commission,",
        "consid\u00e9rant ce qui suit:",
    )
    recital = "(1) Les navires ont besoin de lampes qui sont dans les phares et sur les c\u00f4tes de la mer."
    content = Content(format="text", blocks=tuple(Block(text=line) for line in (*lines, recital)))
    document = document_of(content, "french")
    assert document.language == "fr"
    assert len(document.named("citation")) == 2
    assert [part.number for part in document.named("recital")] == ["1"]


@pytest.mark.usefixtures("_fresh")
@pytest.mark.parametrize("thing", [1, ImportError("no such module")])
def test_entries_that_are_no_languages_are_refused(monkeypatch: pytest.MonkeyPatch, thing: object) -> None:
    """With the name of the entry."""
    _install(monkeypatch, "odd", thing)
    with pytest.raises(UsageError, match="language `odd`"):
        languages()
