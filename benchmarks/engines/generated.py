"""A generated pack, written as files and loaded like any other, and random proposals for it; the same for the same seed.

Rules ask 2 to 5 things of a measure. Some have alternatives, a third a join with a fact, a quarter an exception. How many terms a
rule asks for is chosen so that about one pair of a rule and a measure in fifty is a finding, whatever the number of its conditions.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

from consistent.model.proposal import Measure, Proposal
from consistent.model.values import UNKNOWN, Atom, Value

__all__ = ["proposals", "write_pack"]

_TERMS: Mapping[str, int] = {"effects": 24, "areas": 30, "actors": 16, "addressees": 16, "bindingness": 3, "finance": 8}
# How many values a measure has, at most, in a field.
_MOST: Mapping[str, int] = {"effects": 2, "areas": 3, "actors": 2, "addressees": 2, "bindingness": 1, "finance": 1}
_VOCABULARIES: Mapping[str, str] = {"addressees": "actors"}
_CATEGORIES = ("exclusive", "shared", "supporting", "special")
_AMOUNTS = 1_000_000
_FREQUENCY = 1 / 150
_ALTERNATIVES = 0.3
_SOURCES = 'sources = ["TFEU 1"]'


def _both(text: str) -> str:
    return f'{{ en = "{text}", nl = "{text} (nl)" }}'


def _terms(field: str) -> list[str]:
    vocabulary = _VOCABULARIES.get(field, field)
    return [f"{vocabulary}-{number}" for number in range(_TERMS[field])]


def articles(facts: int) -> list[str]:
    """The citation of each fact."""
    return [f"TFEU {1 + number // 4}({1 + number % 4})" for number in range(facts)]


def write_pack(folder: Path, *, rules: int, facts: int = 60, seed: int = 1) -> Path:
    """Write a pack called `generated`.

    Args:
        folder: may exist.
        rules: how many; a pack with more has the rules of one with fewer.
        facts: how many.
        seed: of all that is random.

    Returns:
        The folder, to be loaded.
    """
    random = Random(seed)
    files = {
        "facts/generated/pack.toml": f"title = {_both('generated')}\n{_SOURCES}\n",
        "facts/generated/principles.toml": f"[p]\ntitle = {_both('p')}\nstatement = {_both('p')}\n{_SOURCES}\n",
        "facts/generated/kinds.toml": _KINDS,
        "facts/generated/legal-bases.toml": 'kind = "legal_basis"\n'
        + "".join(_fact(article, random) for article in articles(facts)),
        "facts/generated/vocabulary/categories.toml": "".join(f"[{each}]\n{_label(each)}" for each in _CATEGORIES),
    }
    for field in _TERMS.keys() - _VOCABULARIES.keys():
        terms = "".join(f"[{each}]\n{_label(each)}" for each in _terms(field))
        files[f"facts/generated/vocabulary/{field}.toml"] = terms
    for number in range(rules):
        files[f"rules/generated/rule-{number:04}.toml"] = _rule(number, Random(seed * 10_000 + number))
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


_KINDS = f"""[legal_basis]
title = {_both("legal basis")}
[legal_basis.fields]
article = {{ type = "citation", required = true }}
category = {{ type = "terms", vocabulary = "categories", required = true }}
harmonisation = {{ type = "boolean", required = true }}
"""


def _label(term: str) -> str:
    return f'en = "{term}"\nnl = "{term} (nl)"\n'


def _fact(article: str, random: Random) -> str:
    harmonisation = str(random.choice((True, False))).lower()
    return (
        f'[[fact]]\nid = "{article.lower().translate({32: "-", 40: "-", 41: None})}"\narticle = "{article}"\n'
        f'category = "{random.choice(_CATEGORIES)}"\nharmonisation = {harmonisation}\n{_SOURCES}\n'
    )


def _rule(number: int, random: Random) -> str:
    size = random.randint(2, 5)
    joined, excepted, alternative = number % 3 == 0, number % 4 == 0, random.random() < _ALTERNATIVES
    # A join with a fact is one of the conditions.
    each = (_FREQUENCY * random.uniform(0.5, 1.5) / (0.7 if excepted else 1)) ** (1 / size)
    fields = random.sample([*_TERMS, "amount"], size - joined)
    tests = [_test(field, each, random) for field in fields]
    when = [f"measure = {{ {', '.join(tests)} }}"]
    if alternative and len(tests) > 1:
        # Each of two alternatives about half as often as the condition that they stand for.
        other = random.choice([field for field in (*_TERMS, "amount") if field not in fields])
        halves = [_test(field, each / 2, random) for field in (fields[-1], other)]
        spread = ", ".join(f"{{ measure = {{ {half} }} }}" for half in halves)
        when = [f"measure = {{ {', '.join(tests[:-1])} }}", f"any = [{spread}]"]
    if joined:
        wanted = random.choice(("harmonisation = true", "harmonisation = false", _category(random)))
        when.append(f'legal_basis = {{ article = "$measure.legal_basis", {wanted} }}')
    verdict = random.choice(("conflict", "condition", "question"))
    lines = [
        f"title = {_both(f'rule {number}')}", f'verdict = "{verdict}"',
        'principle = "p"', 'ground = "policy"', 'dimension = "substance"', _SOURCES, f"rationale = {_both('because')}",
        f"message = {_both('{measure} meets ' + f'rule {number}')}", "[when]", *when,
    ]  # fmt: skip
    if excepted:
        field = random.choice([each for each in _TERMS if each not in fields] or ["areas"])
        lines += ["[[unless]]", f"reason = {_both('an exception')}", f"measure = {{ {_test(field, 0.3, random)} }}"]
    for expect in (verdict, "not-applicable"):
        # Nothing runs the examples of this pack; a rule needs one that it flags and one that it leaves alone.
        lines += ["[[example]]", f'title = "{expect}"', f'expect = "{expect}"', "[[example.measure]]", "effects = []"]
    return "\n".join(lines) + "\n"


def _category(random: Random) -> str:
    return f"category = {random.sample(_CATEGORIES, 2)!r}"


def _test(field: str, often: float, random: Random) -> str:
    """A test that random measures pass so often, as nearly as the number of terms allows."""
    if field == "amount":
        return f"amount = {{ at_least = {max(1, round(_AMOUNTS * (1 - often)))} }}"
    terms = _terms(field)
    has = (1 + _MOST[field]) / 2
    wanted = next(n for n in range(1, len(terms) + 1) if 1 - (1 - n / len(terms)) ** has >= often or n == len(terms))
    return f"{field} = {random.sample(terms, wanted)!r}"


def proposals(
    number: int, *, measures: int = 12, facts: int = 60, seed: int = 2, unknown: float = 0
) -> Iterator[Proposal]:
    """Random proposals, one by one.

    Args:
        number: how many.
        measures: of each.
        facts: as many as the pack has.
        seed: of all that is random.
        unknown: how often a field is unknown, from 0 to 1.
    """
    random = Random(seed)
    values = _Values()
    cited = articles(facts)
    for count in range(number):
        drawn = tuple(_measure(f"m{index}", random, values, cited, unknown) for index in range(measures))
        yield Proposal(
            reference=values.of(f"COM({count}) 1"), legal_basis=values.of(random.choice(cited)), measures=drawn
        )


class _Values:
    """Equal values are one object, as the reader of a corpus makes them."""

    def __init__(self) -> None:
        self._made: dict[tuple[Atom, ...], Value] = {}

    def of(self, *atoms: Atom) -> Value:
        """Exactly these."""
        made = self._made.get(atoms)
        if made is None:
            made = Value.exactly(*atoms)
            if len(self._made) < 100_000:  # noqa: PLR2004  amounts are many
                self._made[atoms] = made
        return made


def _measure(name: str, random: Random, values: _Values, cited: list[str], unknown: float) -> Measure:
    drawn: dict[str, Any] = {}
    for field, most in _MOST.items():
        terms = _NAMES[field]
        chosen = sorted(random.sample(terms, 1 if most == 1 else random.randint(1, most)))
        drawn[field] = values.of(*chosen)
    drawn["amount"] = values.of(random.randrange(0, _AMOUNTS, 1000) or 1)
    drawn["legal_basis"] = values.of(random.choice(cited))
    if unknown:
        drawn = {field: UNKNOWN if random.random() < unknown else value for field, value in drawn.items()}
    return Measure(id=name, **drawn)


_NAMES: Mapping[str, list[str]] = {field: _terms(field) for field in _TERMS}
