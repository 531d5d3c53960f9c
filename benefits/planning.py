"""When a target is to be measured: from the latest period that is over until two years after the target date, or on
the dates people type."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from benefits.models import PlannedPoint
from benefits.periods import latest_end, parse_period, period_ends
from saman import formatting
from saman.parsing import Refused

FOLLOW_UP_YEARS = 2  # relapse is watched for at least 24 months (product.md, system 7)

Planned = tuple[tuple[date, str], ...]


class UnreadablePoint(Refused):
    """A line that is not a date to measure on."""

    def __init__(self, line: str, why: str) -> None:
        super().__init__("planned_point", f"«{line}»: {why}")


def planned_points(
    frequency: str, *, baseline_on: date | None, target_on: date, today: date, baseline_due_on: date | None = None
) -> Planned:
    """The dates a target is planned to be measured on, in order, each with its kind. Nothing is planned in the past
    but the latest period that is over, which is when its figures are ready."""
    kind = PlannedPoint.Kind
    start = max(filter(None, [baseline_on, _before(latest_end(frequency, today)), baseline_due_on]))
    regular = [on for on in period_ends(frequency, start, target_on) if on < target_on]
    points = dict.fromkeys(regular, kind.REGULAR)
    if regular:
        points[regular[len(regular) // 2]] = kind.MIDWAY
    if target_on > start:
        points[target_on] = kind.END
    last = years_after(target_on, FOLLOW_UP_YEARS)
    points |= dict.fromkeys(period_ends(frequency, max(target_on, start), last), kind.FOLLOW_UP)
    if baseline_on is None and baseline_due_on is not None:
        points[baseline_due_on] = kind.BASELINE
    return tuple((on, str(points[on])) for on in sorted(points))


def planned_text(planned: Planned) -> str:
    """Planned dates as they are typed, one a line: «31.12.2015 slutt»."""
    regular = PlannedPoint.Kind.REGULAR
    lines = [(formatting.day_input(on), "" if kind == regular else _kind_word(kind)) for on, kind in planned]
    return "\n".join(" ".join(filter(None, line)) for line in lines)


def parse_planned(text: str, latest: date) -> Planned:
    """Read planned dates, none after `latest`, in order. Raises UnreadablePoint, for the first line that is not one."""
    words = _kinds_by_word()
    found: dict[date, str] = {}
    for line in filter(None, (line.strip() for line in text.splitlines())):
        when, _gap, word = line.rpartition(" ")
        kind = words.get(word.casefold())
        try:
            on = parse_period(when if kind else line).ends_on
        except Refused as refused:
            raise UnreadablePoint(line, str(refused.message)) from refused
        if on in found:
            raise UnreadablePoint(line, _("Datoen står to ganger."))
        if on > latest:
            raise UnreadablePoint(line, _("Datoen er mer enn femten år fram. Sjekk året."))
        found[on] = kind or str(PlannedPoint.Kind.REGULAR)
    return tuple(sorted(found.items()))


def _kind_word(kind: str) -> str:
    return str(PlannedPoint.Kind(kind).label).lower()


def _kinds_by_word() -> dict[str, str]:
    """What each kind is called in every language: whoever changes language may have typed in another."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {_kind_word(kind): str(kind) for kind in PlannedPoint.Kind}
    return found


def years_after(day: date, years: int) -> date:
    """The same day years later; 29 February becomes 28."""
    if (day.month, day.day) == (2, 29):
        return date(day.year + years, 2, 28)
    return day.replace(year=day.year + years)


def _before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
