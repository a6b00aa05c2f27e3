"""The folder that holds the workbench without a server.

In it are Python for the browser, this library with what it needs, and the packs as they are in memory once they are loaded.

What is built elsewhere comes from the registries of npm and Python by their own clients, pinned by hash, and is kept for the next time.
"""

import base64
import gzip
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import files as installed_files
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import tomli
from attrs import frozen
from platformdirs import user_cache_path

from consistent.errors import UsageError
from consistent.knowledge.packs import shipped_root
from consistent.model.text import Language, Localized
from consistent.toml.files import is_folder
from consistent.web.app import static_files

__all__ = ["Part", "build", "fetched", "parts"]

# What the pages need of the environment that builds them; all of it is Python only, or does without what is compiled.
_DISTRIBUTIONS = (
    "anyio", "attrs", "cattrs", "docxtpl", "elementpath", "idna", "jinja2", "justhtml", "markupsafe", "platformdirs", "python-docx",
    "python-multipart", "rich", "snowballstemmer", "starlette", "tomli", "tomlkit", "typing-extensions",
)  # fmt: skip
_COMPILED = frozenset({".so", ".pyd", ".dylib", ".pyc"})
_METADATA = frozenset({"METADATA", "entry_points.txt"})
# Beside those that parts hold: of this package.
_SCRIPTS = ("grammar.mjs", "worker.mjs")
_SHOWN = ("frame.js", "page.css", "page.js")

_IN_USE = Localized(
    "`{folder}` is there already, and not an empty folder", "`{folder}` bestaat al, en is geen lege map"
)
_OTHER = Localized(
    "{what} is not what it was when it was pinned", "{what} is niet wat het was toen het werd vastgelegd"
)
_NO_PROGRAM = Localized("`{program}` cannot be run", "`{program}` kan niet worden uitgevoerd")
_NODE = Localized("Node.js 20 or later is needed, with its npm", "nodig is Node.js 20 of later, met npm")
_FAILED = Localized("{what} cannot be made: {why}", "{what} is niet te maken: {why}")


@frozen
class Part:
    """What comes from a registry.

    Attributes:
        registry: `npm` or `pypi`.
        name: of the package.
        version: of it.
        sha256: of its archive.
        holds: paths in the archive, by the name that each gets; of a wheel none, as all of it is taken.
    """

    registry: str
    name: str
    version: str
    sha256: str
    holds: Mapping[str, str]


@cache
def parts() -> tuple[Part, ...]:
    """All of them."""
    read = tomli.loads((files(__package__) / "parts.toml").read_text("utf-8"))
    return tuple(
        Part(row["registry"], row["name"], row["version"], row["sha256"], row.get("holds", {})) for row in read["part"]
    )


def fetched(part: Part, language: Language = "en") -> bytes:
    """The archive of a part, fetched once.

    Args:
        part: of the page.
        language: of what may go wrong.

    Raises:
        UsageError: it cannot be had, or is another one than is pinned.
    """
    kept = user_cache_path("consistent") / "browser" / f"{part.sha256}.kept"
    if kept.is_file() and sha256(kept.read_bytes()).hexdigest() == part.sha256:
        return kept.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        named = f"{part.name}@{part.version}" if part.registry == "npm" else f"{part.name}=={part.version}"
        if part.registry == "npm":
            _run(["npm", "pack", "--silent", "--ignore-scripts", named], folder, named, language)
        else:
            wanted = [
                "--no-deps",
                "--only-binary=:all:",
                "--platform",
                "pyemscripten_2026_0_wasm32",
                "--python-version",
                "3.14",
            ]
            _run([sys.executable, "-m", "pip", "download", "--quiet", *wanted, named], folder, named, language)
        content = next(Path(folder).iterdir()).read_bytes()
    if sha256(content).hexdigest() != part.sha256:
        raise UsageError(_OTHER.get(language).format(what=named))
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_bytes(content)
    return content


def _run(command: Sequence[str], folder: str, made: str, language: Language) -> None:
    """Run a program in a folder.

    Raises:
        UsageError: it cannot be run, or fails.
    """
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603  no shell, and pinned
    except OSError:
        raise UsageError(_NO_PROGRAM.get(language).format(program=command[0]), _NODE.get(language)) from None
    if done.returncode:
        said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise UsageError(_FAILED.get(language).format(what=made, why=said[-1][:200] if said else done.returncode))


