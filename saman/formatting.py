"""Numbers, dates and times as people read them, by the language that is active: never anything else on a screen.

Norwegian: decimal comma, narrow no-break space between thousands, no-break space before % and units, a real minus.
English differs in the decimal point and the order of a date. What is not known is shown as a dash, never as zero.
"""

import math
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

Number = Decimal | float | int

NBSP = "\u00a0"
THOUSANDS = "\u202f"
MINUS = "\u2212"
UNKNOWN = "\u2013"
FLOAT_DECIMALS = 4  # how much of a computed value is worth showing when nobody said

_NORWEGIAN_MONTHS = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
]
_ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_NORWEGIAN_SHORT = [
    "jan.",
    "feb.",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "aug.",
    "sep.",
    "okt.",
    "nov.",
    "des.",
]
_ENGLISH_SHORT = [
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "May",
    "Jun",
    "Jul",
    "Aug",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
]
_WEEKDAYS = {
    "nb": ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
    "nn": ["måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"],
    "en": [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ],
}


def active_language() -> str:
    """The language texts are shown in: nb, nn or en."""
    return (get_language() or "nb")[:2]


def _english() -> bool:
    return active_language() == "en"


def _decimal(value: Number) -> Decimal | None:
    """The value as an exact decimal; None for what is no number (NaN, infinity)."""
    if isinstance(value, float):
        return Decimal(repr(value)) if math.isfinite(value) else None
    number = Decimal(value)
    return number if number.is_finite() else None


def _rounded(value: Decimal, decimals: int | None, computed: bool) -> Decimal:
    """Round half away from zero, as people do; without a wish drop trailing zeros."""
    if decimals is None and computed and -value.as_tuple().exponent > FLOAT_DECIMALS:  # type: ignore[operator]
        value = value.quantize(Decimal(1).scaleb(-FLOAT_DECIMALS), ROUND_HALF_UP)
    if decimals is None:
        return value.normalize() if value else Decimal(0)
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def number(value: Number | None, decimals: int | None = None) -> str:
    """A number with `decimals` decimals, or with as many as it has: −1 234,5. A dash when there is none."""
    exact = None if value is None else _decimal(value)
    if exact is None:
        return UNKNOWN
    rounded = _rounded(exact, decimals, isinstance(value, float))
    digits = f"{abs(rounded):,f}".replace(",", THOUSANDS)
    if not _english():
        digits = digits.replace(".", ",")
    return (MINUS if rounded < 0 else "") + digits


def signed(value: Number | None, decimals: int | None = None) -> str:
    """A difference with its sign: +5,4 or −3,7; zero has none."""
    text = number(value, decimals)
    is_positive = text != UNKNOWN and not text.startswith(MINUS) and any(digit in text for digit in "123456789")
    return f"+{text}" if is_positive else text


def with_unit(value: Number | str | None, unit: str, decimals: int | None = None) -> str:
    """A number, or one already written, and its unit: 30,4 % or 2,4 årsverk. A dash stands alone."""
    text = value if isinstance(value, str) else number(value, decimals)
    return text if text == UNKNOWN or not unit else f"{text}{NBSP}{unit}"


def percent(share: Number | None, decimals: int = 0) -> str:
    """A share (1.0 is all) in per cent: 0.33 is 33 %."""
    exact = None if share is None else _decimal(share)
    return UNKNOWN if exact is None else with_unit(exact * 100, "%", decimals)


def day(value: date | None) -> str:
    """A date in full: 21. februar 2013."""
    if value is None:
        return UNKNOWN
    return f"{day_and_month(value)} {value.year}"


def day_and_month(value: date | None) -> str:
    """A date in a year that is understood: 21. februar."""
    if value is None:
        return UNKNOWN
    if _english():
        return f"{value.day} {_ENGLISH_MONTHS[value.month - 1]}"
    return f"{value.day}. {_NORWEGIAN_MONTHS[value.month - 1]}"


def day_short(value: date | None) -> str:
    """A date where space is scarce and the year is understood: 15. feb."""
    if value is None:
        return UNKNOWN
    if _english():
        return f"{value.day} {_ENGLISH_SHORT[value.month - 1]}"
    return f"{value.day}. {_NORWEGIAN_SHORT[value.month - 1]}"


def day_medium(value: date | None) -> str:
    """A date in a table: 15. feb. 2013."""
    return UNKNOWN if value is None else f"{day_short(value)} {value.year}"


def day_long(value: date | None) -> str:
    """A date with its weekday: torsdag 22. januar 2015."""
    if value is None:
        return UNKNOWN
    weekday = _WEEKDAYS.get(active_language(), _WEEKDAYS["nb"])[value.weekday()]
    return f"{weekday} {day(value)}"


