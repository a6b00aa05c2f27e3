"""From plain data to attrs classes by cattrs, with every fault told at its place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

import attrs

from consistent.errors import MOST_FAULTS, Edit, Fault, Faults, Help, InputError, did_you_mean
from consistent.generated import keep_generated
from consistent.model.text import Localized
from consistent.sources import nearest_form, parse_source
from consistent.toml.tomlfile import KeyPath, TomlFile, type_name

if TYPE_CHECKING:
    # Imported where data is read: what a pack from the cache is made of needs none of it.
    from cattrs import Converter
    from cattrs.errors import ForbiddenExtraKeysError

__all__ = [
    "Problem",
    "ProblemList",
    "Problems",
    "adding",
    "as_date",
    "as_one_of",
    "as_text",
    "as_title",
    "class_hook",
    "failures",
    "faults_of",
    "help_for_missing",
    "new_converter",
    "problems_of",
    "read_source",
    "structure",
    "tables_of",
]

T = TypeVar("T")


@attrs.frozen
class Problem:
    """A fault whose place is not yet known: `key` is relative to what is being read."""

    message: str
    help: str = ""
    key: KeyPath = ()


class Problems(ValueError):  # noqa: N818  several problems, not one error
    """One or more problems, raised by the hooks that structure a value."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.message for problem in problems))


class ProblemList:
    """Collects problems, to be raised together; where there are more than anybody can want, at once."""

    def __init__(self) -> None:
        self._found: list[Problem] = []

    def add(self, *problems: Problem, at: KeyPath = ()) -> None:
        """Note some problems, the keys of which are relative to `at`.

        Raises:
            Problems: all that were noted: they are as many as are looked for.
        """
        self._found.extend(attrs.evolve(problem, key=(*at, *problem.key)) for problem in problems)
        del self._found[MOST_FAULTS:]
        if len(self._found) == MOST_FAULTS:
            self.raise_any()

    def raise_any(self) -> None:
        """Raise `Problems` with all that was noted, if anything was."""
        if self._found:
            raise Problems(*self._found)


def as_text(value: object, what: str = "text") -> str:
    """The value, which must be text and more than blanks."""
    if not isinstance(value, str):
        raise Problems(Problem(f"expected {what}, found {type_name(value)}"))
    if not value.strip():
        raise Problems(Problem(f"expected {what}, found blank text"))
    return value


def as_title(value: object) -> Localized:
    """A title in two languages; one string stands for both, as a document has it in one."""
    if isinstance(value, str):
        text = as_text(value)
        return Localized(text, text)
    return _localized(value)


