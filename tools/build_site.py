"""The documentation as a site that works offline: `python tools/build_site.py`, or `make docs`, which makes the environment for it first.

Pages of `docs/`, of the packs and of the public names are laid out in a folder for each language, and Zensical makes a site of each;
the Dutch one stands in the folder `nl` of the English. What it made is looked over: every link leads to a page and a place that is
there, nothing is fetched from elsewhere, and the whole is small enough to be handed on. Last it is packed for the wheel, where
`consistent docs` finds it.
"""

import argparse
import json
import lzma
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import tomli
import tomlkit
from lxml import etree, html

import consistent
from consistent import Language, load
from consistent.knowledge.packs import available_packs, search_roots
from consistent.model.text import LANGUAGES, Localized
from consistent.reports.pages import EXAMPLES, pages_of

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "tools/site"
BUILD = ROOT / "build"
ARCHIVE = ROOT / "src/consistent/_site.tar.xz"
MOST_BYTES = 30_000_000

# What is a page outside `docs/`, and where it stands on the site.
BESIDE = {
    "README.md": "about/overview.md",
    "CONTRIBUTING.md": "about/contributing.md",
    "CHANGELOG.md": "about/changelog.md",
    "tests/conformance/README.md": "about/conformance.md",
    "examples/parliament-prerogatives/README.md": "examples/parliament-prerogatives.md",
    "examples/young-users/README.md": "examples/young-users.md",
}
RULES, ABOUT, NAMES = Localized("Rules", "Regels"), Localized("About", "Over"), "reference/names.md"

_FENCED = re.compile(r"(^```.*?^```$)", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^)\s]+)\)")
_KEPT = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
# The bundle of Zensical takes one index of search from a file and another, with the same content, from a server.
_INDEX_OF_SERVERS = re.compile(r'location\.protocol==="file:"\?(\w+\(`\$\{new URL\("search\.js",)')
# The same on every page, and not small.
_PALETTE_SCRIPT = re.compile(r'<script>(var palette=__md_get\("__palette"\);.*?)</script>', re.DOTALL)
_BLANKS = re.compile(r"\s*\n\s*")
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_LEADING = frozenset({"a", "area"})
_FETCHED = re.compile(rb"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^)\"']*")


