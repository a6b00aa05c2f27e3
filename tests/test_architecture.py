"""How the modules hang together."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from graphlib import CycleError, TopologicalSorter

import grimp
import pytest

# How many parts of a name count: all, or those up to the packages and modules right below `consistent`.
_DEPTHS = {"modules": None, "packages": 2}


@pytest.fixture(scope="module")
def imports() -> Mapping[str, AbstractSet[str]]:
    """By module what it imports, for type checkers only and within functions too."""
    graph = grimp.build_graph("consistent", exclude_type_checking_imports=False, cache_dir=None)
    return {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}


@pytest.mark.parametrize("depth", _DEPTHS.values(), ids=_DEPTHS)
def test_no_circle(imports: Mapping[str, AbstractSet[str]], depth: int | None) -> None:
    """No module, and no package, leads back to itself by what it imports."""
    joined: dict[str, set[str]] = {}
    for module, imported in imports.items():
        place = _above(module, depth)
        joined.setdefault(place, set()).update({_above(name, depth) for name in imported} - {place})
    try:
        order = tuple(TopologicalSorter(joined).static_order())
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' <- '.join(error.args[1])}")
    assert len(order) == len(joined) > 10


def _above(module: str, depth: int | None) -> str:
    """The module, or the package that it lies in at that depth."""
    return ".".join(module.split(".")[:depth])
