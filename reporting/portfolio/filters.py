"""Which projects an adviser looks at, and in which order: read from the address, written back to it."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from benefits.engine.rules import RULES
from reporting.portfolio.queries import ProjectRow
from saman.words import RESULTS

# What the address calls a field, in the order the address has them.
PARAMETERS = {
    "cohort": "pulje",
    "county": "fylke",
    "theme": "tema",
    "result": "status",
    "risk": "risiko",
    "pitfall": "fallgruve",
    "text": "q",
    "sort": "sorter",
    "show_all": "alle",
}
LONGEST_TEXT = 80
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
class Filters:
    """What is asked for; an empty text asks for nothing. `sort` is a column, with a minus for the other way."""

    cohort: str = ""
    county: str = ""
    theme: str = ""
    result: str = ""
    risk: str = ""
    pitfall: str = ""
    text: str = ""
    sort: str = ""
    show_all: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Filters":
        """The filters of an address; a value that means nothing is as if it were not there."""
        given = {name: query.get(key, "").strip()[:LONGEST_TEXT] for name, key in PARAMETERS.items()}
        known: dict[str, Container[str]] = {
            "result": RESULT_KEYS,
            "risk": RISK_KEYS,
            "pitfall": PITFALLS,
            "sort": (*COLUMNS, *(f"-{column}" for column in COLUMNS)),
            "show_all": ("1",),
        }
        return cls(
            **{name: "" if name in known and value not in known[name] else value for name, value in given.items()}
        )

    @property
    def is_active(self) -> bool:
        """Whether any project may be left out."""
        return any(getattr(self, field.name) for field in fields(self) if field.name not in ("sort", "show_all"))

    def address(self, **changes: str) -> str:
        """The query of an address with these filters, some of them changed; without those that ask for nothing."""
        wanted = replace(self, **changes)
        given = {key: getattr(wanted, name) for name, key in PARAMETERS.items() if getattr(wanted, name)}
        return f"?{urlencode(given)}" if given else "?"

    def without_county(self) -> "Filters":
        """The same filters for the whole country."""
        return replace(self, county="")

    def cleared(self) -> "Filters":
        """No filter, in the same order."""
        return Filters(sort=self.sort)

    def matches(self, row: ProjectRow) -> bool:
        """Whether a project is among those asked for."""
        return (
            self.cohort in ("", row.cohort)
            and (not self.county or any(place.county == self.county for place in row.places))
            and (not self.theme or any(theme.key == self.theme for theme in row.themes))
            and (not self.result or row.result == RESULT_KEYS[self.result])
            and (not self.risk or (row.is_assessed and row.risk in RISK_KEYS[self.risk]))
            and (not self.pitfall or (row.levels.get(self.pitfall) or 0) >= SIGN)
            and (not self.text or self.text.casefold() in row.searched)
        )