def sources() -> dict[str, str]:
    """By the path of a file in the repository, its path on the site; those of Dutch pages begin with `nl/`."""
    found = {path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*") if path.is_file()}
    return {path: path.removeprefix("docs/") for path in sorted(found)} | BESIDE


def language_of(place: str) -> Language:
    """Of which site a page is."""
    return "nl" if place.startswith("nl/") else "en"


def relinked(text: str, source: str, places: Mapping[str, str]) -> str:
    """A page with its links as they lead on the site; what is no page there is named without one."""
    here = places[source]

    def link(found: re.Match[str]) -> str:
        sign, words, target = found.groups()
        address = urlsplit(target)
        if address.scheme or not address.path:
            return found[0]
        place = places.get(os.path.normpath(PurePosixPath(source).parent / address.path))
        if place is None:
            return str(words)
        path = os.path.relpath(place, PurePosixPath(here).parent)
        if language_of(place) != language_of(here) and path.endswith(
            ".md"
        ):  # of the other site it is a file that is there
            path = re.sub(r"(README)?\.md$", lambda end: "index.html" if end[1] else ".html", path)
        return f"{sign}[{words}]({path}{f'#{address.fragment}' if address.fragment else ''})"

    parts = _FENCED.split(text)
    return "".join(part if number % 2 else _LINK.sub(link, part) for number, part in enumerate(parts))


def written(places: Mapping[str, str], language: Language) -> Iterator[tuple[str, bytes]]:
    """Of one language, the pages that people write, and their pictures."""
    for source, place in places.items():
        content = (ROOT / source).read_bytes()
        if language_of(place) != language:
            continue
        if source.endswith(".md"):
            content = relinked(content.decode(), source, places).encode()
        yield place.removeprefix("nl/"), content


def of_packs(language: Language) -> dict[str, str]:
    """Of all packs that ship, the page of each rule at an address by its id, their lists, and the glossary."""
    made: dict[str, str] = {}
    for kb in sorted((load(name) for name in available_packs(search_roots())), key=lambda kb: len(kb.knowledge.packs)):
        for path, text in pages_of(kb.knowledge, kb.rules, language, kb.concepts.values()):
            place = path.as_posix().replace(f".{language}.md", ".md").replace(f"rules/{language}/", "rules/")
            made[place] = text.replace("```toml", "```text")  # in colours examples take most of the site
    return made


def of_names() -> str:
    """The page of the public names: each with what its docstring says, in the groups that the page of the library has."""
    library = (ROOT / "docs/reference/library.md").read_text("utf-8")
    homes = {name: home for home, names in consistent._HOMES.items() for name in names}
    text = "# Public names\n\nMade of the docstrings. [The library](library.md) says what is promised of them.\n"
    for head, rows in re.findall(r"^\| ([^|`]+) \| \|\n\|---\|---\|\n((?:\|.*\n)+)", library, re.MULTILINE):
        text += f"\n## {head[0].upper()}{head[1:]}\n"
        for row in rows.splitlines():
            for name in re.findall(r"`(\w+)`", row.split("|")[1]):
                if name in homes:
                    text += f"\n::: consistent.{homes[name]}.{name}\n"
    return text


def menu(home: str, pages: Mapping[str, bytes], language: Language) -> list[object]:
    """The menu: of each part of the first page the pages that it names, in their order; then the packs, and what is about the project."""

    def named(text: str, folder: str = "") -> list[object]:
        links = (urlsplit(found[3]).path for found in _LINK.finditer(text))
        paths = (os.path.normpath(PurePosixPath(folder, link)) for link in links if link.endswith(".md"))
        return [below(path) for path in dict.fromkeys(paths) if path in pages]

    def below(path: str) -> object:
        folder, _, name = path.rpartition("/")
        if name != "README.md" or not folder:
            return path
        text = pages[path].decode()
        return {text.partition("\n")[0].removeprefix("# "): [path, *named(text, folder)]}

    _, _, _, *parts = _HEADING.split(home)  # beginning with who the reader is
    listed: list[object] = ["README.md"]
    for head, text in zip(parts[::2], parts[1::2], strict=True):
        if "README.md" not in (entries := named(text)):
            listed.append({head: entries})
    lists = [path for path in ("glossary.md", "concepts.md") if path in pages]
    lists += [path for path in pages if path.startswith("rules/") and path.endswith("README.md")]
    listed += [{RULES.get(language): lists}] if lists else []
    about = [place for place in BESIDE.values() if place in pages]
    return listed + ([{ABOUT.get(language): about}] if about else [])


def lay_out(folder: Path, language: Language, *, packs: bool) -> None:
    """Write the pages of a language and their settings into a folder, as Zensical takes them."""
    pages: dict[str, bytes] = dict(written(sources(), language))
    if language == "en":
        pages[NAMES] = of_names().encode()
    home = pages["README.md"].decode()
    if packs:
        pages |= {place: text.encode() for place, text in of_packs(language).items()}
    pages |= {f"assets/{name}": (HERE / name).read_bytes() for name in ("iframe-worker.js", "site.css")}
    for place, content in pages.items():
        path = folder / "pages" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    settings = tomli.loads((HERE / "site.toml").read_text("utf-8"))
    project = settings["project"]
    project["theme"]["language"] = language
    for palette, words in zip(project["theme"]["palette"], _PALETTE, strict=True):
        palette["toggle"]["name"] = words.get(language)
    project["nav"] = menu(home, pages, language)
    to_root = "../" if language == "nl" else ""
    project["extra"]["alternate"] = [
        {"name": "English", "lang": "en", "link": f"{to_root}index.html"},
        {"name": "Nederlands", "lang": "nl", "link": "index.html" if language == "nl" else "nl/index.html"},
    ]
    project["plugins"]["mkdocstrings"]["handlers"]["python"]["paths"] = [str(ROOT / "src")]
    (folder / "zensical.toml").write_text(tomlkit.dumps(settings), "utf-8")


_PALETTE = (
    Localized("Switch to dark", "Schakel naar donker"),
    Localized("Switch to light", "Schakel naar licht"),
)


# Of use only where a site stands at the root of a server.
_OF_SERVERS = ("404.html", "sitemap.xml", "sitemap.xml.gz")


def build(site: Path, work: Path, *, packs: bool = True) -> None:
    """Build the site of both languages into a folder that is not there yet.

    Raises:
        SystemExit: Zensical found something wrong, and has said what.
    """
    for language in LANGUAGES:
        folder = work / language
        shutil.rmtree(folder, ignore_errors=True)
        lay_out(folder, language, packs=packs)
        command = [sys.executable, "-m", "zensical", "build", "--strict"]
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, "NO_COLOR": "1"}, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(done.stdout + done.stderr)
        for name in _OF_SERVERS:
            (folder / "site" / name).unlink(missing_ok=True)
        without_examples(folder / "site", language)
        once(folder / "site")
        for path in (folder / "site").rglob("*.html"):
            path.write_text(tightened(path.read_text("utf-8")), "utf-8")
        shutil.move(folder / "site", site if language == "en" else site / language)


