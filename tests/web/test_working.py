"""A proposal on the workbench: each step is saved in the file that the command uses, and nothing that was said is lost."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from consistent import load
from consistent.checker import KnowledgeBase
from consistent.inquiries.interview.interview import interview
from consistent.model.values import Value
from consistent.toml.tomlfile import TomlFile
from consistent.truth import Truth
from tests.document_cases import INVENTED
from tests.test_interview import LASTING, SEVERAL
from tests.web.serving import PACK, Answered, Visitor, at, served, version_in

_ACT = "powers.en.txt"


@pytest.fixture(scope="module")
def kb() -> KnowledgeBase:
    """The Dutch pack."""
    return load(PACK)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of work."""
    made = tmp_path / "work"
    made.mkdir()
    return made


@pytest.fixture(scope="module")
def draft(kb: KnowledgeBase) -> str:
    """The draft of an invented act, as the command makes it."""
    return kb.draft((INVENTED / _ACT).read_bytes(), _ACT).toml("en")


@pytest.fixture
def visitor(folder: Path, draft: str) -> Iterator[Visitor]:
    """Somebody at a workbench with the draft of an act and its document."""
    (folder / "powers.toml").write_text(draft)
    (folder / "powers.txt").write_bytes((INVENTED / _ACT).read_bytes())
    with served(folder) as found:
        found.enter()
        yield found


def test_stopped(folder: Path) -> None:
    """A reading that is stopped ends at once, and leaves nothing behind; the next one is not stopped by that."""
    article = "Article {n}\n\nReports\n\n1. Member States shall report to the Commission each year.\n\n"
    head = (INVENTED / _ACT).read_text().partition("Article 1")[0]
    long = (head + "".join(article.format(n=n) for n in range(1, 3000))).encode()
    with served(folder) as visitor:
        visitor.enter()
        told: list[Answered] = []
        reading = threading.Thread(target=lambda: told.append(visitor.bring("long.txt", long, key="one")))
        reading.start()
        while reading.is_alive():
            assert visitor.post("/stop", {"key": "one"}).status == 204
            reading.join(0.1)
        assert told[0].status == 422
        assert "was stopped" in told[0].text
        assert list(folder.iterdir()) == []
        again = visitor.bring("powers.txt", (INVENTED / _ACT).read_bytes(), key="one")
        assert again.status == 200, again.text


def page_of(visitor: Visitor) -> str:
    page = visitor.get(at("powers.toml"))
    assert page.status == 200
    return page.text


def hidden_in(page: str, name: str) -> str:
    """What the form of the question that is put says of it."""
    return unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])  # type: ignore[index]  # there is one  # there is one


def asked_in(page: str) -> dict[str, str]:
    """The question that is put, as its form names it."""
    return {name: hidden_in(page, name) for name in ("key", "shown")}


def test_brought_along(folder: Path, draft: str) -> None:
    """A document becomes the very draft that the command makes, both come into the folder, and the pack is that of its subject."""
    with served(folder, pack=None) as visitor:
        visitor.enter()
        answered = visitor.bring(_ACT, (INVENTED / _ACT).read_bytes())
        assert answered.headers["hx-redirect"] == "/proposal/-/powers.en.toml"
        assert {path.name for path in folder.iterdir()} == {_ACT, "powers.en.toml"}
        assert (folder / "powers.en.toml").read_text() == draft
        proposed = visitor.get("/proposal/-/powers.en.toml")
        assert proposed.status == 303
        page = visitor.get(proposed.headers["location"]).text
        assert proposed.headers["location"].split("/")[2] in page
        assert _ACT not in visitor.get("/").text.partition("Documents in this folder")[2]
        refused = visitor.bring("letter.txt", b"Dear sir,\n\nI write to you about lamps.\n")
        assert refused.status == 422
        assert "letter" in refused.text
        assert len(list(folder.iterdir())) == 2


