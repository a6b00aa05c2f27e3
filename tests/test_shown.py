"""Whatever an object holds, its line is short; a notebook shows it as a piece of a page in which every text is shown as it is."""

import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import find, settings
from hypothesis import strategies as st
from hypothesis.internal.reflection import repr_call
from hypothesis.vendor.pretty import pretty

import consistent
from consistent import UNKNOWN, Check, KnowledgeBase, Localized, Measure, Proposal, Report, Value, load
from consistent.model.text import LANGUAGES, Language
from consistent.shown import LONGEST

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 24)
# Of one class so many are looked at.
_MOST = 1_000
_HOSTILE = '<script>alert("x")</script>\n`<b>` & \u202e'


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The largest pack."""
    return load("nl-22112-4027")


@pytest.fixture(scope="module")
def check(kb: KnowledgeBase) -> Check:
    """Of the White Paper, which has most measures."""
    return kb.check(ROOT / "proposals" / "join-2025-120.toml", as_of=DAY)


def _few(kb: KnowledgeBase) -> Check:
    """A check of which little is open."""
    few = kb.selected(["nl-22112-4027/procurement"])
    return few.check({"proposal": {}, "measure": [{"id": "m", "areas": "defence-procurement"}]}, as_of=DAY)


def _within(start: object) -> Iterator[object]:
    """An object of the library and all others that it holds."""
    seen: dict[int, object] = {}
    waiting = [start]
    while waiting:
        found = waiting.pop()
        if id(found) in seen:
            continue
        seen[id(found)] = found
        if isinstance(found, Mapping):
            waiting += [*found.keys(), *found.values()]
        elif isinstance(found, tuple | list | frozenset | set):
            waiting += list(found)
        elif attrs.has(type(found)) and type(found).__module__.startswith("consistent"):
            yield found
            waiting += [getattr(found, field.name) for field in attrs.fields(type(found))]  # type: ignore[arg-type]  # of attrs, see above


class TestLines:
    def test_short(self, kb: KnowledgeBase, check: Check) -> None:
        """Of all that packs, checks and inquiries hold, each object shows itself in one line of at most 200 characters."""
        asked = [
            kb,
            kb.guarantees,
            check.report,
            check.case,
            check.why(check.findings[0]),
            check.why_not("eu-doctrine"),
        ]
        asked += [_few(kb).questions(limit=3), check.repairs(), kb.program(DAY), check.case.report().judgement]
        asked.append(kb.diff(ROOT / "proposals/com-2023-237.toml", ROOT / "proposals/com-2024-150.toml", as_of=DAY))
        longest: dict[str, str] = {}
        tried: Counter[type] = Counter()
        for found in _within(asked):
            tried[type(found)] += 1
            if tried[type(found)] > _MOST:
                continue
            line = repr(found)
            longest[type(found).__qualname__] = max(longest.get(type(found).__qualname__, ""), line, key=len)
            assert "\n" not in line
        assert {name: line for name, line in longest.items() if len(line) > LONGEST} == {}
        assert {"Report", "Finding", "Rule", "Proposal", "Difference", "KnowledgeBase", "Question"} < longest.keys()

    def test_told(self, kb: KnowledgeBase, check: Check) -> None:
        """A line says what one would look for."""
        assert repr(kb).startswith("KnowledgeBase(name='nl-22112-4027', rules=<")
        assert repr(check) == repr(check.report).replace("Report", "Check", 1)
        assert "pack='nl-22112-4027', as_of='2026-11-24', findings=<" in repr(check)
        finding = check.findings[0]
        assert repr(finding).startswith(
            f"Finding(verdict='{finding.verdict}', measure={finding.measure!r}, rule='{finding.rule}'"
        )

    @pytest.mark.parametrize(
        ("shown", "line"),
        [
            (UNKNOWN, "Value()"),
            (Value.exactly("b", "a"), "Value.exactly('a', 'b')"),
            (Value.exactly(), "Value.exactly()"),
            (Value(no=frozenset({"b", "a"})), "Value(no={'a', 'b'})"),
            (Measure(id="m", areas=Value.exactly("a")), "Measure(id='m', areas=Value.exactly('a'))"),
            (Localized("e" * 500, "n"), f"Localized(en='{'e' * 33}'..., nl='n')"),
        ],
    )  # fmt: skip
    def test_values(self, shown: object, line: str) -> None:
        """What has its default is left out, what is not known and negated is told, and what is long is cut."""
        assert repr(shown) == line

    def test_short_whatever_it_holds(self) -> None:
        """A proposal with a title of a megabyte and a thousand measures has a short line, soon made."""
        title = Localized("\n" * 10**6, "x" * 10**6)
        many = Proposal(title=title, measures=tuple(Measure(id=f"m{number}", title=title) for number in range(1000)))
        assert len(repr(many)) <= LONGEST
        assert repr(many).endswith("measures=<1000>)")


class TestPrinting:
    """What prints in full, as hypothesis and IPython do, prints no more than can be read."""

    def test_a_failing_example(self, check: Check) -> None:
        """Hypothesis prints a small proposal in full, so that it can be copied, and a large one in a line."""
        small = find(
            st.builds(
                lambda name: Proposal(measures=(Measure(id=name, areas=Value.exactly("a")),)), st.text("ab", min_size=1)
            ),
            lambda _: True,
            settings=settings(database=None),
        )
        assert pretty(small) == "Proposal(measures=(Measure(id='a', areas=Value.exactly('a')),))"
        assert pretty(check.case.proposal) == repr(check.case.proposal)

    def test_no_warning(self, kb: KnowledgeBase, check: Check) -> None:
        """Hypothesis warns of what prints with more than 30 kB: nothing of the library does."""
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for each in (kb, check, check.report, check.case, kb.program(DAY), check.case.proposal, kb.rules[0]):
                assert len(pretty(each)) <= 4_000
                assert len(repr_call(len, (each,), {})) <= 4_000 + len("len()")
                assert len(repr(st.just(each))) <= 4_000 + len("just()")


class TestNotebooks:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_shown(self, language: Language, kb: KnowledgeBase, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
        """Pack, check, report, findings and questions are shown in the language that is set, as one element."""
        monkeypatch.setenv("CONSISTENT_LANG", language)
        said = check.findings[0]
        expected = {
            kb.name: kb, check.findings[1].rule: check, check.report.pack.replace("nl-22112-4027", "JOIN(2025) 120"): check.report,
            said.title.get(language): said, check.open[0].unknown[0].text.get(language): check.open[0],
            check.defeated[0].rule: check.defeated[0],
        }  # fmt: skip
        for words, shown in expected.items():
            page, text = shown._repr_html_(), shown._repr_markdown_()
            assert f'lang="{language}"' in page
            body = ET.fromstring(page.replace(" open>", ">").replace("<br>", ""))  # noqa: S314  our own
            assert words in "".join(body.itertext())
            assert text.startswith("### ")
        questions = _few(kb).questions(limit=2)
        assert questions.questions[0].text.get(language) in "".join(
            ET.fromstring(questions._repr_html_()).itertext()  # noqa: S314  our own
        )

    def test_hostile(self, kb: KnowledgeBase) -> None:
        """What a proposal says is shown as text, whatever it says."""
        data = {
            "proposal": {"title": {"en": _HOSTILE, "nl": "x"}, "kind": "legislative-proposal"},
            "measure": [
                {"id": _HOSTILE, "title": {"en": _HOSTILE, "nl": "x"}, "effects": "harmonisation", "areas": "culture"}
            ],
        }
        check = kb.check(data, as_of=DAY)
        for shown in (check, *check.findings, *check.open):
            page = shown._repr_html_()
            assert "<script" not in page
            assert "\u202e" not in page
            ET.fromstring(page)  # noqa: S314  our own
            assert "<script" not in shown._repr_markdown_()

    def test_of_data(self, check: Check) -> None:
        """A report that outlived its check is shown as before."""
        assert attrs.evolve(check.report)._repr_html_() == check._repr_html_()


class TestJudgement:
    def test_mapping_and_pairs(self, report: Report) -> None:
        """A grade can be had by its dimension, and what was there stays: pairs in order, equal to a tuple of them."""
        judgement = report.judgement
        assert judgement["substance"] == "partly-positive-partly-negative"
        assert judgement[0] == ("competence", judgement["competence"])
        assert judgement == tuple(judgement.items())
        assert dict(judgement) == dict(zip(judgement.keys(), judgement.values(), strict=True))
        assert judgement.get("nothing") is None
        with pytest.raises(KeyError, match="nothing"):
            judgement["nothing"]  # type: ignore[call-overload]  # that is what is tried


@pytest.fixture(scope="module")
def report(check: Check) -> Report:
    """What came of the White Paper."""
    return check.report


def test_completion() -> None:
    """What is offered after `consistent.` is public, and nothing else."""
    assert {name for name in dir(consistent) if not name.startswith("__")} == set(consistent.__all__)
