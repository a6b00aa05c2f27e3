"""What was found, as the lines or rows of the output; written where it was found, so that it travels as bytes."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from consistent.corpora.options import Form
from consistent.corpora.results import Bad, Result
from consistent.errors import Fault
from consistent.findings.said import Spoken

__all__ = ["render"]


def render(results: Iterable[Result], form: Form) -> bytes:
    """Results in the form of the output, in order: lines of JSON, or a table of Arrow."""
    if form == "parquet":
        from consistent.corpora.parquet import rows  # noqa: PLC0415  pyarrow is an extra, and large

        return rows(results)
    return b"".join(map(_line, results))


def _fault_to_data(fault: Fault) -> dict[str, Any]:
    """A fault as plain data."""
    return {"message": fault.message, "at": str(fault.location), "help": fault.help}


def _line(result: Result) -> bytes:
    head = {"index": result.index, "source": result.source}
    if isinstance(result, Bad):
        return _encoded(
            json.dumps(head | {"error": list(map(_fault_to_data, result.faults))}, ensure_ascii=False) + "\n"
        )
    head |= {"name": result.name, "measures": result.measures, "outcomes": dict(result.outcomes)}
    report = "" if result.report is None else f', "report": {json.dumps(result.report, ensure_ascii=False)}'
    spoken = ", ".join(map(_said, result.spoken))
    return _encoded(f'{json.dumps(head, ensure_ascii=False)[:-1]}, "spoken": [{spoken}]{report}}}\n')


@lru_cache(maxsize=1 << 16)
def _said(spoken: Spoken) -> str:
    """One thing said, as JSON; by far the most of the output, and the same things over and over."""
    said = {"rule": spoken.rule, "measure": spoken.measure, "verdict": spoken.verdict, "state": spoken.outcome}
    return json.dumps(said, ensure_ascii=False)


def _encoded(line: str) -> bytes:
    try:
        return line.encode()
    except UnicodeEncodeError:
        # Halves of letters, which JSON can name and UTF-8 cannot hold.
        return line.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
