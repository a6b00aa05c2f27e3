"""Writes small packs into folders, for tests that need rules and facts of their own as files."""

from collections.abc import Mapping
from pathlib import Path

__all__ = ["rule_text", "write_pack"]

_TEXT = '{{ en = "{0}", nl = "{0} (nl)" }}'


def rule_text(title: str, when: str, *, verdict: str = "conflict", head: str = "", tail: str = "") -> str:
    """A rule as its file has it, with the two examples that each rule needs.

    Args:
        title: in English; the Dutch one says the same and that it is Dutch.
        when: the tests under `[when.measure]`, which are also those of a measure that passes them.
        verdict: what it says.
        head: further keys before the first table.
        tail: further tables.
    """
    keys = {"principle": "p", "ground": "policy", "dimension": "substance"}
    given = {line.partition(" =")[0] for line in head.splitlines()}
    plain = "\n".join(f'{key} = "{value}"' for key, value in keys.items() if key not in given)
    return (
        f'title = {_TEXT.format(title)}\nverdict = "{verdict}"\n{plain}\nsources = ["TFEU 1"]\n'
        f"rationale = {_TEXT.format('because')}\nmessage = {_TEXT.format('{measure} is ' + title)}\n{head}\n"
        f"[when.measure]\n{when}\n{tail}\n"
        f'[[example]]\ntitle = "yes"\nexpect = "{verdict}"\n[[example.measure]]\n{when}\n'
        '[[example]]\ntitle = "no"\nexpect = "not-applicable"\n[[example.measure]]\neffects = []\nareas = []\n'
    )


def write_pack(root: Path, rules: Mapping[str, str], facts: str = "", kinds: str = "") -> Path:
    """Write a pack called `small` into a folder.

    Args:
        root: the folder; may exist.
        rules: the text of each rule, by its file's name without the ending.
        facts: the text of the file of facts, if any.
        kinds: the text of `kinds.toml`, if any.

    Returns:
        The folder, to be loaded.
    """
    terms = "".join(f'[{name}]\nen = "{name}"\nnl = "{name} (nl)"\n' for name in ("a", "b", "c", "d"))
    principles = "".join(
        f'[{name}]\ntitle = {_TEXT.format(name)}\nstatement = {_TEXT.format(name)}\nsources = ["TFEU 1"]\n'
        for name in ("p", "q")
    )
    files = {
        "facts/small/pack.toml": f'title = {_TEXT.format("small")}\nsources = ["TFEU 1"]\n',
        "facts/small/principles.toml": principles,
        **{f"facts/small/vocabulary/{each}.toml": terms for each in ("effects", "areas", "partners", "safeguards")},
        **{f"rules/small/{name}.toml": text for name, text in rules.items()},
        **({"facts/small/kinds.toml": kinds} if kinds else {}),
        **({"facts/small/facts.toml": facts} if facts else {}),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root
