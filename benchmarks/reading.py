"""How much of what documents say is read, and how much of what is read is right, against annotations made by hand.

    python -m benchmarks.reading [--half work|held] [--fresh | --excerpts] [--only NAME] [--terms] [--misses N] [--wrong N]
                                 [--measure | --recall]

The annotations and their conventions stand in `tests/drafting/annotations`. `--measure` writes how often each term of the lexicon
was right on the half that is worked on to `measured.toml`, from which the lexicon takes how sure a value is; `--recall` how much
is found on the half that is held out to `recall.toml`, which drafts quote.
"""

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

import tomli
from attrs import define, field, frozen
from tests.drafting.invented import given
from tests.drafting.short_acts import act_of

from consistent import load
from consistent.documents.document import Document, place_of
from consistent.documents.reading import read_document
from consistent.drafting.candidate_measure import CandidateMeasure
from consistent.drafting.draft import draft_of
from consistent.model.text import LANGUAGES, Language

__all__ = [
    "EXCERPTS",
    "FIELDS",
    "FOLDER",
    "REAL",
    "SENTENCES",
    "Annotation",
    "Half",
    "Score",
    "agreement",
    "annotations",
    "covering",
    "listed",
    "score",
    "score_of_excerpts",
    "score_of_sentences",
]

FOLDER = Path(__file__).parent.parent / "tests" / "drafting" / "annotations"
EXCERPTS = FOLDER / "excerpts" / "excerpts-nl.toml"
SENTENCES = FOLDER.parent / "annotated_partners.toml"
REAL = Path(__file__).parent.parent.parent / "shared" / "documents"
FIELDS = (
    "effects", "areas", "actors", "addressees", "bindingness", "finance", "partners", "excluded_partners", "safeguards"
)  # fmt: skip
# What a row says beside its words: right where it is given, and not asked for.
_FURTHER = {
    "effects": "effects_implied",
    "areas": "areas_context",
    "finance": "finance_implied",
    "safeguards": "safeguards_implied",
}
# Nearly every article has these: a constant does well on them.
_PLAIN_DUTY = "obligation"
Half = Literal["work", "held"]

# An article, and its paragraphs; None for all of them.
_Place = tuple[str, frozenset[str] | None]


@frozen
class Annotation:
    """An annotated document, or the half of one.

    Attributes:
        name: of the file, with the half where the document is split.
        path: of the document.
        half: that the rows belong to: `work` is looked at when cues are written, `held` only for the figure.
        rows: as the file has them.
        fields: that were read; of the others nothing is known.
        everywhere: what is right in every row.
        title: the areas that the title tells.
        fresh: found and annotated after the words of the reader were written, so that nobody can have had it before them.
    """

    name: str
    path: Path
    language: str
    half: Half
    as_proposal: bool
    rows: Sequence[Mapping[str, Any]]
    fields: Sequence[str]
    everywhere: frozenset[str]
    title: frozenset[str]
    fresh: bool


