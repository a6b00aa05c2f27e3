"""Writes the examples that would kill survivors into the files of their rules; what they expect is for a person to judge."""

from collections.abc import Iterable
from pathlib import Path

import tomli

from consistent.authoring.mutation.killing import Result
from consistent.toml.files import read_file
from consistent.toml.rewriting import written

__all__ = ["with_examples"]


def with_examples(survivors: Iterable[Result]) -> tuple[dict[Path, str], dict[Path, str]]:
    """The files of rules with an example for each survivor for which one was found; nothing is written.

    Args:
        survivors: those that nobody has let live.

    Returns:
        By file what it holds, and what it is to hold. An example that kills several stands there once. Its title names
        the fault that it notices, behind a `TODO`, as `consistent lint` tells of those.

    Raises:
        InputError: a file cannot be read.
    """
    before: dict[Path, str] = {}
    after: dict[Path, str] = {}
    added: set[tuple[Path, str]] = set()
    for survivor in survivors:
        file = Path(survivor.place.path)
        if not survivor.suggestion or (file, survivor.suggestion) in added:
            continue
        added.add((file, survivor.suggestion))
        if file not in before:
            before[file] = read_file(file, str(file)).decode()
        text = after.get(file, before[file])
        end = "\r\n" if "\r\n" in text else "\n"
        example = _titled(survivor).replace("\n", end)
        after[file] = f"{text.rstrip()}{end}{end}{example}"
    return before, after


def _titled(survivor: Result) -> str:
    """The example of a survivor, with a title."""
    head, _, rest = survivor.suggestion.partition("\n")
    fault = survivor.id.removeprefix(f"{survivor.rule}:")
    if "title" in tomli.loads(survivor.suggestion)["example"][0]:
        return f"{survivor.suggestion.rstrip()}\n"
    titles = f"title.en = {written(f'TODO: notices {fault}')}\ntitle.nl = {written(f'TODO: merkt op: {fault}')}"
    return f"{head}\n{titles}\n{rest.rstrip()}\n"
