"""The heads of packs, and in which order they build on each other."""

from collections.abc import Mapping

from attrs import evolve
from cattrs import Converter

from consistent.errors import Faults, did_you_mean
from consistent.knowledge.checks import check_period, check_sources
from consistent.knowledge.entries import Manifest
from consistent.knowledge.finding_packs import PackFolder, unknown_pack
from consistent.model.vocabulary import find_cycle
from consistent.reading.structuring import structure
from consistent.reading.tomlfile import TomlFile

__all__ = ["read_manifests"]


def read_manifests(
    name: str, available: Mapping[str, PackFolder], converter: Converter, faults: Faults
) -> dict[str, Manifest]:
    """The manifests of a pack and of those that it builds on, lowest first.

    Raises:
        UsageError: there is no such pack.
        InputError: with every fault of the manifests.
    """
    if name not in available:
        raise unknown_pack(name, available)
    edges: dict[str, tuple[str, ...]] = {}
    files: dict[str, TomlFile] = {}
    read: dict[str, Manifest] = {}
    queue = [name]
    while queue:
        each = queue.pop()
        if each in edges:
            continue
        file = faults.attempt(TomlFile.read, available[each].facts / "pack.toml")
        edges[each] = ()
        if file is None:
            continue
        files[each] = file
        manifest = faults.attempt(structure, converter, file.data, Manifest, file)
        if manifest is None:
            continue
        check_sources(manifest.sources, file, ("sources",), faults)
        check_period(manifest, file, (), faults)
        for index, below in enumerate(manifest.builds_on):
            if below not in available:
                faults.add(
                    f"unknown pack `{below}`",
                    file.location(("builds_on", index)),
                    did_you_mean(below, available),
                )
        edges[each] = tuple(below for below in manifest.builds_on if below in available)
        read[each] = evolve(manifest, name=each)
        queue.extend(edges[each])
    circle = find_cycle(edges)
    if circle:
        place = files[circle[0]].location(("builds_on",))
        faults.add("packs build on each other in a circle: " + " > ".join(circle), place)
    faults.raise_any()
    return {each: read[each] for each in _below_first(name, edges)}


def _below_first(name: str, edges: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The packs in an order in which each comes after those that it builds on."""
    order: dict[str, None] = {}

    def visit(each: str) -> None:
        for below in edges[each]:
            visit(below)
        order[each] = None

    visit(name)
    return list(order)
