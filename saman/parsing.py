"""Numbers, dates and texts as people type them: what can be read in one way only is accepted, the rest refused.

A refusal is a ValueError that carries a `reason` code and a `message` in the active language.
"""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from saman import clock, formatting

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
MOST_DIGITS = 15  # more than any figure here needs, and what a double still holds exactly
LONGEST_NUMBER = 40  # characters

_SPACE = "[ \u00a0\u202f\u2009]"
_GROUPS = f"[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+"
_PLAIN = re.compile(rf"(?P<whole>[0-9]+|{_GROUPS})(?:[.,](?P<decimals>[0-9]+))?")
_GROUPED = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:\.[0-9]{3})+),(?P<decimals>[0-9]+)"  # 1.234,5
    r"|(?P<english>[0-9]{1,3}(?:,[0-9]{3})+)\.(?P<english_decimals>[0-9]+)"  # 1,234.5
    r"|(?P<points>[0-9]{1,3}(?:\.[0-9]{3}){2,})|(?P<commas>[0-9]{1,3}(?:,[0-9]{3}){2,})"  # 1.234.567
)
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_SIGN = re.compile(rf"(?P<sign>[-+\u2212]?){_SPACE}*(?P<rest>.*)", re.DOTALL)

_DAY = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DIGITS_DAY = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")  # what a telephone's number pad can type
_WRITTEN_DAY = re.compile(r"([0-9]{1,2})\.? ([^\W\d_]{3,9})\.? ([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2}")


_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u3164"
_ELEVEN_DIGITS = re.compile(r"(?<![0-9])([0-9]{6})[ \u00a0\u202f.-]?([0-9]{5})(?![0-9])")
_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


class Refused(ValueError):
    """What was typed cannot be used. `reason` is a code, `message` says why in the active language, with an example."""

    def __init__(self, reason: str, message: "StrOrPromise") -> None:
        super().__init__(reason)
        self.reason = reason
        self.message = message


class InvalidNumber(Refused):
    """Not a number: empty, not_a_number or too_large."""


class AmbiguousNumber(InvalidNumber):
    """A number that can be read in two ways; the message asks which."""


class InvalidDay(Refused):
    """Not a date: empty, not_a_day, no_such_day, short_year or year_out_of_range."""


class InvalidText(Refused):
    """A text that cannot be stored: too_long, forbidden_character or national_identity_number."""


def parse_decimal(text: str, unit: str = "") -> Decimal:
    """Read a number such as 12,5, 12.5, 1 234,5, −3 or, when `unit` is %, 12,5 %. Raises InvalidNumber."""
    typed = text.strip()
    if not typed:
        raise InvalidNumber("empty", _("Skriv et tall, for eksempel 12,5"))
    sign, digits = _sign_and_digits(_without_unit(typed, unit))
    if _AMBIGUOUS.fullmatch(digits) and ("." in digits or formatting.active_language() == "en"):
        raise _ambiguous(typed, digits)
    found = _PLAIN.fullmatch(digits) or _GROUPED.fullmatch(digits)
    if found is None or len(typed) > LONGEST_NUMBER:
        raise InvalidNumber("not_a_number", _("Skriv bare tallet, med siffer, for eksempel 12,5"))
    return sign * _value(found.groupdict())


def _without_unit(typed: str, unit: str) -> str:
    """Drop the field's own unit from the end, with or without a space before it."""
    if unit and typed.casefold().endswith(unit.casefold()):
        return typed[: len(typed) - len(unit)].rstrip()
    return typed


def _sign_and_digits(typed: str) -> tuple[int, str]:
    found = _SIGN.fullmatch(typed)
    assert found is not None  # the pattern matches every text
    return (-1 if found["sign"] in ("-", "\u2212") else 1), found["rest"]


def _value(parts: dict[str, str | None]) -> Decimal:
    """The number from the parts of whichever way of writing matched."""
    whole = next(part for name in ("whole", "english", "points", "commas") if (part := parts.get(name)))
    decimals = parts.get("decimals") or parts.get("english_decimals") or ""
    digits = re.sub("[^0-9]", "", whole)
    if len(digits.lstrip("0")) + len(decimals) > MOST_DIGITS:
        raise InvalidNumber("too_large", _("Tallet er for langt. Skriv høyst 15 siffer."))
    return Decimal(f"{digits}.{decimals or '0'}") if decimals else Decimal(digits)


