"""Numbers of the law by the level of a council, as values of rulesets; which of them were found in
the law's text and which are assumed stands in docs/councils.md."""

from dataclasses import dataclass
from typing import Any

from councils.models import Council

BASIS = (
    "Закон Республики Казахстан «Об общественных советах» от 2 ноября 2015 года № 383-V, статья 9"
)

# Assumed where article 9 says nothing; shown to operators as such.
_USUAL: dict[str, Any] = {
    "civil_share": "2/3",
    "term_years": 3,
    "formation_months": 2,
    "quorum_share": "1/2",
    "notice_days": 10,
    "draft_minutes_days": 5,
    "publish_minutes_days": 10,
    "answer_days": 10,
}


@dataclass(frozen=True)
class Preset:
    """`key` is the ruleset's."""

    key: str
    name: str
    data: dict[str, Any]


LARGE = Preset("sized-15-30", "383-V: 15–30", {**_USUAL, "least_seats": 15, "most_seats": 30})
SMALL = Preset("sized-10-15", "383-V: 10–15", {**_USUAL, "least_seats": 10, "most_seats": 15})
# A local council's size is set by the authorised body's rule, which could not be read.
LOCAL = Preset("local", "383-V", {**_USUAL, "least_seats": 15, "most_seats": 30})

PRESETS: dict[str, Preset] = {
    Council.Level.REPUBLICAN: LARGE,
    Council.Level.REGIONAL: LOCAL,
    Council.Level.LOCAL: LOCAL,
    Council.Level.QUASI_PUBLIC: SMALL,
}
