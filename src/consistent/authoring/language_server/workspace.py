"""Packs and proposals while they are written: what editors hold of them and have not saved counts."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from consistent.authoring._pack_paths import pack_around
from consistent.authoring.editing.faults import faults_of_file, kind_of, pack_of_proposal
from consistent.authoring.language_server.completing import Choice, choices, meaning
from consistent.authoring.language_server.places import typed_at
from consistent.authoring.language_server.symbols import Occurrence, Symbol, occurrences
from consistent.authoring.schemas.catalogue import FILES, schema_for
from consistent.authoring.suite import collect_file, failure_text, run
from consistent.authoring.suite.items import PackKey, Packs
from consistent.checker import KnowledgeBase
from consistent.errors import ConsistentError, Fault, InputError, Location, UsageError
from consistent.knowledge.entries import Knowledge
from consistent.knowledge.packs import available_packs, packs_below
from consistent.model.text import Language, Localized
from consistent.pack_reading import Kept
from consistent.rules.concepts import CONCEPTS
from consistent.rules.rule import NAME
from consistent.toml.files import is_folder, read_file, taken_to_hold, toml_files
from consistent.toml.tomlfile import TomlFile

__all__ = ["Completions", "Renamed", "Workspace"]


@frozen
class Completions:
    """What can be typed: the words, and from which character on they take the place of what is there.

    Attributes:
        quoted: whether the quotes are there already.
    """

    found: tuple[Choice, ...]
    start: int
    is_key: bool
    quoted: bool


@frozen
class Renamed:
    """What a new name changes.

    Attributes:
        places: of the old name, by file.
        word: what comes there.
        moved: a file that is called by the name, and what it is to be called.
    """

    places: Mapping[Path, tuple[Occurrence, ...]]
    word: str
    moved: tuple[Path, Path] | None


@define
class Workspace:
    """Files as an editor has them.

    Attributes:
        language: of what is said.
        pack: in whose terms proposals are; see `pack_of_proposal`.
        texts: of the files that are open.
    """

    language: Language = "en"
    pack: str | None = None
    texts: dict[Path, str] = field(factory=dict)
    _kept: dict[PackKey, Kept] = field(factory=dict)
    _schemas: dict[tuple[int, int, str], Mapping[str, Any]] = field(factory=dict)
    _indexed: dict[Path, tuple[str, int, tuple[Occurrence, ...]]] = field(factory=dict)

    def _overlaid(self) -> AbstractContextManager[None]:
        return taken_to_hold({path: text.encode() for path, text in self.texts.items() if path.exists()})

    def faults(self, path: Path) -> Mapping[Path, tuple[Fault, ...]]:
        """What is wrong with a file and whatever is read with it, by file.

        Args:
            path: absolute.
        """
        found: dict[Path, list[Fault]] = {path: []}
        with self._overlaid():
            for fault in self._told(path):
                place = Path(fault.location.path).absolute()
                found.setdefault(place, []).append(fault)
        return {place: tuple(dict.fromkeys(told)) for place, told in found.items()}

    def _told(self, path: Path) -> tuple[Fault, ...]:
        try:
            if pack_around(path) is None:
                return faults_of_file(path, self.pack, Packs(self._kept))
            Packs(self._kept).around(path)
        except InputError as error:
            return error.faults
        except UsageError as error:
            return (Fault(error.message, Location(str(path)), error.help),)
        except RecursionError:
            return (Fault("file is nested too deeply", Location(str(path))),)
        return ()

    def knowledge_base(self, path: Path) -> KnowledgeBase | None:
        """The pack that a file belongs to or is read with, as far as it can be read; None where nothing of it can."""
        packs = Packs(self._kept)
        with self._overlaid():
            for attempt in (packs.around, packs.as_far_as_read, self._below):
                with suppress(ConsistentError, RecursionError):
                    found = attempt(path) if pack_around(path) else pack_of_proposal(path, self.pack, packs)
                    if found is not None:
                        return found
        return None

    def _below(self, path: Path) -> KnowledgeBase | None:
        """Of a pack of which nothing can be read the first of those that it builds on."""
        around = pack_around(path)
        if around is None:
            return Packs().named(None)
        below = packs_below(around.name, {**available_packs(), **available_packs([around.root])})
        return next((Packs().named(folder.name) for folder in below[1:]), None)

    # Completion and hover.

    def completions(self, path: Path, offset: int) -> Completions | None:
        """What can be typed at a place."""
        text = self.text(path)
        typed = typed_at(text, offset)
        schema = self._schema(path, text)
        if typed is None or schema is None:
            return None
        found = choices(schema, typed.path, key=typed.is_key)
        return Completions(found, typed.start, typed.is_key, typed.quoted)

    def hover(self, path: Path, offset: int) -> str:
        """What stands at a place, in both languages, as Markdown; empty where nothing is known of it."""
        kb = self.knowledge_base(path)
        if kb is None:
            return ""
        here = self.occurrence(path, offset)
        if here is not None:
            return _described(here.symbol, kb)
        text = self.text(path)
        end = next((at for at in range(offset, len(text)) if not (text[at].isalnum() or text[at] in "-_")), len(text))
        typed, schema = typed_at(text, end), self._schema(path, text)
        return meaning(schema, (*typed.path, typed.word)) if typed and typed.is_key and schema else ""

    def text(self, path: Path) -> str:
        """What a file holds; empty where it cannot be read."""
        if path in self.texts:
            return self.texts[path]
        try:
            return read_file(path, str(path)).decode()
        except (InputError, UnicodeDecodeError):
            return ""

    def _schema(self, path: Path, text: str) -> Mapping[str, Any] | None:
        kb, name = self.knowledge_base(path), _schema_name(path, text)
        if kb is None or not name:
            return None
        key = (id(kb.knowledge), len(kb.rules), name)
        if key not in self._schemas:
            sort = name if name in FILES or name.removeprefix("facts.") in kb.knowledge.kinds else "facts"
            self._schemas = {held: made for held, made in self._schemas.items() if held[:2] == key[:2]}
            self._schemas[key] = schema_for(sort, kb)
        return self._schemas[key]

    # Names.

    def occurrence(self, path: Path, offset: int) -> Occurrence | None:
        """The name at a place."""
        kb = self.knowledge_base(path)
        listed = self._of_file(path, kb.knowledge) if kb else ()
        return next((one for one in listed if one.start <= offset <= one.end and one.start < one.end), None)

    def places(self, path: Path, symbol: Symbol, *, defined: bool = False) -> Iterator[tuple[Path, Occurrence]]:
        """Where a name stands in the packs that a file is read with, and beside them.

        Args:
            path: of the file.
            symbol: the name.
            defined: only where it is defined.
        """
        kb = self.knowledge_base(path)
        for file in self._files(path, kb) if kb else ():
            if symbol.name.rpartition("/")[2] in self.text(file) or file.stem == symbol.name.rpartition("/")[2]:
                for one in self._of_file(file, kb.knowledge) if kb else ():
                    if one.symbol == symbol and (one.defines or not defined):
                        yield file, one

    def rename(self, path: Path, offset: int, new: str) -> Renamed:
        """What a new name for the term, concept, rule, principle, position or fact at a place changes.

        Raises:
            UsageError: there is no name there, the new one cannot be had, or the name is of a pack that lies elsewhere.
        """
        here = self.occurrence(path, offset)
        if here is None:
            raise UsageError(_NO_NAME.get(self.language))
        symbol = here.symbol
        found: dict[Path, list[Occurrence]] = {}
        for file, one in self.places(path, symbol):
            found.setdefault(file, []).append(one)
        defined = next((file for file, listed in found.items() for one in listed if one.defines), None)
        home = pack_around(path)
        root = path.parent.parent if home is None else home.root
        if defined is None or not defined.is_relative_to(root):
            raise UsageError(_ELSEWHERE.get(self.language).format(name=symbol.name))
        pack, _, rest = new.partition("/") if symbol.sort == "rule" else ("", "", new)
        if symbol.sort == "rule" and pack != symbol.name.partition("/")[0]:
            raise UsageError(_OTHER_PACK.get(self.language).format(pack=symbol.name.partition("/")[0]))
        if not rest or not all(map(NAME.fullmatch, rest.split("/"))):
            raise UsageError(_NO_WORD.get(self.language).format(name=new))
        if any(self.places(path, Symbol(symbol.sort, new, symbol.within), defined=True)):
            raise UsageError(_TAKEN.get(self.language).format(name=new))
        moved = None
        if symbol.sort in {"rule", "concept"}:
            old = defined.with_suffix("").parts
            size = symbol.name.count("/") + 1
            moved = (defined, Path(*old[:-size], *new.split("/")).with_suffix(".toml"))
        places = {file: tuple(one for one in listed if one.end) for file, listed in found.items()}
        return Renamed({file: listed for file, listed in places.items() if listed}, new, moved)

    def _of_file(self, path: Path, knowledge: Knowledge) -> tuple[Occurrence, ...]:
        text, known = self.text(path), id(knowledge)
        if self._indexed.get(path, ("", 0, ()))[:2] != (text, known):
            self._indexed[path] = (text, known, occurrences(path, text, knowledge))
        return self._indexed[path][2]

    def _files(self, path: Path, kb: KnowledgeBase) -> Iterator[Path]:
        """Of the pack of a file, those that it builds on, and what lies beside it."""
        around = pack_around(path)
        roots = [] if around is None else [around.root]
        folders = packs_below(kb.name, {**available_packs(), **available_packs(roots)})
        for folder in folders:
            for part in (folder.facts, folder.rules):
                yield from (file.absolute() for file in toml_files(part))
        beside = path.parent.parent if around is None else around.root
        for name in ("proposals", "goldens"):
            if is_folder(beside / name):
                yield from (file.absolute() for file in sorted((beside / name).rglob("*.toml")))

    # Examples.

    def examples(self, path: Path) -> tuple[tuple[int, str], ...]:
        """The line and id of each example, golden file or concept's example of a file; none where it cannot be read."""
        try:
            with self._overlaid():
                items = collect_file(path, Packs(self._kept)).items
        except (ConsistentError, RecursionError):
            return ()
        return tuple((item.place.line or 1, item.id) for item in items)

    def run_example(self, path: Path, name: str) -> str | None:
        """Run one: what is wrong with it, in full, or None where it comes out as it says.

        Raises:
            ConsistentError: the file cannot be read, or has no such example.
        """
        with self._overlaid():
            collected = collect_file(path, Packs(self._kept))
            item = next((item for item in collected.items if item.id == name), None)
            if item is None:
                raise UsageError(_NO_EXAMPLE.get(self.language).format(name=name))
            failure = run(item, collected.kb)
        return None if failure is None else failure_text(failure, self.language)


