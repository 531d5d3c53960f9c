"""Which projects an adviser looks at, and in which order: read from the address, written back to it."""

from dataclasses import dataclass, replace

from benefits.engine.rules import RULES
from reporting.portfolio.rows import ProjectRow
from saman.filters import AddressFilters
from saman.words import RESULTS

RESULT_KEYS = {sign.key: result for result, sign in RESULTS.items() if result != "withdrawn"}
RISK_KEYS: dict[str, frozenset[int | None]] = {
    "alvorlig": frozenset({4}),
    "handteres": frozenset({3}),
    "folg-med": frozenset({2}),
    "ingen-tegn": frozenset({0, 1}),
    "ikke-vurderbar": frozenset({None}),
}
PITFALLS = tuple(rule.code for rule in RULES.values() if rule.is_pitfall)
COLUMNS = ("prosjekt", "fylke", "tema", "status", "malt", *PITFALLS, "saker")
SIGN = 2  # the lowest severity that is a sign of a pitfall (WATCH)


@dataclass(frozen=True, slots=True)
class Filters(AddressFilters):
    """What is asked for. `sort` is a column, with a minus for the other way."""

    NAMES = {
        "cohort": "pulje",
        "county": "fylke",
        "theme": "tema",
        "result": "status",
        "risk": "risiko",
        "pitfall": "fallgruve",
        "adviser": "radgiver",
        "text": "q",
        "sort": "sorter",
        "show_all": "alle",
    }
    KNOWN = {
        "result": RESULT_KEYS,
        "risk": RISK_KEYS,
        "pitfall": PITFALLS,
        "sort": (*COLUMNS, *(f"-{column}" for column in COLUMNS)),
        "show_all": ("1",),
    }
    NEUTRAL = frozenset({"sort", "show_all"})

    cohort: str = ""
    county: str = ""
    theme: str = ""
    result: str = ""
    risk: str = ""
    pitfall: str = ""
    adviser: str = ""
    text: str = ""
    sort: str = ""
    show_all: str = ""

    def without_county(self) -> "Filters":
        """The same filters for the whole country."""
        return replace(self, county="")

    def matches(self, row: ProjectRow) -> bool:
        """Whether a project is among those asked for."""
        return (
            self.cohort in ("", row.cohort)
            and (not self.county or any(place.county == self.county for place in row.places))
            and (not self.theme or any(theme.key == self.theme for theme in row.themes))
            and (not self.result or row.result == RESULT_KEYS[self.result])
            and (not self.risk or (row.is_assessed and row.risk in RISK_KEYS[self.risk]))
            and (not self.pitfall or (row.levels.get(self.pitfall) or 0) >= SIGN)
            and self.adviser in ("", row.adviser)
            and (not self.text or self.text.casefold() in row.searched)
        )


@dataclass(frozen=True, slots=True)
class DatedFilters(Filters):
    """The same, and the day to look back at, as it is typed or as an ISO date; no day: today."""

    NAMES = {**Filters.NAMES, "day": "per"}
    NEUTRAL = Filters.NEUTRAL | {"day"}

    day: str = ""
