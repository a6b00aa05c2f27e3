"""Results as JUnit XML: in the form that build servers read, whatever the text."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from consistent.reports.junit import JunitCase, junit_xml

# The elements of the schema `junit-10` of Jenkins that are written, with the attributes that it has and asks for.
SCHEMA = etree.XMLSchema(
    etree.XML("""
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="testsuites"><xs:complexType><xs:sequence>
    <xs:element name="testsuite" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
      <xs:sequence><xs:element ref="testcase" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
      <xs:attribute name="name" use="required"/>
      <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
      <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
      <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
      <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
      <xs:attribute name="time" type="seconds"/>
    </xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="testcase"><xs:complexType>
    <xs:sequence>
      <xs:element name="failure" minOccurs="0"><xs:complexType mixed="true">
        <xs:attribute name="type"/><xs:attribute name="message"/>
      </xs:complexType></xs:element>
    </xs:sequence>
    <xs:attribute name="name" use="required"/>
    <xs:attribute name="time" type="seconds"/>
    <xs:attribute name="classname"/>
  </xs:complexType></xs:element>
  <xs:simpleType name="seconds"><xs:restriction base="xs:string">
    <xs:pattern value="[0-9]+\\.[0-9]{3}"/>
  </xs:restriction></xs:simpleType>
</xs:schema>""")
)
HELD = etree.XMLParser(resolve_entities=False, no_network=True)


def case(message: str | None = None, text: str = "", name: str = "n") -> JunitCase:
    """A test that was run."""
    return JunitCase(group="small/bad", name=name, kind="example", seconds=0.0124, message=message, text=text)


def parsed(document: bytes) -> etree._Element:
    """The document, which must be valid."""
    root = etree.fromstring(document, HELD)
    SCHEMA.assertValid(root)
    return root


def test_results() -> None:
    """Each test with its time, and what failed with what is wrong."""
    assert junit_xml([case(), case("wrong", "wrong\n  at length", "m")], "consistent").decode() == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        "<testsuites>\n"
        '  <testsuite name="consistent" tests="2" failures="1" errors="0" skipped="0" time="0.025">\n'
        '    <testcase classname="small/bad" name="n" time="0.012" />\n'
        '    <testcase classname="small/bad" name="m" time="0.012">\n'
        '      <failure message="wrong" type="example">wrong\n  at length</failure>\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


def test_nothing() -> None:
    """Without tests there is a suite without tests."""
    (suite,) = parsed(junit_xml([], "consistent"))
    assert (suite.get("tests"), suite.get("failures"), len(suite)) == ("0", "0", 0)


@given(st.text(st.characters(codec=None)), st.text())
def test_hostile_text(message: str, text: str) -> None:
    """Marks of XML stand for themselves, and what XML cannot hold is replaced letter by letter."""
    root = parsed(junit_xml([case(message, text, name=message)], message))
    found = root[0][0][0].get("message")
    assert found is not None
    assert len(found) == len(message)
    assert all(one in {other, "\ufffd"} for one, other in zip(found, message, strict=True))


def test_what_cannot_be_held() -> None:
    """Control characters, halves of pairs and what is no character are replaced; all else stays."""
    text = "a<b>&\"']]>\x00\x1b\ud800\ufffe\U0001f600"
    root = parsed(junit_xml([case(text, text)], "<!DOCTYPE x>"))
    held = "a<b>&\"']]>\ufffd\ufffd\ufffd\ufffd\U0001f600"
    assert root[0][0][0].get("message") == root[0][0][0].text == held
    assert root[0].get("name") == "<!DOCTYPE x>"