def as_date(value: object) -> date:
    """The value as a date: a TOML date, or ISO text as JSON has it."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Problems(Problem(f"`{value}` is not a date", "write year-month-day, 2025-03-19")) from None
    raise Problems(Problem(f"expected a date, found {type_name(value)}", "write year-month-day, 2025-03-19"))


def as_one_of(value: object, words: Iterable[str]) -> str:
    """The value, which must be one of a few words."""
    listed = tuple(words)
    if not isinstance(value, str) or value not in listed:
        found, help_ = (
            (f"`{value}`", did_you_mean(value, listed, limit=0)) if isinstance(value, str) else (type_name(value), "")
        )
        raise Problems(Problem(f"expected {_choice(listed)}, found {found}", help_))
    return value


def _choice(words: Sequence[str]) -> str:
    *first, last = (f"`{word}`" for word in words)
    return f"{', '.join(first)} or {last}" if first else last


def read_source(value: object) -> str:
    """The value, which must be a source, in its canonical spelling."""
    text = as_text(value, "a source")
    source = parse_source(text)
    if source is None:
        raise Problems(Problem(f"source `{text}` is in no known form", _help_with_source(text)))
    return source.text


def _help_with_source(text: str) -> str:
    """The form that is nearest, and the way out of all forms."""
    near = nearest_form(text)
    if near:
        return (
            f"the form nearest to it is `{near}`; docs/reference/language.md lists all, "
            "and anything else is cited by its address, `https://...#place`"
        )
    return (
        "write for instance `TFEU 173(3)`, `Regulation (EU) 2016/679 art. 5`, `C-376/98 para. 83`, `Kamerstuk 22112-4027` or "
        "`Stb. 2024, 12`; docs/reference/language.md lists all forms, and anything else is cited by its address, `https://...#place`"
    )


# What stands for a key that is missing, to be copied.
_TO_COPY = {
    "at": 'at = ["par. 2"]',
    "dimension": 'dimension = "substance"',
    "document": 'document = "COM(2025) 120"',
    "effects": 'effects = "..."',
    "en": 'en = "..."',
    "expect": 'expect = "not-applicable"',
    "ground": 'ground = "policy"',
    "id": 'id = "art-1"',
    "kind": 'kind = "red-line"',
    "message": 'message.en = "..."` and `message.nl = "..."',
    "nl": 'nl = "..."',
    "principle": 'principle = "..."',
    "rationale": 'rationale.en = "..."` and `rationale.nl = "..."',
    "sources": 'sources = ["TFEU 173(3)"]',
    "statement": 'statement.en = "..."` and `statement.nl = "..."',
    "summary": 'summary.en = "..."` and `summary.nl = "..."',
    "title": 'title.en = "..."` and `title.nl = "..."',
    "verdict": 'verdict = "conflict"',
    "when": '[when.measure]` and below it what is asked: `effects = "..."',
}


def help_for_missing(key: str) -> str:
    """What to write for a key that is missing; empty where that depends."""
    return f"write `{_TO_COPY[key]}`" if key in _TO_COPY else ""


def new_converter() -> "Converter":
    """A converter that refuses unknown keys and never turns one type into another."""
    from cattrs import Converter, gen  # noqa: PLC0415  see above

    keep_generated(gen)
    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook_factory(attrs.has, lambda kind: class_hook(converter, kind))
    converter.register_structure_hook(str, lambda value, _: as_text(value))
    converter.register_structure_hook(bool, _strict(bool, "true or false"))
    converter.register_structure_hook(int, _strict(int, "a whole number"))
    converter.register_structure_hook(date, lambda value, _: as_date(value))
    converter.register_structure_hook_func(
        lambda kind: getattr(kind, "__origin__", None) is tuple, _tuple_hook(converter)
    )
    converter.register_structure_hook_func(
        lambda kind: getattr(kind, "__origin__", None) is Literal, lambda value, kind: as_one_of(value, get_args(kind))
    )
    converter.register_structure_hook(Localized, lambda value, _: _localized(value))
    return converter


Hook = Callable[[Any, Any], Any]


def class_hook(converter: "Converter", kind: Any, hooks: Mapping[str, Hook] | None = None) -> Hook:
    """A hook for an attrs class.

    Args:
        converter: for the attributes.
        kind: the class; its attributes with metadata `internal` are no keys of the data.
        hooks: attributes that have a hook of their own.
    """
    from cattrs.gen import make_dict_structure_fn, override  # noqa: PLC0415  see above

    overrides: dict[str, Any] = {name: override(struct_hook=hook) for name, hook in (hooks or {}).items()}
    overrides |= {
        attribute.name: override(omit=True) for attribute in attrs.fields(kind) if attribute.metadata.get("internal")
    }
    build = make_dict_structure_fn(kind, converter, _cattrs_forbid_extra_keys=True, **overrides)

    def hook(value: object, _: object) -> object:
        if not isinstance(value, Mapping):
            raise Problems(Problem(f"expected a table, found {type_name(value)}"))
        return build(value, kind)

    return hook


def _strict(kind: type, name: str) -> Callable[[object, object], Any]:
    def hook(value: object, _: object) -> object:
        if type(value) is not kind:
            raise Problems(Problem(f"expected {name}, found {type_name(value)}"))
        return value

    return hook


def _tuple_hook(converter: "Converter") -> Callable[[Any, Any], Any]:
    """Lists become tuples; text is no list of letters."""

    def hook(value: object, kind: Any) -> tuple[object, ...]:
        if not isinstance(value, list | tuple):
            raise Problems(Problem(f"expected a list, found {type_name(value)}"))
        items, problems = [], ProblemList()
        for index, item in enumerate(value):
            try:
                items.append(converter.structure(item, kind.__args__[0]))
            except failures() as error:
                found = problems_of(error, (index,))
            else:
                continue
            problems.add(*found)
        problems.raise_any()
        return tuple(items)

    return hook


def _localized(value: object) -> Localized:
    if not isinstance(value, Mapping):
        raise Problems(
            Problem(f"expected text in two languages, found {type_name(value)}", "write `.en = ` and `.nl = `")
        )
    problems = ProblemList()
    for key in value:
        if key not in {"en", "nl"}:
            problems.add(Problem(f"unknown language `{key}`", "known here: `en`, `nl`", (key,)))
    texts: dict[str, str] = {}
    for language in ("en", "nl"):
        if language not in value:
            problems.add(Problem(f"no text in language `{language}`", adding(f'{language} = "TODO"')))
            continue
        try:
            texts[language] = as_text(value[language])
        except Problems as error:
            problems.add(*error.problems, at=(language,))
    problems.raise_any()
    return Localized(**texts)


def structure(converter: "Converter", data: object, kind: type[T], file: TomlFile, at: KeyPath = ()) -> T:
    """Turn plain data into a class.

    Args:
        converter: with the hooks that the class needs.
        data: the part of the file's data.
        kind: the class.
        file: for the places of faults.
        at: where in the file the part stands.

    Raises:
        InputError: with every fault of the data.
    """
    try:
        return converter.structure(data, kind)
    except failures() as error:
        raise InputError(faults_of(error, file, at)) from None


@lru_cache(maxsize=1)
def failures() -> tuple[type[Exception], ...]:
    """What is raised where data cannot be structured, of which `problems_of` tells what is wrong."""
    from cattrs.errors import BaseValidationError  # noqa: PLC0415  see above

    return BaseValidationError, Problems


def faults_of(error: Exception, file: TomlFile, at: KeyPath = ()) -> list[Fault]:
    """The faults that an exception of `structure` carries, each at its place."""
    return [
        Fault(problem.message, file.location((*at, *problem.key)), problem.help) for problem in problems_of(error, ())
    ]


def problems_of(error: BaseException, at: KeyPath = ()) -> list[Problem]:
    """The problems that an exception of a hook or of cattrs carries, each with its key from `at` on."""
    from cattrs.errors import (  # noqa: PLC0415  see above
        ClassValidationError,
        ForbiddenExtraKeysError,
        IterableValidationError,
    )

    if isinstance(error, Problems):
        return [attrs.evolve(problem, key=(*at, *problem.key)) for problem in error.problems]
    if isinstance(error, IterableValidationError):
        noted, plain = error.group_exceptions()
        pairs: list[tuple[BaseException, KeyPath]] = [(cause, (*at, note.index)) for cause, note in noted]
        return [one for cause, key in [*pairs, *((cause, at) for cause in plain)] for one in problems_of(cause, key)]
    if isinstance(error, ClassValidationError):
        named, rest = error.group_exceptions()
        found: list[Problem] = []
        for cause, note in named:
            if isinstance(cause, KeyError):
                help_ = _template(note.name, note.type) or help_for_missing(note.name)
                found.append(Problem(f"missing key `{note.name}`", help_, at))
            else:
                found.extend(problems_of(cause, (*at, note.name)))
        for other in rest:
            found.extend(_extra(other, at) if isinstance(other, ForbiddenExtraKeysError) else problems_of(other, at))
        return found
    if isinstance(error, ForbiddenExtraKeysError):
        return _extra(error, at)
    return [Problem(str(error) or type(error).__name__, key=at)]


def _template(name: str, kind: Any) -> str:
    """Help for a key that is missing: what may stand there, where that is text in two languages. Of all else it must be known."""
    return adding(f'{name}.en = "TODO"', f'{name}.nl = "TODO"') if kind is Localized else ""


def adding(*lines: str) -> Help:
    """Help that tells which lines are missing, with the edit that adds them."""
    told = " and ".join(f"`{line.replace('TODO', '...')}`" for line in lines)
    return Help(f"write {told}", [Edit("", "\n".join(lines), sure=True)])


def _extra(error: "ForbiddenExtraKeysError", at: KeyPath) -> list[Problem]:
    known = [attribute.name for attribute in attrs.fields(error.cl) if not attribute.metadata.get("internal")]
    told = sorted(error.extra_fields)[:MOST_FAULTS]
    return [Problem(f"unknown key `{key}`", did_you_mean(key, known), (*at, key)) for key in told]


# Files that are a list of tables, `[[name]]`, and nothing else.


def tables_of(file: TomlFile, name: str, help_: str, faults: Faults) -> Sequence[tuple[KeyPath, Mapping[str, Any]]]:
    """The tables of a file, each with its key; other keys are faults.

    Args:
        file: as opened.
        name: of the tables.
        help_: what the file should be.
        faults: takes what is wrong.

    Raises:
        InputError: it is no list of tables; with all faults so far.
    """
    for key in file.data:
        if key != name:
            faults.add(f"unknown key `{key}`", file.location((key,)), did_you_mean(key, (name,)))
    items = file.data.get(name, [])
    if not isinstance(items, list | tuple) or not all(isinstance(item, Mapping) for item in items):
        raise InputError([*faults.found, Fault("expected a list of tables", file.location((name,)), help_)])
    return [((name, index), item) for index, item in enumerate(items)]
