"""Writes the pages of the forms that ship, in both languages, from their TOML: sources, terms, headings, what fills each.

    python tools/write_form_pages.py [--check]

With `--check` nothing is written, and the exit status is 1 where a page is not as it would be.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import tomli

from consistent.forms.finding import SHIPPED_FORMS, form_named
from consistent.forms.form import Form, FormPart
from consistent.model.text import LANGUAGES, Language, Localized

ROOT = Path(__file__).resolve().parents[1]
SAID = tomli.loads((ROOT / "src/consistent/authoring/schemas/words.toml").read_text("utf-8"))
FOLDERS: dict[Language, str] = {"en": "docs/reference/forms", "nl": "docs/nl/reference/forms"}
PICTURES: dict[Language, str] = {"en": "../../how-to/pictures", "nl": "../../../how-to/pictures"}
HOW_TO: dict[Language, str] = {"en": "../../how-to/forms.md", "nl": "../../../how-to/forms.md"}
# Of what the picture is.
EXAMPLES = dict.fromkeys(SHIPPED_FORMS, "52022PC0068.en.xhtml") | {"communication": "proposals/join-2025-120.toml"}
DAYS = {
    "legislation": "--received 2022-02-28 --transmitted 2022-03-08",
    "communication": "--letter 2025-04-04",
    "subsidiarity-grid": "--transmitted 2022-03-08",
}
OTHERS = "--since 2022-03-01 --transmitted 2022-03-08"

TEXT = {
    "command": Localized("Filled for a real proposal, the first two pages:", "Ingevuld voor een echt voorstel, de eerste twee bladzijden:"),
    "picture": Localized("The form as a Word document, its first two pages", "Het formulier als Word-document, de eerste twee bladzijden"),
    "sources": Localized("What it was made after", "Waarnaar het is gemaakt"),
    "source": Localized("source", "bron"),
    "confirmed": Localized("compared with it", "daarmee vergeleken"),
    "unconfirmed": Localized("Could not be confirmed", "Kon niet worden bevestigd"),
    "terms": Localized("When it is due", "Wanneer het klaar moet zijn"),
    "days": Localized("{days} days", "{days} dagen"),
    "working": Localized("{days} working days", "{days} werkdagen"),
    "from": Localized("from", "vanaf"),
    "only": Localized("for {kinds}", "voor {kinds}"),
    "no terms": Localized("It has no term of its own; the eight weeks for a reasoned opinion are told as in every form.", "Het heeft geen eigen termijn; de acht weken voor een gemotiveerd advies staan er zoals in elk formulier."),
    "headings": Localized("Headings, and what fills them", "Kopjes, en wat ze vult"),
    "heading": Localized("heading", "kopje"),
    "filled": Localized("filled with", "gevuld met"),
    "asked": Localized("always asked", "altijd gevraagd"),
    "findings": Localized("findings on {what}", "bevindingen over {what}"),
    "rest": Localized("all findings without a place of their own", "alle bevindingen zonder eigen plaats"),
    "quoted": Localized("quoted: {what}", "aangehaald: {what}"),
    "statements": Localized("whether the proposal accounts for: {what}", "of het voorstel verantwoordt: {what}"),
    "duties": Localized("provisions of a kind", "bepalingen van een soort"),
    "name": Localized("`--form {name}`. [How forms work]({how_to}).", "`--form {name}`. [Hoe formulieren werken]({how_to})."),
    "index": Localized("Forms", "Formulieren"),
    "about": Localized(
        "Forms in which `consistent fiche` drafts an appraisal. Each is a folder of TOML; [a form of your own]({how_to}) is one too. These pages are made of it.",
        "Formulieren waarin `consistent fiche` een beoordeling opstelt. Elk is een map met TOML; [een eigen formulier]({how_to}) is dat ook. Deze bladzijden zijn ervan gemaakt.",
    ),
    "form": Localized("form", "formulier"),
}  # fmt: skip


def say(key: str, language: Language, **values: object) -> str:
    """A text of this tool with its values."""
    return TEXT[key].get(language).format(**values)


def word(table: str, key: str, language: Language) -> str:
    """What an editor shows for a word."""
    text: str = SAID[table][key][language]
    return text


def cell(text: str) -> str:
    """Text in a table."""
    return text.replace("|", "\\|")


def page(form: Form, language: Language) -> str:
    """The page of a form."""
    label = form.label.get(language)
    options = DAYS.get(form.name, OTHERS)
    picture = f"![{say('picture', language)}]({PICTURES[language]}/form-{form.name}.png)"
    lines = [
        f"# {label[:1].upper()}{label[1:]}", "", say("name", language, name=form.name, how_to=HOW_TO[language]), "",
        say("command", language), "", "```sh", f"consistent fiche {EXAMPLES[form.name]} --form {form.name} {options} -o draft.docx", "```", "",
        picture, "", f"## {say('sources', language)}", "", f"| {say('source', language)} | {say('confirmed', language)} |", "|---|---|",
    ]  # fmt: skip
    for source in form.sources:
        cited = f"[{source.label}]({source.url})" if source.url else source.label
        lines.append(f"| {cell(cited)} | {cell(source.confirms.get(language))} |")
    if form.unconfirmed.en:
        lines += ["", f"{say('unconfirmed', language)}: {form.unconfirmed.get(language)}"]
    lines += ["", f"## {say('terms', language)}", "", *terms(form, language)]
    lines += ["", f"## {say('headings', language)}", ""]
    lines += [f"| {say('heading', language)} | {say('filled', language)} | {say('asked', language)} |", "|---|---|---|"]
    for section in form.sections:
        if section.parts:
            lines.append(f"| **{cell(section.heading.get(language))}** | | |")
        for name in section.names:
            heading = form.parts[name].heading if section.parts else section.heading
            said = heading.get(language)
            shown = said if section.parts else f"**{said}**"
            asked = " ".join(each.text.get(language) for each in form.parts[name].questions if not each.unless)
            lines.append(f"| {cell(shown)} | {cell('; '.join(filled(form.parts[name], language)))} | {cell(asked)} |")
    return "\n".join(lines) + "\n"


def terms(form: Form, language: Language) -> Iterator[str]:
    """By when it is due."""
    if not form.terms:
        yield say("no terms", language)
    for term in form.terms:
        days = say("working" if term.working else "days", language, days=term.days)
        since = ", ".join(word("word", each, language) for each in term.since)
        only = f", {say('only', language, kinds=', '.join(f'`{kind}`' for kind in term.kinds))}" if term.kinds else ""
        yield f"- {days} {say('from', language)} {since}{only}"


def filled(part: FormPart, language: Language) -> Iterator[str]:
    """What fills a part, in the words of the schema."""
    yield from (word("fill", fill, language) for fill in part.fills)
    if part.quotations:
        yield say("quoted", language, what=", ".join(word("word", each.about, language) for each in part.quotations))
    if part.dimensions or part.principles:
        on = [word("word", each, language) for each in part.dimensions] + [f"`{each}`" for each in part.principles]
        yield say("findings", language, what=", ".join(on))
    if part.rest:
        yield say("rest", language)
    if part.statements:
        yield say("statements", language, what=", ".join(f"`{each}`" for each in part.statements))
    if part.duties:
        yield say("duties", language)


def index(language: Language) -> str:
    """The page that lists the forms."""
    lines = [f"# {say('index', language)}", "", say("about", language, how_to=HOW_TO[language]), ""]
    lines += [f"| `--form` | {say('form', language)} |", "|---|---|"]
    for name in SHIPPED_FORMS:
        label = form_named(name).label.get(language)
        lines.append(f"| [`{name}`]({name}.md) | {label} |")
    return "\n".join(lines) + "\n"


def wanted() -> dict[Path, str]:
    """Every page that there should be."""
    pages: dict[Path, str] = {}
    for language in LANGUAGES:
        folder = ROOT / FOLDERS[language]
        pages[folder / "README.md"] = index(language)
        pages |= {folder / f"{name}.md": page(form_named(name), language) for name in SHIPPED_FORMS}
    return pages


def main() -> int:
    """Write the pages, or look whether they are as they should be."""
    changed = [path for path, text in wanted().items() if not path.exists() or path.read_text("utf-8") != text]
    if "--check" in sys.argv[1:]:
        for path in changed:
            print(f"{path.relative_to(ROOT)} is not as it would be: python tools/write_form_pages.py")
        return int(bool(changed))
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted()[path], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
