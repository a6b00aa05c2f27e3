"""The forms in which the fiche can be made: those that ship, those of installed packages, and those in the folder of work."""

from collections.abc import Iterator

from attrs import frozen

from consistent.errors import ConsistentError
from consistent.fiche.content import Fiche
from consistent.fiche.forms import fiche_docx
from consistent.fiche.making import fiche_of, form_for
from consistent.forms.finding import form_named, form_names, template_of
from consistent.forms.form import FORM_FILE, Form
from consistent.knowledge.entries import Knowledge
from consistent.model.text import LANGUAGES, Language
from consistent.reports.dossier import Dossier
from consistent.reports.word import SHIPPED
from consistent.toml.files import entries_of, is_file, is_folder
from consistent.web.folder import Folder

__all__ = ["Choice", "Filled", "choices", "filled", "word_of"]


@frozen
class Choice:
    """A form that can be chosen.

    Attributes:
        name: of it, or of its folder.
        label: what it is.
    """

    name: str
    label: str


@frozen
class Filled:
    """A fiche in a form."""

    form: Form
    fiche: Fiche


def choices(folder: Folder, language: Language) -> Iterator[Choice]:
    """The forms, in the order in which they are offered; one that cannot be used is called by its name, and says why once it is chosen."""
    for name in (*form_names(), *_own(folder)):
        try:
            yield Choice(name, _named(name, folder).label.get(language))
        except ConsistentError:
            yield Choice(name, name)


def _own(folder: Folder) -> Iterator[str]:
    shipped = form_names()
    for path in entries_of(folder.root):
        if path.name not in shipped and is_folder(path) and not path.is_symlink() and is_file(path / FORM_FILE):
            yield path.name


def _named(name: str, folder: Folder, knowledge: Knowledge | None = None) -> Form:
    vocabularies = knowledge.vocabularies if knowledge else None
    return form_named(folder.root / name if name in set(_own(folder)) else name.replace("/", " "), vocabularies)


def filled(dossier: Dossier, name: str, language: str, folder: Folder, knowledge: Knowledge) -> Filled:
    """The fiche.

    Args:
        dossier: of the proposal.
        name: of the form; of the Dutch ones that for the kind of document if empty.
        language: of the fiche; that of the form where it is none.
        folder: of work.
        knowledge: with whose terms it is filled.

    Raises:
        UsageError, InputError: there is no such form; it cannot be used.
    """
    form = _named(name or form_for(dossier), folder, knowledge)
    chosen = next((each for each in LANGUAGES if each == language), form.language)
    return Filled(form, fiche_of(dossier, chosen, form=form))


def word_of(made: Filled) -> bytes:
    """The fiche as a Word file, in the template of its form where that has one.

    Raises:
        InputError: the template cannot be used.
    """
    return fiche_docx(made.fiche, *(template_of(made.form) or (None, SHIPPED)))