def test_white_paper(folder: Path) -> None:
    """The example is the White Paper as it ships; its conflict is named on the page, and the start tells what this is."""
    with served(folder, "nl") as visitor:
        visitor.enter()
        start = visitor.get("/").text
        assert str(folder) in start
        assert "Niets verlaat deze computer" in start
        name = visitor.post("/example", {}).headers["hx-redirect"].rpartition("/")[2]
        page = visitor.get(at(name)).text
        assert '<html lang="nl">' in page
        assert "strijdig" in page.partition('id="summary"')[2].partition("</section>")[0]
        why = visitor.get(at(name) + f"/why?rule={PACK}/cyber/eu-offensive-cyber-mechanism&measure=row-52")
        assert why.status == 200
        assert "row-52" in why.text
        assert visitor.get(at(name) + "/why?rule=no-such-rule").status == 422
        english = visitor.get(at(name) + "?lang=en")
        assert '<html lang="en">' in english.text
        assert english.headers["set-cookie"].startswith("lang=en")


def test_panes(visitor: Visitor, kb: KnowledgeBase, draft: str) -> None:
    """The text has each passage that a value was read in, and each value stands with its words and leads there."""
    text = visitor.get(at("powers.toml") + "/text").text
    proposal = kb.read(draft)
    spans = {each.span for measure in proposal.measures for name, each in measure.evidence if name != "reference"}
    for start, end in filter(None, spans):
        assert f'id="s{start}-{end}"' in text
    document = (INVENTED / _ACT).read_text()
    plain = unescape(re.sub(r"<[^>]+>", "", text))
    assert "".join(document.split())[-400:] in "".join(plain.split())
    values = visitor.get(at("powers.toml") + "/values/1").text
    first = proposal.measures[0]
    for name, evidence in first.evidence:
        assert unescape(values).count(evidence.quote) >= 1, name
    assert values.count('value="confirmed"') == sum(not each.confirmed for _, each in first.evidence)


def test_review(visitor: Visitor, folder: Path, kb: KnowledgeBase) -> None:
    """A value is confirmed, corrected, denied and removed in the file at once, and each step can be taken back."""
    path = folder / "powers.toml"
    history = [path.read_bytes()]
    version = version_in(page_of(visitor))
    before = kb.read_file(TomlFile.read(path)).unconfirmed
    for kind, typed in (
        ("confirmed", ""),
        ("changed", "priority-setting"),
        ("lacks", ""),
        ("removed", ""),
        ("all", ""),
    ):
        values = visitor.get(at("powers.toml") + "/values/4").text
        cards = re.findall(r'<article class="card" id="v-(\w+)">(.*?)</article>', values, re.DOTALL)
        button = "terms-effects" if kind == "changed" else f'value="{kind}"'
        wanted = next((name for name, card in cards if button in card), cards[0][0])
        said = visitor.post(
            at("powers.toml") + "/values/4", {"version": version, "item": wanted, "kind": kind, "typed": typed}
        )
        assert said.status == 200, (kind, said.text)
        assert "Saved" in said.text
        assert path.read_bytes() != history[-1]
        history.append(path.read_bytes())
        version = version_in(said.text)
    assert kb.read_file(TomlFile.read(path)).unconfirmed < before - 4
    assert '"priority-setting"' in path.read_text()
    for content in reversed(history[:-1]):
        taken_back = visitor.post(at("powers.toml") + "/undo", {"version": version})
        assert path.read_bytes() == content
        version = version_in(taken_back.text)
    assert "nothing to take back" in visitor.post(at("powers.toml") + "/undo", {"version": version}).text


def test_statement(visitor: Visitor, folder: Path, kb: KnowledgeBase) -> None:
    """Words that are selected in the text are recorded with the value, and found again; nonsense is refused and changes nothing."""
    path = folder / "powers.toml"
    document = kb.draft(path.with_suffix(".txt")).document
    start = document.text.index("Article 2")
    sent = {"version": version_in(page_of(visitor)), "measure": "2", "field": "areas", "kind": "has"}
    sent |= {"start": str(start), "end": str(start + 9)}
    before = path.read_bytes()
    for wrong in ({"typed": "no such area"}, {"typed": ""}, {"typed": "energy", "end": "99999999"}, {"measure": "99"}):
        assert visitor.post(at("powers.toml") + "/statement", {**sent, "typed": "energy", **wrong}).status == 422
    assert path.read_bytes() == before
    assert visitor.post(at("powers.toml") + "/statement", {**sent, "typed": "energy"}).status == 200
    measure = kb.read_file(TomlFile.read(path)).measures[1]
    assert "energy" in measure.areas.yes
    (evidence,) = [each for name, each in measure.evidence if name == "areas" and each.value in {"energy", ""}]
    assert evidence.span == (start, start + 9)
    assert evidence.quote == "Article 2"
    assert evidence.confirmed


