"""Results of tests as JUnit XML, in the form that build servers read: the schema `junit-10` of Jenkins."""

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from attrs import frozen

__all__ = ["JunitCase", "junit_xml"]

# Everything that XML 1.0 cannot hold, not even as a reference.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@frozen(kw_only=True)
class JunitCase:
    """One test that was run.

    Attributes:
        group: what it belongs to.
        name: what it is within that.
        kind: what kind of test it is.
        seconds: that it took.
        message: what is wrong, in a line; None where nothing is.
        text: the same at length.
        skipped: what the message tells did not fail: it could not be decided, or does not count.
    """

    group: str
    name: str
    kind: str
    seconds: float
    message: str | None = None
    text: str = ""
    skipped: bool = False

    @property
    def failed(self) -> bool:
        """Whether something is wrong."""
        return self.message is not None and not self.skipped


def junit_xml(cases: Iterable[JunitCase], name: str) -> bytes:
    """A document with one suite of tests.

    Args:
        cases: in order; may be empty.
        name: of the suite.

    Returns:
        The document in UTF-8. Letters that XML cannot hold are replaced.
    """
    listed = list(cases)
    suite = ET.Element(
        "testsuite",
        name=_held(name),
        tests=str(len(listed)),
        failures=str(sum(each.failed for each in listed)),
        errors="0",
        skipped=str(sum(each.message is not None and each.skipped for each in listed)),
        time=_time(sum(each.seconds for each in listed)),
    )
    for each in listed:
        case = ET.SubElement(
            suite, "testcase", classname=_held(each.group), name=_held(each.name), time=_time(each.seconds)
        )
        if each.failed:
            failure = ET.SubElement(case, "failure", message=_held(each.message or ""), type=_held(each.kind))
            failure.text = _held(each.text)
        elif each.message is not None:
            # The schema gives what is skipped a message and no more; the rest is what the test put out.
            ET.SubElement(case, "skipped", message=_held(each.message))
        if not each.failed and each.text:
            ET.SubElement(case, "system-out").text = _held(each.text)
    suites = ET.Element("testsuites")
    suites.append(suite)
    ET.indent(suites)
    document: bytes = ET.tostring(suites, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _held(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _time(seconds: float) -> str:
    return f"{seconds:.3f}"
