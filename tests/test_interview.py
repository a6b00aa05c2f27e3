"""The interview about an act, as somebody at a terminal has it."""

import datetime as dt
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import tomli
from attrs import evolve
from rich.console import Console

from consistent import KnowledgeBase, load
from consistent.cli.interviewing import ActDialogue
from consistent.documents.places import place_in
from consistent.errors import UsageError
from consistent.findings.case import Case
from consistent.inquiries.interview import room, taking
from consistent.inquiries.interview.act_questions import (
    Basis,
    FieldValue,
    FieldValues,
    HangsOn,
    Judgements,
    NearWords,
    NotFound,
    NotFounds,
    Resting,
    Sought,
    WhichProvisions,
)
from consistent.inquiries.interview.field_answers import fields_answered
from consistent.inquiries.interview.interview import (
    _in_its_words,
    _is_skipped,
    in_turn,
    interview,
)
from consistent.inquiries.interview.replying import (
    Places,
    ReplyError,
    near_reply,
    not_found_reply,
    not_founds_reply,
    values_reply,
)
from consistent.inquiries.interview.room import (
    MOST_LINES,
    lines_of,
    lines_of_near,
    lines_of_resting,
    lines_of_rule,
    packed,
    parts_of_near,
    screens,
)
from consistent.inquiries.interview.taking import Signature, nowhere_else
from consistent.model.evidence import Evidence
from consistent.model.proposal import MEASURE_FIELDS, Measure
from consistent.model.text import LANGUAGES, Language, Localized
from consistent.reports.interview_text import act_question_outline
from consistent.reports.interview_words import anywhere, which
from consistent.reports.terminal import print_outline
from consistent.toml.tomlfile import TomlFile


def _head(title: str) -> str:
    """A proposal for a regulation on the internal market, its measures to follow."""
    return f"""\
[proposal]
title = "{title}"
kind = "legislative-proposal"
instrument = "regulation"
legal_basis = ["TFEU 114"]
"""


# Invented: a draft with words that may speak of taxation, in two articles out of three.
DRAFT = _head("on lanterns") + "".join(
    f"""
[[measure]]
id = "art-{number}"
reference = "Article {number}(1)"
title = "Fines for lanterns that are lit too late, and for those that are not lit at all"
effects = {{ has = ["sanction"] }}
addressees = {{ has = ["firms"] }}
areas = {{ has = ["internal-market"] }}
bindingness = "binding"
evidence.reference = {{ document = "COM(2099) 1", place = "Article {number}", span = [10, 15], confirmed = false }}
{hint}"""
    for number, hint in (
        (1, 'hints.areas = { value = "taxation", document = "COM(2099) 1", quote = "dues", confirmed = false }\n'),
        (7, 'hints.areas = { value = "taxation", document = "COM(2099) 1", quote = "dues", confirmed = false }\n'),
        (9, ""),
    )
)
RULES = ("tax-or-employee-rights-on-internal-market-basis", "content-beyond-need")


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """Two rules of the treaties."""
    return load("treaties").selected([f"treaties/*/{rule}" for rule in RULES])


def talked(kb: KnowledgeBase, *typed: str, language: Language = "en", draft: str = DRAFT) -> tuple[dict[str, Any], str]:
    """The file after a conversation, and what was shown; at its end the input is closed."""
    lines: Iterator[str] = iter(typed)
    shown = StringIO()

    def read(prompt: str) -> str:
        shown.write(prompt)
        try:
            line = next(lines)
        except StopIteration:
            raise EOFError from None
        shown.write(line + "\n")
        return line

    terms = sorted({*kb.knowledge.vocabularies["areas"].terms} - {"internal-market"})
    text = f'{draft}\n[[looked_for]]\nfield = "areas"\nterms = {terms}\nfound = 86\nof = 100\n'
    file = TomlFile.parse(text)
    console = Console(file=shown, width=100, highlight=False, markup=False)
    day = dt.date(2099, 1, 2)
    dialogue = ActDialogue(kb, kb.case(kb.read_file(file)), file, console, read, language, "A. Analyst", day)
    dialogue.run()
    assert next(lines, None) is None
    return tomli.loads(dialogue.text()), " ".join(shown.getvalue().split())


def areas(data: dict[str, Any], number: int) -> Any:
    """What the file says of the areas of a measure."""
    return next(measure["areas"] for measure in data["measure"] if measure["id"] == f"art-{number}")


def said(data: dict[str, Any]) -> list[str]:
    """What a person says is nowhere else."""
    return [term for looked in data["looked_for"] if looked.get("by") for term in looked["terms"]]


