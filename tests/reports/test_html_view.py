"""What the page shows, before there is any markup."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

import pytest

from consistent.documents.document import Span
from consistent.findings.outcome import OUTCOMES, Outcome, gravest
from consistent.findings.said import Defeated, Finding, Said, outcome_of
from consistent.inquiries.interview.act_questions import Judgement, NotFound, WhichProvisions
from consistent.inquiries.interview.interview import interview
from consistent.model.text import LANGUAGES, Language
from consistent.reports.dossier import Dossier
from consistent.reports.formats import format_named
from consistent.reports.html.anchors import Mark, MarkedParagraph, Stretch, marked_document
from consistent.reports.html.building import Entry, ProposalPage
from consistent.reports.interview_text import act_question_outline, left_line
from consistent.reports.outline import Block, Fold, Item, Paragraph, Section, Table, plain
from consistent.reports.said_text import SaidText
from consistent.reports.text import report_outline
from consistent.reports.why_text import chain_outline
from tests.document_cases import INVENTED
from tests.reports.html_cases import drafted_dossier, few_rules, whole_pack
from tests.reports.report_cases import ROOT, drafted, kb


@pytest.fixture(autouse=True)
def _at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths are told from the current folder."""
    monkeypatch.chdir(ROOT)


@cache
def page_of(dossier: Dossier) -> ProposalPage:
    return ProposalPage(dossier, "p1")


def findings(page: ProposalPage) -> Iterator[Entry]:
    """The findings and rules that are set aside, in order."""
    for _, grounds in page.sections:
        for _, entries in grounds:
            yield from entries


def paragraphs(page: ProposalPage) -> Iterator[MarkedParagraph]:
    assert page.document is not None
    yield from chain.from_iterable(part.paragraphs for part in page.document.parts)


def stretches(page: ProposalPage) -> Iterator[Stretch]:
    yield from chain.from_iterable(paragraph.stretches for paragraph in paragraphs(page))