def test_every_question(visitor: Visitor, folder: Path, kb: KnowledgeBase) -> None:
    """Question by question until nothing is asked: of each kind an answer is taken, and the file ends where the command does."""
    path, seen = folder / "powers.toml", set()
    page = page_of(visitor)
    version = version_in(page)
    for _ in range(80):
        if 'name="key"' not in page:
            break
        key = hidden_in(page, "key")
        kind = key.partition("|")[0]
        seen.add(kind)
        form: dict[str, str | list[str]] = {"version": version, **asked_in(page), "action": "nowhere"}
        if kind == "which" and 'name="at"' in page:
            form |= {"action": "these", "at": unescape(re.search(r'name="at" value="([^"]*)"', page)[1])}  # type: ignore[index]
        numbers = re.findall(r'name="verdict-(\d+)" value="fine"', page)
        form |= {f"verdict-{number}": "fine" for number in numbers}
        form |= {f"reason-{number}": "so read" for number in numbers} | {"reason": "so read"}
        if kind == "field":
            form["typed"] = "none"
        said = visitor.post(at("powers.toml") + "/answer", form)
        if said.status == 422:
            form["typed"] = "2031-01-01"
            said = visitor.post(at("powers.toml") + "/answer", form)
        if said.status == 422:
            said = visitor.post(at("powers.toml") + "/skip", {"version": version, "key": key})
        assert said.status == 200, (key, said.text)
        version = version_in(said.text)
        fresh = visitor.get(at("powers.toml") + "/question").text
        page = fresh if 'id="question"' in fresh else said.text
    assert "which" in seen
    assert seen & {"not-found", "not-founds"}
    assert seen & {"judge", "judge-several"}
    case = kb.case(kb.read_file(TomlFile.read(path)), engine="columns")
    left = [question.key for question in interview(case).questions]
    assert all(key[0] == "field" for key in left)
    by = {answer.by for answer in case.proposal.answers}
    assert by == {"A. Tester"}


# On the first, words of two articles may speak of several topics; on the second, three provisions may have no end.
SEVERAL_AT_ONCE = {"near": SEVERAL, "fields": LASTING}


@pytest.mark.parametrize("kind", SEVERAL_AT_ONCE)
def test_several_at_once(folder: Path, kind: str) -> None:
    """What is asked of several provisions on one screen is answered there, for each by itself."""
    path, pack = folder / "asked.toml", "treaties"
    kb = load(pack)
    areas = sorted(kb.knowledge.vocabularies["areas"].terms)
    looked = f'\n[[looked_for]]\nfield = "areas"\nterms = {areas}\nfound = 86\nof = 100\n'
    path.write_text(SEVERAL_AT_ONCE[kind] + looked * (kind == "near"))
    where = at(path.name, pack)
    with served(folder, pack=pack) as visitor:
        visitor.enter()
        page = visitor.get(where).text
        for _ in range(30):
            if hidden_in(page, "key").startswith(f"{kind}|"):
                break
            page = visitor.post(f"{where}/skip", {"version": version_in(page), "key": hidden_in(page, "key")}).text
        form: dict[str, str | list[str]] = {"version": version_in(page), **asked_in(page)}
        if kind == "near":
            assert "allies" in page
            form["right"] = "art-7|areas|collective-defence"
        else:
            refused = visitor.post(f"{where}/answer", {**form, "value-2": "soon"})
            assert (refused.status, "soon" in refused.text) == (422, True)
            form |= {"value-2": "2030-12-31", "typed": "none"}
        answered = visitor.post(f"{where}/answer", form)
        assert answered.status == 200, answered.text
    proposal = kb.read_file(TomlFile.read(path))
    if kind == "near":
        said = [measure.areas.has_any(frozenset({"collective-defence"})) for measure in proposal.measures]
        assert said == [Truth.NO, Truth.YES]
    else:
        ends = [proposal.value("ends", measure) for measure in proposal.measures]
        assert ends == [Value.exactly(), Value.exactly(date(2030, 12, 31)), Value.exactly()]


