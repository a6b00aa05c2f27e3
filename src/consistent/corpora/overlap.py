"""What a run writes is no part of what it reads, by whatever name or link it is reached."""

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from consistent.errors import UsageError
from consistent.model.text import Language, Localized

__all__ = ["leads_to", "refuse_overlap"]

_SAME = Localized("corpus `{path}` is what the run would write to", "corpus `{path}` is waarheen de gang zou schrijven")
_ANOTHER = Localized("name another output", "noem een andere uitvoer")


def leads_to(path: Path, own: Iterable[Path]) -> bool:
    """Whether a path is one of these. What is not there is none, nor a terminal, which gives other things than it takes."""
    for each in own:
        with suppress(OSError):
            if path.samefile(each) and (path.is_file() or path.is_dir()):
                return True
    return False


def refuse_overlap(corpus: Path, own: Iterable[Path], language: Language) -> None:
    """See to it that a corpus is not what a run writes, and does not lie in it.

    Raises:
        UsageError: it is, or does.
    """
    own = tuple(own)
    if any(leads_to(each, own) for each in (corpus, *corpus.resolve().parents)):
        raise UsageError(_SAME.get(language).format(path=corpus), _ANOTHER.get(language))
