"""Which items are run: expressions over words of their ids, as in `cyber and not open`."""

import re
from collections.abc import Callable

from consistent.errors import UsageError
from consistent.testing.suite.items import Item

__all__ = ["Choice", "chooser"]

Choice = Callable[[Item], bool]

_TOKEN = re.compile(r'\(|\)|"[^"]*"|[^\s()"]+|"')
# Nobody writes a longer one; one of thousands would be nested beyond what can be read.
_MOST_TOKENS = 200
_HELP = "words of ids, joined by `and`, `or`, `not` and brackets; quote what has blanks in it"


def chooser(expression: str) -> Choice:
    """A test for items.

    Args:
        expression: words that an id or the name of a kind must hold, whatever their case, joined by `and`, `or`, `not`
            and brackets. Words with blanks stand in double quotes.

    Raises:
        UsageError: it is not such an expression.
    """
    return _Reader(expression).whole()


class _Reader:
    def __init__(self, expression: str) -> None:
        self._expression = expression
        self._tokens = _TOKEN.findall(expression)
        self._next = 0

    def whole(self) -> Choice:
        """The expression, of which nothing may be left over."""
        if len(self._tokens) > _MOST_TOKENS:
            raise UsageError(f"expression is too long: at most {_MOST_TOKENS} words", _HELP)
        choice = self._any()
        if self._next < len(self._tokens):
            raise self._refused(f"`{self._tokens[self._next]}` follows without `and` or `or`")
        return choice

    def _any(self) -> Choice:
        parts = [self._all()]
        while self._taken("or"):
            parts.append(self._all())
        return lambda item: any(each(item) for each in parts)

    def _all(self) -> Choice:
        parts = [self._one()]
        while self._taken("and"):
            parts.append(self._one())
        return lambda item: all(each(item) for each in parts)

    def _one(self) -> Choice:
        if self._taken("not"):
            denied = self._one()
            return lambda item: not denied(item)
        if self._taken("("):
            inner = self._any()
            if not self._taken(")"):
                raise self._refused("a bracket is not closed")
            return inner
        return self._word()

    def _word(self) -> Choice:
        token = self._tokens[self._next] if self._next < len(self._tokens) else ""
        word = token.strip('"').lower()
        if not word or token in {"and", "or", ")"}:
            raise self._refused("a word is missing")
        self._next += 1
        return lambda item: word in item.id.lower() or word == item.kind

    def _taken(self, token: str) -> bool:
        found = self._tokens[self._next : self._next + 1] == [token]
        self._next += found
        return found

    def _refused(self, why: str) -> UsageError:
        return UsageError(f"cannot read `{self._expression}`: {why}", _HELP)
