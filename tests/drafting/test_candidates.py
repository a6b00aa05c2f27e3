"""Candidate measures: cues say what their examples say, a value has a span, silence stays unknown, and people agree."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import tomli

import consistent.drafting.cues as cue_files
from consistent import load
from consistent.documents.document import Document, Span
from consistent.documents.provisions.provisions import provisions_of
from consistent.documents.provisions.sentences import norm_of, sentences
from consistent.documents.reading import read_document
from consistent.documents.words.phrases import ParsedLists, compiled
from consistent.documents.words.provision_words import ACTORS, numbered, words_of
from consistent.drafting.candidate_measure import CandidateMeasure
from consistent.drafting.candidates import candidates_of, sort_of
from consistent.drafting.cues import Cue, Cues, Frame, Locator, PhraseError, Sample, read_cues, shipped_cues
from consistent.drafting.cues.cue import Sort
from consistent.drafting.cues.matches import Matcher
from consistent.drafting.cues.passages import Passage
from consistent.errors import InputError
from consistent.model.proposal import MEASURE_FIELDS
from consistent.model.text import LANGUAGES, Language
from consistent.model.values import UNKNOWN
from consistent.model.vocabulary import Vocabularies
from tests.document_cases import REAL, read_once, real
from tests.invented_measures import ACTS, APPRAISAL, POLICIES
from tests.soon import ends_soon

_JUDGED = tomli.loads((Path(__file__).parent / "judged_candidates.toml").read_text("utf-8"))["document"]
_PRECISION = 0.9


@cache
def _vocabularies() -> Vocabularies:
    return load("nl-22112-4027").knowledge.vocabularies


@cache
def _cues() -> Cues:
    return shipped_cues(_vocabularies())


def _measures(document: Document) -> tuple[CandidateMeasure, ...]:
    return candidates_of(document, _cues(), _vocabularies())


def _of(text: str) -> dict[str, CandidateMeasure]:
    return {measure.id: measure for measure in _measures(read_document(text.encode(), "invented.txt"))}


def _terms(measure: CandidateMeasure, field: str) -> set[str]:
    return {value.term for value in measure.of(field)}


# Cues


def _samples() -> Iterator[tuple[str, Language, str]]:
    """What the files of cues give as samples, as they are written: to name the tests takes no phrase compiled."""
    for path in sorted((*_cue_folder().glob("*.toml"), ACTORS), key=lambda path: path.name):
        written = tomli.loads(path.read_text("utf-8"))
        cues, frames = written.get("cue", []), written.get("frame", [])
        ids = [
            *numbered((cue["term"] for cue in cues), path.stem),
            *(f"{path.stem}/frame/{number}" for number in range(1, len(frames) + 1)),
        ]
        for id, source in zip(ids, (*cues, *frames), strict=True):
            for language in LANGUAGES:
                for key in ("example", "counter"):
                    if language in source[key]:
                        yield id, language, key


@cache
def _by_id() -> dict[str, Cue | Frame]:
    both: tuple[Cue | Frame, ...] = (*_cues().cues, *_cues().frames)
    return {cue.id: cue for cue in both}


@cache
def _lines() -> dict[str, str]:
    """The lines of all real documents by the hash of a locator."""
    lines = {}
    for path in [*REAL.glob("proposals/*"), *REAL.glob("acts/*")]:
        for block in read_once(path).content.blocks:
            line = " ".join(block.line.split())
            lines[hashlib.sha256(line.encode()).hexdigest()[:12]] = line
    return lines


@cache
def _matcher(cues: Cues, language: Language, sort: Sort) -> Matcher:
    return Matcher(cues, language, sort)


def _met(cue: Cue | Frame, language: Language, text: str, cues: Cues | None = None) -> bool:
    """Whether a cue is met by a text that is one paragraph, heading or title."""
    sort: Sort = next(iter(cue.documents), "act") if isinstance(cue, Cue) else "act"
    matcher, words, whole = _matcher(cues or _cues(), language, sort), words_of(language), Span(0, len(text))
    assert words is not None
    if isinstance(cue, Cue) and cue.where != "text":
        return any(value.cue == cue.id for value in matcher.in_heading(text, whole, cue.where))
    live = matcher.live(text, whole)
    for sentence in sentences(text, whole, words):
        norm = norm_of(text, sentence, words, "policy" if sort == "policy" else "act")
        values = list(matcher.in_passage(text, Passage(norm=norm, sentence=sentence), live))
        if any(value.cue == cue.id for value in values) or any(subject.cue == cue.id for subject in norm.subjects):
            return not (isinstance(cue, Cue) and norm.passive and cue.gives == "actors")
        # A name of a partner counts in a frame only.
        if isinstance(cue, Cue) and any(
            value.field == cue.gives == "partners" and value.term == cue.term for value in values
        ):
            return True
    return False


def _cue_folder() -> Path:
    return Path(cue_files.__file__).parent


_SAMPLES = list(_samples())


def test_every_cue_has_its_samples_tried() -> None:
    """The samples that tests are made of are those of the cues as they are read."""
    read = [
        (cue.id, language, key)
        for cue in _by_id().values()
        for language in LANGUAGES
        for key in ("example", "counter")
        if getattr(cue, key).get(language) is not None
    ]
    assert sorted(_SAMPLES) == sorted(read)


@pytest.mark.parametrize(("id", "language", "key"), _SAMPLES, ids=map("-".join, _SAMPLES))
def test_each_cue_is_met_by_its_example_and_not_by_its_counter_example(id: str, language: Language, key: str) -> None:
    """What a lawyer writes beside a cue is what it does, in every language that it has phrases for."""
    cue = _by_id()[id]
    sample: Sample = getattr(cue, key)
    given = sample.get(language)
    assert given is not None
    if isinstance(given, Locator):
        text = _lines().get(given.hash)
        if text is None:
            pytest.skip(f"real document `{given.document}` is not at hand")
        # A provision does not begin with its number.
        text = re.sub(r"^\d{1,3}\.\s", "", text)
    else:
        text = given
    assert _met(cue, language, text) is (key == "example")


@pytest.mark.parametrize(
    ("phrase", "text", "met"),
    [
        ("notify ... (the Commission|the Board)", "shall notify, without delay, the Board", True),
        ("notify ... the Commission", "shall notify the keeper. Then the Commission", False),
        ("harmonis* rules", "Harmonised rules", True),
        ("Member State", "a member state", False),
        ("a (very|) bright lamp", "a bright lamp", True),
        ("a (very|) bright lamp", "a very bright lamp", True),
        ("a (very|) bright lamp", "a not bright lamp", False),
        ("Regulation (EU) 2016/679", "in Regulation (EU)\n2016/679", True),
        ("# per cent", "at least 12,5 per cent", True),
        ("*eenheden", "Eenheden worden ingezet.", True),
        ("*eenheden", "De genie-eenheden en stafeenheden", True),
        ("*eenheden", "EENHEDEN", False),
        ("de *eenheden", "de Eenheden", False),
    ],
)
def test_phrases_mean_what_they_look_like(phrase: str, text: str, *, met: bool) -> None:
    """Blanks meet line breaks, capitals count, gaps end with the sentence."""
    assert (compiled(phrase, {}).pattern.search(text) is not None) is met


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("a (b|c", "`(` without `)`"),
        ("a b) c", "`)` without `(`"),
        ("a <lamps>", "unknown list `<lamps>`"),
        ("...", "a phrase needs at least one word"),
        ("lamp(s|)", "put a blank between `lamp` and `(`"),
        ("(oil |)lamp", "put a blank between `)` and `lamp`"),
        ("(oil lamp|gas lamp)(s|)", "put a blank between `)` and `(`"),
    ],
)
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str, message: str) -> None:
    """In words that its writer knows."""
    with pytest.raises(PhraseError) as caught:
        compiled(phrase, {})
    assert str(caught.value) == message


def test_lists_are_parsed_once_and_mean_the_same() -> None:
    """Whatever was parsed of them before: at the beginning of a phrase or behind it, with the group `who` or after it."""
    lists = {"who": ["the agency", "the <body>"], "body": ["board of (directors|)", "council"], "may": ["may", "can"]}
    phrases = [
        "<who> <may> ask", "<may> <who> ask", "<body> of <who>", "<who> and <who>", "<body> <may> ask <who>", "asked by <body>",
        "<may> the <body>",
    ]  # fmt: skip
    parsed: ParsedLists = {}
    for phrase in [*phrases, *reversed(phrases)]:
        alone, after_others = compiled(phrase, lists), compiled(phrase, lists, parsed)
        assert (after_others.source, after_others.words) == (alone.source, alone.words)


def test_every_fault_of_a_folder_of_cues_is_told_at_its_line(tmp_path: Path) -> None:
    """Unknown terms, actors and forces, phrases that cannot be read, samples left out."""
    words = _cue_folder() / "words.toml"
    (tmp_path / "words.toml").write_bytes(words.read_bytes())
    (tmp_path / "effects.toml").write_text(
        '[[cue]]\nterm = "obligatoin"\nen = ["a"]\nexample = { en = "a" }\ncounter = { en = "b" }\n'
        '[[cue]]\nterm = "sanction"\nforce = ["shal"]\nsubject = ["firm"]\nen = ["fine (x|y"]\n'
        'example = { en = "a fine" }\ncounter = { nl = "b" }\n',
        encoding="utf-8",
    )
    with pytest.raises(InputError) as caught:
        read_cues(tmp_path, _vocabularies())
    faults = [(fault.message, fault.location.line, fault.help) for fault in caught.value.faults]
    assert faults == [
        ("unknown term `obligatoin`", 2, "did you mean `obligation` or `consolidation` or `obligation-of-result`?"),
        ("unknown actor `firm`", 9, "did you mean `firms`?"),
        ("unknown force `shal`", 8, "did you mean `shall` or `shall-not` or `should`?"),
        ("no counter in language `en`", 12, ""),
        ("phrase `fine (x|y`: `(` without `)`", 10, ""),
    ]


def test_cues_for_something_that_is_no_field_are_refused(tmp_path: Path) -> None:
    """The name of the file is the field."""
    (tmp_path / "words.toml").write_bytes((_cue_folder() / "words.toml").read_bytes())
    (tmp_path / "efects.toml").write_text("", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_cues(tmp_path, _vocabularies())
    assert [fault.message for fault in caught.value.faults] == ["no field `efects` that takes terms"]


# Invented documents


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paragraph_is_a_measure(language: Language) -> None:
    """No two values meet that the text keeps apart; every paragraph is one, also of articles that only describe."""
    measures = _of(ACTS[language])
    assert list(measures) == ["art-1-1", "art-1-2", "art-2-1", "art-2-2", "art-2-3", "art-3", "art-4"]
    assert _terms(measures["art-1-1"], "effects") == {"harmonisation"}
    duty, ban = measures["art-2-1"], measures["art-2-2"]
    assert (_terms(duty, "effects"), _terms(ban, "effects")) == ({"obligation"}, {"prohibition"})
    for measure in (duty, ban):
        assert _terms(measure, "addressees") == {"firms"}
        assert _terms(measure, "actors") == {"co-legislators"}
        assert _terms(measure, "bindingness") == {"binding"}
        assert _terms(measure, "areas") == {"internal-market", "competition"}
    assert duty.title == ("Duties of makers" if language == "en" else "Plichten van makers")
    assert duty.reference == ("Article 2(1)" if language == "en" else "artikel 2, lid 1")
    assert _terms(measures["art-2-3"], "effects") == {"delegated-power"}
    assert _terms(measures["art-2-3"], "actors") == {"commission"}
    assert _terms(measures["art-3"], "effects") == {"obligation", "sanction"}
    assert _terms(measures["art-3"], "addressees") == {"member-states"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_text_does_not_say_stays_unknown(language: Language) -> None:
    """No value is closed but the one of a field that takes one."""
    measure = _of(ACTS[language])["art-2-1"].measure()
    assert measure.finance == measure.partners == UNKNOWN
    for name, about in MEASURE_FIELDS.items():
        value = getattr(measure, name)
        assert about.single or value.open


def test_a_draft_does_not_say_that_nobody_is_shut_out() -> None:
    """Whom the text shuts out nobody has looked for: the rules about that stay open, also where it does."""
    act = ACTS["en"].replace(
        "Article 3\nPenalties", "Article 3\nEligibility\n\nFirms of the United Kingdom are not eligible."
    )
    kb = load("nl-22112-4027")
    open_findings = {
        (finding.rule, finding.measure) for finding in kb.check(kb.draft(act.encode(), "act.txt"), strict=True).open
    }
    assert ("nl-22112-4027/partners/allies-shut-out", "art-3") in open_findings


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_policy_paper_gives_a_measure_for_each_action(language: Language) -> None:
    """What its author will do is announced, what others should do is called for; nothing binds."""
    document = read_document(POLICIES[language].encode(), "invented.txt")
    assert sort_of(document, _cues()) == "policy"
    measures = _measures(document)
    assert [next(iter(_terms(measure, "bindingness"))) for measure in measures] == [
        "announced-legislation",
        "announcement",
        "call",
    ]
    assert [_terms(measure, "actors") for measure in measures] == [{"commission"}, {"commission"}, set()]
    assert _terms(measures[2], "addressees") == {"member-states"}


@pytest.mark.parametrize(
    ("language", "sentence", "bindingness", "actors", "addressees"),
    [
        ("en", "By 2027, the Commission will present a plan.", {"announcement"}, {"commission"}, set()),
        (
            "en",
            "Together with industry, the Commission will propose an act.",
            {"announced-legislation"},
            {"commission"},
            {"firms"},
        ),
        (
            "en",
            "The Commission invites Member States to list their lamps.",
            {"call"},
            {"commission"},
            {"member-states"},
        ),
        ("en", "Member States that have lamps should list them.", {"call"}, {"member-states"}, {"member-states"}),
        ("en", "Lamps will be listed in 2027.", set(), set(), set()),
        ("nl", "Tegen 2027 zal de Commissie een plan presenteren.", {"announcement"}, {"commission"}, set()),
        (
            "nl",
            "De Commissie roept de lidstaten op hun lampen op te geven.",
            {"call"},
            {"commission"},
            {"member-states"},
        ),
        ("nl", "In 2027 moeten de lidstaten hun lampen opgeven.", {"call"}, {"member-states"}, {"member-states"}),
        ("nl", "De lampen zullen in 2027 op een lijst staan.", set(), set(), set()),
    ],
)
def test_a_sentence_of_a_policy_paper(
    language: Language, sentence: str, bindingness: set[str], actors: set[str], addressees: set[str]
) -> None:
    """Who will do what, and who is called upon, wherever in the sentence they stand; nobody where nobody is named."""
    heading = {"en": "2. What comes next\n", "nl": "2. Wat volgt\n"}[language]
    paper = POLICIES[language].split(heading)[0] + heading + sentence + "\n"
    measures = list(_of(paper).values())
    terms = [
        set().union(*(_terms(measure, field) for measure in measures))
        for field in ("bindingness", "actors", "addressees")
    ]
    assert terms == [bindingness, actors, addressees]


def test_a_text_about_a_proposal_gives_no_measures() -> None:
    """What an appraisal says will or should be done is about a proposal; the same sentences of its author do count."""
    appraised = read_document(APPRAISAL.encode(), "invented.txt")
    assert sort_of(appraised, _cues()) is None
    assert _measures(appraised) == ()
    candidates = candidates_of(appraised, _cues(), _vocabularies(), sort="policy")
    assert {term for candidate in candidates for term in _terms(candidate, "bindingness")} == {
        "announced-legislation",
        "call",
    }


def test_a_real_appraisal_gives_no_measures() -> None:
    """Also where it is taken for a proposal on request."""
    assert _measures(read_once(real("fiches/22112-4406.nl.pdf"))) == ()


def test_a_document_in_another_language_gives_nothing() -> None:
    """There are no cues for it; that is for the caller to say."""
    text = ACTS["en"]
    document = read_document(text.encode(), "invented.txt")
    assert candidates_of(_in_language(document, "fi"), _cues(), _vocabularies()) == ()


def _in_language(document: Document, language: str) -> Document:
    return Document(
        name=document.name, content=document.content, language=language, text=document.text, parts=document.parts
    )


def test_the_example_of_the_documentation_works(tmp_path: Path) -> None:
    """The cue that docs/how-to/cues.md adds can be read, together with those that ship."""
    page = (Path(__file__).parents[2] / "docs/how-to/cues.md").read_text("utf-8")
    added = page.split("```toml\n")[1].split("```")[0]
    for path in _cue_folder().glob("*.toml"):
        text = path.read_text("utf-8")
        (tmp_path / path.name).write_text(f"{text}\n{added}" if path.stem == "effects" else text, encoding="utf-8")
    cues = read_cues(tmp_path, _vocabularies(), ACTORS)
    cue = next(known for known in cues.cues if known.id == "effects/purchase")
    for language in LANGUAGES:
        example, counter = cue.example.get(language), cue.counter.get(language)
        assert isinstance(example, str)
        assert isinstance(counter, str)
        assert _met(cue, language, example, cues)
        assert not _met(cue, language, counter, cues)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_without_end_takes_no_more_than_its_share(language: Language) -> None:
    """Of a very long sentence only the beginning is looked at."""
    endless = (
        "Member States shall notify the keeper, " if language == "en" else "De lidstaten moeten de wachter inlichten, "
    )
    act = ACTS[language]
    third = "Article 3\nPenalties\n" if language == "en" else "Artikel 3\nSancties\n"
    document = read_document(act.replace(third, third + endless * 4_000).encode(), "invented.txt")
    with ends_soon():
        candidates_of(document, _cues(), _vocabularies(), provisions=provisions_of(document))


# Real documents


@pytest.mark.parametrize(
    "path",
    [judged["file"] for judged in _JUDGED],
)
def test_each_value_has_words_that_say_it(path: str) -> None:
    """Spans lie in the text and hold words; ids are unique; terms are of the vocabulary; a single field has one."""
    document = read_once(real(path))
    measures = _measures(document)
    assert measures
    assert max(Counter(candidate.id for candidate in measures).values()) == 1
    for measure in measures:
        for value in measure.values:
            assert document.of(value.span).strip()
            assert value.term in _vocabularies()[MEASURE_FIELDS[value.field].vocabulary]
            assert not MEASURE_FIELDS[value.field].single or len(measure.of(value.field)) == 1


def test_people_agree_with_the_candidates(capsys: pytest.CaptureFixture[str]) -> None:
    """Of the values judged by eye, at least nine in ten of those that are given are right, in each field."""
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    lost = []
    for judged in _JUDGED:
        measures = _measures(read_once(real(judged["file"])))
        for id, field, term, holds in judged["values"]:
            # What is right may stand in another measure of the article, where that is split otherwise.
            article = "-".join(id.split("-")[:2])
            near = [
                measure
                for measure in measures
                if measure.id == id or (holds and f"{measure.id}-".startswith(f"{article}-"))
            ]
            if any(term in _terms(candidate, field) for candidate in near):
                given[field] += 1
                right[field] += holds
            elif holds:
                lost.append((judged["file"], id, field, term))
    with capsys.disabled():
        print("\n" + ", ".join(f"{value} {right[value]}/{given[value]}" for value in given))  # noqa: T201  figures for who reads the output
    assert not lost, lost
    assert all(right[value] >= _PRECISION * given[value] for value in given)


def test_a_tax_act_has_nothing_to_do_with_defence() -> None:
    """On the control no defence area is found, nor any effect of the kind that rules on defence ask for."""
    measures = _measures(read_once(real("acts/L_2019310NL.control-tax.nl.json")))
    areas = _vocabularies()["areas"].narrower(["defence", "security", "industry", "csdp"])
    terms = {(value.field, value.term) for measure in measures for value in measure.values}
    assert ("areas", "indirect-taxation") in terms
    assert not {term for field, term in terms if field == "areas"} & areas
    assert {term for field, term in terms if field == "effects"} <= {
        "derogation", "exemption", "obligation", "prescription", "prohibition", "reporting-duty", "taxation"
    }  # fmt: skip
    assert not {term for field, term in terms if field in {"partners", "finance", "safeguards"}}
