"""The life of an invented act about lamps: what the Commission proposes, two texts of the Council, and the act, as plain text."""

from pathlib import Path

__all__ = ["ACT", "AMENDMENTS", "COMPROMISE", "HEAD", "MANDATE", "PROPOSAL", "PROPOSED", "write_file"]

HEAD = """\
REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL
on the lamps of harbours
(Text with EEA relevance)
THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,
Having regard to the Treaty on the Functioning of the European Union, and in particular Article 100(2) thereof,
Whereas:
(1) Lamps go out at night, and ships that see no lamp run aground on rocks that nobody marked.
HAVE ADOPTED THIS REGULATION:
"""
PROPOSED = """\
EUROPEAN COMMISSION
Brussels, 4.5.2026
COM(2026) 920 final
2026/0920(COD)
Proposal for a
"""
_COUNCIL = """\
Council of the European Union
Brussels, {day}
(OR. en)
{number}
Interinstitutional File:
2026/0920(COD)
NOTE
From: Presidency
To: Permanent Representatives Committee
No. Cion doc.: COM(2026) 920 final
Subject: Proposal for a REGULATION OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL on the lamps of harbours
- {what}
ANNEX
Proposal for a
"""
_ADOPTED = "REGULATION (EU) 2027/1234 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL\nof 3 March 2027\n"

_LAMPS = "Each Member State shall keep the lamps of its harbours burning from dusk until dawn on every day of the year."
_OIL = "The Commission may adopt implementing acts that lay down which oil the keepers of lamps are to burn in winter."
_EXAMINED = " Those implementing acts shall be adopted in accordance with the examination procedure referred to in Article 9(2)."
_ADVISED = (
    " Those implementing acts shall be adopted in accordance with the advisory procedure referred to in Article 9(3)."
)
_LIST = (
    "The Commission is empowered to adopt delegated acts in accordance with Article 8 to amend the list of harbours in "
    "the Annex in order to keep up with the trade that goes through them."
)
# Whether it supplements or amends is left open.
_LIST_OPEN = (
    "The Commission is empowered to adopt delegated acts in accordance with Article 8 to amend the list of harbours and to "
    "supplement this Regulation as regards the trade that goes through them."
)
_FEES = "Owners of ships shall pay a yearly fee for the buoys that mark the safe way into a harbour they call at."
_STATES = "Member States may exempt ships that carry no cargo from the fee for the buoys that mark the safe way."
_BOARD = "The European Maritime Safety Agency may inspect the buoys that mark the safe way into a harbour at any time."

# A list of amendments, which holds no text of the act.
AMENDMENTS = """\
European Parliament
2024-2029
Committee on Transport and Tourism
2026/0920(COD)
13.7.2026
AMENDMENTS 12 - 40
Draft report
on the lamps of harbours
Amendment 12
Article 1
Text proposed by the Commission Amendment
"""


def _act(oil: str, listed: str, *fees: str) -> str:
    lines = ["Article 1", "Lamps", f"1. {_LAMPS}", f"2. {oil}", "Article 2", "Harbours", listed, "Article 3", "Buoys"]
    lines += [f"{number}. {text}" for number, text in enumerate((_FEES, *fees), start=1)]
    return "\n".join([*lines, ""])


def _council(number: str, day: str, what: str) -> str:
    return _COUNCIL.format(number=number, day=day, what=what)


# The delegation leaves open what it does; the Council says so and takes the agency in; a second text takes it out again.
PROPOSAL = PROPOSED + HEAD + _act(_OIL + _EXAMINED, _LIST_OPEN, _STATES)
COMPROMISE = (
    _council("9890/26", "12 June 2026", "Presidency compromise text") + HEAD + _act(_OIL + _EXAMINED, _LIST, _BOARD)
)
MANDATE = (
    _council("9891/26", "26 June 2026", "Mandate for negotiations with the European Parliament")
    + HEAD
    + _act(_OIL + _ADVISED, _LIST_OPEN, _STATES)
)
ACT = _ADOPTED + HEAD.partition("\n")[2] + _act(_OIL + _ADVISED, _LIST, _STATES) + "Done at Brussels, 3 March 2027.\n"


def write_file(folder: Path, **texts: str) -> Path:
    """A folder with texts, by the names of their files without `.txt`."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder
