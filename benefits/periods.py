"""When a figure holds: a day, or the last day of a month, quarter or year. And the periods of a frequency."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from saman import formatting
from saman.parsing import EARLIEST_YEAR, LATEST_YEAR, InvalidDay, parse_day

MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
_YEAR = re.compile(r"([12][0-9]{3})")
_QUARTER = re.compile(
    r"([12][0-9]{3})[ .:/-]?[kKqQ] ?([1-4])|([1-4])\. ?(?:kvartal|kv|quarter)\.?,? ([12][0-9]{3})", re.IGNORECASE
)
_QUARTER_FIRST = re.compile(r"[kKqQ] ?([1-4])[ .:/-]([12][0-9]{3})")
_MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")
_WRITTEN_MONTH = re.compile(r"([^\W\d_]{3,9})\.? ([12][0-9]{3})")


class Span(StrEnum):
    """How much time a period covers."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, known by its last day: a year is 31 December."""

    ends_on: date
    span: Span = Span.DAY

    def __str__(self) -> str:
        """As it would be typed."""
        if self.span is Span.YEAR:
            return f"{self.ends_on.year:04d}"
        if self.span is Span.QUARTER:
            return f"{self.ends_on.year:04d} K{self.ends_on.month // 3}"
        return formatting.day_input(self.ends_on)


def parse_period(text: str) -> Period:
    """Read 2013, 2014 K1, 1. kvartal 2014, 2014-03, mars 2014 or a date. Raises InvalidDay."""
    typed = " ".join(text.split())
    if found := _YEAR.fullmatch(typed):
        return _ending(int(found[1]), 12, Span.YEAR)
    if found := _QUARTER.fullmatch(typed):
        return _ending(int(found[1] or found[4]), 3 * int(found[2] or found[3]), Span.QUARTER)
    if found := _QUARTER_FIRST.fullmatch(typed):
        return _ending(int(found[2]), 3 * int(found[1]), Span.QUARTER)
    if found := _MONTH.fullmatch(typed):
        return _ending(int(found[1]), int(found[2]), Span.MONTH)
    if (found := _WRITTEN_MONTH.fullmatch(typed)) and (month := formatting.month_number(found[1])):
        return _ending(int(found[2]), month, Span.MONTH)
    if not typed or re.search("[0-9]{1,2}[./-][0-9]{1,2}", typed) or re.fullmatch("[0-9]{8}", typed):
        return Period(parse_day(typed))
    try:
        return Period(parse_day(typed))
    except InvalidDay as refused:
        message = _("Skriv et år, et kvartal eller en dato, for eksempel 2013, 2013 K2 eller 30.06.2013")
        raise InvalidDay(refused.reason, message) from refused


def _ending(year: int, month: int, span: Span) -> Period:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise InvalidDay("year_out_of_range", _("Sjekk året. Det ser ikke ut til å være riktig."))
    return Period(last_day(year, month), span)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def period_ends(frequency: str, after: date, until: date) -> Iterator[date]:
    """The last days of the frequency's periods after one day and up to another, both calendar based."""
    months = MONTHS[frequency]
    number = after.year * 12 + after.month - 1
    number += months - 1 - number % months
    while (on := last_day(number // 12, number % 12 + 1)) <= until:
        if on > after:
            yield on
        number += months


def latest_end(frequency: str, today: date) -> date:
    """The last day of the latest period that is over."""
    return max(period_ends(frequency, today - timedelta(days=400), today))
