"""`consistent check --corpus`: many proposals as a stream."""

import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic

from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from consistent.checker import load
from consistent.cli.inputs import read_waivers, tell_other_packs
from consistent.cli.streams import Streams
from consistent.corpora import running
from consistent.corpora.cluster import cluster
from consistent.corpora.sinks import Sink, Stream, open_sink
from consistent.corpora.sources import FOLDER_LINK, Source, StandardInput, open_corpus
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
_LINKS = Localized("left out, links to folders: {count:,}", "overgeslagen, koppelingen naar mappen: {count:,}")
_STOPPED = Localized("stopped; the same command goes on from here", "gestopt; dezelfde opdracht gaat vanaf hier verder")
_EMPTY = Localized("no proposals in this corpus", "geen voorstellen in dit corpus")
_NOT_BOTH = Localized(
    "a corpus is checked by itself, without `{name}`", "een corpus wordt op zichzelf getoetst, zonder `{name}`"
)
_EXCLUDE = Localized("`--processes` and `--dask` exclude each other", "`--processes` en `--dask` sluiten elkaar uit")
_CLOSED = Localized("input is closed", "invoer is gesloten")


def check_corpus(arguments: Namespace, streams: Streams) -> int:
    """Check a corpus; what is bad in it is told in the output, and does not stop the rest."""
    language: Language = arguments.lang
    for name, given in {
        **dict.fromkeys(arguments.paths, True),
        "--verbose": arguments.verbose,
        "--why": arguments.why,
        f"--format {arguments.format}": arguments.format not in {"text", "json"},
    }.items():
        if given:
            raise UsageError(_NOT_BOTH.get(language).format(name=name))
    if arguments.dask and arguments.processes > 1:
        raise UsageError(_EXCLUDE.get(language))
    kb = load(arguments.pack).selected(arguments.select, arguments.ignore)
    tell_other_packs(kb, language, streams)
    source = _source(arguments.corpus, language)
    if arguments.output is None:
        sink: Sink = Stream(lambda line: streams.write_json(line.decode()))
        # It may lead to a file.
        source.keep_apart([Path("/dev/stdout")])
    else:
        sink = open_sink(arguments.output, language)
    with ExitStack() as closed:
        executor = None if arguments.dask is None else closed.enter_context(cluster(arguments.dask, language))
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
                    strict=arguments.strict,
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
            # The command says it, where there is more to say than that.
            raise KeyboardInterrupt(_STOPPED.get(language) if sink.path is not None else "") from None
    _close(found, source, language, streams)
    if not found.counts.checked:
        return 2
    return 3 if found.counts.bad else int(found.counts.reaching(arguments.fail_on) > 0)


def _source(name: str, language: Language) -> Source:
    """The corpus of a path, or with `-` what comes through standard input."""
    if name != "-":
        return open_corpus(name, language)
    # Python has no stream where the caller closed it.
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise InputError([Fault(_CLOSED.get(language), Location("<stdin>"))])
    return StandardInput(stream, language)


def _close(found: running.Run, source: Source, language: Language, streams: Streams) -> None:
    """Say what became of the corpus.

    Raises:
        InputError: there was nothing in it.
    """
    counts = found.counts
    endings = {ending: count for ending, count in source.left_out.items() if ending != FOLDER_LINK}
    files = ", ".join(f"{ending or '-'} ({count:,})" for ending, count in sorted(endings.items()))
    links = source.left_out[FOLDER_LINK]
    told = [
        _CLOSING.get(language).format(
            checked=counts.checked, conflicts=counts.conflicts, open=counts.open, bad=counts.bad
        )
        if counts.items
        else "",
        _BEFORE.get(language).format(count=found.found_done) if found.found_done else "",
        _LEFT_OUT.get(language).format(files=files) if files else "",
        _LINKS.get(language).format(count=links) if links else "",
    ]
    for sentence in filter(None, told):
        streams.err.print(sentence, soft_wrap=True)
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
        task = shown.add_task(_CHECKING.get(language), total=None, items="", rate="")
        first: list[tuple[float, int]] = []

        def watch(progress: running.Progress) -> None:
            items = progress.counts.items
            if not first:
                # By now it is known what of a folder is the run's own.
                shown.update(task, total=source.size)
                first.append((monotonic(), items))
            began, before = first[0]
            rate = (items - before) / (monotonic() - began) if items > before else 0
            shown.update(
                task,
                completed=progress.position,
                items=f"{items:,}",
                rate=_RATE.get(language).format(rate=rate) if rate else "",
            )

        yield watch
