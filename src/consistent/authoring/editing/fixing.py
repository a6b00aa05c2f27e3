"""Makes the edits that faults propose where nothing else can well be meant, and takes back each that does not mend its fault."""

from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path

import tomli
from attrs import frozen

from consistent.authoring.editing.faults import faults_in
from consistent.authoring.suite.items import PackKey
from consistent.errors import Fault, InputError
from consistent.pack_reading import Kept
from consistent.toml.files import read_file, replace_file, taken_to_hold
from consistent.toml.mending import TextEdit, edited, text_edits

__all__ = ["Fixed", "diff_of", "fix", "write_all"]

# A fault that is mended can show others behind it, of a later stage of reading. Stages are few.
_MOST_ROUNDS = 30


@frozen
class Fixed:
    """What would come of a file or folder.

    Attributes:
        before: the text of each file that changes.
        after: what each is to hold.
        left: faults that are left, for a person to mend.
    """

    before: Mapping[Path, str]
    after: Mapping[Path, str]
    left: tuple[Fault, ...]


def fix(path: Path, pack: str | None = None) -> Fixed:
    """Mend what can be mended without asking; nothing is written.

    Args:
        path: see `faults_in`.
        pack: in whose terms proposals are; the default one unless given.

    Raises:
        UsageError, InputError: as `faults_in`; or a file cannot be read.
    """
    before: dict[Path, str] = {}
    after: dict[Path, str] = {}
    refused: set[Fault] = set()
    kept: dict[PackKey, Kept] = {}
    faults = faults_in(path, pack, kept)
    for _ in range(_MOST_ROUNDS):
        made, mended = _round(faults, refused, before, after)
        if not mended:
            break
        with taken_to_hold(_contents(after | made)):
            left = faults_in(path, pack, kept)
        # Lines may have moved: a fault is the same where all else of it is.
        told = {_identity(fault) for fault in left}
        stayed = {fault for fault in mended if _identity(fault) in told}
        refused |= stayed
        if not stayed:
            after |= made
            faults = left
    changed = {file: text for file, text in after.items() if text != before[file]}
    return Fixed({file: before[file] for file in changed}, changed, faults)


def _identity(fault: Fault) -> tuple[str, str, str]:
    return fault.message, fault.location.path, fault.location.key


def _round(
    faults: tuple[Fault, ...], refused: set[Fault], before: dict[Path, str], after: Mapping[Path, str]
) -> tuple[dict[Path, str], list[Fault]]:
    """The texts with all edits made that can be made at once, and the faults that these are of; the texts as read are noted."""
    made: dict[Path, str] = {}
    mended: list[Fault] = []
    pending: dict[Path, list[tuple[Fault, tuple[TextEdit, ...]]]] = {}
    # A key that is misspelt is missing too: words first.
    words = [fault for fault in faults if fault not in refused and any(edit.sure and edit.old for edit in fault.edits)]
    for fault in words or faults:
        edit = next((edit for edit in fault.edits if edit.sure), None)
        if edit is None or fault in refused:
            continue
        file = Path(fault.location.path)
        if file not in before:
            try:
                before[file] = read_file(file, str(file)).decode()
            except (InputError, UnicodeDecodeError):
                refused.add(fault)
                continue
        text = after.get(file, before[file])
        found = text_edits(text.removeprefix("\ufeff"), fault.location, edit)
        shift = len(text) - len(text.removeprefix("\ufeff"))
        moved = tuple(TextEdit(one.start + shift, one.end + shift, one.new) for one in found)
        if moved:
            pending.setdefault(file, []).append((fault, moved))
        else:
            refused.add(fault)
    for file, edits in pending.items():
        taken: list[TextEdit] = []
        text = after.get(file, before[file])
        for fault, several in edits:
            if any(one.start <= other.end and other.start <= one.end for one in several for other in taken):
                continue
            if _is_toml(edited(text, [*taken, *several])):
                taken += several
                mended.append(fault)
            else:
                refused.add(fault)
        made[file] = edited(text, taken)
    return made, mended


def _is_toml(text: str) -> bool:
    try:
        tomli.loads(text.removeprefix("\ufeff"))
    except tomli.TOMLDecodeError:
        return False
    return True


def _contents(texts: Mapping[Path, str]) -> dict[Path, bytes]:
    return {file: text.encode() for file, text in texts.items()}


def diff_of(before: Mapping[Path, str], after: Mapping[Path, str]) -> list[str]:
    """What changes, as lines of a unified diff."""
    return [
        line.rstrip("\r\n")
        for file in sorted(after)
        for line in unified_diff(
            before[file].splitlines(keepends=True), after[file].splitlines(keepends=True), f"{file}", f"{file}", n=1
        )
    ]


def write_all(before: Mapping[Path, str], after: Mapping[Path, str]) -> None:
    """Write what has changed into the files.

    Raises:
        InputError: one holds something else by now, or cannot be written.
    """
    for file, text in after.items():
        replace_file(file, before[file].encode(), text.encode())
