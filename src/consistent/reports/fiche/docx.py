"""A fiche as a Word document, from a template that an office can restyle."""

from collections.abc import Mapping
from importlib.resources import files
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it ships no types
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from consistent.errors import Fault, InputError, Location
from consistent.model.text import Language
from consistent.reports.fiche.content import Fiche
from consistent.reports.fiche.lines import lines

__all__ = ["fiche_docx", "packed"]

# The earliest day that a ZIP archive can name: a document made twice is the same to the byte.
_DAY = (1980, 1, 1, 0, 0, 0)
_LANGUAGES: Mapping[Language, str] = {"nl": "nl-NL", "en": "en-GB"}
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FIRST = "[Content_Types].xml"
_HELP = "start from `fiche.docx` of this package: styles, headers and page can be changed, the tags in braces must stay"


def fiche_docx(fiche: Fiche, template: bytes | None = None, name: str = "fiche.docx") -> bytes:
    """The document; the same fiche and template give the same bytes.

    Args:
        fiche: what it says.
        template: a Word document with tags for `fiche` and `lines`; the one that ships unless given.
        name: how messages call the template.

    Raises:
        InputError: the template cannot be used.
    """
    content = files(__package__).joinpath("fiche.docx").read_bytes() if template is None else template
    # A template is not trusted more than any other document: its tags reach the values that are given and nothing else.
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    try:
        document = DocxTemplate(BytesIO(content))
        if "lines" not in document.get_undeclared_template_variables(environment):
            raise InputError([Fault("template has no place for the `lines` of a fiche", Location(name), _HELP)])
        document.render({"fiche": fiche, "lines": lines(fiche)}, environment)
        # Word checks the spelling, and a screen reader reads, in the language that the styles name.
        document.docx.core_properties.language = _LANGUAGES[fiche.language]
        for each in document.docx.styles.element.iter(f"{_WORD}lang"):
            each.set(f"{_WORD}val", _LANGUAGES[fiche.language])
        made = BytesIO()
        document.save(made)
    except (BadZipFile, LxmlError, TemplateError, KeyError, ValueError, TypeError, OSError) as error:
        message = f"template cannot be used: {str(error) or type(error).__name__}"
        raise InputError([Fault(message, Location(name), _HELP)]) from error
    return packed(made.getvalue())


def packed(content: bytes) -> bytes:
    """A ZIP archive with the same files in a fixed order, none of which has a time."""
    made = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda each: (each != _FIRST, each)):
            info = ZipInfo(name, _DAY)
            info.compress_type = ZIP_DEFLATED
            # As on one system, whichever it is made on.
            info.create_system = 0
            new.writestr(info, old.read(name))
    return made.getvalue()
