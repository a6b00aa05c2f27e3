"""What a person answers to a question about the act, and the file as it then is: as data first, then as text.

One answer can be about many measures. That a term is nowhere else is written once, as what that person says
(`[[looked_for]]`), and not measure by measure.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from typing import Any

import tomlkit
from attrs import frozen

from consistent.errors import Fault, InputError, Location
from consistent.findings.answers import digest_of
from consistent.findings.case import Case
from consistent.inquiries.interview.act_questions import Basis, Judgement, NearWords, NotFound, WhichProvisions
from consistent.model.proposal import fields_in
from consistent.model.vocabulary import Vocabularies
from consistent.toml.rewriting import reshape, written
from consistent.toml.tomlfile import TomlFile

__all__ = ["Signature", "file_of", "judged", "near", "not_here", "nowhere_else", "provisions", "rests_on", "text_of"]

Data = dict[str, Any]


@frozen(kw_only=True)
class Signature:
    """Who answers, on which day."""

    by: str
    on: dt.date


def provisions(
    data: Data,
    question: WhichProvisions,
    chosen: Mapping[str, Collection[str]],
    signature: Signature,
    vocabularies: Vocabularies,
) -> Data:
    """Which provisions have which of the terms; the terms are nowhere else, but for where they were found.

    Args:
        data: of the file.
        question: that is answered.
        chosen: by the id of a measure, of any of the act, which of the terms it has.
        signature: who says so.
        vocabularies: a wider term of which a narrower one is there is not absent.

    Returns:
        The file as data.
    """
    terms = [term for term, _ in question.terms]
    data = _placed(data, question.field, chosen, signature, vocabularies)
    return _nowhere_else(data, question.field, terms, signature)


def near(
    data: Data,
    question: NearWords,
    right: Collection[tuple[str, str, str]],
    signature: Signature,
    vocabularies: Vocabularies,
) -> Data:
    """What words may speak of is so or is not, each in its own provision; of others nothing is said.

    Args:
        data: of the file.
        question: that is answered.
        right: measure, field and term of each that is so.
        signature: who says so.
        vocabularies: a term of which a narrower one is there is not said to be absent.
    """
    data, by_id = _opened(data, {each.measure for each in question.near})
    # What is so first: then it is known of what is not whether a narrower term is there.
    for each in sorted(question.near, key=lambda each: (each.measure, each.field, each.term) not in right):
        if (each.measure, each.field, each.term) in right:
            _put(by_id[each.measure], each.field, each.term, signature, vocabularies)
        else:
            _lacks(by_id[each.measure], each.field, each.term, vocabularies)
            _sign(by_id[each.measure], each.field, each.term, signature, vocabularies)
    return data


def not_here(data: Data, question: WhichProvisions, signature: Signature, vocabularies: Vocabularies) -> Data:
    """None of the provisions in which something hangs on the terms has any of them; of others nothing is said.

    Args:
        data: of the file.
        question: that is answered.
        signature: who says so.
        vocabularies: a term of which a narrower one stays is not said to be absent.
    """
    here = [provision for provision in question.provisions if provision.counts]
    data, by_id = _opened(data, {provision.measure for provision in here})
    for provision in here:
        measure = by_id[provision.measure]
        for term, _ in question.terms:
            _take_out(measure, question.field, term, vocabularies)
            _lacks(measure, question.field, term, vocabularies)
            _sign(measure, question.field, term, signature, vocabularies)
    return data


def nowhere_else(
    data: Data,
    question: NotFound,
    there: Mapping[str, Collection[str]],
    signature: Signature,
    vocabularies: Vocabularies,
) -> Data:
    """What was looked for and not found is not there, but for some terms.

    Args:
        data: of the file.
        question: that is answered.
        there: of each term that is there after all the ids of the measures that have it, beyond those in which it was found.
        signature: who says so.
        vocabularies: a wider term of which a narrower one is there is not absent.
    """
    chosen: dict[str, set[str]] = {}
    for term, measures in there.items():
        for measure in measures:
            chosen.setdefault(measure, set()).add(term)
    data = _placed(data, question.field, chosen, signature, vocabularies)
    terms = [term for sought in question.sought for term in sought.terms]
    return _nowhere_else(data, question.field, terms, signature)


def rests_on(data: Data, question: Basis, wrong: Collection[tuple[str, str, str]], vocabularies: Vocabularies) -> Data:
    """What findings rest on is so, but for some values.

    Args:
        data: of the file.
        question: that is answered.
        wrong: measure, field and term of each value that is not so.
        vocabularies: a term of which a narrower one stays is not said to be absent.
    """
    data, by_id = _opened(data, {id for resting in question.resting for id, _, _ in resting.places})
    for resting in question.resting:
        for id, _, _ in resting.places:
            if (id, resting.field, resting.term) in wrong:
                _take_out(by_id[id], resting.field, resting.term, vocabularies)
                _lacks(by_id[id], resting.field, resting.term, vocabularies)
            else:
                _confirm(by_id[id], resting.field, resting.term, vocabularies)
    return data


def judged(
    data: Data,
    question: Judgement,
    in_order: Mapping[str | None, bool],
    case: Case,
    signature: Signature,
    *,
    reason: str,
    place: str = "",
) -> Data:
    """Whether the proposal is in order on a point that only a person can judge.

    Args:
        data: of the file.
        question: that is answered.
        in_order: whether it is, by measure that the question is put on.
        case: that the question was put on; an answer keeps the digest of what it is about.
        signature: who says so.
        reason: why.
        place: in the text; may be empty.
    """
    rule = question.findings[0].rule
    put = next(compiled.rule for compiled in case.program.rules if compiled.rule.id == rule)
    answers = [
        {
            "rule": rule,
            **({} if measure is None else {"measure": measure}),
            "in_order": holds,
            "reason": reason,
            **({"place": place} if place else {}),
            "by": signature.by,
            "on": signature.on,
            "digest": digest_of(put, case.proposal, measure),
        }
        for measure, holds in in_order.items()
    ]
    kept = [
        held
        for held in data.get("answer", [])
        if (held["rule"], held.get("measure")) not in {(rule, one) for one in in_order}
    ]
    return {**data, "answer": [*kept, *answers]}


def _opened(data: Data, measures: Collection[str]) -> tuple[Data, dict[str, Data]]:
    """The file as data in which some measures can be changed, and these by id; all else is that of the file."""
    listed = [deepcopy(measure) if measure["id"] in measures else measure for measure in data["measure"]]
    return {**data, "measure": listed}, {measure["id"]: measure for measure in listed if measure["id"] in measures}


def _placed(
    data: Data,
    name: str,
    chosen: Mapping[str, Collection[str]],
    signature: Signature,
    vocabularies: Vocabularies,
) -> Data:
    """Each measure with the terms that it was said to have."""
    data, by_id = _opened(data, chosen)
    for measure in by_id.values():
        for term in chosen[measure["id"]]:
            _put(measure, name, term, signature, vocabularies)
    return data


def text_of(file: TomlFile, data: Data) -> str:
    """The text of `file_of`."""
    return file_of(file, data).text or ""


def file_of(file: TomlFile, data: Data) -> TomlFile:
    """A file changed where it must be to hold other data; new tables come at its end.

    One that is laid out so that this cannot be done is written anew, without its comments: what was answered is not lost.

    Raises:
        InputError: the data cannot be written as TOML.
    """
    for write in (_with_tables, _reshaped, _anew):
        try:
            new = TomlFile.parse(write(file, data), file.path)
            if new.data == data:
                return new
        except InputError:
            continue
    raise InputError([Fault("the answers cannot be written into a file of this layout", Location(file.path))])


def _reshaped(file: TomlFile, data: Data) -> str:
    return reshape(file.text or "", data, file.data)


def _anew(_: TomlFile, data: Data) -> str:
    return tomlkit.dumps(data)


def _with_tables(file: TomlFile, data: Data) -> str:
    tables = ("looked_for", "answer")
    old = {key: file.data.get(key, []) for key in tables}
    # Tables that stand as they did stay; a list that grew keeps those, and one that changed otherwise is written anew.
    kept = {key: _common(old[key], data.get(key, [])) for key in tables}
    base = {key: value for key, value in data.items() if key not in tables}
    base |= {key: kept[key] for key in tables if kept[key]}
    text = reshape(file.text or "", base, file.data)
    lines = [
        line
        for key in tables
        for table in data.get(key, [])[len(kept[key]) :]
        for line in ("", f"[[{key}]]", *(f"{name} = {written(value)}" for name, value in table.items()))
    ]
    end = "\r\n" if "\r\n" in text else "\n"
    return text.rstrip("\r\n") + end + "".join(f"{line}{end}" for line in lines)


def _common(old: Sequence[Any], new: Sequence[Any]) -> list[Any]:
    """The tables that stay, where they are the first ones of the new list; none of them else."""
    kept = [table for table in old if table in new]
    return kept if kept == list(new[: len(kept)]) else []


def _nowhere_else(data: Data, name: str, terms: Sequence[str], signature: Signature) -> Data:
    """That terms are nowhere else is one table for each field, person and day."""
    listed = list(data.get("looked_for", []))
    for number, held in enumerate(listed):
        if (held["field"], held.get("by"), held.get("on")) == (name, signature.by, signature.on):
            listed[number] = {**held, "terms": list(dict.fromkeys([*held["terms"], *terms]))}
            break
    else:
        if terms:
            listed.append({"field": name, "terms": list(terms), "by": signature.by, "on": signature.on})
    return {**data, "looked_for": listed} if listed else data


def _put(measure: Data, name: str, term: str, signature: Signature, vocabularies: Vocabularies) -> None:
    """Write that a measure has a term, and who says so."""
    held = measure.get(name)
    about = fields_in(vocabularies).measure[name]
    vocabulary = vocabularies[about.vocabulary]
    if about.single:
        measure[name] = term
        if held not in (None, term):
            # What said the one value says nothing of another.
            measure.get("evidence", {}).pop(name, None)
    elif isinstance(held, list):
        measure[name] = [*held, *([] if term in held else [term])]
    else:
        parts = dict(held or {})
        parts["has"] = list(dict.fromkeys([*parts.get("has", []), term]))
        wider = {term, *vocabulary.broader(term)}
        parts["lacks"] = [other for other in parts.get("lacks", []) if other not in wider]
        if "may" in parts and vocabulary.narrower(parts["may"]).isdisjoint({term}):
            parts["may"] = [*parts["may"], term]
        measure[name] = {key: value for key, value in parts.items() if value or key == "may"}
    if not _confirm(measure, name, term, vocabularies):
        _sign(measure, name, term, signature, vocabularies)


def _sign(measure: Data, name: str, term: str, signature: Signature, vocabularies: Vocabularies) -> None:
    """Write who says something of a term."""
    known = measure.get("evidence", {}).get("reference", {})
    evidence = {
        "value": "" if fields_in(vocabularies).measure[name].single else term,
        "document": known.get("document", "") or signature.by,
        "place": known.get("place", ""),
        "note": f"{signature.by}, {signature.on.isoformat()}",
    }
    _listed(measure, name).append({key: value for key, value in evidence.items() if value})
    _relist(measure, name)


def _take_out(measure: Data, name: str, term: str, vocabularies: Vocabularies) -> None:
    """Write that a measure does not have a term, where it is said to; a wider one of it stays."""
    held = measure.get(name)
    if held is None:
        return
    if isinstance(held, str):
        if held == term:
            del measure[name]
    elif isinstance(held, list):
        measure[name] = [other for other in held if other != term]
    else:
        parts = {key: [other for other in value if other != term or key == "lacks"] for key, value in held.items()}
        parts = {key: value for key, value in parts.items() if value or key == "may"}
        if parts:
            measure[name] = parts
        else:
            del measure[name]
    single = fields_in(vocabularies).measure[name].single and name not in measure
    entries = [entry for entry in _listed(measure, name) if not single and entry.get("value", "") != term]
    measure.setdefault("evidence", {})[name] = entries
    _relist(measure, name)
    if name == "excluded_partners" and name not in measure:
        # Left out it says that nobody is shut out.
        measure[name] = {"has": []}


def _lacks(measure: Data, name: str, term: str, vocabularies: Vocabularies) -> None:
    """Write that a measure does not have a term, where it could."""
    held = measure.get(name)
    if held is not None and not isinstance(held, Mapping):
        return
    parts = dict(held or {})
    below = vocabularies[fields_in(vocabularies).measure[name].vocabulary].narrower([term])
    if below.isdisjoint(parts.get("has", ())):
        parts["lacks"] = list(dict.fromkeys([*parts.get("lacks", []), term]))
        measure[name] = parts


def _confirm(measure: Data, name: str, term: str, vocabularies: Vocabularies) -> bool:
    """Write that a person stands for a value; no where nothing says where it was read."""
    single = fields_in(vocabularies).measure[name].single
    entries = [entry for entry in _listed(measure, name) if entry.get("value", "") in {"", term} or single]
    for entry in entries:
        entry["confirmed"] = True
    _relist(measure, name)
    return bool(entries)


def _listed(measure: Data, name: str) -> list[Data]:
    """The evidence of a field as a list that can be added to."""
    evidence = measure.setdefault("evidence", {})
    held = evidence.get(name, [])
    if not isinstance(held, list):
        held = [held]
    evidence[name] = held
    return held


def _relist(measure: Data, name: str) -> None:
    """Of one piece of evidence no list is made, and of none nothing is left."""
    evidence = measure["evidence"]
    if not evidence[name]:
        del evidence[name]
    elif len(evidence[name]) == 1:
        evidence[name] = evidence[name][0]
    if not evidence:
        del measure["evidence"]
