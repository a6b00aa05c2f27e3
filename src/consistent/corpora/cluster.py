"""A cluster of machines, by Dask: the only module that knows `dask.distributed`."""

from collections.abc import Iterator
from contextlib import contextmanager

from consistent.corpora._executing import ExecutorWorkers
from consistent.errors import UsageError
from consistent.model.text import Language, Localized
from consistent.version import to_install

__all__ = ["cluster"]

_SECONDS = 10
_NOT_INSTALLED = Localized("dask.distributed is not installed", "dask.distributed is niet geïnstalleerd")
_NO_SCHEDULER = Localized(
    "no scheduler answers at `{address}`: {reason}", "er antwoordt geen planner op `{address}`: {reason}"
)
_START = Localized("start one with `dask scheduler`", "start er een met `dask scheduler`")
_NO_WORKERS = Localized("the scheduler at `{address}` has no workers", "de planner op `{address}` heeft geen werkers")
_START_WORKERS = Localized("start them with `dask worker {address}`", "start ze met `dask worker {address}`")


@contextmanager
def cluster(address: str, language: Language = "en") -> Iterator[ExecutorWorkers]:
    """The workers of a scheduler.

    Args:
        address: of the scheduler, `tcp://host:8786`.
        language: of errors.

    Raises:
        UsageError: `dask.distributed` is not installed, or no scheduler with workers answers there.
    """
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415  an extra
    except ImportError:
        raise UsageError(_NOT_INSTALLED.get(language), to_install("dask")) from None
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = str(error) or type(error).__name__
        message = _NO_SCHEDULER.get(language).format(address=address, reason=reason)
        raise UsageError(message, _START.get(language)) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_SECONDS)
        except TimeoutError:
            message, help = (text.get(language).format(address=address) for text in (_NO_WORKERS, _START_WORKERS))
            raise UsageError(message, help) from None
        threads = sum(client.nthreads().values())
        # When a worker ends, the scheduler retries its slice on another one; `KilledWorker` says that several ended with it.
        yield ExecutorWorkers(client.get_executor(pure=False), in_flight=4 * threads, crashes=(KilledWorker,))
