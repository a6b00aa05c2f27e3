"""Items of a corpus before they are read: where each stands, and its content."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from attrs import frozen

from consistent.checker import ProposalInput
from consistent.errors import Fault, InputError, Location, UsageError
from consistent.limits import DEPTH, VALUES, holds_too_many
from consistent.model.proposal import Proposal
from consistent.model.text import Language, Localized
from consistent.toml.files import read_file
from consistent.toml.proposals import proposal_to_data
from consistent.toml.tomlfile import type_name

__all__ = [
    "NOTHING",
    "Content",
    "FileContent",
    "Item",
    "Slice",
    "Unreadable",
    "content_of",
    "fingerprint",
    "is_proposal",
    "leads_to",
    "parse_object",
    "refuse_overlap",
    "slices_of",
]


@frozen
class FileContent:
    """What is in a file: a proposal in TOML, or a document."""

    content: bytes


@frozen
class Unreadable:
    """Something that is no item of its kind, with what is wrong; at least one fault."""

    faults: tuple[Fault, ...]


# Bytes are one JSON object; the rest is as `KnowledgeBase.read` takes it.
Content = bytes | FileContent | Unreadable | Mapping[str, Any] | Any


class Item(NamedTuple):
    """One item.

    Attributes:
        source: where it stands: a file, with the number of the line or row behind a colon.
        content: what it is.
        position: how far the source has come with it, in the unit of the source's `size`.
    """

    source: str
    content: Content
    position: int


def content_of(given: ProposalInput, source: str) -> Content:
    """The content of an item that a program gives; files are read here, for another machine may not have them."""
    if isinstance(given, str) and ("\n" in given or "[" in given or not given.strip()):
        return FileContent(given.encode("utf-8", "surrogatepass"))
    if isinstance(given, str | Path):
        return file_content(Path(given), source)
    return given


def file_content(path: Path, source: str) -> FileContent | Unreadable:
    """The content of a file, or why it has none."""
    try:
        return FileContent(read_file(path, source))
    except InputError as error:
        return Unreadable(error.faults)


def fingerprint(content: Content) -> bytes:
    """Bytes that are the same for the same content, in every process."""
    if isinstance(content, bytes):
        return content
    if isinstance(content, FileContent):
        return content.content
    if isinstance(content, Unreadable):
        return repr(content.faults).encode("utf-8", "backslashreplace")
    # A draft is the proposal that it holds.
    given = getattr(content, "proposal", content) if not isinstance(content, Mapping) else content
    data = proposal_to_data(given) if isinstance(given, Proposal) else given
    return json.dumps(data, default=repr).encode()


# One JSON object: as Python reads it, but with no key twice, no number that is none, and faults as users are told them.

_SHAPE = 'an item is an object: {"proposal": {...}, "measure": [{...}]}'


class _Twice(ValueError):  # noqa: N818  told as a fault
    """A key that an object has twice; which of the two is meant nobody knows."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _Twice(next(key for key in keys if keys.count(key) > 1))
    return found


def _no_number(word: str) -> NoReturn:
    raise json.JSONDecodeError(f"`{word}` is no number", word, 0)


_decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_number)


def is_proposal(content: bytes) -> bool:
    """Whether a file is a proposal in JSON: an object with `proposal` or `measure`, and without the `content` of a document."""
    if not content.lstrip().startswith(b"{"):
        return False
    try:
        # A key that is there twice is for the reader to tell, and so is what passes a limit.
        data = {} if holds_too_many(content) else json.loads(content)
    except (ValueError, RecursionError):
        return False
    return not data.keys().isdisjoint(("proposal", "measure")) and "content" not in data


