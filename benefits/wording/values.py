"""The engine's values as people read them. JSON has dates as ISO text, shares as parts of one, numbers without unit."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benefits.concepts import concept_name
from saman import formatting

Text = str | Promise
Variants = tuple[Text, ...]

SHARES = frozenset(
    {
        "attainment",
        "attainment_before",
        "attainment_sd",
        "expected",
        "expected_before",
        "margin",
        "mean",
        "share",
        "tolerance",
        "required",
        "achieved",
        "level",
        "worse",
        "influence_against",
        "box_share",
    }
)
DIFFERENCES = frozenset(
    {"plateau", "recent", "needed", "lost", "mmc", "movement_limit", "promised_change", "chance_change"}
)
# Numbers of things: they choose between singular and plural.
COUNTS = frozenset(
    {"targets", "days_vacant", "days_without_owner", "days_unsigned", "days_since_effect", "days_without_plan"}
    | {"orphans", "unrealised", "still_points", "counter", "comments", "unanswered", "initiatives", "objections"}
    | {"points_planned", "measured_twice", "targets_due", "post", "items_said", "items_asked", "benefits"}
    | {"groups_fallen"}
)
LEVELS = frozenset({"value", "baseline", "target", "low", "high", "plausible_min", "plausible_max"})

ANSWER_LATER = gettext_lazy("Se grunnlaget.")


def as_date(value: Any) -> date | None:
    """The date an ISO text holds, or None where it holds none."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or len(value) != 10 or value[4:8:3] != "--":
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def difference_unit(unit: str) -> str:
    """The unit of a difference: per cent become percentage points."""
    return _("prosentpoeng") if unit == "%" else unit


def shown(value: Any, unit: str = "") -> str:
    """Any value of a piece of evidence: a date in full, a number with its unit, yes or no, or text as it is."""
    if value is None:
        return formatting.UNKNOWN
    if isinstance(value, bool):
        return _("Ja") if value else _("Nei")
    day = as_date(value)
    if day is not None:
        return formatting.day(day)
    if isinstance(value, int | float):
        return formatting.with_unit(_rounded(value), unit)
    return str(value)


def _rounded(value: float) -> str:
    """A computed number with at most one decimal, a whole one with none."""
    return formatting.number(round(float(value), 1))


def _one(key: str, value: Any, unit: str, counts: frozenset[str]) -> Any:
    """One value by its name. Counts stay numbers, since they choose between singular and plural."""
    day = as_date(value)
    if day is not None:
        return formatting.day(day)
    if key == "concept":
        return concept_name(str(value))
    if key in counts or isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if key in SHARES:
        return formatting.percent(value)
    if key in DIFFERENCES:
        return formatting.with_unit(_rounded(value), difference_unit(unit))
    if key in LEVELS:
        return formatting.with_unit(_rounded(value), unit)
    return value if isinstance(value, int) else _rounded(value)


def readable(values: Mapping[str, Any], unit: str, counts: frozenset[str] = frozenset()) -> dict[str, Any]:
    """The known values, written; what is unknown is left out, so that a sentence that needs it is not chosen."""
    return {key: _one(key, value, unit, counts) for key, value in values.items() if value is not None}


def first_that_fits(variants: Variants, values: Mapping[str, Any]) -> str:
    """The first sentence all of whose values are known."""
    for text in variants:
        try:
            return str(text % values)
        except KeyError:
            continue
    return str(ANSWER_LATER)