@define
class Counts:
    """Of one field, in values: asked for and found, found near, given and right."""

    said: int = 0
    found: int = 0
    near: int = 0
    given: int = 0
    right: int = 0

    def __iadd__(self, other: "Counts") -> Self:
        for name in ("said", "found", "near", "given", "right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self

    @property
    def recall(self) -> float:
        """Found of what was asked for; 1 where nothing was."""
        return self.found / self.said if self.said else 1.0

    @property
    def precision(self) -> float:
        """Right of what was given; 1 where nothing was."""
        return self.right / self.given if self.given else 1.0


@define
class Score:
    """How the draft of a document did.

    Attributes:
        counts: by field; also `areas beside the title`, `voluntary`, and `binding beside plain duties`.
        terms: right and given, by field and term, of values that the lexicon gave; hints among them.
        misses: field, term, row.
        wrong: field, term, row.
    """

    counts: dict[str, Counts] = field(factory=lambda: defaultdict(Counts))
    terms: dict[tuple[str, str], Counts] = field(factory=lambda: defaultdict(Counts))
    lexicon: dict[tuple[str, str], Counts] = field(factory=lambda: defaultdict(Counts))
    misses: list[tuple[str, str, str, str]] = field(factory=list)
    wrong: list[tuple[str, str, str, str]] = field(factory=list)

    def add(self, other: "Score") -> None:
        """Add the score of another document."""
        for name, counts in other.counts.items():
            self.counts[name] += counts
        for mine, theirs in ((self.terms, other.terms), (self.lexicon, other.lexicon)):
            for key, counts in theirs.items():
                mine[key] += counts
        self.misses += other.misses
        self.wrong += other.wrong


def annotations(half: Half | None = None, *further: Path) -> Iterator[Annotation]:
    """The annotations of a half, of both unless given; those of documents that are not at hand are left out.

    Args:
        half: of the rows.
        further: folders with annotations of the same form, all of them to work on.
    """
    for path in [
        *sorted(FOLDER.glob("*.toml")),
        *(path for folder in further for path in sorted(folder.glob("*.toml"))),
    ]:
        data = tomli.loads(path.read_text("utf-8"))
        places = (path.parent / data["document"], REAL / data["document"])
        document = next((place for place in places if place.exists()), None)
        if document is None:
            continue
        rows = data["measure"]
        worked = data.get("work", 0) if path.parent == FOLDER else len(rows)
        halves: tuple[tuple[Half, list[Any]], ...] = (("work", rows[:worked]), ("held", rows[worked:]))
        for part, of in halves:
            if of and half in {None, part}:
                split = len(of) < len(rows)
                yield Annotation(
                    name=f"{path.stem} ({part})" if split else path.stem,
                    path=document,
                    language=data.get("language") or ("nl" if "nl" in path.stem else "en"),
                    half=part,
                    as_proposal=data.get("as_proposal", False),
                    rows=of,
                    fields=data.get("fields", FIELDS),
                    everywhere=frozenset(data.get("also", ())),
                    title=frozenset(data.get("title_areas", ())),
                    fresh=data.get("fresh", False),
                )


@cache
def _read(path: Path, *, as_proposal: bool) -> tuple[Document, tuple[CandidateMeasure, ...]]:
    document = read_document(path)
    draft = draft_of(document, load("nl-22112-4027").knowledge.vocabularies, as_proposal=as_proposal)
    return document, draft.candidates


def score(annotation: Annotation) -> Score:
    """Compare what is read of a document with its annotation."""
    document, measures = _read(annotation.path, as_proposal=annotation.as_proposal)
    return _scored(annotation, document, measures)


def score_of_excerpts(half: Half) -> Score:
    """How paragraphs of many acts are read, each as an article of an act that has the title of its own."""
    data = tomli.loads(EXCERPTS.read_text("utf-8"))
    vocabularies = load("nl-22112-4027").knowledge.vocabularies
    result = Score()
    for act in data["act"]:
        if act["half"] != half:
            continue
        rows = [{**row, "article": str(number)} for number, row in enumerate(act["measure"], 1)]
        text = act_of(data["language"], act["basis"], [row["text"] for row in rows], act["about"], act["kind"])
        document = read_document(text, "act.txt")
        whole = Annotation(
            name=act["source"],
            path=EXCERPTS,
            language=data["language"],
            half=half,
            as_proposal=False,
            rows=rows,
            fields=data["fields"],
            everywhere=frozenset(),
            title=frozenset(),
            fresh=False,
        )
        result.add(_scored(whole, document, draft_of(document, vocabularies).candidates))
    return result


def score_of_sentences(language: Language, half: Half) -> Score:
    """How the sentences on who is let in and shut out are read, of which whole acts have too few to measure by."""
    result = Score()
    rows = tomli.loads(SENTENCES.read_text("utf-8"))["sentence"][0 if half == "work" else 1 :: 2]
    read = given([row[language] for row in rows], {"en": "english", "nl": "dutch"}[language])
    for row, terms in zip(rows, read, strict=True):
        for name, key, allowed in (
            ("excluded_partners", "shut_out", ("shut_out",)),
            ("partners", "let_in", ("let_in", "shut_out")),
        ):
            found = {term for field_name, term in terms if field_name == name}
            asked = set(row.get(key, ()))
            right = {term for each in allowed for term in row.get(each, ())}
            result.counts[name] += Counts(len(asked), len(found & asked), 0, len(found), len(found & right))
    return result


def _scored(annotation: Annotation, document: Document, measures: Sequence[CandidateMeasure]) -> Score:
    result = Score()
    indexes_of = covering(annotation.rows, document, measures)
    of_measure: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row, indexes in zip(annotation.rows, indexes_of, strict=True):
        for index in indexes:
            of_measure[index].append(row)
        for name in annotation.fields:
            given = {value.term for index in indexes for value in measures[index].of(name)}
            near = {
                value.term
                for index in indexes
                for value in measures[index].of(name)
                if _meets(_place(place_of(document, value.span)), _place(_where(row)))
            }
            for term in listed(row.get(name)):
                for key in _tables(name, term, row, annotation):
                    result.counts[key] += Counts(said=1, found=term in given, near=term in near)
                result.terms[name, term] += Counts(said=1, found=term in given)
                if term not in given:
                    result.misses.append((annotation.name, name, term, _where(row)))
    for index, rows in of_measure.items():
        for name in annotation.fields:
            allowed = annotation.everywhere | {
                term
                for row in rows
                for key in (
                    name,
                    _FURTHER.get(name, ""),
                    "also",
                    *(["excluded_partners"] if name == "partners" else []),
                )
                for term in listed(row.get(key))
            }
            for value in measures[index].of(name):
                right = value.term in allowed
                for key in _tables(name, value.term, rows[0], annotation):
                    result.counts[key] += Counts(given=1, right=right)
                result.terms[name, value.term] += Counts(given=1, right=right)
                if value.cue.startswith("lexicon/") and not value.inherited:
                    result.lexicon[name, value.term] += Counts(given=1, right=right)
                if not right:
                    result.wrong.append((annotation.name, name, value.term, _where(rows[0])))
            for value in measures[index].hints:
                # A term that was too often wrong gives hints, and is still measured; what `hint` lists says nothing of it.
                if value.field == name and value.cue == f"lexicon/{name}/{value.term}":
                    result.lexicon[name, value.term] += Counts(given=1, right=value.term in allowed)
    return result


@frozen
class Agreement:
    """How far two readers who did not see each other's work agree on the same rows.

    Attributes:
        asked: values of the first reader, by field.
        shared: of these, the ones that the second has too.
        allowed: of these, the ones that the second has in any list: right, if not asked for.
    """

    asked: Mapping[str, int]
    shared: Mapping[str, int]
    allowed: Mapping[str, int]


def agreement(*, turned: bool = False) -> Agreement:
    """The agreement of the first and the second annotation, over all rows that were read twice.

    Args:
        turned: take the second reader for the first.
    """
    asked, shared, allowed = Counter[str](), Counter[str](), Counter[str]()
    for path in sorted((FOLDER / "second").glob("*.toml")):
        readings = [tomli.loads(each.read_text("utf-8")) for each in (FOLDER / path.name, path)]
        first, second = [reading["measure"] for reading in (readings[::-1] if turned else readings)]
        everywhere = set(readings[0 if turned else 1].get("also", ()))
        for row in first:
            others = [other for other in second if _meets(_place(other["article"]), _place(row["article"]))]
            if not others:
                continue
            for name in FIELDS:
                theirs = {term for other in others for term in listed(other.get(name))}
                right = (
                    everywhere
                    | theirs
                    | {
                        term
                        for other in others
                        for key in (_FURTHER.get(name, ""), "also")
                        for term in listed(other.get(key))
                    }
                )
                for term in listed(row.get(name)):
                    asked[name] += 1
                    shared[name] += term in theirs
                    allowed[name] += term in right
    return Agreement(asked, shared, allowed)


def _tables(name: str, term: str, row: Mapping[str, Any], annotation: Annotation) -> Iterator[str]:
    """In which tables a value counts."""
    yield name
    if name == "areas" and term not in annotation.title:
        yield "areas beside the title"
    if name == "bindingness":
        yield term
        if listed(row.get("effects")) != [_PLAIN_DUTY]:
            yield "bindingness beside plain duties"


def _where(row: Mapping[str, Any]) -> str:
    return str(row.get("article") or row["passage"])


def covering(
    rows: Sequence[Mapping[str, Any]], document: Document, measures: Sequence[CandidateMeasure]
) -> list[list[int]]:
    """For each row the measures that cover some of it."""
    found: list[list[int]] = []
    flat = re.sub(r"\s+", " ", document.text)
    for row in rows:
        if "passage" in row:
            at = flat.find(re.sub(r"\s+", " ", row["passage"]))
            quoted = [re.sub(r"\s+", " ", document.of(measure.span)) for measure in measures] if at >= 0 else []
            found.append([index for index, text in enumerate(quoted) if re.sub(r"\s+", " ", row["passage"]) in text])
        else:
            place = _place(row["article"])
            found.append([index for index, measure in enumerate(measures) if _meets(_place(measure.reference), place)])
    return found


def _place(reference: str) -> _Place:
    """`Article 5(1, 2, 7)`, `17(8-9)` or `artikel 5, lid 1, 2, 7`: the article and its paragraphs."""
    reference = re.sub(r",\s*(?:lid|leden) (\d[\w, \u2013-]*)", r"(\1)", reference)
    match = re.search(r"(\d+[a-z]?)\s*(?:\(([^)]*)\))?", reference)
    if not match:
        return "", None
    article, inside = match.groups()
    if not inside:
        return article, None
    paragraphs: set[str] = set()
    for part in re.split(r"\s*,\s*", inside):
        ends = re.fullmatch(r"(\d+)\s*[-\u2013]\s*(\d+)", part)
        if ends:
            paragraphs |= {str(number) for number in range(int(ends[1]), int(ends[2]) + 1)}
        else:
            paragraphs.add(re.sub(r"\D", "", part) or part)
    return article, frozenset(paragraphs)


def _meets(one: _Place, other: _Place) -> bool:
    return one[0] == other[0] and (one[1] is None or other[1] is None or bool(one[1] & other[1]))


def listed(value: object) -> list[str]:
    """A field of a row as a list, whether it holds one term, several or none."""
    return [] if value is None else [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]  # what TOML has


def _table(name: str, scored: Score) -> Iterator[str]:
    yield ""
    yield name
    yield f"{'':32} {'asked':>6} {'found':>6} {'recall':>7} {'near':>6}   {'given':>6} {'right':>6} {'precision':>9}"
    for key in (*FIELDS, "areas beside the title", "bindingness beside plain duties", "binding", "voluntary"):
        of = scored.counts.get(key, Counts())
        near = of.near / of.said if of.said else 1.0
        yield (
            f"{key:32} {of.said:6} {of.found:6} {100 * of.recall:7.1f} {100 * near:6.1f}   {of.given:6} {of.right:6} "
            f"{100 * of.precision:9.1f}"
        )


def _measured(scores: Mapping[str, Score]) -> str:
    """The text of `measured.toml`: right and given of each term in each language."""
    lines = [
        "# How often the lexicon was right on annotated documents: by field and term, in each language [right, given].",
        "# Written by `python -m benchmarks.reading --measure`.",
    ]
    terms = sorted({key for scored in scores.values() for key in scored.lexicon})
    for field_name in dict.fromkeys(name for name, _ in terms):
        lines += ["", f"[{field_name}]"]
        for name, term in terms:
            if name == field_name:
                told = ", ".join(
                    f"{language} = [{counts.right}, {counts.given}]"
                    for language, scored in sorted(scores.items())
                    if (counts := scored.lexicon.get((name, term))) is not None
                )
                lines.append(f"{term} = {{ {told} }}")
    return "\n".join(lines) + "\n"


def _recall() -> str:
    """The text of `recall.toml`: of the half that nobody looks at found and asked for, by language, sort and field."""
    scores: dict[str, Score] = defaultdict(Score)
    for language in LANGUAGES:
        scores[f"{language}-act"].add(score_of_sentences(language, "held"))
    for annotation in annotations("held"):
        # The rows of a document of policy are passages.
        sort = "policy" if "passage" in annotation.rows[0] else "act"
        scores[f"{annotation.language}-{sort}"].add(score(annotation))
    lines = [
        "# How often the reader finds what is there: by language and sort of document, and by field, [found, there to be found] on",
        "# the half of the annotated documents that is held out. Written by `python -m benchmarks.reading --recall`.",
    ]
    for key, scored in sorted(scores.items()):
        lines += ["", f"[{key}]"]
        lines += [f"{name} = [{of.found}, {of.said}]" for name in FIELDS for of in [scored.counts.get(name, Counts())]]
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("work", "held"))
    parser.add_argument(
        "--fresh", action="store_true", help="only what was annotated after the reader's words were written"
    )
    parser.add_argument("--excerpts", action="store_true", help="the paragraphs of many acts, and nothing else")
    parser.add_argument("--only", help="a part of the name of an annotation")
    parser.add_argument("--field", help="misses and wrong values of this field only")
    parser.add_argument("--more", type=Path, action="append", default=[], help="a folder of further annotations")
    parser.add_argument("--terms", action="store_true")
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--wrong", type=int, default=0)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--recall", action="store_true", help="write recall.toml, from the half that is held out")
    options = parser.parse_args(arguments)
    drafting = Path(__file__).parent.parent / "src" / "consistent" / "drafting"
    if options.recall:
        (drafting / "recall.toml").write_text(_recall(), "utf-8")
        return
    by_language: dict[str, Score] = defaultdict(Score)
    halves: tuple[Half, ...] = (options.half,) if options.half else ("work", "held")
    for half in halves if options.excerpts else ():
        by_language[f"nl, {half}"].add(score_of_excerpts(half))
    for annotation in (
        () if options.excerpts else annotations("work" if options.measure else options.half, *options.more)
    ):
        if (options.only and options.only not in annotation.name) or (options.fresh and not annotation.fresh):
            continue
        scored = score(annotation)
        by_language[annotation.language].add(scored)
        print(*_table(f"{annotation.name}: {len(annotation.rows)} rows, {annotation.half}", scored), sep="\n")
    for language, scored in by_language.items():
        print(*_table(f"all in {language}", scored), sep="\n")
    if options.measure:
        (drafting / "lexicon" / "measured.toml").write_text(_measured(by_language), "utf-8")
    for language, scored in by_language.items():
        if options.terms:
            for key, counts in sorted(scored.terms.items(), key=lambda item: (item[0][0], -item[1].said)):
                print(
                    f"{language} {key[0]:12} {key[1]:30} asked {counts.said:4} found {counts.found:4} given {counts.given:4} right {counts.right:4}"
                )
        for label, listed, most in (("MISS", scored.misses, options.misses), ("WRONG", scored.wrong, options.wrong)):
            for each in [entry for entry in listed if not options.field or entry[1] == options.field][:most]:
                print(label, *each, sep=" | ")


if __name__ == "__main__":
    main()
