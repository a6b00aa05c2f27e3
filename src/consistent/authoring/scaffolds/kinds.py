"""The text of new files, from templates: a proposal, a rule, a form, a whole pack with schemas for editors.

Each is loaded and tested before it is given, so that a person starts from files that pass the checks.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import evolve, frozen
from jinja2 import Environment, PackageLoader, StrictUndefined

from consistent.authoring.schemas.catalogue import ENDING, render, schema_for, schemas_of
from consistent.authoring.suite import collect, failure_text, run
from consistent.authoring.suite.golden_files import outcome_of
from consistent.checker import KnowledgeBase, load
from consistent.errors import Fault, InputError, UsageError, did_you_mean
from consistent.forms.finding import SHIPPED_FORMS, form_named
from consistent.forms.form import FORM_FILE
from consistent.forms.reading import read_form
from consistent.knowledge.entries import Knowledge
from consistent.knowledge.packs import PackFolder, available_packs, find_pack, shipped_root
from consistent.model.proposal import Field
from consistent.model.text import Language, Localized, today
from consistent.model.vocabulary import Term
from consistent.rules.concepts import CONCEPTS
from consistent.rules.conditions import tests_in
from consistent.rules.rule import NAME, Verdict
from consistent.toml.files import is_file
from consistent.toml.rewriting import written
from consistent.toml.tomlfile import TomlFile

__all__ = ["load_tried", "new_concept", "new_form", "new_pack", "new_proposal", "new_rule", "term_of", "tried"]


def _filled(template: str, language: Language, **values: Any) -> str:
    """The text that a template gives.

    Args:
        template: the name of a file in `templates/`, without its ending.
        language: of comments and prose. What a reader of reports sees stands in both.
        values: that it names; each of them must be given.
    """
    text = _environment.get_template(f"{template}.j2").render(language=language, say=partial(_say, language), **values)
    return text.strip() + "\n"


def _say(language: Language, en: str, nl: str) -> str:
    return Localized(en, nl).get(language)


# What is filled in goes into TOML and Markdown, by `toml` where it is a value.
_environment = Environment(
    loader=PackageLoader(__package__),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701  no HTML is made
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["toml"] = written


# Names of new packs and rules.

_NAME_HELP = "write small letters, digits and hyphens: `my-position`"


def _checked_name(name: str) -> str:
    """A name, if a pack can have it.

    Raises:
        UsageError: it cannot.
    """
    if not NAME.fullmatch(name):
        raise UsageError(f"`{name}` is no name for a pack", _NAME_HELP)
    return name


def _checked_path(name: str) -> tuple[str, ...]:
    """The parts of the id of a rule.

    Raises:
        UsageError: no rule can have it.
    """
    parts = tuple(name.split("/"))
    if not all(map(NAME.fullmatch, parts)):
        raise UsageError(f"`{name}` is no id for a rule", "write names with `/` between: `subject/name-of-the-defect`")
    return parts


# A new proposal: nothing is known yet, and every field is explained.

# Longer vocabularies are shown by their broadest terms.
_MOST_TERMS = 30
_NARROWER = Localized("and {count} narrower", "en {count} eronder")
_SAID: Mapping[str, Localized] = {
    "citation": Localized(
        "treaty articles, protocols, acts, in their canonical spelling",
        "verdragsartikelen, protocollen, handelingen, in vaste schrijfwijze",
    ),
    "text": Localized("text", "tekst"),
    "amount": Localized("whole euros", "hele euro's"),
    "number": Localized("a whole number", "een geheel getal"),
    "date": Localized("a day", "een dag"),
}
_FORMS = {
    "citation": '["TFEU 173(3)"]',
    "text": '"..."',
    "amount": "1_500_000",
    "number": "1_000",
    "date": "2026-01-31",
}


@frozen
class _Explained:
    """A field as the template has it."""

    name: str
    label: str
    said: tuple[str, ...]
    form: str


def new_proposal(pack: str | Path | None, language: Language) -> str:
    """The text of a proposal of which nothing is known.

    Args:
        pack: in whose terms; a name, a folder, or None for the default one.
        language: of the comments.

    Raises:
        UsageError: there is no such pack.
        InputError: it cannot be used.
    """
    kb = load(pack)
    parts = {"header": kb.knowledge.fields.proposal, "measure": kb.knowledge.fields.measure}
    explained = {name: [_explained(kb, field, language) for field in fields.values()] for name, fields in parts.items()}
    text = _filled("proposal.toml", language, **explained)
    kb.read(text)
    return text


def _explained(kb: KnowledgeBase, field: Field, language: Language) -> _Explained:
    label = field.label.get(language)
    if field.type != "terms":
        return _Explained(field.name, label, (_SAID[field.type].get(language),), _FORMS[field.type])
    terms = kb.knowledge.vocabularies[field.vocabulary].terms
    return _Explained(field.name, label, tuple(_listed(terms, language)), '"..."' if field.single else '["..."]')


def _listed(terms: Mapping[str, Term], language: Language) -> Iterator[str]:
    """A line for each term, or for the broadest ones where there are many."""
    shown = terms if len(terms) <= _MOST_TERMS else {key: term for key, term in terms.items() if not term.broader}
    width = max(map(len, shown), default=0)
    for key, term in shown.items():
        said = term.label.get(language)
        if term.definition is not None:
            said = f"{said}: {term.definition.get(language)}"
        yield f"{key:{width}}  {said}"
    if len(shown) < len(terms):
        yield _NARROWER.get(language).format(count=len(terms) - len(shown))


@contextmanager
def tried(files: Mapping[Path, str], target: Path, beside: PackFolder | None = None) -> Iterator[Path]:
    """A folder with new files of a pack, for as long as they are tried.

    Args:
        files: by path from the root of the pack.
        target: the root of the pack where they are to be placed.
        beside: the pack that they are for; a new one unless given.

    Yields:
        The root of the pack.

    Raises:
        InputError: the pack cannot be used; told as if the files were placed already.
    """
    with TemporaryDirectory(prefix="consistent-") as name:
        root = Path(name)
        if beside is not None:
            for part in (beside.facts, beside.rules):
                if part.is_dir():
                    shutil.copytree(part, root / part.parent.name / part.name)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
        try:
            yield root
        except InputError as error:
            raise InputError([_placed(fault, name, str(target)) for fault in error.faults]) from None


def load_tried(root: Path, group: str, language: Language, beside: PackFolder | None = None) -> KnowledgeBase:
    """Load a pack that is tried, and run what it says of itself.

    Args:
        root: of the pack.
        group: what is run: the id of a rule, or the name of the pack for all of its own.
        language: of what does not come out.
        beside: the pack that it was copied from, around which others may lie that it builds on.

    Raises:
        InputError: the pack cannot be used.
        UsageError: something does not come out as it says.
    """
    kb = load(root, roots=[] if beside is None else [beside.facts.parents[1]])
    for item in collect(kb):
        own = item.group == group or item.group.startswith(f"{group}/")
        if own and (failure := run(item, kb, "plain")) is not None:
            raise UsageError(failure_text(failure, language))
    return kb


def _placed(fault: Fault, tried_in: str, target: str) -> Fault:
    location = evolve(fault.location, path=fault.location.path.replace(tried_in, target))
    return evolve(fault, message=fault.message.replace(tried_in, target), location=location)


# A new rule in a pack, with examples that come out as they say.

# The folder of packs within the installed package; in a checkout they lie beside it, to be written.
_INSTALLED = "_packs"


def new_rule(
    name: str,
    pack: str | Path,
    language: Language,
    *,
    principle: str = "",
    effect: str = "",
    verdict: Verdict = "question",
) -> dict[Path, str]:
    """The file of a new rule, tried in its pack.

    Args:
        name: the id, with or without the name of the pack before it.
        pack: a name, or a folder.
        language: of comments.
        principle: an id; the first of the pack unless given.
        effect: what the measure must do, a term; the first one unless given.
        verdict: what the rule says.

    Returns:
        path to text.

    Raises:
        UsageError: there is no such pack, principle or term, no rule can have that id, or two rules would contradict each other.
        InputError: the pack cannot be used, with the rule or without it.
    """
    kb, folder, root = _to_be_written(pack)
    parts = _checked_path(name)
    within = parts[1:] if parts[0] == kb.name and len(parts) > 1 else parts
    path = Path("rules", kb.name, *within[:-1], f"{within[-1]}.toml")
    text = _filled(
        "rule.toml",
        language,
        schema=_schema("rule", path, root),
        principle=_principle(kb.knowledge, principle, kb.name),
        verdict=verdict,
        source=kb.knowledge.packs[-1].sources[0],
        term=term_of(kb, kb.name, effect),
    )
    with tried({path: text}, root, folder) as trial:
        load_tried(trial, "/".join((kb.name, *within)), language, folder)
    return {root / path: text}


def _to_be_written(pack: str | Path) -> tuple[KnowledgeBase, PackFolder, Path]:
    """A pack, where it is, and the root in which new files of it are placed.

    Raises:
        UsageError: there is no such pack, or it is a part of the program.
        InputError: it cannot be used.
    """
    kb = load(pack)
    _, available = find_pack(pack, ())
    folder = available[kb.name]
    root = folder.facts.parents[1]
    if root.name == _INSTALLED and root == shipped_root():
        raise UsageError(
            f"the pack `{kb.name}` is a part of the program, and changes with it",
            f"build a pack of your own on it: consistent new pack NAME --pack {kb.name}",
        )
    return kb, folder, root


def _schema(name: str, path: Path, root: Path) -> str:
    """The way from a new file to its schema; empty where the pack has none."""
    schema = Path("schemas", f"{name}{ENDING}")
    return "../" * len(path.parent.parts) + schema.as_posix() if is_file(root / schema) else ""


def new_concept(name: str, pack: str | Path, language: Language, *, effect: str = "") -> dict[Path, str]:
    """The file of a new concept, tried in its pack.

    Args:
        name: the id.
        pack: a name, or a folder.
        language: of comments.
        effect: what the measure must do, a term; the first one unless given.

    Returns:
        path to text.

    Raises:
        UsageError: there is no such pack or term, or no concept can have that id.
        InputError: the pack cannot be used, with the concept or without it.
    """
    kb, folder, root = _to_be_written(pack)
    if not NAME.fullmatch(name):
        raise UsageError(
            f"`{name}` is no name for a concept", "write small letters, digits and hyphens: `steers-purchases`"
        )
    path = Path("facts", kb.name, CONCEPTS, f"{name}.toml")
    text = _filled(
        "concept.toml",
        language,
        schema=_schema("concept", path, root),
        source=kb.knowledge.packs[-1].sources[0],
        term=term_of(kb, kb.name, effect),
    )
    with tried({path: text}, root, folder) as trial:
        load_tried(trial, f"{kb.name}/{CONCEPTS}/{name}", language, folder)
    return {root / path: text}


def term_of(kb: KnowledgeBase, pack: str, wanted: str = "") -> Term:
    """The term of what measures do that a new rule asks for.

    Args:
        kb: knows the terms.
        pack: that the rule is for; may be new.
        wanted: the term; unless given, the first one of which no rule of that pack speaks, so that nothing that is expected
            of it changes.

    Raises:
        UsageError: there is no such term, or none at all.
    """
    vocabulary = kb.knowledge.vocabularies["effects"]
    terms = vocabulary.terms
    if not terms:
        raise UsageError("the pack has no term for what a measure does", "add one in `vocabulary/effects.toml`")
    if wanted and wanted not in terms:
        raise UsageError(f"unknown term `{wanted}` in vocabulary `effects`", did_you_mean(wanted, terms))
    spoken_of = _asked(kb, pack)
    free = (term for term in terms if spoken_of.isdisjoint(vocabulary.narrower([term])))
    return terms[wanted or next(free, next(iter(terms)))]


def _asked(kb: KnowledgeBase, pack: str) -> set[object]:
    """The terms for which rules of a pack itself ask, with everything below them."""
    conditions = [condition for rule in kb.rules if rule.pack == pack for condition in rule.conditions]
    sets = (
        test.named for condition in conditions for test in tests_in(condition) if test.field.vocabulary == "effects"
    )
    return {atom for named in sets if named is not None for atom in named}


def _principle(knowledge: Knowledge, wanted: str, pack: str) -> str:
    known = knowledge.principles
    if wanted and wanted not in known:
        raise UsageError(f"unknown principle `{wanted}`", did_you_mean(wanted, known))
    if not known:
        raise UsageError("the pack has no principle", "add one in `principles.toml`: a rule is for something")
    own = [known_principle.id for known_principle in known.values() if known_principle.pack == pack]
    return wanted or next(iter(own or known))


# A new form, which fills every section that a check can fill.


def new_form(name: str, target: Path, language: Language, *, pack: str | Path | None = None) -> dict[Path, str]:
    """The files of a new form, read once: its TOML, and the schema for editors beside it.

    Args:
        name: of the form.
        target: the folder in which they are to be placed.
        language: of comments, and in which the form is filled.
        pack: in whose terms; a name, a folder, or None for the default one.

    Returns:
        path to text.

    Raises:
        UsageError: no form can have that name, or one that ships has it; or there is no such pack.
        InputError: the pack cannot be used, or the form not with it.
    """
    if not NAME.fullmatch(name):
        raise UsageError(f"`{name}` is no name for a form", "write small letters, digits and hyphens: `my-ministry`")
    if name in SHIPPED_FORMS:
        raise UsageError(f"there is a form `{name}` already, which ships", "give it another name")
    kb = load(pack)
    text = _filled("form.toml", language, path=target.as_posix())
    read_form(TomlFile.parse(text, FORM_FILE), name, target, form_named, kb.knowledge.vocabularies)
    return {target / FORM_FILE: text, target / f"form{ENDING}": render(schema_for("form", kb))}


# An address, which is a source in form, and which no reader takes for one.
_SOURCE = "https://example.org/TODO"
_RULE = "first-rule"
_IN_FACTS = ("pack", "kinds", "own-fields", "principles", "positions", "guarantees", "mutants")


def new_pack(name: str, target: Path, language: Language, *, below: str = "treaties") -> dict[Path, str]:
    """The files of a new pack, tried together.

    Args:
        name: of the pack.
        target: the folder in which they are to be placed.
        language: of comments and of the page about it.
        below: the pack that it builds on, by name.

    Returns:
        path to text.

    Raises:
        UsageError: no pack can have that name, or another one has it already; or there is no pack to build on.
        InputError: the pack below cannot be used.
    """
    _checked_name(name)
    available = available_packs()
    taken = available.get(name)
    if taken is not None and taken.facts.resolve() != (target / "facts" / name).resolve():
        raise UsageError(f"there is a pack `{name}` already, at {taken.facts}", "give it another name")
    if below not in available:
        near = did_you_mean(below, available, limit=0)
        raise UsageError(
            f"no pack `{below}` to build on",
            near or "a pack builds on another by name: put its folder in CONSISTENT_PATH",
        )
    kb = load(below)
    term = term_of(kb, name)
    rule = f"{name}/{_RULE}"
    principle = f"{name}-principle"
    shared = {"source": _SOURCE, "term": term, "principle": principle}
    facts = Path("facts", name)
    files = {
        facts / "pack.toml": _filled("pack.toml", language, below=kb.name, **shared),
        facts / "principles.toml": _filled("principles.toml", language, **shared),
        facts / "guarantees.toml": _filled("guarantees.toml", language, rule=rule, rule_name=_RULE, **shared),
        Path("rules", name, f"{_RULE}.toml"): _filled(
            "rule.toml", language, schema=f"../../schemas/rule{ENDING}", verdict="question", **shared
        ),
        Path("proposals/first.toml"): _filled("first_proposal.toml", language, **shared),
        Path("README.md"): _filled(f"README.{language}.md", language, name=name),
        Path(".taplo.toml"): _filled("taplo.toml", language, associated=_associated(name)),
    }
    with tried(files, target) as root:
        made = load_tried(root, name, language)
        files[Path("goldens/first.toml")] = _golden(made, root, language)
        files |= {Path("schemas", f"{schema_name}{ENDING}"): render(schema) for schema_name, schema in schemas_of(made)}
    return {target / path: text for path, text in files.items()}


def _golden(kb: KnowledgeBase, root: Path, language: Language) -> str:
    """What comes out of the first proposal, as a golden file has it."""
    day = today()
    report = kb.check(root / "proposals/first.toml", as_of=day, engine="plain").report
    rules = {said.rule: outcome_of(said) for said in report.speaking("first")}
    return _filled(
        "golden.toml", language, day=day.isoformat(), outcome=report.outcome("first"), rules=dict(sorted(rules.items()))
    )


def _associated(name: str) -> list[tuple[str, str]]:
    """Which files have which schema. Facts have names of their own, so a file of facts names its schema itself."""
    return [
        (f"rules/{name}/**/*.toml", "rule"),
        *((f"facts/{name}/{part}.toml", part) for part in _IN_FACTS),
        (f"facts/{name}/vocabulary/*.toml", "vocabulary"),
        (f"facts/{name}/{CONCEPTS}/*.toml", "concept"),
        ("proposals/*.toml", "proposal"),
        ("goldens/*.toml", "golden"),
    ]
