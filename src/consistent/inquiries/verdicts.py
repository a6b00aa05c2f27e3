"""What a person says of the values of a draft, and the draft as it then is: as data first, then as text."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any, Literal

from attrs import frozen

from consistent.errors import Fault, InputError, Location, UsageError
from consistent.inquiries.review import Unconfirmed, part_of
from consistent.model.proposal import Evidence, Proposal
from consistent.model.values import Atom
from consistent.model.vocabulary import Vocabularies
from consistent.toml.proposals import ProposalReader, evidence_to_data
from consistent.toml.rewriting import reshape
from consistent.toml.tomlfile import TomlFile

__all__ = ["CONFIRMED", "LACKS", "REMOVED", "Closed", "Review", "Verdict", "choices"]

# The text says that it is not there; nobody can tell from the text whether it is; it is something else.
Kind = Literal["confirmed", "lacks", "removed", "changed"]


@frozen
class Verdict:
    """What a person says of a value.

    Attributes:
        kind: it is so; it is not there; it is taken out, and what is so is not known; it is another.
        atoms: of `changed`, what it is; empty for none at all.
        title: of `changed`, where it is the title, or the number of an accompanying document, that was wrong.
    """

    kind: Kind
    atoms: tuple[Atom, ...] = ()
    title: str = ""


# Fields that have nothing beyond what is known of them, with where the text says so; None for the proposal's own.
Closed = Mapping[tuple[str | None, str], Evidence | None]
_NOTHING: Closed = {}

CONFIRMED, LACKS, REMOVED = Verdict("confirmed"), Verdict("lacks"), Verdict("removed")


def choices(item: Unconfirmed) -> tuple[Verdict, ...]:
    """What 'not so' can mean: that the value is not there, or that it cannot be told; only one of them where the other says nothing.

    Raises:
        UsageError: of what has no evidence of its own nothing can be taken out.
    """
    if item.field == "all":
        raise UsageError(
            "this is the evidence of several fields, and can only be confirmed", "give a field that is wrong its own"
        )
    return (LACKS, REMOVED) if item.says in {"has", "may"} and item.takes else (REMOVED,)


@frozen(eq=False)
class Review:
    """A draft, and what a person may say of it.

    Attributes:
        file: its text.
        proposal: what that says.
        vocabularies: those that it was read with.
    """

    file: TomlFile
    proposal: Proposal
    vocabularies: Vocabularies

    def try_out(self, said: Mapping[Unconfirmed, Verdict], item: Unconfirmed, closed: Closed = _NOTHING) -> None:
        """See whether what was said of one value goes together with all else that was said of its part.

        Raises:
            UsageError: it does not.
        """
        near = {value: verdict for value, verdict in said.items() if value.measure == item.measure}
        out = {
            atom
            for value, verdict in near.items()
            if verdict.kind in {"lacks", "removed"} and value.field == item.field
            for atom in value.atoms
        }
        into = {
            atom
            for value, verdict in near.items()
            if verdict.kind == "changed" and value.field == item.field
            for atom in verdict.atoms
        }
        if out & into:
            raise UsageError(
                f"`{min(map(str, out & into))}` is said to be so and not to be so", "go back to change one of the two"
            )
        _, after = self._stages(near, {key: source for key, source in closed.items() if key[0] == item.measure})
        part = part_of(after, self.proposal, item.measure)
        data = {"proposal": part} if item.measure is None else {"proposal": {}, "measure": [part]}
        try:
            ProposalReader(self.vocabularies).read(TomlFile.of_dict(data))
        except InputError as error:
            raise UsageError(error.faults[0].message, error.faults[0].help) from None

    def text(self, said: Mapping[Unconfirmed, Verdict], closed: Closed = _NOTHING) -> str:
        """The text of `written`."""
        return self.written(said, closed).text or ""

    def written(self, said: Mapping[Unconfirmed, Verdict], closed: Closed = _NOTHING) -> TomlFile:
        """The draft with all that was said; whatever nothing was said of stays letter by letter.

        Args:
            said: of each value.
            closed: the fields of which what is known is all, with where the text says so.

        Raises:
            InputError: the text is laid out in a way in which it cannot be written.
        """
        confirmed, after = self._stages(said, closed)
        text = reshape(self.file.text or "", confirmed, self.file.data)
        if after != confirmed:
            text = reshape(text, after, confirmed)
        written = TomlFile.parse(text, self.file.path)
        ProposalReader(self.vocabularies).read(written)
        if written.data != after:
            raise InputError(
                [Fault("the review cannot be written into a file of this layout", Location(self.file.path))]
            )
        return written

    def _stages(self, said: Mapping[Unconfirmed, Verdict], closed: Closed) -> tuple[Any, Any]:
        """The data with what was confirmed and changed, and then with what goes too: entries keep their numbers until then."""
        data = {**self.file.data}
        for owner in {*(value.measure for value in said), *(measure for measure, _ in closed)}:
            if owner is None:
                data["proposal"] = deepcopy(data["proposal"])
            else:
                old = part_of(data, self.proposal, owner)
                data["measure"] = [deepcopy(table) if table is old else table for table in data["measure"]]
        for value, verdict in said.items():
            part = part_of(data, self.proposal, value.measure)
            if verdict.kind == "confirmed":
                _confirm(part, value)
            elif verdict.kind == "changed":
                _change(part, value, verdict)
        for (measure, name), source in closed.items():
            _close(part_of(data, self.proposal, measure), name, source)
        after = {**data}
        for value, verdict in said.items():
            if verdict.kind in {"lacks", "removed"}:
                if value.measure is None:
                    after["proposal"] = _without(after["proposal"], value, verdict, self.vocabularies)
                else:
                    old = part_of(after, self.proposal, value.measure)
                    new = _without(old, value, verdict, self.vocabularies)
                    after["measure"] = [new if table is old else table for table in after["measure"]]
        return data, after


def _entries(part: Any, item: Unconfirmed) -> list[dict[str, Any]]:
    """The tables of evidence that an item has, to be changed."""
    written = part["evidence"][item.field]
    return [written[index] for index in item.entries] if isinstance(written, list) else [written]


def _confirm(part: Any, item: Unconfirmed) -> None:
    for entry in _entries(part, item):
        entry["confirmed"] = True


def _close(part: Any, name: str, source: Evidence | None) -> None:
    """Write a field as the list of what it has, with the evidence that this is all after what it had."""
    raw = part.get(name, [])
    part[name] = list(raw.get("has", [])) if isinstance(raw, Mapping) else raw
    if source is not None:
        evidence = part.setdefault("evidence", {})
        held = evidence.get(name, [])
        entries = [*(held if isinstance(held, list) else [held]), evidence_to_data(source)]
        evidence[name] = entries[0] if len(entries) == 1 else entries


def _change(part: Any, item: Unconfirmed, verdict: Verdict) -> None:
    atoms = verdict.atoms
    if item.field == "accompanying":
        atoms = (verdict.title,)
        part[item.field] = _put(part.get(item.field, []), item.atoms, atoms)
    elif item.takes is None:
        part["title"] = verdict.title
    else:
        part[item.field] = _changed(part.get(item.field), item, verdict.atoms, single=item.takes.single)
    for entry in _entries(part, item):
        entry["confirmed"] = True
        # How sure a machine was of something else says nothing of this.
        entry.pop("confidence", None)
        if "value" in entry:
            entry.pop("value")
            if len(atoms) == 1:
                entry["value"] = str(atoms[0])


def _changed(raw: Any, item: Unconfirmed, atoms: Sequence[Atom], *, single: bool) -> Any:
    if not isinstance(raw, Mapping):
        if not atoms or single:
            return atoms[0] if atoms else []
        return _put(raw if isinstance(raw, list) else [] if raw is None else [raw], item.atoms, atoms)
    if not atoms:
        return []
    key = item.says if item.says in {"lacks", "may"} else "has"
    new = {**raw, key: _put(raw.get(key, []), item.atoms, atoms)}
    if key == "has" and "lacks" in raw:
        new["lacks"] = [atom for atom in raw["lacks"] if atom not in atoms]
    # What takes one value at most is written as that value.
    return atoms[0] if single and key == "has" else new


def _put(held: list[Any], old: Sequence[Atom], new: Sequence[Atom]) -> list[Any]:
    """A list with new values where old ones stood; at its end where there were none."""
    at = next((index for index, atom in enumerate(held) if atom in old), len(held))
    return list(dict.fromkeys([*(atom for atom in held[:at]), *new, *(atom for atom in held[at:] if atom not in old)]))


def _without(part: Any, item: Unconfirmed, verdict: Verdict, vocabularies: Vocabularies) -> dict[str, Any]:
    """A part without the values of an item, and without evidence for them."""
    new = {**part}
    if item.takes is None or item.says in {"has", "may", "lacks", "none"}:
        value = (
            None
            if item.field in {"title", "all"} or item.says == "none"
            else _left(part.get(item.field), item, verdict, vocabularies)
        )
        if value is None and item.field in {"excluded_partners", "starts", "entry_into_force"}:
            # Left out it says that there is none.
            value = {"has": []}
        if value is None:
            new.pop(item.field, None)
        else:
            new[item.field] = value
    written = part["evidence"][item.field]
    listed = written if isinstance(written, list) else [written]
    values = {*map(str, item.atoms), *item.values}
    kept = [
        entry
        for index, entry in enumerate(listed)
        if item.field in new and index not in item.entries and entry.get("value", "") not in values
    ]
    evidence = {**part["evidence"]}
    if not kept:
        del evidence[item.field]
    elif isinstance(written, list):
        evidence[item.field] = kept
    if evidence:
        new["evidence"] = evidence
    else:
        del new["evidence"]
    return new


def _left(raw: Any, item: Unconfirmed, verdict: Verdict, vocabularies: Vocabularies) -> Any:
    """What is left to say of a field; None for nothing."""
    gone, keep = item.atoms, _dropped(item.atoms)
    if not isinstance(raw, Mapping):
        rest = keep(raw if isinstance(raw, list) else [raw])
        if item.takes is None:
            return rest or None
        if verdict.kind == "lacks":
            # That something else is not there either was said of a list that was wrong.
            return rest or {"lacks": list(gone)}
        may = item.takes.type == "terms"
        return ({"has": rest} | ({"may": list(gone)} if may else {})) if rest else None
    parts = {key: keep(listed) if key in {item.says, "has"} else list(listed) for key, listed in raw.items()}
    takes = item.takes
    if item.says == "may" and verdict.kind == "removed":
        # Whether it is there cannot be told: that is what the file says already.
        return dict(raw)
    if item.says == "has":
        closed = "may" in parts
        implied: frozenset[Any] = frozenset()
        if closed and takes is not None:
            implied = vocabularies[takes.vocabulary].narrower(parts["may"])
        if verdict.kind == "lacks":
            said = [atom for atom in gone if not closed or atom in implied]
            parts["lacks"] = list(dict.fromkeys([*parts.get("lacks", []), *said]))
        elif closed:
            parts["may"] = [*parts["may"], *(atom for atom in gone if atom not in implied)]
    left = {key: listed for key, listed in parts.items() if listed or key == "may"}
    return left or None


def _dropped(atoms: Iterable[Atom]) -> Callable[[Iterable[Any]], list[Any]]:
    gone = set(atoms)
    return lambda listed: [atom for atom in listed if atom not in gone]
