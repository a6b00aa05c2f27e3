"""All properties that come with the library."""

from consistent.testing.properties.evaluation import (
    CHECKING_TWICE_CHANGES_NOTHING,
    DAYS_COUNT_AT_EDGES_ONLY,
    EVALUATORS_AGREE,
)
from consistent.testing.properties.explanations import BOTH_LANGUAGES_SAY_THE_SAME, EXPLANATIONS_REPLAY
from consistent.testing.properties.information import (
    ADDED_MEASURES_LEAVE_THE_REST,
    DEPENDS_ON_WHAT_IS_READ,
    INFORMATION_ONLY_DECIDES,
)
from consistent.testing.properties.order import FACTS_IN_ANY_ORDER, MEASURES_IN_ANY_ORDER, RULES_IN_ANY_ORDER
from consistent.testing.properties.property import Property
from consistent.testing.properties.round_trips import JSON_ROUND_TRIP, TOML_ROUND_TRIP

__all__ = ["PROPERTIES"]

PROPERTIES: tuple[Property, ...] = (
    MEASURES_IN_ANY_ORDER,
    RULES_IN_ANY_ORDER,
    FACTS_IN_ANY_ORDER,
    CHECKING_TWICE_CHANGES_NOTHING,
    DEPENDS_ON_WHAT_IS_READ,
    INFORMATION_ONLY_DECIDES,
    ADDED_MEASURES_LEAVE_THE_REST,
    EVALUATORS_AGREE,
    EXPLANATIONS_REPLAY,
    DAYS_COUNT_AT_EDGES_ONLY,
    BOTH_LANGUAGES_SAY_THE_SAME,
    JSON_ROUND_TRIP,
    TOML_ROUND_TRIP,
)