def parse_object(content: bytes, name: str) -> dict[str, Any]:
    """The object in JSON text.

    Args:
        content: in UTF-8.
        name: how messages call it.

    Raises:
        InputError: it is not UTF-8, not JSON, no object, passes a limit, or has a key twice.
    """
    if holds_too_many(content):
        raise VALUES.passed(name)
    fault = help = ""
    try:
        data = _decoder.decode(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        fault, help = f"text is not UTF-8: byte 0x{content[error.start]:02x}", "save it with encoding UTF-8"
    except _Twice as error:
        fault = f"key `{error}` is there twice"
    except json.JSONDecodeError as error:
        fault, help = f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}, at character {error.pos + 1}", _SHAPE
    except RecursionError:
        raise DEPTH.passed(name) from None
    except ValueError:
        # Python converts no more digits.
        fault = "not readable: a number is too large"
    else:
        if isinstance(data, dict):
            return data
        fault, help = f"expected an object, found {type_name(data)}", _SHAPE
    raise InputError([Fault(fault, Location(name), help)])


# Items cut into slices: what is checked, sent and written at once.

# The digest of no items.
NOTHING = sha256(b"").hexdigest()
# A slice ends with the item with which it grows beyond this, however few it has.
_MOST_BYTES = 4_000_000


@frozen
class Slice:
    """Items that follow each other. Where one ends depends on the items before it alone.

    Attributes:
        first: the index of the first item in the corpus, from 0.
        sources, contents: of each item; at least one.
        position: how far the source has come with the last one.
        digest: of all items of the corpus up to the last one of this slice, hexadecimal.
    """

    first: int
    sources: tuple[str, ...]
    contents: tuple[Content, ...]
    position: int = 0
    digest: str = ""

    @property
    def end(self) -> int:
        """The index after that of the last item."""
        return self.first + len(self.sources)

    def halves(self) -> tuple["Slice", "Slice"]:
        """The slice in two; it has two items at least."""
        middle = len(self.sources) // 2
        return (
            Slice(self.first, self.sources[:middle], self.contents[:middle]),
            Slice(self.first + middle, self.sources[middle:], self.contents[middle:]),
        )


def slices_of(items: Iterable[Item], size: int, *, first: int = 0, digest: str = NOTHING) -> Iterator[Slice]:
    """Cut items into slices.

    Args:
        items: what is left of a corpus.
        size: how many to a slice; fewer where they are large.
        first: how many came before.
        digest: of those.
    """
    sources: list[str] = []
    contents: list[Content] = []
    held = position = 0
    known = bytes.fromhex(digest)
    for source, content, place in items:
        sources.append(source)
        contents.append(content)
        position = place
        printed = fingerprint(content)
        # Of the content alone: a corpus that was moved is still the same.
        known = sha256(known + sha256(printed).digest()).digest()
        held += len(printed) if isinstance(content, bytes | FileContent) else 0
        if len(sources) >= size or held >= _MOST_BYTES:
            yield Slice(first, tuple(sources), tuple(contents), position, known.hex())
            first += len(sources)
            sources, contents, held = [], [], 0
    if sources:
        yield Slice(first, tuple(sources), tuple(contents), position, known.hex())


# What a run writes is no part of what it reads, by whatever name or link it is reached.

_SAME = Localized("corpus `{path}` is what the run would write to", "corpus `{path}` is waarheen de gang zou schrijven")
_ANOTHER = Localized("name another output", "noem een andere uitvoer")


def leads_to(path: Path, own: Iterable[Path]) -> bool:
    """Whether a path is the same file or folder as one of these; not where it does not exist, or is a terminal or a pipe."""
    for own_path in own:
        with suppress(OSError):
            if path.samefile(own_path) and (path.is_file() or path.is_dir()):
                return True
    return False


def refuse_overlap(corpus: Path, own: Iterable[Path], language: Language) -> None:
    """See to it that a corpus is not what a run writes, and does not lie in it.

    Raises:
        UsageError: it is, or does.
    """
    own = tuple(own)
    if any(leads_to(parent, own) for parent in (corpus, *corpus.resolve().parents)):
        raise UsageError(_SAME.get(language).format(path=corpus), _ANOTHER.get(language))