def build(target: Path, language: Language = "en") -> int:
    """Write the folder.

    Args:
        target: where; it must not be there yet, or be empty.
        language: of what may go wrong.

    Returns:
        How many bytes it holds.

    Raises:
        UsageError: it is in use; a part cannot be had; Node.js is not there.
    """
    if target.exists() and (not is_folder(target) or any(target.iterdir())):
        raise UsageError(_IN_USE.get(language).format(folder=target))
    with tempfile.TemporaryDirectory() as scratch:
        here = Path(scratch)
        held, site = here / "parts", here / "site"
        held.mkdir()
        _lay_site(site)
        for part in parts():
            _unpack(part, fetched(part, language), held, site)
        page = files(__package__) / "page"
        made = here / "page"
        shutil.copytree(str(page), made)
        _run(["node", str(made / "make.mjs"), str(held), str(site), str(here)], scratch, "snapshot", language)
        contents = {path.name: path.read_bytes() for path in held.iterdir()}
        contents |= {name: (made / name).read_bytes() for name in _SCRIPTS}
        contents |= {"snapshot": (here / "snapshot").read_bytes(), "site": _packed(site)}
        _write(target, made, contents)
    return sum(path.stat().st_size for path in target.rglob("*") if path.is_file())


def _lay_site(site: Path) -> None:
    """Lay out what Python finds in the browser: this library, its packs, and what it needs."""
    for name in _DISTRIBUTIONS:
        for file in installed_files(name) or ():
            path = Path(str(file.locate()))
            about = any(part.endswith(".dist-info") for part in file.parts)
            if ".." in file.parts or path.suffix in _COMPILED or (about and path.name not in _METADATA):
                continue
            if path.is_file():
                (site / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, site / file)
    own = site / "consistent"
    shutil.copytree(str(files("consistent")), own, ignore=shutil.ignore_patterns("__pycache__", "_packs"))
    for room in ("facts", "rules"):
        shutil.copytree(shipped_root() / room, own / "_packs" / room)
    example = shipped_root() / "proposals" / "join-2025-120.toml"
    (own / "_packs" / "proposals").mkdir()
    shutil.copyfile(example, own / "_packs" / "proposals" / example.name)


def _unpack(part: Part, archive: bytes, held: Path, site: Path) -> None:
    if part.registry == "npm":
        with tarfile.open(fileobj=BytesIO(archive)) as packed:
            for name, path in part.holds.items():
                read = packed.extractfile(path)
                if read is not None:
                    (held / name).write_bytes(read.read())
    else:
        with zipfile.ZipFile(BytesIO(archive)) as wheel:
            wheel.extractall(site)  # noqa: S202  pinned by hash


def _packed(site: Path) -> bytes:
    """All files of a folder in one piece: the size of the index in four bytes, names and sizes as JSON, and the files."""
    found = sorted(path for path in site.rglob("*") if path.is_file() and path.suffix != ".pyc")
    contents = [path.read_bytes() for path in found]
    index = json.dumps(
        [(path.relative_to(site).as_posix(), len(content)) for path, content in zip(found, contents, strict=True)]
    ).encode()
    return b"".join((len(index).to_bytes(4, "big"), index, *contents))


def _write(target: Path, made: Path, contents: Mapping[str, bytes]) -> None:
    """Write the page, what it shows, and each part as a script: those alone a page may read that no server sent."""
    page, static = target / "page", target / "static"
    for folder in (page, static):
        folder.mkdir(parents=True, exist_ok=True)
    for name, content in static_files().items():
        (static / name).write_bytes(content)
    for name in _SHOWN:
        shutil.copyfile(made / name, page / name)
    for name, content in contents.items():
        (page / f"{name}.part.js").write_text(f'deliver("{name}", "{_coded(content)}");\n', "ascii")
    tags = "\n".join(f'<script src="page/{name}.part.js" defer></script>' for name in sorted(contents))
    head = (made / "index.html").read_text("utf-8")
    (target / "index.html").write_text(head.replace("</head>", f"{tags}\n</head>"), "utf-8")


def _coded(content: bytes) -> str:
    """Compressed, the same each time, in letters."""
    return base64.b64encode(gzip.compress(content, 6, mtime=0)).decode("ascii")
