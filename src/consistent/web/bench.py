"""The workbench: a folder, the packs, and every proposal of the folder that is open."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Event

from attrs import define, field

from consistent.authoring.accepted import MUTANTS, read_accepted, reasons
from consistent.checker import KnowledgeBase, load
from consistent.confined import StoppedError
from consistent.documents.document import Document
from consistent.documents.reading import is_document
from consistent.errors import InputError, UsageError
from consistent.knowledge.packs import PackFolder, available_packs, search_roots
from consistent.locking import Lock
from consistent.model.proposal import Proposal
from consistent.model.text import Language, Localized
from consistent.toml.files import create_file, read_file
from consistent.toml.tomlfile import TomlFile
from consistent.web.accepting import WAIVERS, WaiverFiles
from consistent.web.confined_drafts import Drafted, drafted, later_text, text_read
from consistent.web.folder import EXAMPLE, Folder, example
from consistent.web.work import Work

__all__ = ["Bench"]


@define(eq=False)
class Bench:
    """What is worked on. Safe to share between threads.

    Attributes:
        folder: where the files are.
        pack: that was named, or is a folder, to check all against; None where it is proposed for each. Known by its name from then on.
        waivers: files of what is accepted, beside that of the folder.
    """

    folder: Folder
    pack: str | None = None
    waivers: tuple[Path, ...] = ()
    # Where a pack of one's own lies, by its name.
    _places: dict[str, str] = field(factory=dict, init=False)
    _packs: dict[str, KnowledgeBase] = field(factory=dict, init=False)
    _open: dict[tuple[str, str], Work] = field(factory=dict, init=False)
    _about: dict[str, tuple[str, int]] = field(factory=dict, init=False)
    _readings: dict[str, Event] = field(factory=dict, init=False)
    _later: dict[tuple[str, str, str], Drafted] = field(factory=dict, init=False)
    _documents: dict[Path, Document] = field(factory=dict, init=False)
    _lock: Lock = field(factory=Lock, init=False)

    def __attrs_post_init__(self) -> None:
        if self.pack:
            kb = load(self.pack)
            self._places[kb.name], self._packs[kb.name] = self.pack, kb
            self.pack = kb.name

    def packs(self) -> tuple[str, ...]:
        """The names of all packs, in order: those that are at hand anywhere, and that of the folder of work."""
        return tuple(sorted(self._folders()))

    def kb(self, name: str) -> KnowledgeBase:
        """A pack, loaded once.

        Raises:
            UsageError, InputError: there is none of that name; it cannot be used.
        """
        if name not in self.packs():
            raise UsageError(f"unknown pack `{name}`")
        with self._lock:
            if name not in self._packs:
                place = self._places.get(name)
                self._packs[name] = load(place) if place else load(name, roots=[self.folder.root])
            return self._packs[name]

    def proposed(self, name: str) -> str:
        """The pack to check a proposal against: the one that was named or set; else that with most rules about its subject.

        Raises:
            UsageError, InputError: there is no such file; it cannot be read.
        """
        self.folder.path(name)
        if self.pack:
            return self.pack
        kb = self._first()
        if not kb.knowledge.other_packs:
            return kb.name
        proposal = kb.read_file(self.folder.read(name))
        case = kb.case(proposal, elsewhere=True)
        others = case.elsewhere(proposal) if case.elsewhere else ()
        if not others:
            return kb.name
        self._about[name] = others[0].name, others[0].rules
        return others[0].name

    def _first(self) -> KnowledgeBase:
        """The pack that is loaded where none is named, loaded once."""
        with self._lock:
            if "" not in self._packs:
                self._packs[""] = load()
            return self._packs[""]

    def at_hand(self, kb: KnowledgeBase) -> tuple[dict[str, Proposal], tuple[str, ...]]:
        """The proposals of the folder as a pack reads them, by name, and the names of those that it cannot read."""
        read: dict[str, Proposal] = {}
        unread: list[str] = []
        for name in self.folder.proposals():
            try:
                read[name] = self.work(kb.name, name).case.proposal
            except InputError:
                unread.append(name)
        return read, tuple(unread)

    def accepted_mutants(self, pack: str) -> Mapping[str, Localized]:
        """Why the pack of a rule lets faults of it unnoticed, by their ids.

        Raises:
            InputError: the file that says so cannot be used.
        """
        folder = self._folders().get(pack)
        if folder is None:
            return {}
        rows = read_accepted(folder.facts, MUTANTS)
        return reasons(rows)

    def _folders(self) -> Mapping[str, PackFolder]:
        """Where packs lie: those at hand anywhere, and those of the folder of work."""
        named = (Path(place) for place in self._places.values() if Path(place).is_dir())
        return available_packs([*search_roots(), self.folder.root, *named])

    def forget_packs(self) -> None:
        """Load every pack again when it is next asked for: a file of one was changed."""
        with self._lock:
            self._packs.clear()

    def about(self, pack: str, name: str) -> int:
        """How many rules of a pack are about a proposal, where it was proposed for that."""
        found, count = self._about.get(name, ("", 0))
        return count if found == pack else 0

    def work(self, pack: str, name: str) -> Work:
        """A proposal that is worked on, opened once for each pack.

        Raises:
            UsageError, InputError: as `kb` and `Folder.path`.
        """
        path, kb = self.folder.path(name), self.kb(pack)
        with self._lock:
            if (pack, name) not in self._open:
                self._open[pack, name] = Work(path, kb, WaiverFiles(self.folder.root / WAIVERS, self.waivers))
            work = self._open[pack, name]
        work.check_against(kb)
        return work

    def document(self, name: str, stop: Event | None = None) -> Document | None:
        """The document that a proposal was drafted from; None where it is not beside it, or cannot be read any more.

        Raises:
            InputError: it cannot be read.
            StoppedError: it was stopped.
        """
        path = self.folder.document_of(name)
        if path is None:
            return None
        if path not in self._documents:
            self._documents[path] = text_read(read_file(path, path.name), path.name, stop)
        return self._documents[path]

    def bring_text(self, name: str, content: bytes) -> str:
        """Put a text into the folder that a proposal is to be compared with, as it is; the name that it has there.

        Raises:
            InputError: it is neither a document nor a proposal that can be read.
        """
        if not is_document(content):
            self.kb(self.pack or self._first().name).read_file(TomlFile.parse(content, name))
            name = f"{Path(name).stem}.toml"
        return self.folder.add(name, content)

    def later_text(self, name: str, pack: str, language: Language, stop: Event) -> Drafted:
        """The draft of a text of the folder that a proposal is compared with, made once as long as it stays the same.

        Raises:
            UsageError, InputError: there is no such file; it cannot be read.
            StoppedError: it was stopped.
        """
        path = self.folder.path(name)
        content = read_file(path, name)
        key = sha256(content).hexdigest(), name, pack
        if key not in self._later:
            # Terms of a pack in the folder of work are not known to the process that reads.
            known = self._places.get(pack) or (pack if pack in available_packs(search_roots()) else None)
            self._later[key] = later_text(content, name, known, language, stop)
        return self._later[key]

    @contextmanager
    def _reading(self, key: str) -> Iterator[Event]:
        """What stops a reading, which is known by this key while it lasts.

        Raises:
            UsageError: it was stopped.
        """
        stop = self._readings[key] = Event()
        try:
            yield stop
        except StoppedError:
            raise UsageError("the reading was stopped", "nothing of it was kept") from None
        finally:
            self._readings.pop(key, None)

    def stop(self, key: str) -> None:
        """Stop the reading of a document; nothing where it has ended."""
        reading = self._readings.get(key)
        if reading is not None:
            reading.set()

    def bring(self, name: str, content: bytes, language: Language, as_proposal: bool, key: str = "") -> str:  # noqa: FBT001  by position from a form
        """Put a file into the folder, of a document with its draft.

        Args:
            name: as its sender calls it.
            content: of it.
            language: of the comments of a draft.
            as_proposal: take a document for a proposal though it is none.
            key: by which the reading can be stopped.

        Returns:
            The name of the proposal.

        Raises:
            InputError: it is neither a document that can be read nor a proposal.
            UsageError: it was stopped.
        """
        if not is_document(content):
            self.kb(self.pack or self._first().name).read_file(TomlFile.parse(content, name))
            return self.folder.add(f"{Path(name).stem}.toml", content)
        with self._reading(key) as stop:
            made = drafted(content, name, self.pack, language, as_proposal=as_proposal, stop=stop)
        own = self.folder.add(name, content)
        return self._drafted(own, made.toml, made.document)

    def draft(self, name: str, language: Language, as_proposal: bool, key: str = "") -> str:  # noqa: FBT001  by position from a form
        """Draft a document that lies in the folder; arguments and errors as those of `bring`."""
        path = self.folder.path(name)
        with self._reading(key) as stop:
            made = drafted(read_file(path, name), name, self.pack, language, as_proposal=as_proposal, stop=stop)
        return self._drafted(name, made.toml, made.document)

    def _drafted(self, name: str, toml: str, document: Document) -> str:
        path = self.folder.path(name)
        create_file(path.with_suffix(".toml"), toml.encode())
        self._documents[path] = document
        return path.with_suffix(".toml").name

    def example(self) -> str:
        """Put a copy of the White Paper into the folder; its name."""
        return self.folder.add(EXAMPLE, example())