_NO_NAME = Localized("there is no name here", "hier staat geen naam")
_ELSEWHERE = Localized("`{name}` is of a pack that lies elsewhere", "`{name}` is van een pakket dat elders staat")
_OTHER_PACK = Localized(
    "a rule stays in its pack: begin with `{pack}/`", "een regel blijft in het pakket: begin met `{pack}/`"
)
_NO_WORD = Localized(
    "`{name}` is no name: write small letters, digits and hyphens",
    "`{name}` is geen naam: schrijf kleine letters, cijfers en koppeltekens",
)
_TAKEN = Localized("`{name}` is there already", "`{name}` is er al")
_NO_EXAMPLE = Localized("no example `{name}`", "geen voorbeeld `{name}`")


def _schema_name(path: Path, text: str) -> str:
    """Which schema a file has; empty where none fits."""
    around = pack_around(path)
    if around is None:
        try:
            kind = kind_of(TomlFile.parse(text, str(path)))
        except InputError:
            kind = ""
        by_folder = {"proposals": "proposal", "goldens": "golden", "golden": "golden"}
        return kind or by_folder.get(path.parent.name, "golden" if "[golden]" in text else "proposal")
    part, _, *within = path.absolute().relative_to(around.root).parts
    if part == "rules":
        return "rule"
    if len(within) > 1:
        return {"vocabulary": "vocabulary", CONCEPTS: "concept"}.get(within[0], "facts")
    if path.stem in FILES:
        return path.stem
    kind_line = next((line for line in text.splitlines() if line.startswith("kind")), "")
    return f"facts.{kind_line.partition('=')[2].strip().strip(chr(34))}"