def runs(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """Each text of an outline with the addresses that it leads to, by commas."""
    for block in blocks:
        match block:
            case Paragraph(text) | Item(text, ()):
                yield plain(text), ",".join(span.url for span in text if span.url)
            case Item(text, inner) | Section(text, inner) | Fold(text, inner):
                yield plain(text), ""
                yield from runs(inner)
            case Table():
                yield from ((": ".join(map(plain, row)), "") for row in block.rows)


def links(blocks: Iterable[Block]) -> list[str]:
    return [url for _, urls in runs(blocks) for url in urls.split(",") if url]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_nothing_is_left_out(number: int) -> None:
    """Every finding, defeated and open rule of the report is told exactly once, on its own measure."""
    assert_all_told(few_rules()[number])


def test_nothing_is_left_out_of_a_big_draft() -> None:
    """More than a thousand open rules are told in groups, and none is lost; each with what it waits for."""
    dossier = drafted_dossier()
    assert len(dossier.report.open) > 1000
    assert_all_told(dossier)
    for entry in page_of(dossier).open_rules:
        told = [text for text, _ in runs(entry.body.en)]
        assert any(text.startswith(("not known: ", "awaits")) for text in told), told


def assert_all_told(dossier: Dossier) -> None:
    report, page = dossier.report, page_of(dossier)
    assert Counter(id(entry.said) for entry in findings(page)) == Counter(map(id, (*report.findings, *report.defeated)))
    measures = {page.anchors.measure(name): name for name in (None, *(measure.id for measure in report.measures))}
    for language in LANGUAGES:
        opens = Counter(
            (entry.said.rule, measures[url.removeprefix("#")])
            for entry in page.open_rules
            if entry.said is not None
            for url in links(getattr(entry.body, language))
            if url.startswith("#")
        )
        assert opens == Counter((said.rule, said.measure) for said in report.open)
    assert sum(entry.count for entry in page.open_rules) == len(report.open)
    assert [entry.measure for entry in page.measures] == [measure.id for measure in report.measures]
    assert [entry.outcome for entry in page.measures] == [report.outcome(entry.measure) for entry in page.measures]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_the_text_says(language: Language) -> None:
    """Each line of the text report under a finding stands in its entry too, or in the chain that it unfolds."""
    for dossier in (*few_rules(), whole_pack()):
        page = page_of(dossier)
        text = SaidText(dossier.report, language, verbose=True)
        entries = {entry.anchor: entry for entry in (*findings(page), *page.open_rules)}
        for said in page.anchors.told:
            entry = entries[page.anchors.said(said)]
            body = [line for line, _ in runs(getattr(entry.body, language))]
            told = [plain(Paragraph(line).text) for line in text.told(said)]
            assert body[: len(told) - 1] == told[:-1]
            assert body[len(told) - 1].endswith(f" · {told[-1]}")
            assert entry.title.get(language) == plain(text.title(said))
            if isinstance(said, Finding) and said.sources:
                assert plain(text.sources(said)) in body
        ending = [plain(block.text) for block in getattr(page.closing, language)]
        blocks = list(report_outline(dossier.report, language))
        assert ending == [plain(block.text) for block in blocks if isinstance(block, Paragraph)][-len(ending) :]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_are_those_of_the_interview(language: Language) -> None:
    """Of an act that was read by machine: each question that `ask` puts, folded, and as many as all forms of the report name."""
    dossier = few_rules()[2]
    left = interview(dossier.check.case)
    blocks = getattr(page_of(dossier).questions, language)
    folds = [block for block in blocks if isinstance(block, Fold)]
    assert [plain(fold.summary).partition(". ")[0] for fold in folds] == [
        str(n + 1) for n in range(len(left.questions))
    ]
    for question, fold in zip(left.questions, folds, strict=True):
        asked = list(runs(act_question_outline(question, language, all_of_it=not isinstance(question, NotFound))))
        assert [text for text, _ in runs(fold.blocks)] == [text for text, _ in asked[1:]]
    assert plain(blocks[0].text) == left_line(left.questions, language)
    first = [text for text, _ in runs(getattr(page_of(dossier).first, language))]
    assert any(
        text.endswith((f": {len(left.questions)} questions", f": {len(left.questions)} vragen")) for text in first
    )
    assert page_of(dossier).questions_left == dossier.left == len(left.questions) > 1
    made = format_named("markdown").render([dossier], language)
    assert isinstance(made, str)
    assert f": {len(left.questions)} " in next(line for line in made.split("\n") if "consistent ask" in line)


def test_provisions_of_a_question_lead_to_their_measures() -> None:
    """A provision that can be chosen is a link to what is known of it."""
    dossier = drafted((INVENTED / "powers.en.txt").relative_to(ROOT))
    page, asked = page_of(dossier), interview(dossier.check.case)
    measures = {
        each.measure
        for question in asked.questions
        if isinstance(question, Judgement)
        for each in question.findings
        if each.measure
    } | {
        each.measure
        for question in asked.questions
        if isinstance(question, WhichProvisions)
        for each in question.provisions
    }
    assert measures
    assert {f"#{page.anchors.measure(each)}" for each in measures} <= set(links(page.questions.nl))


def test_sections_go_by_weight_and_ground() -> None:
    """What weighs most is first, and within an outcome law before contested law before policy."""
    for dossier in few_rules():
        sections = page_of(dossier).sections
        order = ["conflict", "condition", "question", "waived", "aligned", "met", "defeated", "reserved"]
        outcomes = [outcome for outcome, _ in sections]
        assert outcomes == sorted(outcomes, key=order.index)
        for outcome, listed in sections:
            grounds = [ground for ground, _ in listed]
            assert grounds == sorted(grounds, key=["law", "contested", "policy"].index)
            assert {entry.outcome for _, entries in listed for entry in entries} == {outcome}


def test_matrix_tells_the_gravest() -> None:
    """A cell is filled just where the report says something of measure and principle, with the gravest of it."""
    mixed = 0
    for dossier in (*few_rules(), drafted_dossier(), whole_pack()):
        report, matrix = dossier.report, page_of(dossier).matrix
        names = [name for name, _ in matrix.principles]
        filled = {
            (row.measure, name): outcome_of(said)
            for row in matrix.rows
            for name, said in zip(names, row.cells, strict=True)
            if said is not None
        }
        everything: tuple[Said, ...] = (*report.defeated, *report.open, *report.findings)
        outcomes: dict[tuple[str | None, str], set[Outcome]] = {}
        for said in everything:
            outcomes.setdefault((said.measure, said.principle), set()).add(outcome_of(said))
        assert filled == {cell: gravest(found) for cell, found in outcomes.items()}
        mixed += sum(len(found) > 1 for found in outcomes.values())
    assert mixed


def test_what_is_gravest() -> None:
    """A conflict outweighs everything, and what is not decided outweighs what is in line."""
    assert OUTCOMES[:4] == ("conflict", "condition", "question", "open")


def test_grades_count_what_is_behind_them() -> None:
    """The numbers under the grades add up to all that the report says."""
    for dossier in few_rules():
        report, grades = dossier.report, list(page_of(dossier).grades)
        assert [(dimension, grade) for dimension, grade, _ in grades] == list(report.judgement)
        total = sum(number for _, _, counts in grades for _, number in counts)
        assert total == len(report.findings) + len(report.open) + len(report.defeated)


@pytest.mark.parametrize("name", ["powers.en.txt", "powers.nl.txt", "legiswrite.nl.xhtml", "council.en.pdf"])
def test_the_whole_text_is_there(name: str) -> None:
    """Each line of a document once and in order, whatever is marked in it."""
    draft = kb().draft(INVENTED / name, as_proposal=True)
    text = draft.document.text
    middle = len(text) // 2
    # Over several lines, within a line, within one another, and side by side.
    line = text.index("\n", 30) + 1
    spans = [(10, middle), (12, 15), (14, 20), (20, 24), (25, line), (middle, len(text))]
    marks = [
        Mark(anchor=f"m{start}", span=(start, end), notes=((number, "question", "f1"),), waiting=0)
        for number, (start, end) in enumerate(spans)
    ]
    view = marked_document(draft.document, "p1", marks, {0: [("art-1", "open", "a")]})
    blocks = [block for part in view.parts for block in part.paragraphs]
    assert "\n".join("".join(one.text for one in block.stretches) for block in blocks) == text
    for each in marks:
        marked = draft.document.of(Span(*each.span)).replace("\n", "")
        covered = "".join(one.text for block in blocks for one in block.stretches if one.outcome)
        assert marked in covered
    anchors = Counter(name for block in blocks for one in block.stretches for name in one.anchors)
    assert anchors == Counter({each.anchor: 1 for each in marks})
    notes = Counter(number for block in blocks for one in block.stretches for number, _, _ in one.notes)
    assert notes == Counter(range(len(spans)))


def test_passages_of_a_draft_are_marked() -> None:
    """What a finding rests on is marked in the text, with its number, and the finding leads there."""
    dossier = drafted_dossier()
    page = page_of(dossier)
    marks = {f"#{name}" for stretch in stretches(page) for name in stretch.anchors}
    leads = {url for entry in findings(page) for url in links(entry.body.en) if url.startswith("#p1-p")}
    assert leads
    assert leads <= marks
    spoken = {(number, anchor) for stretch in stretches(page) for number, _, anchor in stretch.notes}
    report = dossier.report
    everything: list[Finding | Defeated] = [*report.findings, *report.defeated]
    resting = [said for said in everything if any(reason.span for reason in said.because)]
    assert resting
    assert {f"p1-f{number}" for number, _ in spoken} == {anchor for _, anchor in spoken}
    assert len(spoken) == len(resting)


def test_every_value_read_is_marked() -> None:
    """The passage of each value of a draft is in the text; that of a place is all of the measure, and is not marked."""
    page = page_of(drafted_dossier())
    marks = {f"#{name}" for stretch in stretches(page) for name in stretch.anchors}
    quotes = [(text, url) for entry in page.measures for text, url in runs(entry.body.en) if "“" in text]
    assert quotes
    assert {url for _, url in quotes if url} <= marks
    assert all(url for text, url in quotes if not text.startswith("place"))


def test_measures_lead_to_their_text() -> None:
    """Each measure of a draft begins in one paragraph, which names it, and leads there first."""
    page = page_of(drafted_dossier())
    named = {measure: paragraph.anchor for paragraph in paragraphs(page) for measure, _, _ in paragraph.measures}
    assert {measure: f"#{anchor}" for measure, anchor in named.items()} == {
        entry.measure: links(entry.body.en)[0] for entry in page.measures
    }
    assert len(page.picture.strip) == len(page.picture.tiles) == len(page.measures)


def test_open_rules_are_not_asked_twice() -> None:
    """What waits for the same stands together, and says whose it is only once."""
    for entry in page_of(drafted_dossier()).open_rules:
        asked, groups = [], []
        for block in entry.body.en:
            if isinstance(block, Item):
                asked.append(plain(block.text))
            elif asked:
                groups.append(tuple(asked[:-1]))
                asked = []
        assert len(groups) == len(set(groups))


def test_chains_are_whole() -> None:
    """Under each finding stands its whole chain, in each language."""
    dossier = few_rules()[0]
    for entry in findings(page_of(dossier)):
        assert entry.said is not None
        for language in LANGUAGES:
            told = getattr(page_of(dossier).chain(entry.said), language)
            assert told == tuple(chain_outline(dossier.report.why(entry.said), language))


def test_accepted_findings_stay() -> None:
    """A finding that is accepted is told as that, with the reason."""
    entries = [entry for dossier in few_rules() for entry in findings(page_of(dossier))]
    accepted = [entry for entry in entries if isinstance(entry.said, Finding) and entry.said.waived]
    assert accepted
    assert [entry for entry in entries if entry.outcome == "waived"] == accepted
    for entry in accepted:
        assert isinstance(entry.said, Finding)
        assert entry.said.waived is not None
        assert any(entry.said.waived.reason.en in text for text, _ in runs(entry.body.en))
