"""Findings that are accepted: the file of waivers in the folder of work, which is the one that the command takes with `--waivers`.

What is accepted on a page is a table at the end of `waivers.toml`, for one proposal by its number; what is withdrawn is taken out again, and
all else in the file stays as it is.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import frozen

from consistent.errors import UsageError
from consistent.findings.waivers import WaiverUse
from consistent.inquiries.interview.replying import ReplyError
from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.toml.files import create_file, is_file, read_file, replace_file
from consistent.toml.rewriting import reshape, written
from consistent.toml.tomlfile import TomlFile
from consistent.toml.waivers import Waiver, read_waivers
from consistent.web.answering import Form

__all__ = ["WAIVERS", "Held", "WaiverFiles", "accepted", "name_of_use", "name_of_waiver", "withdrawn"]

WAIVERS = "waivers.toml"
_BOM = "\ufeff".encode()
_LACKS = {
    "reason": Localized("an accepted finding needs a reason", "een aanvaarde bevinding heeft een reden nodig"),
    "owner": Localized("somebody answers for it: say who", "iemand staat ervoor in: zeg wie"),
    "until": Localized("say until which day it is accepted", "zeg tot en met welke dag dit is aanvaard"),
    "since": Localized("this is no day from which on: {typed}", "dit is geen dag vanaf wanneer: {typed}"),
    "backwards": Localized("it would end before it begins", "het zou eindigen voordat het begint"),
    "over": Localized("the last day, {day}, is over already", "de laatste dag, {day}, is al voorbij"),
}
_NO_NUMBER = Localized(
    "the proposal has no number of a document, CELEX or procedure: this would be accepted in every other proposal too",
    "het voorstel heeft geen documentnummer, CELEX- of procedurenummer: dit zou ook in elk ander voorstel zijn aanvaard",
)
_RECORD_ONE = Localized(
    "record its number first, as a value of the proposal as a whole",
    "leg eerst het nummer vast, als waarde van het voorstel als geheel",
)
_COMPLETE = Localized("what you typed is still there", "wat u typte, staat er nog")


@frozen
class Held:
    """What the files of waivers hold.

    Attributes:
        content: of the file of the folder of work; None where there is none.
        waivers: of that file, then of the others.
    """

    content: bytes | None
    waivers: tuple[Waiver, ...]


@frozen
class WaiverFiles:
    """The files of waivers that count.

    Attributes:
        own: that of the folder of work, which may not be there yet.
        others: that are read and never changed here.
    """

    own: Path
    others: tuple[Path, ...] = ()

    def content(self) -> bytes | None:
        """What the own file holds.

        Raises:
            InputError: it cannot be read.
        """
        return read_file(self.own, self.own.name) if is_file(self.own) else None

    def read(self, content: bytes | None) -> Held:
        """All waivers, with those of a content of the own file.

        Raises:
            InputError: a file cannot be used.
        """
        own = read_waivers(TomlFile.parse(content, self.own.name)) if content is not None else ()
        mine = self.own.resolve()
        others = (path for path in self.others if path.resolve() != mine)
        return Held(content, (*own, *(waiver for path in others for waiver in read_waivers(TomlFile.read(path)))))

    def write(self, old: bytes | None, new: bytes | None) -> None:
        """Replace the own file, whole.

        Args:
            old: what it held when it was read; if it holds anything else by now it is left alone.
            new: what it is to hold; None where it is to be gone.

        Raises:
            InputError: it was changed meanwhile, or cannot be written.
        """
        if old is None:
            create_file(self.own, new or b"")
        else:
            replace_file(self.own, old, new or b"")
            if new is None:
                self.own.unlink()


def accepted(held: bytes | None, form: Form, proposal: Proposal, day: date) -> bytes:
    """The file with one finding more that is accepted.

    Args:
        held: the content of the file; None where there is none.
        form: `rule`, `measure` (empty for wherever the rule applies), `reason`, `owner`, `since` (may be empty), `until`.
        proposal: in which.
        day: on which.

    Raises:
        ReplyError: something is missing, or the proposal has no number.
    """
    said = {
        name: " ".join(next(iter(form.get(name, ())), "").split()) for name in ("reason", "owner", "since", "until")
    }
    since, until = _day(said["since"]), _day(said["until"])
    faults = list(_faults(said, since, until, day))
    if faults:
        whole = "\n".join(fault.en for fault in faults), "\n".join(fault.nl for fault in faults)
        raise ReplyError(Localized(*whole), _COMPLETE)
    number = _number(proposal)
    if not number:
        raise ReplyError(_NO_NUMBER, _RECORD_ONE)
    measure = next(iter(form.get("measure", ())), "")
    rows: dict[str, Any] = {
        "rule": next(iter(form.get("rule", ())), ""),
        "proposal": number,
        **({"measure": measure} if measure else {}),
        "reason": said["reason"],
        "owner": said["owner"],
        **({"since": since} if since else {}),
        "until": until,
    }
    table = "\n".join(["[[waiver]]", *(f"{name} = {written(value)}" for name, value in rows.items()), ""])
    text = (held or b"").decode()
    end = "\r\n" if "\r\n" in text else "\n"
    before = text.rstrip()
    return f"{before}{end * 2 if before.strip(chr(0xFEFF)) else ''}{table.replace(chr(10), end)}".encode()


def _faults(said: Mapping[str, str], since: date | None, until: date | None, day: date) -> Iterator[Localized]:
    yield from (_LACKS[name] for name in ("reason", "owner") if not said[name])
    if said["since"] and since is None:
        yield _filled("since", typed=said["since"])
    if until is None:
        yield _LACKS["until"]
    elif until < day:
        yield _filled("over", day=until)
    elif since and until < since:
        yield _LACKS["backwards"]


def _filled(name: str, **values: object) -> Localized:
    return Localized(_LACKS[name].en.format(**values), _LACKS[name].nl.format(**values))


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _number(proposal: Proposal) -> str:
    """By which a waiver names the proposal; empty where it has none."""
    values = (proposal.reference, proposal.celex, proposal.procedure)
    return next((number for value in values for number in sorted(map(str, value.yes))), "")


def withdrawn(held: bytes | None, name: str) -> bytes | None:
    """The file without a waiver; None where nothing is left of it.

    Args:
        held: the content of the file.
        name: of the waiver.

    Raises:
        UsageError: there is none of that name in it.
        InputError: the file is laid out in a way in which it cannot be taken out.
    """
    text = (held or b"").decode()
    mark = text[:1] if text.startswith(_BOM.decode()) else ""
    file = TomlFile.parse(text.encode(), WAIVERS)
    waivers = read_waivers(file)
    for at, waiver in enumerate(waivers):
        if name_of_waiver(waiver) == name:
            rows = [row for number, row in enumerate(file.data["waiver"]) if number != at]
            left = reshape(text.removeprefix(mark), {"waiver": rows} if rows else {}).lstrip("\r\n")
            return (mark + left).encode() if left.strip() else None
    raise UsageError("this is not in the file of waivers any more", "load the page again")


def name_of_waiver(waiver: Waiver) -> str:
    """A short name of a waiver, made of all that it says."""
    since = waiver.since.isoformat() if waiver.since else ""
    return _name(waiver, since, waiver.until.isoformat())


def name_of_use(use: WaiverUse) -> str:
    """The name of the waiver that was used."""
    return _name(use, use.since, use.until)


def _name(waiver: Waiver | WaiverUse, since: str, until: str) -> str:
    reason = waiver.reason.en, waiver.reason.nl
    told = (waiver.rule, waiver.measure or "", waiver.proposal or "", *reason, waiver.owner, since, until)
    return sha256("\x1f".join(told).encode()).hexdigest()[:12]
