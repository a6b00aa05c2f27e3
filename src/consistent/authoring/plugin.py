"""Tests of packs in pytest: the files of rules and golden files are collected as tests.

In the configuration of pytest:

- `consistent_packs`: folders of packs, from the folder of the configuration;
- `consistent_goldens`: golden files, and folders of them;
- `consistent_engine`: `auto`, `columns`, `durable-rules` or `plain`;
- `consistent_lang`: the language of failures, `en` or `nl`.

What is named on the command line is collected without these: the folder of a pack or of a part of its rules, the file of a
rule, a golden file.

INVARIANT: pytest imports this module at its start wherever the library is installed. What is not needed to tell whether a
file holds tests is imported in functions.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from consistent.authoring._pack_paths import is_of_pack

if TYPE_CHECKING:
    from consistent.authoring.suite import Failure, Item, Packs
    from consistent.checker import KnowledgeBase

# Under this name xdist tells its workers what was named on the command line.
_NAMED = "consistent_named"


class _Session:
    """What is tested in a run, and what its files share.

    Attributes:
        packs: folders whose files are tests.
        goldens: golden files, and folders of them.
        reported: errors that were reported already, as files of one pack share them.
    """

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self.named = _named(config)
        self.packs: list[Path] = [*config.getini("consistent_packs"), *self.named]
        self.goldens: list[Path] = config.getini("consistent_goldens")
        self.reported: set[str] = set()
        self._loaded: Packs | None = None

    @property
    def loaded(self) -> "Packs":
        """The packs that were loaded so far."""
        if self._loaded is None:
            from consistent.authoring.suite import Packs  # noqa: PLC0415  costly

            self._loaded = Packs(deciding=True)
        return self._loaded

    def finish(self) -> None:
        """Keep what was decided of the packs."""
        for cache in self._loaded.decided.values() if self._loaded else ():
            cache.write()

    @property
    def engine(self) -> str:
        """Which engine decides."""
        engine: str = self._config.getini("consistent_engine")
        return engine

    @property
    def language(self) -> Any:
        """The language of failures."""
        return self._config.getini("consistent_lang")


_KEY = pytest.StashKey[_Session]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Define the settings."""
    parser.addini("consistent_packs", "folders of packs whose rules are tests", type="paths", default=[])
    parser.addini("consistent_goldens", "golden files of packs, or folders of them", type="paths", default=[])
    parser.addini(
        "consistent_engine", "what decides in tests of packs: auto, columns, durable-rules or plain", default="auto"
    )
    parser.addini("consistent_lang", "language of failures in tests of packs: en or nl", default="en")


def pytest_configure(config: pytest.Config) -> None:
    """Check the settings, and have the folders that they name looked through."""
    config.stash[_KEY] = _Session(config)
    packs, goldens = config.getini("consistent_packs"), config.getini("consistent_goldens")
    if not (packs or goldens):
        return
    _check(config, packs, goldens)
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        walked = [config.invocation_params.dir / argument for argument in config.args]
        # One that is walked through anyway would be collected twice.
        further = (path for path in (*packs, *goldens) if not any(path.is_relative_to(one) for one in walked))
        config.args += map(str, further)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Keep what was decided, for the next run."""
    session.config.stash[_KEY].finish()


def _check(config: pytest.Config, packs: list[Path], goldens: list[Path]) -> None:
    from consistent.engine.choosing import ENGINES  # noqa: PLC0415  costly
    from consistent.model.text import LANGUAGES  # noqa: PLC0415  costly

    faults = [f"consistent_packs: no pack in `{path}`" for path in packs if not is_of_pack(path)]
    faults += [f"consistent_goldens: no file or folder `{path}`" for path in goldens if not path.exists()]
    for name, known in (("consistent_engine", ENGINES), ("consistent_lang", LANGUAGES)):
        if config.getini(name) not in known:
            faults.append(f"{name}: expected one of {', '.join(known)}, found `{config.getini(name)}`")
    if faults:
        raise pytest.UsageError("\n".join(faults))


def _named(config: pytest.Config) -> list[Path]:
    """The folders of packs, and files and folders in them, that the command line names."""
    given = getattr(config, "workerinput", {}).get(_NAMED)
    if given is None:
        by_user = config.args_source is pytest.Config.ArgsSource.ARGS
        given = [argument.partition("::")[0] for argument in config.args] if by_user else []
    paths = (config.invocation_params.dir / argument for argument in given)
    return [path for path in paths if is_of_pack(path)]


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of xdist what the command line names: it is given the folders of the settings as if named too."""
    node.workerinput[_NAMED] = [str(path) for path in node.config.stash[_KEY].named]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "PackFile | None":
    """Take a file that holds tests of a pack."""
    if file_path.suffix != ".toml":
        return None
    session = parent.config.stash[_KEY]
    of_pack = any(file_path.is_relative_to(path) for path in session.packs) and is_of_pack(file_path)
    golden = parent.session.isinitpath(file_path) or any(file_path.is_relative_to(path) for path in session.goldens)
    # A file that a setting names is told if it is none.
    if of_pack or file_path in session.goldens or (golden and _is_golden(file_path)):
        return PackFile.from_parent(parent, path=file_path)
    return None


def _is_golden(path: Path) -> bool:
    """Whether a file is meant as a golden file; whether it is a sound one is told when it is read."""
    return b"[golden]" in path.read_bytes()


class PackFile(pytest.File):
    """A file of a pack, or a golden file."""

    def collect(self) -> Iterator["PackItem"]:
        """The tests that it holds; there may be none.

        Raises:
            CollectError: the file or its pack cannot be used; reported once for all files of a pack.
        """
        from consistent.authoring.suite import collect_file  # noqa: PLC0415  costly
        from consistent.errors import ConsistentError  # noqa: PLC0415  costly

        session = self.config.stash[_KEY]
        try:
            collected = collect_file(self.path, session.loaded)
        except ConsistentError as error:
            known = str(error) in session.reported
            session.reported.add(str(error))
            if known:
                return
            raise self.CollectError(str(error)) from None
        for item in collected.items:
            yield PackItem.from_parent(self, name=item.name, item=item, kb=collected.kb)


class PackItem(pytest.Item):
    """One thing that a pack says of itself."""

    def __init__(self, *, item: "Item", kb: "KnowledgeBase", **given: Any) -> None:
        super().__init__(**given)
        self._item, self._kb = item, kb
        # So that `-k` finds it by its rule, and by its kind.
        self.extra_keyword_matches |= {item.id, item.kind}

    def runtest(self) -> None:
        """Run it."""
        from consistent.authoring.suite import run  # noqa: PLC0415  costly

        session = self.config.stash[_KEY]
        failure = run(self._item, self._kb, session.engine, session.loaded.decided.get(self._kb))
        if failure is not None:
            raise _DiffersError(failure)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What was expected and why something else was found, without a traceback."""
        from consistent.authoring.suite import failure_text  # noqa: PLC0415  costly
        from consistent.errors import ConsistentError  # noqa: PLC0415  costly

        if isinstance(excinfo.value, _DiffersError):
            return failure_text(excinfo.value.failure, self.config.stash[_KEY].language)
        return (
            str(excinfo.value) if isinstance(excinfo.value, ConsistentError) else super().repr_failure(excinfo, style)
        )

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where it stands."""
        line = self._item.place.line
        return self.path, None if line is None else line - 1, self._item.id


class _DiffersError(Exception):
    def __init__(self, failure: "Failure") -> None:
        self.failure = failure
        super().__init__(failure.message.en)
