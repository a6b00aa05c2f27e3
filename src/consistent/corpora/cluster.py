"""A cluster of machines, by Dask: the only module that knows `dask.distributed`."""

from collections.abc import Iterator
from contextlib import contextmanager

from consistent.corpora.executing import Handed
from consistent.errors import UsageError

__all__ = ["cluster"]

_SECONDS = 10


@contextmanager
def cluster(address: str) -> Iterator[Handed]:
    """The workers of a scheduler.

    Args:
        address: of the scheduler, `tcp://host:8786`.

    Raises:
        UsageError: `dask.distributed` is not installed, or no scheduler with workers answers there.
    """
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415  an extra
    except ImportError:
        raise UsageError("dask.distributed is not installed", "pip install 'consistent[dask]'") from None
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise UsageError(f"no scheduler answers at `{address}`: {reason}", "start one with `dask scheduler`") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_SECONDS)
        except TimeoutError:
            raise UsageError(
                f"the scheduler at `{address}` has no workers", f"start them with `dask worker {address}`"
            ) from None
        threads = sum(client.nthreads().values())
        # The scheduler gives a slice to another worker when one ends; `KilledWorker` says that several did so.
        yield Handed(client.get_executor(pure=False), in_flight=4 * threads, ending=(KilledWorker,))