def without_examples(site: Path, language: Language) -> None:
    """Take the examples of rules out of what search looks in: they are data, and nearly half of it."""
    index = json.loads((site / "search.json").read_text("utf-8"))
    title = EXAMPLES.get(language)
    index["items"] = [
        each for each in index["items"] if each["title"] != title or not each["location"].startswith("rules/")
    ]
    kept = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    (site / "search.js").write_text(f"var __index = {kept};\n", "utf-8")


def once(site: Path) -> None:
    """Have what is the same stand in one place: the index of search, and the script that sets the colours; and take out unused styles.

    Raises:
        SystemExit: Zensical writes one of them in another way than it did; the site would not search, or grow.
    """
    (site / "search.json").unlink()
    for bundle in (site / "assets/javascripts").glob("bundle.*.js"):
        changed, count = _INDEX_OF_SERVERS.subn(r"true?\1", bundle.read_text("utf-8"))
        if count != 1:
            sys.exit(f"{bundle}: the index of search is chosen in another way")
        bundle.write_text(changed, "utf-8")
    shutil.rmtree(site / "assets/stylesheets/classic")
    colours = site / "assets/palette.js"
    for path in site.rglob("*.html"):
        page = path.read_text("utf-8")
        found = _PALETTE_SCRIPT.search(page)
        if found is None or (colours.is_file() and colours.read_text("utf-8") != found[1]):
            sys.exit(f"{path}: the script of colours is another one")
        colours.write_text(found[1], "utf-8")
        source = os.path.relpath(colours, path.parent).replace(os.sep, "/")
        path.write_text(page.replace(found[0], f'<script src="{source}"></script>'), "utf-8")


def tightened(page: str) -> str:
    """A page without the blanks that its templates leave, which are half of it."""
    parts = _KEPT.split(page)
    return "".join(part if number % 2 else _BLANKS.sub("\n", part) for number, part in enumerate(parts))


def faults(site: Path) -> Iterator[str]:
    """What is wrong with a site as built: links to what is not there, what is fetched from elsewhere, its size."""
    anchors: dict[Path, set[str]] = {}
    links: list[tuple[Path, str]] = []
    for path in sorted(site.rglob("*")):
        if path.suffix == ".html":
            anchors[path] = set()
            for element in html.fromstring(path.read_bytes()).iter(etree.Element):
                anchors[path] |= {element.get("id", ""), element.get("name", "")}
                for link in filter(None, map(element.get, ("href", "src"))):
                    links.append((path, link))
                    if urlsplit(link).netloc and element.tag not in _LEADING and element.get("rel") != "alternate":
                        yield f"{path}: fetches {link}"
        elif path.suffix in {".css", ".svg"}:
            yield from (f"{path}: fetches {each.decode()}" for each in _FETCHED.findall(path.read_bytes()))
    for path, link in links:
        address = urlsplit(link)
        if address.scheme or address.netloc:
            continue
        target = Path(os.path.normpath(path.parent / unquote(address.path))) if address.path else path
        if not target.is_file() or not target.is_relative_to(site):
            yield f"{path}: no {link}"
        elif address.fragment and unquote(address.fragment) not in anchors.get(target, set()):
            yield f"{path}: no place {link}"
    if (size := sum(path.stat().st_size for path in site.rglob("*") if path.is_file())) > MOST_BYTES:
        yield f"{site}: {size} bytes, more than {MOST_BYTES}"


def packed(site: Path) -> bytes:
    """The site as one archive, the same for the same site: pages are alike, so that together they come to little."""
    held = BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for path in sorted(each for each in site.rglob("*") if each.is_file()):
            entry = tarfile.TarInfo(path.relative_to(site).as_posix())
            entry.size = path.stat().st_size
            archive.addfile(entry, BytesIO(path.read_bytes()))
    return lzma.compress(held.getvalue(), preset=9)


def main(arguments: Iterable[str] | None = None) -> None:
    """Build, look over, pack."""
    parser = argparse.ArgumentParser(description="Builds the documentation as a site.")
    parser.add_argument(
        "--without-packs", action="store_true", help="leave out the pages of rules: faster, while one writes"
    )
    asked = parser.parse_args(None if arguments is None else list(arguments))
    site = BUILD / "docs"
    shutil.rmtree(site, ignore_errors=True)
    build(site, BUILD / "site", packs=not asked.without_packs)
    if wrong := list(faults(site)):
        sys.exit("\n".join(wrong))
    if not asked.without_packs:
        ARCHIVE.write_bytes(packed(site))
    count = sum(1 for _ in site.rglob("*.html"))
    print(f"{count} pages: {site}/index.html")


if __name__ == "__main__":
    main()
