"""What is written can be read again."""

import json
from random import Random

from consistent.model.proposal import Proposal
from consistent.model.text import Localized
from consistent.reports.json_format import report_from_data, report_to_data
from consistent.testing.properties.property import Judge, Property, Setting
from consistent.testing.strategies.examples import toml

__all__ = ["JSON_ROUND_TRIP", "TOML_ROUND_TRIP"]


def _json(setting: Setting, _: Random) -> Judge:
    def judge(proposal: Proposal, _: Random) -> str | None:
        report = setting.case(proposal).report()
        again = report_from_data(json.loads(json.dumps(report_to_data(report))))
        return None if again == report else "the report that is read from its JSON is another one"

    return judge


def _toml(setting: Setting, _: Random) -> Judge:
    def judge(proposal: Proposal, _: Random) -> str | None:
        again = setting.kb.read(toml(proposal))
        return None if again == proposal else "the proposal that is read from its TOML is another one"

    return judge


JSON_ROUND_TRIP = Property(
    name="json-round-trip",
    meaning=Localized(
        "A report written as JSON and read again is the same report.",
        "Een rapport dat als JSON is geschreven en weer gelezen, is hetzelfde rapport.",
    ),
    prepare=_json,
)
TOML_ROUND_TRIP = Property(
    name="toml-round-trip",
    meaning=Localized(
        "A proposal written as TOML and read again is the same proposal.",
        "Een voorstel dat als TOML is geschreven en weer gelezen, is hetzelfde voorstel.",
    ),
    prepare=_toml,
)