class TestInTurn:
    """One question after another."""

    def test_the_same(self, kb: KnowledgeBase) -> None:
        """They are those of the interview, in its order."""
        case = kb.case(DRAFT)
        assert tuple(in_turn(case)) == interview(case).questions

    def test_first_before_they_are_counted(self, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
        """For the first one neither what is presumed is gone through nor a report written, which take longer than all else."""

        def failing(*_: object, **__: object) -> None:
            raise AssertionError

        monkeypatch.setattr("consistent.inquiries.interview.topics._Gathering._presumed", failing)
        monkeypatch.setattr("consistent.findings.case.Case.written", failing)
        assert isinstance(next(in_turn(kb.case(DRAFT))), WhichProvisions)

    def test_question_before_the_count(self, kb: KnowledgeBase) -> None:
        """How many are left stands below the question."""
        _, shown = talked(kb)
        assert 0 < shown.index("Which provisions are about") < shown.index("questions left: ")


class TestWords:
    """How it is asked."""

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_field_has_its_own(self, language: Language) -> None:
        """No field that packs share is asked about in general words, and no question is that of another field."""
        fields = [name for name, field in MEASURE_FIELDS.items() if field.type == "terms"]
        term, label = Localized("energy", "energie"), Localized("label", "label")
        asked = [which(name, label, terms, language) for name in fields for terms in ([term], [term, term])]
        asked += [anywhere(name, label, language) for name in fields]
        assert len(set(asked)) == len(asked)
        assert not any("label" in text for text in asked)
        assert which("own", label, [term], language).count("label") == 1

    def test_as_a_lawyer_would_ask(self) -> None:
        """Of one term, and of several, which can be answered by their numbers."""
        terms = Localized("energy", "energie"), Localized("taxes", "belastingen")
        label = MEASURE_FIELDS["areas"].label
        assert which("areas", label, terms[:1], "en") == "Which provisions are about energy?"
        assert which("areas", label, terms[:1], "nl") == "Welke bepalingen gaan over energie?"
        told = "Welke bepalingen gaan over een van deze onderwerpen: 1 energie; 2 belastingen?"
        assert which("areas", label, terms, "nl") == told


class TestWhich:
    """Which provisions have a term."""

    def test_words_first(self) -> None:
        """What no word of the act speaks of is asked last, though more hangs on it."""
        kb = load("treaties").selected(
            ["treaties/*/tax-or-employee-rights-on-internal-market-basis", "treaties/*/international-obligations"]
        )
        terms = sorted({*kb.knowledge.vocabularies["areas"].terms} - {"internal-market"})
        looked = f'[[looked_for]]\nfield = "areas"\nterms = {terms}\nfound = 86\nof = 100\n'
        last = "\n[[measure]]" + DRAFT.rpartition("\n[[measure]]")[2]
        more = "".join(last.replace("art-9", f"art-{number}") for number in range(10, 16))
        left = interview(kb.case(kb.read_file(TomlFile.parse(f"{DRAFT}{more}\n{looked}")))).questions
        which = [question for question in left if isinstance(question, WhichProvisions)]
        assert [question.provisions[0].level for question in which] == ["near", "nothing"]
        assert which[0].weight < which[1].weight

    def test_nowhere(self, kb: KnowledgeBase) -> None:
        """`none` is of the whole act, which the screen says before and after."""
        data, shown = talked(kb, "none")
        assert "taxation" in said(data)
        assert "`none`: nowhere in the act" in shown
        assert "Noted: nowhere else in the act: taxation" in shown

    def test_not_here(self, kb: KnowledgeBase) -> None:
        """`not here` is of the provisions on the screen, and of no others."""
        data, shown = talked(kb, "not here")
        assert said(data) == []
        assert "taxation" in areas(data, 1)["lacks"]
        assert "taxation" in areas(data, 7)["lacks"]
        assert areas(data, 9) == {"has": ["internal-market"]}
        assert "not in these provisions (2)" in shown
        assert {"note": "A. Analyst, 2099-01-02"}.items() <= data["measure"][0]["evidence"]["areas"].items()

    @pytest.mark.parametrize("typed", ["2", "7(1)", "art. 7", "artikel 7, lid 1", "Article 7(1)", "2: 1"])
    def test_named(self, kb: KnowledgeBase, typed: str) -> None:
        """A provision by its number on the screen, or as the act is cited in either language."""
        data, shown = talked(kb, typed)
        assert areas(data, 7)["has"] == ["internal-market", "taxation"]
        assert "Noted: taxation in Article 7(1)." in shown

    def test_number_that_is_none(self, kb: KnowledgeBase) -> None:
        """A number is one of the list: the article of that number may be meant, and is not taken unseen."""
        data, shown = talked(kb, "7", language="nl")
        assert said(data) == []
        assert areas(data, 7) == {"has": ["internal-market"]}
        assert "`7` is geen nummer op het scherm een artikel noem je `art. 7`, een lid `7(1)`" in shown

    def test_which_term(self, kb: KnowledgeBase) -> None:
        """What was taken down is told in the language of the conversation; where one term is asked for, it is meant."""
        data, shown = talked(kb, "art. 9", language="nl")
        assert "Genoteerd: belastingen in" in shown
        assert areas(data, 9)["has"] == ["internal-market", "taxation"]


class TestJudged:
    """What only a person can judge."""

    AFTER = ("none", "none")

    @pytest.mark.parametrize(
        ("typed", "in_order"), [("fine", True), ("akkoord", True), ("objection", False), ("bezwaar", False)]
    )
    def test_answers(self, kb: KnowledgeBase, typed: str, in_order: bool) -> None:
        """Whether there is an objection, with a reason."""
        data, shown = talked(kb, *self.AFTER, typed, "It is heavy", "Article 1")
        (answer,) = data["answer"]
        assert answer["in_order"] is in_order
        assert (answer["reason"], answer["by"]) == ("It is heavy", "A. Analyst")
        assert ("Noted: no objection." if in_order else "Noted: objection to") in shown

    @pytest.mark.parametrize("typed", ["yes", "no", "ja", "nee", "y", "n"])
    def test_yes_is_no_answer(self, kb: KnowledgeBase, typed: str) -> None:
        """To 'does anything go further than is needed?' a `no` would be recorded as an objection: it is refused."""
        data, shown = talked(kb, *self.AFTER, typed)
        assert "answer" not in data
        assert "the question may be put the other way round" in shown


# Three rules ask for areas that overlap; words speak of one of these in two articles, and of another where no duty is.
DEFENCE = ("nato-obligations-unregarded", "national-defence-policy-unregarded", "national-forces-directed")
OF_DEFENCE = _head("on beacons") + "".join(
    f"""
[[measure]]
id = "art-{number}"
reference = "Article {number}(1)"
effects = ["{effect}"]
addressees = ["{whom}"]
actors = ["commission"]
areas = {{ has = ["internal-market"] }}
bindingness = "binding"
safeguards = []
evidence.reference = {{ document = "COM(2099) 1", place = "Article {number}", span = [10, 99], confirmed = false }}
hints.areas = {{ value = "{hint}", document = "COM(2099) 1", quote = "allies", confirmed = false }}
"""
    for number, effect, whom, hint in (
        (1, "obligation", "member-states", "collective-defence"),
        (2, "recommendation", "firms", "defence-planning"),
        (7, "obligation", "member-states", "collective-defence"),
    )
)


@pytest.fixture(scope="module")
def question() -> WhichProvisions:
    """The one question on areas."""
    kb = load("treaties").selected([f"treaties/defence/{name}" for name in DEFENCE])
    terms = sorted(kb.knowledge.vocabularies["areas"].terms)
    text = f'{OF_DEFENCE}\n[[looked_for]]\nfield = "areas"\nterms = {terms}\nfound = 86\nof = 100\n'
    left = interview(kb.case(kb.read_file(TomlFile.parse(text)))).questions
    (question,) = [each for each in left if isinstance(each, WhichProvisions)]
    return question


class TestOverlap:
    """The same is not asked twice."""

    def test_one_question(self, question: WhichProvisions) -> None:
        """No term stands in two questions; all rules that asked for it hang on the one."""
        terms = [term for term, _ in question.terms]
        assert len(set(terms)) == len(terms) > len({"collective-defence", "defence-planning"})
        assert len(question.rules) > 1

    def test_where_it_counts_first(self, question: WhichProvisions) -> None:
        """A provision that is listed for its words alone stands last, in one line; `more` shows its words."""
        assert [provision.measure for provision in question.provisions] == ["art-1", "art-7", "art-2"]
        assert [provision.counts for provision in question.provisions] == [True, True, False]
        short, long = (shown_of(question, all_of_it=each) for each in (False, True))
        assert "such words also stand where nothing hangs on it: Article 2(1)" in short
        assert (short.count("“allies”"), long.count("“allies”")) == (2, 3)

    def test_what_is_meant(self, question: WhichProvisions) -> None:
        """Of several terms the screen says which one the words speak of, by the number that an answer has it by."""
        number = [term for term, _ in question.terms].index("collective-defence") + 1
        assert f"“allies” → {number} collective defence" in shown_of(question)

    def test_skipped_with_others(self) -> None:
        """A question that was skipped does not come back as a part of it; one that asks for more does."""
        skipped = {("which", "areas", "a", "b")}
        assert _is_skipped(("which", "areas", "b"), skipped)
        assert not _is_skipped(("which", "areas", "b", "c"), skipped)
        assert not _is_skipped(("which", "effects", "b"), skipped)
        assert not _is_skipped(("not-found", "areas", "b"), skipped)
        assert _is_skipped(("not-found", "areas", "b"), {("not-founds", "areas=a", "areas=b", "effects=c")})
        assert _is_skipped(
            ("not-founds", "areas=b", "effects=c"), {("not-found", "areas", "a", "b"), ("not-found", "effects", "c")}
        )
        assert not _is_skipped(("not-founds", "areas=b", "effects=c"), {("not-found", "areas", "a", "b")})


def shown_of(question: Any, *, all_of_it: bool = False, language: Language = "en") -> str:
    """A question as a terminal has it, in one line."""
    shown = StringIO()
    console = Console(file=shown, width=100, highlight=False, markup=False)
    print_outline(console, act_question_outline(question, language, all_of_it=all_of_it))
    return " ".join(shown.getvalue().split())


# The words of one article may speak of two areas and of an effect, which three rules ask for; those of another of one area.
SEVERAL = _head("on beacons") + "".join(
    f"""
[[measure]]
id = "art-{number}"
reference = "Article {number}(1)"
title = "Beacons"
effects = {{ has = ["obligation"] }}
addressees = ["member-states"]
actors = ["commission"]
areas = {{ has = ["internal-market"] }}
bindingness = "binding"
safeguards = []
evidence.reference = {{ document = "COM(2099) 1", place = "Article {number}", span = [10, 99], confirmed = false }}
"""
    + "".join(
        f'[[measure.hints.{field}]]\nvalue = "{term}"\ndocument = "COM(2099) 1"\nquote = "{quote}"\nconfirmed = false\n'
        for field, term, quote in hints
    )
    for number, hints in (
        (1, [("areas", "collective-defence", "allies"), ("areas", "taxation", "dues")]),
        (7, [("areas", "collective-defence", "allies"), ("effects", "command", "lead the")]),
    )
)
THREE = (
    "treaties/defence/nato-obligations-unregarded",
    "treaties/*/tax-or-employee-rights-on-internal-market-basis",
    "treaties/defence/union-command-over-national-forces",
)


@pytest.fixture(scope="module")
def near() -> tuple[KnowledgeBase, dict[str, Any], NearWords]:
    """The pack, the file and its first question."""
    kb = load("treaties").selected(THREE)
    looked = "".join(
        f'\n[[looked_for]]\nfield = "{name}"\nterms = {sorted(kb.knowledge.vocabularies[name].terms)}\nfound = 86\nof = 100\n'
        for name in ("areas", "effects")
    )
    data = TomlFile.parse(SEVERAL + looked).data
    question = interview(kb.case(kb.read_file(TomlFile.of_dict(data)))).questions[0]
    assert isinstance(question, NearWords)
    return kb, dict(data), question


class TestNear:
    """Where words speak of several topics, an article is read once."""

    def test_one_screen(self, near: tuple[KnowledgeBase, dict[str, Any], NearWords]) -> None:
        """What stands in one provision stands together, with its words; none of it is asked for again."""
        kb, data, question = near
        assert sorted((each.measure, each.term, each.words) for each in question.near) == [
            ("art-1", "collective-defence", "allies"),
            ("art-1", "taxation", "dues"),
            ("art-7", "collective-defence", "allies"),
        ]
        shown = shown_of(question)
        assert shown.count("Article 1(1)") == shown.count("Article 7(1)") == 1
        left = interview(kb.case(kb.read_file(TomlFile.of_dict(data)))).questions
        asked = {(each.field, term) for each in left if isinstance(each, WhichProvisions) for term, _ in each.terms}
        assert asked.isdisjoint((each.field, each.term) for each in question.near)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_fits_a_screen(self, near: tuple[KnowledgeBase, dict[str, Any], NearWords], language: Language) -> None:
        """As many provisions as fit on 25 lines with the rules and the prompt."""
        _, _, question = near
        one = question.near[0]
        many = [
            [evolve(one, reference=f"Article {number}(1)", measure=f"art-{number}", words="allies " * (number % 30))]
            * (number % 7)
            for number in range(1, 90)
            if number % 7
        ]
        for screen in packed(many, lines_of_near, MOST_LINES - 2 * room.RULES):
            shown = StringIO()
            console = Console(file=shown, width=100, highlight=False, markup=False)
            full = evolve(question, near=tuple(screen), rules=question.rules[:1] * 9)
            print_outline(console, act_question_outline(full, language))
            assert len(shown.getvalue().splitlines()) <= 25 - len(["left", "left", "hint", "prompt"])

    def test_a_provision_stays_together(self, near: tuple[KnowledgeBase, dict[str, Any], NearWords]) -> None:
        """What the words of one provision may speak of stands on one screen unless it takes more than that; what is small fills gaps."""
        one = near[2].near[0]
        few, many = [one] * 12, [evolve(one, words="allies " * number) for number in range(1, 40)]
        assert parts_of_near(few, MOST_LINES) == [few]
        parts = parts_of_near(many, MOST_LINES)
        assert len(parts) > 1
        assert [each for part in parts for each in part] == many
        assert all(lines_of_near(part) <= MOST_LINES for part in parts)
        assert packed([[3], [8], [2], [6]], sum, 9) == [[3, 2], [8], [6]]

    def test_so_or_not(self, near: tuple[KnowledgeBase, dict[str, Any], NearWords]) -> None:
        """What has its number named is so, the rest is not, each with who says it; and no word is asked about again."""
        kb, data, question = near
        number = next(place for place, each in enumerate(question.near, 1) if each.term == "taxation")
        right = near_reply(question, str(number))
        after = taking.near(
            data, question, right, Signature(by="A. Analyst", on=dt.date(2099, 1, 2)), kb.knowledge.vocabularies
        )
        assert areas(after, 1)["has"] == ["internal-market", "taxation"]
        assert "collective-defence" in areas(after, 1)["lacks"]
        assert "collective-defence" in areas(after, 7)["lacks"]
        left = interview(kb.case(kb.read_file(TomlFile.of_dict(after)))).questions
        assert not [each for each in left if isinstance(each, NearWords | WhichProvisions)]

    def test_replies(self, near: tuple[KnowledgeBase, dict[str, Any], NearWords]) -> None:
        """None, all, or numbers; a number that is none is refused, and so is `yes`, which may mean either."""
        _, _, question = near
        every = {(each.measure, each.field, each.term) for each in question.near}
        assert (near_reply(question, "geen"), near_reply(question, "all")) == (set(), every)
        for said in ("99", "yes", "art. 7"):
            with pytest.raises(ReplyError):
                near_reply(question, said)

    def test_skipped_with_others(self) -> None:
        """What was skipped does not come back on a screen with less."""
        skipped = {("near", "art-1|areas|a", "art-7|areas|b")}
        assert _is_skipped(("near", "art-7|areas|b"), skipped)
        assert not _is_skipped(("near", "art-7|areas|b", "art-9|areas|b"), skipped)


LASTING = _head("on loans").replace("TFEU 114", "TFEU 122(1)").replace("legislative-", "non-legislative-", 1) + "".join(
    f"""
[[measure]]
id = "art-{number}"
reference = "Article {number}(1)"
effects = ["obligation"]
safeguards = []
"""
    for number in (1, 7, 9)
)


@pytest.fixture(scope="module")
def lasting() -> tuple[KnowledgeBase, dict[str, Any]]:
    """A rule on what has no end."""
    kb = load("treaties").selected(["treaties/*/lasting-scheme-on-exceptional-basis"])
    return kb, dict(TomlFile.parse(LASTING).data)


class TestFieldOfProvisions:
    """A field without terms, of several provisions."""

    def case(self, lasting: tuple[KnowledgeBase, dict[str, Any]]) -> Case:
        """The proposal before the rule."""
        kb, data = lasting
        return kb.case(kb.read_file(TomlFile.of_dict(data)))

    def test_asked_together(self, lasting: tuple[KnowledgeBase, dict[str, Any]]) -> None:
        """When the act ends is asked first, which would settle all of it; then when its provisions do, once."""
        first, second = interview(self.case(lasting)).questions
        assert isinstance(first, FieldValue)
        assert first.question.key == (None, "end_of_application")
        assert isinstance(second, FieldValues)
        assert second.references == ("Article 1(1)", "Article 7(1)", "Article 9(1)")
        assert "When do these provisions end?" in shown_of(second)
        assert "Wanneer eindigen deze bepalingen?" in shown_of(second, language="nl")

    @pytest.mark.parametrize(
        ("said", "ends"),
        [
            ("none", {"art-1": [], "art-7": [], "art-9": []}),
            ("7(1): 2030-12-31; geen", {"art-1": [], "art-7": dt.date(2030, 12, 31), "art-9": []}),
            ("1, 3: 2030-12-31", {"art-1": dt.date(2030, 12, 31), "art-7": None, "art-9": dt.date(2030, 12, 31)}),
        ],
    )
    def test_answers(self, lasting: tuple[KnowledgeBase, dict[str, Any]], said: str, ends: dict[str, Any]) -> None:
        """One answer for all, or by provision; of what is not named nothing is said."""
        case = self.case(lasting)
        question = interview(case).questions[1]
        assert isinstance(question, FieldValues)
        told = values_reply(question, said, Places(case.proposal))
        data = fields_answered(lasting[1], question, told, case, "A. Analyst")
        assert {measure["id"]: measure.get("ends") for measure in data["measure"]} == ends

    def test_refused(self, lasting: tuple[KnowledgeBase, dict[str, Any]]) -> None:
        """Two answers for the others, a provision that there is not, and what is no day."""
        case = self.case(lasting)
        question = interview(case).questions[1]
        assert isinstance(question, FieldValues)
        for said in ("none; 2030-12-31", "12: none"):
            with pytest.raises(ReplyError):
                values_reply(question, said, Places(case.proposal))
        with pytest.raises(UsageError):
            fields_answered(lasting[1], question, {"art-1": "soon"}, case, "A. Analyst")

    def test_skipped_with_others(self) -> None:
        """What was skipped for several provisions is not asked of one."""
        skipped = {("fields", "ends", "art-1", "art-7")}
        assert _is_skipped(("field", "art-7", "ends"), skipped)
        assert not _is_skipped(("field", "art-9", "ends"), skipped)
        assert not _is_skipped(("field", "art-7", "starts"), skipped)


@pytest.mark.parametrize(
    ("prefix", "span", "quote", "suffix", "words"),
    [
        ("and to impose conditions on the", (233, 238), "owner.", "They", "and to impose conditions on the owner"),
        ("shall be lit. 2. Keepers of", (133, 138), "lamps pay. They may", "ask", "Keepers of lamps pay"),
        ("Annex I. Article 12", (100, 108), "Lanterns shall be", "lit by", "Lanterns shall be"),
        ("of measures to ease", (5, 13), "transport of oil", "and gas", "transport of oil"),
        ("2. Keepers of", (133, 190), "lamps list", "oil and wicks. They", "Keepers of lamps list oil and wicks"),
    ],
)
def test_passage_in_its_sentence(prefix: str, span: tuple[int, int], quote: str, suffix: str, words: str) -> None:
    """A passage is shown with the words before and behind it that are of its provision and sentence, and not beyond that."""
    whole = Evidence("D", "Article 12", span=(100, 400), confirmed=False)
    found = Evidence("D", "Article 12", span=span, prefix=prefix, quote=quote, suffix=suffix, confirmed=False)
    assert _in_its_words(found, Measure(id="art-12", evidence=(("reference", whole),))) == words


@pytest.fixture(scope="module")
def whole() -> KnowledgeBase:
    """All rules of the treaties: what they ask for is wide and narrow."""
    return load("treaties")


class TestFamilies:
    """A wide term of which nothing was found stands for all that is below it."""

    def sought(self, whole: KnowledgeBase, text: str) -> dict[str, Sought]:
        """What is asked of areas, by term."""
        terms = sorted({*whole.knowledge.vocabularies["areas"].terms} - {"internal-market"})
        looked = f'[[looked_for]]\nfield = "areas"\nterms = {terms}\nfound = 86\nof = 100\n'
        left = interview(whole.case(whole.read_file(TomlFile.parse(f"{text}\n{looked}")))).questions
        screens = [screen for screen in left if isinstance(screen, NotFound)]
        return {each.term: each for screen in screens for each in screen.sought}

    def test_nothing_found(self, whole: KnowledgeBase) -> None:
        """Nothing is on defence: one entry, which names two and counts the others. No term is asked for twice."""
        sought = self.sought(whole, DRAFT)
        below = whole.knowledge.vocabularies["areas"].narrower(["security"])
        assert {"collective-defence", "armed-forces"} <= {*sought["security"].terms} <= below
        named = [term for each in sought.values() for term in each.terms]
        assert len(set(named)) == len(named)
        question = NotFound(
            field="areas", label=MEASURE_FIELDS["areas"].label, sought=(sought["security"],), recall=(1, 2)
        )
        assert f"and {len(sought['security'].below) - 2} more" in shown_of(question)
        assert "collective defence" in shown_of(question, all_of_it=True)

    @pytest.mark.parametrize("found", ['areas = { has = ["internal-market", "armed-forces"] }', "hint"])
    def test_something_found(self, whole: KnowledgeBase, found: str) -> None:
        """What is found, or spoken of, and what is above it are asked about by themselves."""
        text = (
            DRAFT.replace('"taxation"', '"armed-forces"')
            if found == "hint"
            else DRAFT.replace('areas = { has = ["internal-market"] }', found)
        )
        sought = self.sought(whole, text)
        above = {"armed-forces", *whole.knowledge.vocabularies["areas"].broader("armed-forces")}
        assert not any(above.intersection(each.terms) and each.below for each in sought.values())

    def test_denied_together(self, whole: KnowledgeBase) -> None:
        """The answer is written for each of them; one of them is named by its label, or the wide one by its number."""
        sought = self.sought(whole, DRAFT)
        question = NotFound(
            field="areas", label=MEASURE_FIELDS["areas"].label, sought=(sought["security"],), recall=(1, 2)
        )
        draft, places = tomli.loads(DRAFT), Places(whole.case(DRAFT).proposal)
        signature, vocabularies = Signature(by="A. Analyst", on=dt.date(2099, 1, 2)), whole.knowledge.vocabularies
        assert {*said(nowhere_else(draft, question, {}, signature, vocabularies))} == {*sought["security"].terms}
        mixed = NotFounds(parts=(evolve(question, field="effects", sought=question.sought * 2), question))
        assert not_founds_reply(mixed, "3: 9", places) == [{}, {"security": ["art-9"]}]
        assert not_founds_reply(mixed, "2: 9", places) == [{"security": ["art-9"]}, {}]
        assert not_founds_reply(mixed, "none", places) == [{}, {}]
        for typed in ("4: 9", "collective defence: 9"):
            with pytest.raises(ReplyError):
                not_founds_reply(mixed, typed, places)
        for typed, term in (("collective defence: 9", "collective-defence"), ("1: 9", "security")):
            there = not_found_reply(question, typed, places)
            assert term in areas(nowhere_else(draft, question, there, signature, vocabularies), 9)["has"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_findings_rest_on_fits_a_screen(language: Language) -> None:
    """As many values as are put on a screen fit there, whether one rule rests on all of them or each has its own."""
    rules = [
        HangsOn(rule=f"r{number}", title=Localized("x" * 70, "x" * 70), verdict="conflict", measures=2)
        for number in range(9)
    ]
    for own in (False, True):
        places = tuple((f"art-{number}", f"Article {number}(1)", "word " * 8) for number in range(1, 4))
        listed = [
            Resting(
                field="areas", label=MEASURE_FIELDS["areas"].label, term="a", value=Localized("area", "terrein"),
                places=places[: number % 3 + 1], rules=(rules[number if own else 0],),
            )
            for number in range(9)
        ]  # fmt: skip
        taken: list[Resting] = []
        room = MOST_LINES
        for resting in listed:
            lines = lines_of_resting(resting) + (0 if taken and not own else lines_of_rule(resting.rules[0]))
            if lines > room:
                break
            taken.append(resting)
            room -= lines
        shown = StringIO()
        console = Console(file=shown, width=100, highlight=False, markup=False)
        print_outline(console, act_question_outline(Basis(resting=tuple(taken)), language))
        assert len(taken) > 2
        assert len(shown.getvalue().splitlines()) <= 25 - len(["left", "left", "hint", "prompt"])


# All of it on personal data, so that two points on the legal basis are put.
OF_DATA = DRAFT.replace('["sanction"]', '["sanction", "obligation", "data-processing"]').replace(
    "\n[[measure]]", "\nobstacles = []\n[[measure]]", 1
)
POINTS = ("internal-market-served", "personal-data-on-another-basis")


@pytest.fixture(scope="module")
def two() -> KnowledgeBase:
    """The two rules that put them."""
    return load("treaties").selected([f"treaties/legal-basis/{name}" for name in POINTS])


class TestJudgedTogether:
    """Points on the act as a whole that are on one principle: one screen, and an answer with a reason for each."""

    def talked(
        self, two: KnowledgeBase, *typed: str, language: Language = "en"
    ) -> tuple[dict[str, tuple[bool, str]], str]:
        """What is answered, by the last part of the rule's id, and what was shown."""
        data, shown = talked(two, *typed, language=language, draft=OF_DATA)
        answers = {
            each["rule"].rpartition("/")[2]: (each["in_order"], each["reason"]) for each in data.get("answer", [])
        }
        return answers, shown

    def test_one_screen(self, two: KnowledgeBase) -> None:
        """Both stand on it, numbered, under what they are on; `more` shows why they are put."""
        _, shown = self.talked(two, "more")
        assert "questions left: 1 (" in shown
        assert "1 for a person to judge" in shown
        assert "The legal basis carries the measure: is there an objection on one of these points?" in shown
        assert shown.index(" 1 Which obstacles") < shown.index(" 2 Is the protection")
        for rule in two.rules:
            assert shown.count(" ".join(rule.rationale.en.split())) == 1

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_fits_a_screen(self, two: KnowledgeBase, language: Language) -> None:
        """Of one point put many times, as many stand together as fit on 25 lines with the prompt; none is left out."""
        proposal = two.read_file(TomlFile.parse(OF_DATA))
        (screen,) = interview(two.case(proposal)).questions
        assert isinstance(screen, Judgements)
        for point in screen.points:
            many = MOST_LINES // lines_of(point)
            shown = StringIO()
            console = Console(file=shown, width=100, highlight=False, markup=False)
            print_outline(console, act_question_outline(evolve(screen, points=(point,) * many), language))
            assert len(shown.getvalue().splitlines()) <= 25 - len(["left", "left", "hint", "hint", "prompt"])

    @pytest.mark.parametrize(
        ("typed", "answers"),
        [
            (["fine", "a", "b"], {POINTS[0]: (True, "a"), POINTS[1]: (True, "b")}),
            (["akkoord", "a", ""], {POINTS[0]: (True, "a"), POINTS[1]: (True, "a")}),
            (["bezwaar", "a", ""], {POINTS[0]: (False, "a"), POINTS[1]: (False, "a")}),
            (["2", "a", "b"], {POINTS[0]: (True, "a"), POINTS[1]: (False, "b")}),
            (["1, 2", "a", "b"], {POINTS[0]: (False, "a"), POINTS[1]: (False, "b")}),
            (["fine", "?", "b"], {POINTS[1]: (True, "b")}),
        ],
    )
    def test_answers(self, two: KnowledgeBase, typed: list[str], answers: dict[str, tuple[bool, str]]) -> None:
        """Each point gets its own answer and reason; Enter gives that of one on which the same was said, `?` leaves it open."""
        found, _ = self.talked(two, *typed, "Article 1")
        assert found == answers

    @pytest.mark.parametrize("typed", [["2", "a", ""], ["fine", ""], ["yes"], ["3"], ["art. 1"], ["fine", "?", "?"]])
    def test_no_answer(self, two: KnowledgeBase, typed: list[str]) -> None:
        """Without a reason, or with the reason for the contrary, nothing is written; nor of what is no number there."""
        assert self.talked(two, *typed)[0] == {}

    def test_in_dutch(self, two: KnowledgeBase) -> None:
        """What is typed and how it was taken is told."""
        _, shown = self.talked(two, "2", "a", "b", "artikel 1", language="nl")
        assert "op geen van deze punten bezwaar" in shown
        assert "Genoteerd: geen bezwaar op 1, bezwaar op 2." in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_not_found_fits_a_screen(language: Language) -> None:
    """All terms of a large field are put on screens of 25 lines at most, with the prompt; `more` shows the places."""
    kb = load("nl-22112-4027")
    terms = kb.knowledge.vocabularies["areas"].terms.values()
    found = tuple(f"Article {number}(1)" for number in range(30))
    listed = [
        Sought(term=term.id, label=term.label, found=found if number % 3 == 0 else (), near=(), rules=1)
        for number, term in enumerate(terms)
    ]
    half = len(listed) // 2
    # What is left of each field stands together: of a few terms of others as well.
    by_field = {"areas": listed[:half], "effects": listed[half:], "actors": listed[:4], "addressees": listed[:9]}
    filled = screens(by_field, {"actors": listed[4:]})
    for name, sought in by_field.items():
        told = [each for screen in filled for each in screen.get(name, ())]
        assert told[: len(sought)] == sought
    assert any(len(screen) > 1 for screen in filled)
    for screen in filled:
        parts = [
            NotFound(field=name, label=MEASURE_FIELDS[name].label, sought=tuple(sought), recall=(1, 2))
            for name, sought in screen.items()
        ]
        question = parts[0] if len(parts) == 1 else NotFounds(parts=tuple(parts))

        def lines(*, all_of_it: bool) -> list[str]:
            shown = StringIO()
            console = Console(file=shown, width=100, highlight=False, markup=False)
            print_outline(console, act_question_outline(question, language, all_of_it=all_of_it))  # noqa: B023  at once
            return shown.getvalue().splitlines()

        assert len(lines(all_of_it=False)) <= 25 - len(["left", "left", "hint", "prompt"])
        assert place_in("Article 29(1)", language) not in " ".join(" ".join(lines(all_of_it=False)).split())
        assert place_in("Article 29(1)", language) in " ".join(" ".join(lines(all_of_it=True)).split())
