"""The console of the command; a module of its own, as rich is large and help does without."""

from rich.console import Console

__all__ = ["ResultConsole"]


class ResultConsole(Console):
    """A console whose end, where its reader has gone, is the caller's to decide."""

    def on_broken_pipe(self) -> None:
        # Rich would end the process with status 1, which says that something was found.
        raise BrokenPipeError
