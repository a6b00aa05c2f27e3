"""What LegisWrite, the Commission's drafting tool, says of a document in its variables.

They stand in `word/settings.xml` of the DOCX and in a comment of the XHTML.
"""

import re
from collections.abc import Mapping

__all__ = ["properties_from", "variables_in"]

# As the converter of the Publications Office writes them; a value can hold quotation marks.
_VARIABLE = re.compile(r"\[name=([^;\]]{1,80});value=\"(.*?)\"\](?=,\[name=|\s*$)", re.DOTALL)
_NOT_SET = frozenset({"", "UNUSED", "EMPTY", "<UNUSED>", "<EMPTY>"})


def variables_in(comment: str) -> dict[str, str]:
    """The variables that a comment of the XHTML lists; none where it is another comment."""
    if "all docVars" not in comment[:80]:
        return {}
    return {each[1]: each[2].strip() for each in _VARIABLE.finditer(comment) if each[2].strip() not in _NOT_SET}


def properties_from(variables: Mapping[str, str]) -> dict[str, str]:
    """The properties of a document from its variables, as far as they say them (`Content.properties`)."""
    said = {name: value.strip() for name, value in variables.items() if value.strip() not in _NOT_SET}
    get = said.get
    year, number = get("LW_REF.II.NEW.CP_YEAR", ""), get("LW_REF.II.NEW.CP_NUMBER", "")
    found = {
        "reference": _joined(
            get("LW_REF.INST.NEW", "") + get("LW_REF.INST.NEW_TEXT", ""), get("LW_REF.INST.NEW_ADOPTED", "")
        ),
        "procedure": f"{year}/{number}({get('LW_REF.II.NEW.CP', '')})" if year and number else "",
        "date": get("LW_EMISSION_ISODATE", ""),
        "kind": _joined(get("LW_STATUT.CP", ""), get("LW_TYPE.DOC.CP", "")),
        "title": get("LW_TITRE.OBJ.CP", ""),
        "language": get("LW_LANGUE", "").lower(),
    }
    return {name: value for name, value in found.items() if value}


def _joined(*pieces: str) -> str:
    return " ".join(filter(None, pieces))
