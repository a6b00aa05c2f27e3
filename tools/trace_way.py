"""Traces the way of a proposal, from `consistent check PATH` to the printed line, or of a rule, from its TOML to a match.

    .venv/bin/python tools/trace_way.py proposal proposals/join-2025-120.toml
    .venv/bin/python tools/trace_way.py rule PROPOSAL --pack examples/parliament-prerogatives

Prints the modules of `consistent` that take part, in the order in which they are entered first, and every call that turns back.

A module is **entered** when one of its functions runs. What runs while a module is imported does not count, nor do functions that
attrs writes.

A **call** is the start of a function by another one of this project, whatever library lies in between. A generator is no call: it is
carried on by whoever reads it, wherever that is.

A call **turns back** if it leads from a lower layer into a higher one, by the contracts on layers in `pyproject.toml`, and is no
callback. It is a **callback** if the lower layer runs what it was handed:

- an argument of the function that calls, as `Faults.attempt` is given what is to be attempted;
- or a function of the room from which the lower layers were entered, as a hook that a room registers with the reader of TOML, and
  that runs while this room reads.

Rooms are the entries of the contract that tells the layers of the two modules apart.
"""

import argparse
import inspect
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import tomli
from attrs import field, frozen

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
_GENERATORS = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
_MODULE = "<module>"


@frozen
class Layers:
    """Which room stands on which.

    Attributes:
        heights: by the package that holds them, rooms with their height; the lowest has the least.
    """

    heights: Mapping[str, Mapping[str, int]]

    @classmethod
    def of_project(cls) -> "Layers":
        """Those of `pyproject.toml`."""
        contracts = tomli.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
        heights: dict[str, Mapping[str, int]] = {}
        for contract in contracts:
            if contract["type"] == "layers":
                rows = [[room.strip() for room in row.split("|")] for row in reversed(contract["layers"])]
                by_room = {room: height for height, row in enumerate(rows) for room in row}
                heights |= dict.fromkeys(contract["containers"], by_room)
        return cls(heights)

    def room(self, module: str, package: str) -> str | None:
        """The room of a package that a module belongs to; None where it belongs to none."""
        room = module.removeprefix(f"{package}.").partition(".")[0]
        return room if module.startswith(f"{package}.") and room in self.heights[package] else None

    def goes_up(self, caller: str, called: str) -> str | None:
        """The package by whose layers a call goes up; None where it does not."""
        for package, heights in self.heights.items():
            lower, upper = self.room(caller, package), self.room(called, package)
            if lower and upper and heights[lower] < heights[upper]:
                return package
        return None


@frozen(order=True)
class Call:
    """A call that goes up, from a function to another one: modules with the name of the function."""

    caller: str
    called: str


@frozen(eq=False)
class Trace:
    """What ran.

    Attributes:
        entered: each module, with the function that was entered first; in order.
        turns: how often each call turned back.
        callbacks: how often each function was called back.
    """

    layers: Layers
    entered: dict[str, str] = field(factory=dict)
    turns: Counter[Call] = field(factory=Counter)
    callbacks: Counter[Call] = field(factory=Counter)
    _modules: dict[CodeType, str | None] = field(factory=dict)
    # Bodies of modules that are running.
    _importing: list[str] = field(factory=list)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Trace what runs meanwhile, in this thread."""
        sys.setprofile(self._event)
        try:
            yield
        finally:
            sys.setprofile(None)

    def _module(self, code: CodeType) -> str | None:
        """The module of the project that holds some code; None where it is somebody else's."""
        if code not in self._modules:
            path = Path(code.co_filename)
            # What makes an attribute when it is asked for stands for whoever asks.
            ours = path.is_relative_to(SOURCE) and code.co_name != "__get__"
            name = ".".join(path.relative_to(SOURCE).with_suffix("").parts) if ours else ""
            self._modules[code] = name.removesuffix(".__init__") or None
        return self._modules[code]

    def _event(self, frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        module = self._module(code) if event in {"call", "return"} else None
        if module is None:
            return
        if code.co_name == _MODULE:
            if event == "call":
                self._importing.append(module)
            else:
                self._importing.pop()
        elif event == "call" and not self._importing:
            self.entered.setdefault(module, code.co_name)
            if not code.co_flags & _GENERATORS:
                self._called(frame, module)

    def _called(self, frame: FrameType, module: str) -> None:
        nearest = next(self._callers(frame), None)
        if nearest is None:
            return
        caller = self._module(nearest.f_code) or ""
        package = self.layers.goes_up(caller, module)
        if package is not None:
            call = Call(f"{caller}.{nearest.f_code.co_name}", f"{module}.{frame.f_code.co_name}")
            handed = frame.f_code in _handed(nearest) or self._returns(self._callers(frame), module, package)
            (self.callbacks if handed else self.turns)[call] += 1

    def _callers(self, frame: FrameType) -> Iterator[FrameType]:
        """The functions of the project that wait for this one, the nearest first."""
        back = frame.f_back
        while back is not None:
            if self._module(back.f_code) is not None:
                yield back
            back = back.f_back

    def _returns(self, callers: Iterable[FrameType], module: str, package: str) -> bool:
        """Whether the layers below a module were entered from its own room of the package."""
        heights = self.layers.heights[package]
        called = self.layers.room(module, package) or ""
        rooms = (self.layers.room(self._module(each.f_code) or "", package) for each in callers)
        return called == next((room for room in rooms if room is None or heights[room] >= heights[called]), None)


def _handed(frame: FrameType) -> Iterator[CodeType]:
    """The code of the functions that are arguments of a function."""
    names, _, _, values = inspect.getargvalues(frame)
    for name in names:
        value = values.get(name)
        code = getattr(value.func if isinstance(value, partial) else value, "__code__", None)
        if isinstance(code, CodeType):
            yield code


def trace_proposal(path: str, engine: str) -> Trace:
    """What runs when a proposal is checked with a pack that was loaded before."""
    # By another process, so that what is imported and kept in memory on the way is still to come in this one.
    subprocess.run([sys.executable, "-c", "from consistent import load; load()"], check=True)
    from consistent.cli import main  # not before the other process is done

    with redirect_stdout(StringIO()):
        return _traced(lambda: main(["check", path, "--engine", engine, "--fail-on", "never"]))


def trace_rule(pack: str, proposal: str, engine: str) -> Trace:
    """What runs when a pack that was not loaded before is read, compiled, and put to a proposal."""
    os.environ["CONSISTENT_CACHE"] = "off"
    from consistent import load  # the variable counts from the first one on
    from consistent.engine.choosing import engine_named
    from consistent.model.text import today

    given = load(pack).read(Path(proposal))

    def run() -> None:
        program = load(pack).program(today())
        batch = engine_named(engine).batch(program, (given,))
        if not any(each.when.possible for each in batch.rules):
            sys.exit("no rule of the pack matches the proposal")

    return _traced(run)


def _traced(run: Callable[[], object]) -> Trace:
    trace = Trace(Layers.of_project())
    with trace.running():
        run()
    return trace


def main(arguments: Sequence[str] | None = None) -> None:
    """Trace what is asked for and print it."""
    parser = argparse.ArgumentParser(description="The way of a proposal, or of a rule.")
    ways = parser.add_subparsers(dest="way", required=True)
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("proposal", metavar="PROPOSAL", help="in TOML")
    common.add_argument("--engine", default="durable-rules", help="columns or durable-rules, which is the default")
    common.add_argument("--json", action="store_true", help="as data")
    ways.add_parser("proposal", parents=[common])
    ways.add_parser("rule", parents=[common]).add_argument(
        "--pack", required=True, help="the folder of a pack that holds the rule"
    )
    given = parser.parse_args(arguments)
    if given.way == "proposal":
        trace = trace_proposal(given.proposal, given.engine)
    else:
        trace = trace_rule(given.pack, given.proposal, given.engine)
    calls = {"turns": trace.turns, "callbacks": trace.callbacks}
    if given.json:
        listed = {name: [[each.caller, each.called] for each in sorted(counts)] for name, counts in calls.items()}
        print(json.dumps({"modules": list(trace.entered), **listed}))
        return
    for number, (module, function) in enumerate(trace.entered.items(), start=1):
        print(f"{number:3}  {module.removeprefix('consistent.'):28} {function}")
    for name, counts in calls.items():
        print(f"{name}: {len(counts)}")
        for call, count in sorted(counts.items()):
            print(f"  {call.caller} -> {call.called}  {count}")


if __name__ == "__main__":
    main()
