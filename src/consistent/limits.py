"""How much is read of what anybody may have written: every limit, and the one error for what passes one.

What grows with the input is bounded by the size of the input, before it is read; what a library does with it, in a process
of its own (`confined`). `docs/reference/limits.md` lists the limits.
"""

from attrs import frozen

from consistent.errors import Fault, InputError, Location

__all__ = [
    "ATTRIBUTES",
    "CONFINED",
    "DEPTH",
    "ELEMENTS",
    "FILE",
    "GLYPHS",
    "LETTERS",
    "MARKUP",
    "MEMORY",
    "MEMORY_OF_DRAFT",
    "MEMORY_OF_TEMPLATE",
    "PAGES",
    "PARAGRAPHS",
    "PARTS",
    "SECONDS",
    "SECONDS_OF_DRAFT",
    "SECONDS_OF_TEMPLATE",
    "TAGS",
    "UNPACKED",
    "VALUES",
    "Limit",
    "holds_too_many",
]

_SPLIT = ("split it; a proposal is one file", "splits het; een voorstel is één bestand")
_AGAIN = ("save it again, or give it in another format", "sla het opnieuw op, of geef het in een ander formaat")


@frozen
class Limit:
    """A limit.

    Attributes:
        most: what is read at most.
        unit: what is counted, in English and in Dutch.
        help: how to mend what passes it, in both.
    """

    most: int
    unit: tuple[str, str]
    help: tuple[str, str] = _SPLIT

    def fault(self, location: Location) -> Fault:
        """What is said where something passes it."""
        english, dutch = self.unit
        return Fault(
            f"too much to be read: at most {self.most:,} {english}",
            location,
            self.help[0],
            (f"te veel om te lezen: hoogstens {f'{self.most:,}'.replace(',', '.')} {dutch}", self.help[1]),
        )

    def passed(self, name: str, line: int | None = None) -> InputError:
        """The error for an input that passes it.

        Args:
            name: how messages call the input.
            line: where it does; None where no line is to blame.
        """
        return InputError([self.fault(Location(name, line))])


# Of every input.
# A file beyond it is no proposal, and would fill the memory.
FILE = Limit(50_000_000, ("bytes", "bytes"))

# Of TOML and JSON. Conditions of rules nest; nobody can read one that nests deeper than this.
DEPTH = Limit(
    64,
    ("lists and tables within each other", "lijsten en tabellen in elkaar"),
    ("write it with fewer in each other", "schrijf het met minder in elkaar"),
)
# Signs that begin or part a value, counted before any of them is read. A value, with its line, takes some 1,300 bytes; the draft
# of a long act has 30,000.
VALUES = Limit(1_000_000, ("values", "waarden"))


def holds_too_many(text: str | bytes) -> bool:
    """Whether TOML or JSON holds too many values: told before any of them is made."""
    if isinstance(text, str):
        return sum(map(text.count, "=,[{")) > VALUES.most
    return sum(map(text.count, (b"=", b",", b"[", b"{"))) > VALUES.most


# Of documents.
# Three times the longest proposals. What is looked for in a text takes time with its length, at worst a minute for a million letters.
LETTERS = Limit(3_000_000, ("letters of a document", "letters van een document"))
PARAGRAPHS = Limit(50_000, ("paragraphs of a document", "alinea's van een document"))
# The largest act of the Union, the Combined Nomenclature, is half of this.
MARKUP = Limit(25_000_000, ("bytes of markup", "bytes aan opmaak"))
# An element takes some 200 bytes. A long proposal has 30,000 tags.
TAGS = Limit(1_000_000, ("tags of a document", "tags van een document"))
# libxml2 compares each attribute of an HTML tag with all before it.
ATTRIBUTES = Limit(500, ("attributes of a tag", "attributen van een tag"), _AGAIN)
# As libxml2 has it.
ELEMENTS = Limit(255, ("elements within each other", "elementen in elkaar"), _AGAIN)
# What all parts that are read may hold once unpacked; the longest proposals hold 10 million.
UNPACKED = Limit(60_000_000, ("bytes once unpacked", "bytes na het uitpakken"))
PARTS = Limit(10_000, ("parts of an archive", "delen van een archief"), _AGAIN)
# Ten times the longest proposal known; beyond, a file would take minutes.
PAGES = Limit(2_000, ("pages", "bladzijden"))
GLYPHS = Limit(8_000_000, ("glyphs", "tekens"))

# Of work in a process of its own. 143 pages of PDF take 1 to 3 seconds and 43 MB; a long fiche a second and 100 MB.
SECONDS = Limit(120, ("seconds", "seconden"), _AGAIN)
MEMORY = Limit(2_000_000_000, ("bytes of memory", "bytes geheugen"), _AGAIN)
SECONDS_OF_TEMPLATE = Limit(60, ("seconds for a template", "seconden voor een sjabloon"), _AGAIN)
MEMORY_OF_TEMPLATE = Limit(
    1_000_000_000, ("bytes of memory for a template", "bytes geheugen voor een sjabloon"), _AGAIN
)
# A long proposal is drafted in 10 seconds and 400 MB.
SECONDS_OF_DRAFT = Limit(300, ("seconds for a draft", "seconden voor een concept"), _AGAIN)
MEMORY_OF_DRAFT = Limit(3_000_000_000, ("bytes of memory for a draft", "bytes geheugen voor een concept"), _AGAIN)
# From so many bytes of markup on a document is read in such a process: below, its size bounds all that is done with it (a second, 100 MB),
# and to start a process would cost a short document as much as to read it.
CONFINED = 1_000_000