def day_input(value: date | None) -> str:
    """A date as it is typed into a field: 21.02.2013. Nothing when there is none."""
    return "" if value is None else f"{value:%d.%m.}{value.year:04d}"


def month(value: date | None) -> str:
    """A month: januar 2015."""
    if value is None:
        return UNKNOWN
    names = _ENGLISH_MONTHS if _english() else _NORWEGIAN_MONTHS
    return f"{names[value.month - 1]} {value.year}"


def month_short(value: date) -> str:
    """The name of a month on an axis: feb."""
    return (_ENGLISH_SHORT if _english() else _NORWEGIAN_SHORT)[value.month - 1]


def month_number(name: str) -> int | None:
    """The number of a month that is written out or shortened, in any of the languages; None for another word."""
    wanted = name.casefold().rstrip(".")
    for names in (_NORWEGIAN_MONTHS, _NORWEGIAN_SHORT, _ENGLISH_MONTHS, _ENGLISH_SHORT):
        known = [known.casefold().rstrip(".") for known in names]
        if wanted in known:
            return known.index(wanted) + 1
    return None


def clock_time(value: datetime | None, *, seconds: bool = False) -> str:
    """A time of day in Norway: kl. 09.41, or kl. 09.41.32."""
    if value is None:
        return UNKNOWN
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    sign = ":" if _english() else "."
    digits = sign.join([f"{local:%H}", f"{local:%M}", *([f"{local:%S}"] if seconds else [])])
    return digits if _english() else f"kl.{NBSP}{digits}"


def moment(value: datetime | None, *, seconds: bool = False, weekday: bool = False) -> str:
    """A date and time in Norway: 22. januar 2015 kl. 09.41, or torsdag 22. januar 2015 kl. 09.41.32."""
    if value is None:
        return UNKNOWN
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    on = day_long(local.date()) if weekday else day(local.date())
    return f"{on}{' at' if _english() else ''} {clock_time(local, seconds=seconds)}"


def _distance(days: int) -> tuple[str, int]:
    """A distance in the unit people would use: days for three weeks, then weeks, after half a year months."""
    if days < 21:
        return "day", days
    if days < 182:
        return "week", round(days / 7)
    return "month", round(days / 30.4375)


def due_in(value: date | None, today: date) -> str:
    """How far off a deadline is, or how late: om 7 uker, i dag, 6 dager over fristen."""
    if value is None:
        return UNKNOWN
    days = (value - today).days
    if days in (0, 1):
        return _("i morgen") if days else _("i dag")
    unit, count = _distance(abs(days))
    return _ahead(unit, count) if days > 0 else _late(unit, count)


def ago(value: date | None, today: date) -> str:
    """How long since something happened: i dag, i går, for 6 dager siden. A coming date is shown as `due_in` does."""
    if value is None:
        return UNKNOWN
    days = (today - value).days
    if days <= 0:
        return due_in(value, today)
    if days == 1:
        return _("i går")
    return _since(*_distance(days))


def lasting(span: timedelta) -> str:
    """How long something has taken, in the largest unit that fits: under ett minutt, 4 minutter, 3 timer, 2 døgn."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return _("under ett minutt")
    if minutes < 120:
        return ngettext("%(count)d minutt", "%(count)d minutter", minutes) % {"count": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(count)d time", "%(count)d timer", hours) % {"count": hours}
    return ngettext("%(count)d døgn", "%(count)d døgn", hours // 24) % {"count": hours // 24}


def _ahead(unit: str, count: int) -> str:
    words = {
        "day": ngettext("om %(count)d dag", "om %(count)d dager", count),
        "week": ngettext("om %(count)d uke", "om %(count)d uker", count),
        "month": ngettext("om %(count)d måned", "om %(count)d måneder", count),
    }
    return words[unit] % {"count": count}


def _late(unit: str, count: int) -> str:
    words = {
        "day": ngettext("%(count)d dag over fristen", "%(count)d dager over fristen", count),
        "week": ngettext("%(count)d uke over fristen", "%(count)d uker over fristen", count),
        "month": ngettext("%(count)d måned over fristen", "%(count)d måneder over fristen", count),
    }
    return words[unit] % {"count": count}


def _since(unit: str, count: int) -> str:
    words = {
        "day": ngettext("for %(count)d dag siden", "for %(count)d dager siden", count),
        "week": ngettext("for %(count)d uke siden", "for %(count)d uker siden", count),
        "month": ngettext("for %(count)d måned siden", "for %(count)d måneder siden", count),
    }
    return words[unit] % {"count": count}


def joined(items: list[str]) -> str:
    """Names in a row as a sentence has them: Værøy, Moskenes og Røst."""
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s og %(last)s") % {
        "first": ", ".join(items[:-1]),
        "last": items[-1],
    }