def _ambiguous(typed: str, digits: str) -> AmbiguousNumber:
    """1.234 is one and a bit, or more than a thousand; so is 1,234 for those who write in English."""
    whole, decimals = re.split("[.,]", digits)
    values = {
        "typed": typed,
        "whole": whole + decimals,
        "decimal": f"{whole}.{decimals}0" if formatting.active_language() == "en" else f"{whole},{decimals}",
    }
    return AmbiguousNumber(
        "ambiguous", _("«%(typed)s» kan leses på to måter. Skriv %(whole)s eller %(decimal)s.") % values
    )


def example_day() -> dict[str, str]:
    """A date near today, as it is typed, for a text that shows one as `%(day)s`: the last day of the month before.

    So it is never one that could be read with day and month changed about.
    """
    return {"day": formatting.day_input(clock.today().replace(day=1) - timedelta(days=1))}


def parse_day(text: str) -> date:
    """Read a date such as 21.02.2013, 21.2.2013, 2013-02-21, 21022013 or 21. februar 2013. Raises InvalidDay."""
    typed = " ".join(text.split())
    if not typed:
        raise InvalidDay("empty", _("Skriv dag, måned og år, for eksempel %(day)s") % example_day())
    if _SHORT_YEAR.fullmatch(typed):
        raise InvalidDay("short_year", _("Skriv året med fire siffer, for eksempel %(day)s") % example_day())
    day, month, year = _day_parts(typed)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        message = _("Sjekk året: det må være fra 1900 til 2100. Skriv for eksempel %(day)s") % example_day()
        raise InvalidDay("year_out_of_range", message)
    try:
        return date(year, month, day)
    except ValueError:
        message = _("Datoen finnes ikke. Skriv dag, måned og år, for eksempel %(day)s") % example_day()
        raise InvalidDay("no_such_day", message) from None


def _day_parts(typed: str) -> tuple[int, int, int]:
    """Day, month and year of whichever way of writing matches."""
    if found := _DAY.fullmatch(typed) or _DIGITS_DAY.fullmatch(typed):
        day, month, year = found.groups()
        return int(day), int(month), int(year)
    if found := _ISO_DAY.fullmatch(typed):
        year, month, day = found.groups()
        return int(day), int(month), int(year)
    if (found := _WRITTEN_DAY.fullmatch(typed)) and (number := formatting.month_number(found[2])):
        return int(found[1]), number, int(found[3])
    raise InvalidDay("not_a_day", _("Skriv dag, måned og år med siffer, for eksempel %(day)s") % example_day())


def clean_text(text: str, limit: int) -> str:
    """The text composed (NFC) and trimmed, at most `limit` characters; a text of nothing visible is empty.

    Raises InvalidText.
    """
    if _FORBIDDEN.search(_LINE_BREAKS.sub("\n", text)):
        raise InvalidText(
            "forbidden_character",
            _("Teksten inneholder usynlige styretegn. Skriv eller lim den inn på nytt som ren tekst."),
        )
    composed = unicodedata.normalize("NFC", _LINE_BREAKS.sub("\n", text))
    cleaned = _trimmed(composed)
    if len(cleaned) > limit:
        raise InvalidText("too_long", _too_long(len(cleaned), limit))
    if has_national_identity_number(cleaned):
        raise InvalidText(
            "national_identity_number",
            _("Teksten ser ut til å inneholde et fødselsnummer. Ta det bort: Saman lagrer ikke fødselsnummer."),
        )
    return cleaned


def _trimmed(text: str) -> str:
    """Without white space and invisible characters at the ends, and without spaces at the ends of lines."""
    edge = " \t\n\u00a0\u202f\u2007\u2009\u3000" + _INVISIBLE
    return "\n".join(line.rstrip(" \t\u00a0") for line in text.strip(edge).split("\n"))


def _too_long(length: int, limit: int) -> str:
    excess = length - limit
    return ngettext(
        "Teksten er %(excess)s tegn for lang. Den kan ha høyst %(limit)s tegn.",
        "Teksten er %(excess)s tegn for lang. Den kan ha høyst %(limit)s tegn.",
        excess,
    ) % {"excess": formatting.number(excess), "limit": formatting.number(limit)}


def has_national_identity_number(text: str) -> bool:
    """Whether eleven digits, perhaps with a space after the sixth, pass the control of a fødselsnummer (mod 11)."""
    return any(_passes_control(first + last) for first, last in _ELEVEN_DIGITS.findall(text))


def _passes_control(digits: str) -> bool:
    """The two control digits of a fødselsnummer, D-number or H-number."""
    return all(
        (11 - sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11) % 11
        == int(digits[len(weights)])
        for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS)
    )
