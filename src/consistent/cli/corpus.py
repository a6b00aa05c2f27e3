"""`consistent check --corpus`: many proposals as a stream."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from time import monotonic

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from consistent.checker import load
from consistent.cli.inputs import read_waivers
from consistent.cli.streams import Streams
from consistent.corpora import running
from consistent.corpora.cluster import cluster
from consistent.corpora.sinks import Stream, open_sink
from consistent.corpora.sources import Source, open_corpus
from consistent.errors import Fault, InputError, Location, UsageError
from consistent.model.text import Language, Localized

__all__ = ["check_corpus"]

_CHECKING = Localized("checking", "toetsen")
_RATE = Localized("{rate:,.0f} a second", "{rate:,.0f} per seconde")
_CLOSING = Localized(
    "checked {checked:,}: {conflicts:,} with a conflict, {open:,} with something open; {bad:,} could not be read or checked",
    "{checked:,} getoetst: {conflicts:,} met strijdigheid, {open:,} met iets open; {bad:,} niet te lezen of te toetsen",
)
_BEFORE = Localized("{count:,} of these by an earlier run", "{count:,} daarvan door een eerdere gang")
_LEFT_OUT = Localized("left out by their ending: {files}", "overgeslagen om hun uitgang: {files}")
_STOPPED = Localized("stopped; the same command goes on from here", "gestopt; dezelfde opdracht gaat vanaf hier verder")
_EMPTY = Localized("no proposals in this corpus", "geen voorstellen in dit corpus")
_NOT_BOTH = Localized(
    "a corpus is checked by itself, without `{name}`", "een corpus wordt op zichzelf getoetst, zonder `{name}`"
)


def check_corpus(arguments: Namespace, streams: Streams) -> int:
    """Check a corpus; what is bad in it is told in the output, and does not stop the rest."""
    language: Language = arguments.lang
    for name, given in {
        **dict.fromkeys(arguments.paths, True),
        "--verbose": arguments.verbose,
        "--why": arguments.why,
        f"--format {arguments.format}": arguments.format not in {"text", "json"},
        "--processes": arguments.dask and arguments.processes > 1,
    }.items():
        if given:
            raise UsageError(_NOT_BOTH.get(language).format(name=name))
    kb = load(arguments.pack).selected(arguments.select, arguments.ignore)
    source = open_corpus(arguments.corpus)
    sink = (
        Stream(lambda line: streams.write_json(line.decode()))
        if arguments.output is None
        else open_sink(arguments.output)
    )
    with ExitStack() as closed:
        executor = None if arguments.dask is None else closed.enter_context(cluster(arguments.dask))
        try:
            with _watching(source, language, streams) as watch:
                found = running.run(
                    kb,
                    source,
                    sink,
                    as_of=arguments.as_of,
                    engine=arguments.engine,
                    waivers=read_waivers(arguments),
                    ending_within=arguments.ending_within,
                    verified_within=arguments.verified_within,
                    as_proposal=arguments.as_proposal,
                    full=arguments.full,
                    language=language,
                    processes=arguments.processes,
                    executor=executor,
                    restart=arguments.restart,
                    force=arguments.force,
                    watch=watch,
                )
        except KeyboardInterrupt:
            if sink.path is not None:
                streams.err.print(_STOPPED.get(language))
            raise
    _close(found, source, language, streams)
    if not found.counts.checked:
        return 2
    return 3 if found.counts.bad else int(found.counts.reaching(arguments.fail_on) > 0)


def _close(found: running.Run, source: Source, language: Language, streams: Streams) -> None:
    """Say what became of the corpus.

    Raises:
        InputError: there was nothing in it.
    """
    counts = found.counts
    files = ", ".join(f"{ending or '-'} ({count:,})" for ending, count in sorted(source.left_out.items()))
    told = [
        _CLOSING.get(language).format(
            checked=counts.checked, conflicts=counts.conflicts, open=counts.open, bad=counts.bad
        )
        if counts.items
        else "",
        _BEFORE.get(language).format(count=found.found_done) if found.found_done else "",
        _LEFT_OUT.get(language).format(files=files) if files else "",
    ]
    for each in filter(None, told):
        streams.err.print(each, soft_wrap=True)
    if not counts.items:
        raise InputError([Fault(_EMPTY.get(language), Location(source.name))])


@contextmanager
def _watching(
    source: Source, language: Language, streams: Streams
) -> Iterator[Callable[[running.Progress], None] | None]:
    """What shows how far a run has come, on a terminal."""
    if not streams.err.is_terminal:
        yield None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[items]}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=streams.err, transient=True) as shown:
        task = shown.add_task(_CHECKING.get(language), total=source.size, items="", rate="")
        first: list[tuple[float, int]] = []

        def watch(progress: running.Progress) -> None:
            items = progress.counts.items
            first.append((monotonic(), items)) if not first else None
            began, before = first[0]
            rate = (items - before) / (monotonic() - began) if items > before else 0
            shown.update(
                task,
                completed=progress.position,
                items=f"{items:,}",
                rate=_RATE.get(language).format(rate=rate) if rate else "",
            )

        yield watch