def test_no_answer(visitor: Visitor, folder: Path) -> None:
    """What is no answer is said to be none, in either language, and the file stays."""
    before = (folder / "powers.toml").read_bytes()
    page = page_of(visitor)
    form = {"version": version_in(page), **asked_in(page), "action": "these"}
    assert "nothing was chosen" in visitor.post(at("powers.toml") + "/answer", form).text
    form["typed"] = "art. 999"
    answered = visitor.post(at("powers.toml") + "/answer?lang=nl", form)
    assert answered.status == 422
    assert answered.headers["hx-retarget"] == "global #notice"
    assert visitor.post(at("powers.toml") + "/answer", {**form, "key": "which|gone"}).status == 422
    other = visitor.post(at("powers.toml") + "/answer", {**form, "action": "nowhere", "shown": "other provisions"})
    assert "look at it once more" in other.text
    assert (folder / "powers.toml").read_bytes() == before


def test_two_windows(visitor: Visitor, folder: Path) -> None:
    """The answer of a second window that shows the file as it was is refused, said to be, and overwrites nothing."""
    path = folder / "powers.toml"
    first = second = page_of(visitor)
    form = {"version": version_in(first), **asked_in(first), "action": "nowhere"}
    assert visitor.post(at("powers.toml") + "/answer", form).status == 200
    held = path.read_bytes()
    late = {"version": version_in(second), **asked_in(second), "action": "not-here"}
    for where, sent in (("/answer", late), ("/undo", late), ("/statement", late)):
        refused = visitor.post(at("powers.toml") + where, sent)
        assert refused.status in {409, 422}, where
        assert path.read_bytes() == held
    refused = visitor.post(at("powers.toml") + "/undo", late)
    assert refused.status == 409
    assert "another window" in refused.text


def test_in_turn_with_the_command(visitor: Visitor, folder: Path) -> None:
    """What another program writes is seen at once, and a page from before it does not overwrite it."""
    path = folder / "powers.toml"
    page = page_of(visitor)
    changed = path.read_text().replace('reference = "', '# by hand\nreference = "', 1)
    path.write_text(changed)
    form = {"version": version_in(page), **asked_in(page), "action": "nowhere"}
    assert visitor.post(at("powers.toml") + "/answer", form).status == 409
    assert path.read_text() == changed
    assert version_in(page_of(visitor)) != version_in(page)
    path.write_text("[proposal]\nkind = 'no such kind'\n")
    broken = visitor.get(at("powers.toml"))
    assert broken.status == 422
    assert "powers.toml:2" in broken.text
    path.unlink()
    assert visitor.get(at("powers.toml")).status == 422


def test_fiche_and_report(visitor: Visitor) -> None:
    """The fiche is shown, in Dutch as the form is and in English, and downloaded as Word; so is the report as a page."""
    page = visitor.get(at("powers.toml") + "/fiche").text
    assert '<main class="outline fiche" lang="nl">' in page
    word = visitor.get(at("powers.toml") + "/fiche.docx?in=en")
    assert word.content.startswith(b"PK")
    assert word.headers["content-disposition"].endswith("powers-fiche.docx")
    report = visitor.get(at("powers.toml") + "/report.html")
    assert report.headers["content-disposition"].startswith("attachment")
    assert "<title>" in report.text


def test_killed(folder: Path, draft: str) -> None:
    """The program is killed right after a step was told to be saved: the step is in the file, whole, and work goes on from it."""
    path = folder / "powers.toml"
    path.write_text(draft)
    command = [
        sys.executable,
        "-m",
        "consistent",
        "serve",
        str(folder),
        "--no-open",
        "--pack",
        PACK,
        "--by",
        "K. Illed",
    ]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", "CONSISTENT_LANG": "en"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as started:
        assert started.stdout is not None
        # Whatever fails, nobody waits for it.
        killer = threading.Timer(100, started.kill)
        killer.start()
        found = re.search(r"http://(127\.0\.0\.1:\d+)/\S+", started.stdout.readline())
        assert found is not None
        visitor = Visitor(found[1], found[0])
        visitor.enter()
        page = page_of(visitor)
        form = {"version": version_in(page), **asked_in(page), "action": "nowhere"}
        said = visitor.post(at("powers.toml") + "/answer", form)
        started.send_signal(signal.SIGKILL)
        killer.cancel()
    text = path.read_text()
    assert text != draft
    assert "K. Illed" in text
    assert [each.name for each in folder.iterdir()] == ["powers.toml"]
    with served(folder) as again:
        again.enter()
        assert version_in(page_of(again)) == version_in(said.text)
