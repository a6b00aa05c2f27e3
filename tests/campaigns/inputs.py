"""Mutated inputs: of whatever is read there comes a result or a clear refusal, and within seconds.

Documents, proposals and drafts, waivers, packs, and corpora in JSON Lines and Parquet are changed at random and put to what the
command puts them to, some to the command itself, in this process.
"""

import io
import json
import shutil
import traceback
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from random import Random
from typing import Any

import tomli
import tomlkit

from consistent.checker import KnowledgeBase, load
from consistent.cli import main
from consistent.cli.inputs import given_of
from consistent.corpora.running import run
from consistent.errors import ConsistentError
from consistent.reports.formats import format_names
from consistent.toml.proposals import proposal_to_data
from consistent.toml.waivers import waivers_from
from tests.campaigns.campaign import Campaign, Finding, TooSlowError, within
from tests.campaigns.mutating import as_json, mutated, mutated_data
from tests.campaigns.shrinking import smaller_bytes
from tests.document_cases import INVENTED
from tests.small_pack import PROPOSAL, write_pack

__all__ = ["SECONDS", "WAIVERS", "Inputs", "open_campaign"]

# Of inputs whose check takes much longer than to read them, those are checked whose length is a multiple of this.
_CHECKED = 8
# Longer than this nothing may take.
SECONDS = 20.0
WAIVERS = """\
[[waiver]]
rule = "small/harmonises"
measure = "m1"
reason = "agreed"
owner = "A. Lawyer"
until = 2030-01-01
"""
# Bytes of a document that is changed: what takes long to read is tried seldom.
_SMALL = 10_000
_MARKED = (".html", ".xhtml", ".xml", ".txt", ".json")
# Of a document that is refused as none, nothing more is learnt.
_COMMANDS: Sequence[Sequence[str]] = (
    ("ask", "--list"),
    ("review", "--list"),
    ("review", "--list", "--format", "json"),
    ("repair",),
    ("fiche", "--timeout", "1"),
    ("check", "-vv", "--why", "--lang", "nl"),
)
# How often each kind is tried, beside the others.
_OFTEN = {
    "proposal": 40,
    "draft": 8,
    "command": 8,
    "waivers": 14,
    "pack": 12,
    "lines": 10,
    "parquet": 4,
    "document": 8,
    "docx": 3,
    "pdf": 0.4,
}


