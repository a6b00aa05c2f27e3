"""Checks a slice: reads its items, checks them together, and writes what was found in the form of the output."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from attrs import field, frozen

from consistent.checker import KnowledgeBase
from consistent.corpora.items import Content, FileContent, Unreadable
from consistent.corpora.json_text import is_proposal, parse_object
from consistent.corpora.options import Options
from consistent.corpora.results import Bad, Checked, Counts, Result, outcomes_of
from consistent.corpora.slices import Slice
from consistent.corpora.writing import render
from consistent.errors import ConsistentError, Fault, InputError, Location, UsageError
from consistent.findings.report import Report
from consistent.garbage import collector_paused
from consistent.model.proposal import Proposal
from consistent.reading.many import ManyReader
from consistent.reading.tomlfile import TomlFile
from consistent.reports.json_format import report_to_data

__all__ = ["Done", "SliceChecker"]


@frozen
class Done:
    """A slice that was checked.

    Attributes:
        outputs: what is to be written of it, in the form of the output; in pieces where it was checked in pieces.
    """

    counts: Counts
    outputs: tuple[bytes, ...]

    def __add__(self, other: "Done") -> "Done":
        return Done(self.counts + other.counts, self.outputs + other.outputs)


@frozen
class SliceChecker:
    """Checks slices against one knowledge base."""

    kb: KnowledgeBase
    options: Options
    _reader: ManyReader = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_reader", ManyReader(self.kb.knowledge.vocabularies))

    def check(self, each: Slice) -> Done:
        """Check the items of a slice; a bad one is part of the result.

        Raises:
            UsageError: the options cannot be met, whatever the items: no such engine.
        """
        # In a slice nothing is in a circle, and there is much to look through.
        with collector_paused():
            return self._done(self._results(each))

    def blame(self, each: Slice, fault: str) -> Done:
        """The result for a slice whose items cannot be checked, for a reason that lies outside of them."""
        places = enumerate(each.sources, each.first)
        return self._done(Bad(index, source, (Fault(fault, Location(source)),)) for index, source in places)

    def _done(self, results: Iterable[Result]) -> Done:
        said: list[Collection[str] | None] = []

        def noted() -> Iterator[Result]:
            for each in results:
                said.append(None if isinstance(each, Bad) else each.outcomes.keys())
                yield each

        # Each is written before the next is made; what is said of a slice would fill much memory.
        output = render(noted(), self.options.form)
        return Done(Counts.of(said), (output,))

    def _results(self, each: Slice) -> Iterator[Result]:
        pairs = zip(each.sources, each.contents, strict=True)
        read = [_attempt(source, self._read, content, source) for source, content in pairs]
        reports = self._reports([one for one in read if isinstance(one, Proposal)])
        for index, (source, one) in enumerate(zip(each.sources, read, strict=True), each.first):
            found = one
            if isinstance(one, Proposal):
                report = next(reports)
                found = (
                    _attempt(source, self._checked, index, source, one, report)
                    if isinstance(report, Report)
                    else report
                )
            yield found if isinstance(found, Checked) else Bad(index, source, found)

    def _checked(self, index: int, source: str, proposal: Proposal, report: Report) -> Checked:
        options, spoken = self.options, report.spoken
        return Checked(
            index,
            source,
            proposal.name,
            len(proposal.measures),
            spoken,
            outcomes_of(report, spoken, proposal, waived=bool(options.waivers)),
            report_to_data(report, options.language) if options.full else None,
        )

    def _reports(self, proposals: list[Proposal]) -> Iterator[Report | tuple[Fault, ...]]:
        """The reports in order; where they cannot be made together, one by one, to find the one at fault."""
        try:
            yield from list(self._check(proposals))
        except UsageError:
            raise
        except Exception:  # noqa: BLE001  whatever it was, most items can do without it
            for one in proposals:
                yield _attempt(one.path, lambda one=one: next(self._check([one])))

    def _check(self, proposals: Iterable[Proposal]) -> Iterator[Report]:
        options = self.options
        return self.kb.check_many(
            proposals,
            as_of=options.as_of,
            engine=options.engine,
            waivers=options.waivers,
            ending_within=options.ending_within,
            verified_within=options.verified_within,
        )

    def _read(self, content: Content, source: str) -> Proposal:
        if isinstance(content, bytes):
            return self._reader.read(parse_object(content, source), source)
        if isinstance(content, Unreadable):
            raise InputError(content.faults)
        if isinstance(content, FileContent):
            return self._read_file(content.content, source)
        return self.kb.read(content)

    def _read_file(self, content: bytes, source: str) -> Proposal:
        from consistent.documents.reading import is_document  # noqa: PLC0415  what reads documents is large

        if is_proposal(content):
            return self._read(content, source)
        if is_document(content):
            return self.kb.draft(content, source, as_proposal=self.options.as_proposal).proposal
        return self.kb.read_file(TomlFile.parse(content, source))


def _attempt(source: str, action: Any, *arguments: Any) -> Any:
    """What an action gives, or the faults of one item: what is wrong with it must not stop the others."""
    try:
        return action(*arguments)
    except InputError as error:
        return error.faults
    except UsageError:
        raise
    except ConsistentError as error:
        return (Fault(str(error), Location(source)),)
    except Exception as error:  # noqa: BLE001  a fault of ours in one item; it is told with the item
        message = f"item cannot be checked: {type(error).__name__}: {error}"
        return (Fault(message, Location(source), "please report this as a bug"),)
