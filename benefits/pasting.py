"""Figures pasted from a spreadsheet or a mail: one line is when and how much. Read strictly, and said back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from benefits.actions.measurements import LARGEST, MOST_PEOPLE, hard_limits
from benefits.models import TargetVersion
from benefits.periods import MONTHS, Period, Span, parse_period
from benefits.shares import value_of
from saman import formatting
from saman.fields import too_low
from saman.parsing import Refused, parse_decimal

MOST_LINES = 200
MOST_GAPS = 8  # a date written out has two
_SEPARATOR = re.compile(r"[\t;|]")
_GAP = re.compile("[ \u00a0\u202f]+")


@dataclass(slots=True)
class Line:
    """One pasted line: what was understood, or what is wrong. `is_known`: the same value is stored already."""

    number: int
    text: str
    on: date | None = None
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    n: int | None = None
    error: str = ""
    doubt: str = ""
    is_known: bool = False

    @property
    def is_new(self) -> bool:
        """Whether the line holds something to store."""
        return not self.error and not self.is_known


def read_lines(text: str, version: TargetVersion, existing: dict[date, Decimal], today: date) -> list[Line]:
    """Every line with a figure; empty lines and headings are passed over."""
    lines: list[Line] = []
    taken: dict[date, int] = {}
    for number, raw in enumerate(text.splitlines(), start=1):
        if not _has_figure(raw):
            continue
        line = _line(number, raw.strip(), version, existing, today)
        if line.on in taken and not line.error:
            line.error = _("Samme dato som linje %(line)s.") % {"line": taken[line.on]}
        if line.on:
            taken.setdefault(line.on, number)
        lines.append(line)
        if len(lines) > MOST_LINES:
            line.error = _("For mange linjer. Lim inn høyst %(count)s om gangen.") % {"count": MOST_LINES}
            break
    return lines


def without_figures(text: str) -> list[str]:
    """The lines `read_lines` passes over though they say something, shortened: headings, most often."""
    return [raw.strip()[:40] for raw in text.splitlines() if raw.strip() and not _has_figure(raw)]


def _has_figure(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _line(number: int, text: str, version: TargetVersion, existing: dict[date, Decimal], today: date) -> Line:
    line = Line(number, text[:120])
    try:
        period, amount = _read(text, version.unit)
    except Refused as refused:
        line.error = str(refused.message)
        return line
    line.on, line.value, line.n = period.ends_on, amount.value, amount.n
    line.numerator, line.denominator = amount.numerator, amount.denominator
    line.error = refusal_of_period(period, version, today) or refusal_of_value(line.value, version)
    if not line.error and line.on in existing:
        line.is_known = existing[line.on] == line.value
        if not line.is_known:
            shown = formatting.with_unit(existing[line.on], version.unit)
            line.error = _("%(value)s er lagret på denne datoen fra før. Rett tallet i tabellen.") % {"value": shown}
    return line


@dataclass(frozen=True, slots=True)
class _Amount:
    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    n: int | None = None


def _read(text: str, unit: str) -> tuple[Period, _Amount]:
    """When and how much. Raises Refused with what is wrong with the best reading."""
    best: Refused | None = None
    for when, amount in _splits(text):
        try:
            period = parse_period(when)
        except Refused as refused:
            best = best or refused
            continue
        try:
            return period, _amount(amount, unit)
        except Refused as refused:
            best = refused
    assert best is not None  # there is always one split
    raise best


def _amount(text: str, unit: str) -> _Amount:
    """How much: 9,6 or 21/200, and after one more separator how many stand behind it. Raises Refused."""
    figure, *people = [part.strip() for part in _SEPARATOR.split(text)]
    n = None
    if people and people != [""]:
        counted = parse_decimal(people[0])
        if len(people) > 1 or counted != int(counted) or not 1 <= counted <= MOST_PEOPLE:
            raise Refused("people", _("Skriv når, hvor mye, og så antallet bak tallet: 2013; 10,8; 200"))
        n = int(counted)
    if "/" not in figure:
        return _Amount(parse_decimal(figure, unit), n=n)
    over, _slash, under = figure.partition("/")
    numerator, denominator = parse_decimal(over), parse_decimal(under)
    if denominator <= 0:
        raise Refused("denominator", _("Nevneren må være over 0."))
    return _Amount(value_of(numerator, denominator, unit), numerator, denominator, n)


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Ways to divide a line in two: at the first separator, else at each space from the left."""
    if found := _SEPARATOR.search(text):
        yield text[: found.start()].strip(), text[found.end() :].strip(" \t;|")
        return
    gaps = list(_GAP.finditer(text))
    for gap in gaps[:MOST_GAPS]:
        yield text[: gap.start()].rstrip(":"), text[gap.end() :]
    if not gaps:
        yield text, ""


def refusal_of_period(period: Period, version: TargetVersion, today: date) -> str:
    """Why a value cannot hold for a period; empty when it can."""
    if period.ends_on > today:
        if period.span is Span.DAY:
            return _("Datoen har ikke vært ennå.")
        return _("Perioden er ikke over ennå.")
    is_seasonal = version.kind == TargetVersion.Kind.ABSENCE_RATE and MONTHS.get(version.frequency, 12) < 12
    if is_seasonal and period.span is Span.YEAR:
        return _("Målet måles oftere enn hvert år, og sykefravær svinger med årstidene. Skriv kvartal, som 2013 K4.")
    return ""


def refusal_of_value(value: Decimal, version: TargetVersion) -> str:
    """Why a value cannot be stored for a target; empty when it can."""
    low, high = hard_limits(version)
    if low is not None and value < low:
        return too_low(low, version.unit)
    if high is not None and value > high:
        return _("Tallet kan ikke være over %(limit)s.") % {"limit": formatting.with_unit(high, version.unit)}
    if abs(value) > LARGEST:
        return _("Tallet er for stort.")
    if -int(value.as_tuple().exponent) > 4:
        return _("Skriv tallet med høyst fire desimaler.")
    return ""