class Inputs:
    """The campaign, with a folder to write files to that are read by name."""

    unit = "mutated inputs"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pack = write_pack(folder / "pack")
        self._samples: dict[str, Sequence[bytes]] = {}
        self._readers: Mapping[str, Callable[[bytes], object]] = {
            "proposal": self._proposal,
            "draft": self._draft,
            "command": self._command,
            "waivers": lambda content: waivers_from([self._file("waivers.toml", content)]),
            "lines": lambda content: self._corpus("corpus.jsonl", content),
            "parquet": lambda content: self._corpus("corpus.parquet", content),
            "document": self._document,
            "docx": self._document,
            "pdf": self._document,
        }

    @cached_property
    def small(self) -> KnowledgeBase:
        """A small pack, of which much is found in the proposals."""
        return load(self.pack)

    @cached_property
    def treaties(self) -> KnowledgeBase:
        """A pack with the terms that drafts are in."""
        return load("treaties")

    def samples(self, kind: str) -> Sequence[bytes]:
        """What is changed, of a kind."""
        if kind not in self._samples:
            self._samples[kind] = list(self._made(kind))
        return self._samples[kind]

    def _made(self, kind: str) -> Iterator[bytes]:
        match kind:
            case "proposal":
                yield PROPOSAL.encode()
                for rule in self.treaties.rules[::9]:
                    yield from (_toml(example.proposal) for example in rule.examples)
            case "draft":
                for text in self.samples("document")[-4:]:
                    yield self.treaties.draft(text, as_proposal=True).toml().encode()
            case "command":
                yield PROPOSAL.encode()
            case "waivers":
                yield WAIVERS.encode()
            case "lines" | "parquet":
                yield as_json(tomli.loads(PROPOSAL))
            case "document":
                files = (path for path in sorted(INVENTED.iterdir()) if path.suffix in _MARKED)
                yield from (path.read_bytes() for path in files if path.stat().st_size < _SMALL)
            case "docx" | "pdf":
                yield from (path.read_bytes() for path in sorted(INVENTED.glob(f"*.{kind}")))
            case _:
                yield (self.pack / kind.removeprefix("pack/")).read_bytes()

    def case(self, chance: Random) -> tuple[int, Sequence[Finding]]:
        """One input of a kind drawn at random."""
        (kind,) = chance.choices(list(_OFTEN), list(_OFTEN.values()))
        if kind == "parquet" and find_spec("pyarrow") is None:
            kind = "lines"
        kind, content = self._drawn(kind, chance)
        said = self.failing(kind, content)
        if not said:
            return 1, ()
        if "TooSlowError" not in said and not kind.startswith(("pdf", "docx", "parquet")):
            last = said.splitlines()[-1].partition(":")[0]
            content = smaller_bytes(content, lambda part: last in self.failing(kind, part))
        return 1, [Finding(said, content, kind.replace("/", "+"), _SUFFIXES.get(kind, ".toml"))]

    def again(self, kept: Path) -> str:
        """What a kept input does now."""
        return self.failing(kept.name.partition("~")[0].replace("+", "/"), kept.read_bytes())

    def failing(self, kind: str, content: bytes) -> str:
        """What is wrong with how an input is taken; nothing where nothing is.

        Args:
            kind: of input, or `pack/` and the path of a file in it.
            content: of the file.
        """
        read = self._readers.get(kind) or (lambda given: self._pack(kind.removeprefix("pack/"), given))
        try:
            with within(SECONDS):
                read(content)
        except ConsistentError as error:
            return "" if str(error).strip() else "nothing is said"
        except (Exception, TooSlowError):  # noqa: BLE001  that there is none is what is tried
            return traceback.format_exc()
        return ""

    def _drawn(self, kind: str, chance: Random) -> tuple[str, bytes]:
        if kind == "pack":
            path = chance.choice(sorted(self.pack.rglob("*.toml")))
            kind = f"pack/{path.relative_to(self.pack).as_posix()}"
        samples = self.samples(kind)
        sample = chance.choice(samples)
        if kind == "parquet":
            return kind, _parquet(sample, chance)
        if kind == "docx":
            return kind, _docx(sample, chance)
        if kind in {"document", "pdf"}:
            return kind, mutated(sample, chance, samples)
        if kind == "lines":
            return kind, b"\n".join(_either(sample, chance, json.loads, as_json) for _ in range(chance.randint(1, 4)))
        return kind, _either(sample, chance, tomli.loads, _dumped)

    def _proposal(self, content: bytes) -> None:
        for kb in (self.small, self.treaties):
            try:
                proposal = given_of(kb, "case.toml", content).proposal
            except ConsistentError:
                continue
            assert kb.read(proposal_to_data(proposal)) == proposal, "what is written is not what was read"
            if kb is self.small or len(content) % _CHECKED == 0:
                assert kb.check(proposal).report is not None

    def _draft(self, content: bytes) -> None:
        proposal = given_of(self.treaties, "case.toml", content).proposal
        assert self.treaties.read(proposal_to_data(proposal)) == proposal, "what is written is not what was read"

    def _command(self, content: bytes) -> None:
        path = self._file("case.toml", content)
        chance = Random(content)
        form = chance.choice(sorted({*format_names(), "text", "json"}))
        asked = [*chance.choice([*_COMMANDS, ("check", "--format", form)])]
        said, errors = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
        with redirect_stdout(said), redirect_stderr(errors):
            status = main([asked[0], str(path), *asked[1:], "--pack", str(self.pack)])
        assert status in {0, 1, 2}, f"{asked}: status {status}"
        assert (status != 2) or errors.getvalue().startswith(("error: ", "fout: ")), f"{asked}: {errors.getvalue()}"
        assert "cannot be written" not in errors.getvalue(), f"{asked}: {errors.getvalue()}"

    def _document(self, content: bytes) -> None:
        draft = self.treaties.draft(content, as_proposal=True)
        proposal = self.treaties.read(draft.toml())
        assert proposal == draft.proposal, "what is written is not what was read"
        if len(content) % _CHECKED == 0:
            assert self.treaties.check(proposal).report is not None

    def _corpus(self, name: str, content: bytes) -> None:
        out = self.folder / "out.jsonl"
        run(self.small, self._file(name, content), out, restart=True, force=True)
        for line in out.read_bytes().splitlines() if out.exists() else ():
            json.loads(line)

    def _pack(self, path: str, content: bytes) -> None:
        copy = self.folder / "copy"
        if not copy.exists():
            shutil.copytree(self.pack, copy)
        whole = (copy / path).read_bytes()
        (copy / path).write_bytes(content)
        try:
            load(copy).check(PROPOSAL)
        finally:
            (copy / path).write_bytes(whole)

    def _file(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path


_SUFFIXES = {"lines": ".jsonl", "parquet": ".parquet", "document": ".txt", "docx": ".docx", "pdf": ".pdf"}


def _toml(proposal: Any) -> bytes:
    return tomlkit.dumps(proposal_to_data(proposal)).encode()


def _dumped(data: Any) -> bytes:
    return tomlkit.dumps(_without_null(data)).encode("utf-8", "surrogatepass")


def _without_null(data: Any) -> Any:
    """TOML knows no null."""
    if isinstance(data, dict):
        return {str(key): _without_null(part) for key, part in data.items() if part is not None}
    if isinstance(data, list):
        return [_without_null(part) for part in data if part is not None]
    return data


def _either(content: bytes, chance: Random, parse: Callable[[str], Any], dump: Callable[[Any], bytes]) -> bytes:
    """Its letters changed, or what it says."""
    if chance.random() < 0.5:
        return mutated(content, chance)
    data = mutated_data(parse(content.decode()), chance)
    try:
        return dump(data)
    except (TypeError, ValueError, AttributeError):  # what has no such form
        return mutated(content, chance)


def _docx(content: bytes, chance: Random) -> bytes:
    """A part changed within a package that is whole, or the package."""
    if chance.random() < 0.2:
        return mutated(content, chance)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        changed = chance.choice([name for name in package.namelist() if name.startswith("word/")])
        for name in package.namelist():
            part = package.read(name)
            written.writestr(name, mutated(part, chance) if name == changed or chance.random() < 0.05 else part)
    return made.getvalue()


def _parquet(line: bytes, chance: Random) -> bytes:
    """A table of changed rows, or one with bytes changed."""
    import pyarrow as pa  # may be lacking
    from pyarrow import parquet

    made = io.BytesIO()
    for data in ([mutated_data(json.loads(line), chance) for _ in range(3)], [json.loads(line)] * 3):
        try:
            parquet.write_table(pa.Table.from_pylist(data), made)
            break
        except (pa.ArrowException, AttributeError, TypeError, ValueError, OverflowError, UnicodeError):
            made = io.BytesIO()
    content = made.getvalue()
    return mutated(content, chance) if chance.random() < 0.4 else content


def open_campaign(folder: Path) -> Campaign:
    """The campaign, with its files in a folder."""
    return Inputs(folder)
