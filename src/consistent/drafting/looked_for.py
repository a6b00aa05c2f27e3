"""What a draft was read for: by field of a measure the terms that the reader knows words for, and how often it finds them.

How often is measured on hand-made readings that nobody looked at while the words were written down (`recall.toml`, written by
`python -m benchmarks.reading --recall`). What a reader does not find where it looked is presumed not to be there; a term that
it knows no words for is not, and stays unknown.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import tomli

from consistent.drafting.cues.cue import Cues, Sort
from consistent.drafting.lexicon.lexicon import shipped_lexicon
from consistent.model.proposal import fields_in
from consistent.model.recorded import LookedFor
from consistent.model.text import Language
from consistent.model.vocabulary import Vocabularies

__all__ = ["looked_for"]

_RECALL = Path(__file__).parent / "recall.toml"
# Who finds less than half of what is there has not looked well enough to presume anything; who was tried on less has not shown it.
_LEAST_RECALL, _LEAST_TRIED = 0.5, 10
# Read off the force of a sentence, without a cue.
_FORCES = ("binding", "voluntary", "call")


def looked_for(cues: Cues, vocabularies: Vocabularies, language: Language, sort: Sort) -> Iterator[LookedFor]:
    """What the text of every measure is read for; fields that are found too seldom, or on too little, are left out.

    Args:
        cues: by which it is read.
        vocabularies: whose terms count.
        language: of the document.
        sort: of the document.
    """
    measured = _measured().get(f"{language}-{'policy' if sort == 'policy' else 'act'}", {})
    for name, about in fields_in(vocabularies).measure.items():
        found, of = measured.get(name, (0, 0))
        if of >= _LEAST_TRIED and found >= _LEAST_RECALL * of:
            known = _known(cues, name, language)
            terms = tuple(term for term in vocabularies[about.vocabulary].terms if term in known)
            yield LookedFor(field=name, terms=terms, found=found, of=of)


@cache
def _measured() -> Mapping[str, Mapping[str, tuple[int, int]]]:
    """Found, and there to be found, by language and sort of document, and by field."""
    data: Mapping[str, Mapping[str, tuple[int, int]]] = tomli.loads(_RECALL.read_text("utf-8"))
    return data


def _known(cues: Cues, name: str, language: Language) -> set[str]:
    """The terms of a field for which there are words in a language."""
    terms = {cue.term for cue in cues.of.get(name, ()) if not (cue.en or cue.nl) or cue.phrases.get(language)}
    terms |= {
        term
        for (field, term), entry in shipped_lexicon().entries.items()
        if field == name and (entry.nl if language == "nl" else entry.en)
    }
    # Whom a frame or a subject names.
    files = {frame.file for frame in cues.frames if frame.gives == name and frame.phrases.get(language)}
    files |= {"actors"} if name in {"actors", "addressees"} else set()
    for file in files:
        names = cues.names.get((file, language))
        if names is not None:
            terms |= {term for term, _ in (*names.terms, *names.head_terms)}
    return terms | set(_FORCES if name == "bindingness" else ())
