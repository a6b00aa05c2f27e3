"""How a pack becomes a knowledge base: from the cache where it is as it was loaded before, or else from its files."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path

from attrs import evolve

from consistent.caching import entry_of
from consistent.checker.knowledge_base import KnowledgeBase
from consistent.engine.choosing import engine_named
from consistent.errors import InputError, UsageError
from consistent.garbage import collector_paused
from consistent.knowledge.packs import PackFolder, available_packs
from consistent.knowledge.settings import choose_pack
from consistent.model.text import today
from consistent.pack_reading import Kept, read_pack
from consistent.packing import Packed

__all__ = ["as_far_as_read", "load"]


def load(
    pack: str | Path | None = None,
    *,
    roots: Iterable[Path | str] = (),
    kept: Kept | None = None,
) -> KnowledgeBase:
    """Load a pack with those that it builds on.

    Args:
        pack: a name, or a folder that holds `facts/` and `rules/` of a pack of one's own; unless given, the one that the
            variable CONSISTENT_PACK, a project file, or the working folder names, and `treaties` where none of them does
            (`knowledge.settings.default_pack`). Packs of a folder stand in for others of the same name, installed ones among
            them; `Manifest.instead_of` and every report say so.
        roots: further folders in which packs are looked for.
        kept: what was read before, for who loads a pack over and over while it is written; the cache is left alone then.

    Raises:
        UsageError: there is no such pack.
        InputError: its files, or the setting that names it, cannot be used; all faults together.
    """
    chosen = choose_pack(pack, roots)
    if kept is not None:
        with collector_paused():
            return _read(chosen.name, chosen.available, kept)
    kb = _loaded(chosen.name, chosen.available)
    # What is true of this loading only is not in the cache.
    back = {name: str(folder.instead_of) for name, folder in chosen.available.items() if folder.instead_of is not None}
    if not back and not chosen.others:
        return kb
    packs = tuple(evolve(held, instead_of=back.get(held.name, "")) for held in kb.knowledge.packs)
    return evolve(kb, knowledge=evolve(kb.knowledge, packs=packs, other_packs=chosen.others))


def _loaded(name: str, available: Mapping[str, PackFolder]) -> KnowledgeBase:
    """A pack, from the cache if it is there."""
    day = today()
    with collector_paused():
        entry = entry_of(name, available)
        kept = entry and entry.read()
        if isinstance(kept, KnowledgeBase) and kept.has_program(day):
            program = kept.program(day)
            if entry is not None and not program.is_prepared:
                # The second time that it is loaded as it is.
                engine_named("auto").prepare(program)
                entry.write(kept)
            return kept

        last = None if entry is None else entry.read_last()
        kb = None
        if last is not None and isinstance(last[0], KnowledgeBase):
            kb = _read_again(last[0], available, last[1])
        kb = kb or _read(name, available, Kept())
        if entry is not None:
            with suppress(InputError):  # told when the program is asked for
                program = kb.program(day)
                if last is None:
                    # After an edit who edits waits, and the next edit may come before the next check.
                    engine_named("auto").prepare(program)
                # Reports name them, and to find them takes longer than to check.
                facts = chain.from_iterable(kb.knowledge.facts.values())
                for anchor in (*(rule.anchor for rule in kb.rules), *(fact.anchor for fact in facts)):
                    anchor.file.find_lines()
                entry.write(kb)
        return kb


def _read(name: str, available: Mapping[str, PackFolder], kept: Kept | None = None) -> KnowledgeBase:
    knowledge, reader, concepts, rules, guarantees = read_pack(name, available, kept)
    return KnowledgeBase(
        name=name, knowledge=knowledge, concepts=concepts, rules=rules, guarantees=guarantees, reader=reader,
        others=_others, witnesses=Packed(() if kept is None else kept.noted_witnesses(rules)),
    )  # fmt: skip


def _read_again(before: KnowledgeBase, available: Mapping[str, PackFolder], facts_key: str) -> KnowledgeBase | None:
    """A pack as its files are now; what is in files that did not change is taken over.

    Args:
        before: as it was read before.
        available: every pack that can be loaded, by name.
        facts_key: of the files of facts as they were then (`caching.facts_key`).

    Returns:
        None where one of the packs is not there any more.

    Raises:
        InputError: its files cannot be used; all faults together.
    """
    if any(pack.name not in available for pack in before.knowledge.packs):
        return None
    folders = tuple(available[pack.name] for pack in before.knowledge.packs)
    return before.handed_on(_read(before.name, available, before.kept(folders, facts_key)))


def _others(kb: KnowledgeBase) -> Iterator[KnowledgeBase]:
    """The packs that can be loaded and are not part of this one."""
    used = {pack.name for pack in kb.knowledge.packs}
    with suppress(InputError, UsageError):
        available = available_packs()
        for name in sorted(available.keys() - used):
            # One with a fault tells it to whoever uses it.
            with suppress(InputError):
                yield _loaded(name, available)


def as_far_as_read(name: str, kept: Kept) -> KnowledgeBase | None:
    """A pack with a fault in it, without the rules that could not be read yet; None where it is not known what it knows."""
    if kept.knowledge is None:
        return None
    knowledge, _, reader, concepts = kept.knowledge
    return KnowledgeBase(
        name=name,
        knowledge=knowledge,
        concepts=concepts,
        rules=tuple(kept.rules.values()),
        reader=reader,
        others=_others,
    )
