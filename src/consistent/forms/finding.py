"""Which forms there are: those that ship, those of installed packages, and a folder of anybody."""

from functools import cache
from importlib.resources import files
from pathlib import Path

from consistent.errors import UsageError, did_you_mean
from consistent.forms.form import FORM_FILE, TEMPLATE_FILE, Form
from consistent.forms.reading import Vocabularies, read_form
from consistent.plugins import added
from consistent.toml.files import is_file, is_folder, read_file
from consistent.toml.tomlfile import TomlFile

__all__ = [
    "LEGISLATION",
    "PLUGINS",
    "SHIPPED_FORMS",
    "form_named",
    "form_names",
    "template_of",
]

# What an installed package adds: by the name of the form, the `Path` of its folder.
PLUGINS = "consistent.forms"
# The forms that ship, in the order in which they are offered; where nobody names one, the first ones by the kind of document.
SHIPPED_FORMS = (
    "legislation",
    "communication",
    "berichtsbogen",
    "eu-infog",
    "explanatory-memorandum",
    "subsidiarity-grid",
)
LEGISLATION = SHIPPED_FORMS[0]


def form_names() -> tuple[str, ...]:
    """Every form that has a name.

    Raises:
        UsageError: an installed package adds something that is no folder.
    """
    return tuple(dict.fromkeys((*SHIPPED_FORMS, *added(PLUGINS, Path, "form"))))


def form_named(name: str | Path, vocabularies: Vocabularies | None = None) -> Form:
    """A form.

    Args:
        name: of one that ships or that an installed package adds; or a folder that holds `form.toml`.
        vocabularies: of the pack with which it is filled: a form that does not ship must name terms of these.

    Raises:
        UsageError: there is no such form.
        InputError: with every fault of its TOML.
    """
    return _named(name, vocabularies, ())


def _named(name: str | Path, vocabularies: Vocabularies | None, above: tuple[str, ...]) -> Form:
    """As `form_named`; of those above it nothing may build on them again."""
    text = str(name)
    if text in SHIPPED_FORMS:
        return _shipped(text)
    if "/" not in text and not isinstance(name, Path):
        installed = added(PLUGINS, Path, "form", text)
        if text in installed:
            return _read(installed[text], text, vocabularies, above)
    folder = Path(text)
    if folder.name == FORM_FILE:
        folder = folder.parent
    if is_file(folder / FORM_FILE):
        return _read(folder, folder.resolve().name, vocabularies, above)
    if is_folder(folder):
        raise UsageError(f"no `{FORM_FILE}` in folder `{folder}`", "a form is a folder that holds one")
    known = form_names()
    raise UsageError(f"there is no form `{text}`", did_you_mean(text, known, limit=len(known)))


def template_of(form: Form) -> tuple[bytes, str] | None:
    """The Word template that lies in the folder of a form, and what messages call it; None where there is none.

    Raises:
        InputError: it cannot be read.
    """
    path = form.folder / TEMPLATE_FILE
    return (read_file(path, str(path)), str(path)) if is_file(path) else None


@cache
def _shipped(name: str) -> Form:
    return _read(_shipped_folder(name), name)


def _shipped_folder(name: str) -> Path:
    return Path(str(files(__package__))) / "shipped" / name


def _read(folder: Path, name: str, vocabularies: Vocabularies | None = None, above: tuple[str, ...] = ()) -> Form:
    def base(below: str) -> Form:
        if below in (*above, name):
            raise UsageError(f"form `{below}` builds on itself", "leave `builds_on` out")
        return _named(below, None, (*above, name))

    return read_form(TomlFile.read(folder / FORM_FILE), name, folder, base, vocabularies)