def _described(symbol: Symbol, kb: KnowledgeBase) -> str:
    """What a name stands for, in both languages."""
    known = kb.knowledge
    texts: list[Localized] = []
    said: list[str] = []
    if symbol.sort == "term":
        term = known.vocabularies[symbol.within].terms.get(symbol.name) if symbol.within in known.vocabularies else None
        if term is not None:
            texts = [term.label, *([term.definition] if term.definition else [])]
            said = [f"< {', '.join(term.broader)}"] if term.broader else []
    elif symbol.sort == "principle" and symbol.name in known.principles:
        principle = known.principles[symbol.name]
        texts, said = [principle.title, principle.statement], list(principle.sources)
    elif symbol.sort == "position" and symbol.name in known.positions:
        position = known.positions[symbol.name]
        texts, said = [position.summary], [position.kind, *position.at, *position.sources]
    elif symbol.sort == "concept" and symbol.name in kb.concepts:
        concept = kb.concepts[symbol.name]
        texts, said = [concept.title], list(concept.sources)
    elif symbol.sort == "rule":
        rule = next((rule for rule in kb.rules if rule.id == symbol.name), None)
        if rule is not None:
            texts, said = [rule.title, rule.rationale], [rule.verdict, rule.principle, *rule.sources]
    elif symbol.sort == "fact":
        fact = next((fact for fact in known.facts.get(symbol.within, ()) if fact.id == symbol.name), None)
        said = list(fact.sources) if fact is not None else []
    if not texts and not said:
        return ""
    lines = [
        f"**{symbol.name}**",
        *(f"- {': '.join(text.get(language) for text in texts)}" for language in ("en", "nl") if texts),
    ]
    return "\n\n".join([lines[0], "\n".join(lines[1:]), "; ".join(said)]).strip()
