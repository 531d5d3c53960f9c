"""The numbers and dates in a Norwegian (or English) sentence about a target: 10,8 %, 1 200, 2015, 2. kvartal 2015.

Only what can be read in one way is returned; a number that belongs to something else than the target is left out.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import Enum

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar january", "februar february", "mars march", "april", "mai may", "juni june", "juli july",
            "august", "september", "oktober october", "november", "desember december",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_SPACE = "[ \u00a0\u202f\u2009]"
_YEAR = r"(?:19|20)[0-9]{2}"
_MONTH = "|".join(MONTHS)
# Longest first: what a longer form has taken, a shorter one does not read again.
_DATES = re.compile(
    rf"(?P<iso>\b(?P<iy>{_YEAR})-(?P<im>[0-9]{{2}})-(?P<id>[0-9]{{2}})\b)"
    rf"|(?P<dotted>\b(?P<dd>[0-9]{{1,2}})\.{_SPACE}?(?P<dm>[0-9]{{1,2}})\.{_SPACE}?(?P<dy>{_YEAR})\b)"
    rf"|(?P<written>\b(?P<wd>[0-9]{{1,2}})\.?{_SPACE}(?P<wm>{_MONTH}){_SPACE}(?P<wy>{_YEAR})\b)"
    rf"|(?P<month>\b(?P<mm>{_MONTH}){_SPACE}(?P<my>{_YEAR})\b)"
    rf"|(?P<quarter>\b(?:(?P<qn>[1-4])\.{_SPACE}?(?:kvartal|kv\.?)|(?:Q|K)(?P<qq>[1-4])){_SPACE}(?P<qy>{_YEAR})\b)"
    rf"|(?P<half>\b(?P<hn>[12])\.{_SPACE}?halvår{_SPACE}(?P<hy>{_YEAR})\b)"
    rf"|(?P<span>\b(?P<s1>{_YEAR}){_SPACE}?[-–/]{_SPACE}?(?P<s2>{_YEAR}|[0-9]{{2}})\b)"
    rf"|(?P<year>(?<![0-9.,])\b(?P<yy>{_YEAR})\b(?![.,]?[0-9])(?!{_SPACE}*(?:%|prosent)))",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    rf"(?<![0-9.,A-Za-zÆØÅæøå§-])(?P<n>[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+(?:,[0-9]+)?|[0-9]{{1,3}}(?:\.[0-9]{{3}})+,[0-9]+"
    rf"|[0-9]+(?:[.,][0-9]+)?)(?P<after>{_SPACE}*(?:%|[^\W\d_]+\.?)?)"
)
_PER_CENT = re.compile(rf"^{_SPACE}*(?:%|prosent|prosentpoeng|pst\.?|percent|per\b)", re.IGNORECASE)
# What follows a number that counts something else than the target.
_OTHER = re.compile(
    rf"^{_SPACE}*(?:år|års|åra|årene|years?|måned\w*|månad\w*|months?|uke\w*|veke\w*|weeks?|kommun\w*|enhet\w*"
    rf"|eining\w*|avdeling\w*|tiltak\w*|ansatte|tilsette|employees|innbygg\w*|kvartal\w*|halvår|trinn|klasse)\b",
    re.IGNORECASE,
)
_POSTS = re.compile(rf"^{_SPACE}*(?:%|prosent){_SPACE}*-?{_SPACE}*stilling\w*", re.IGNORECASE)  # «100 % stilling»
_ORDINAL = re.compile(rf"^\.{_SPACE}[a-zæøå]")  # «den 3. avdelingen»
_FROM = re.compile(r"fra|frå|from", re.IGNORECASE)
_LAST_WORD, _NEXT_WORD = re.compile(r"([^\W\d_]+)\s*$"), re.compile(r"\s+([^\W\d_]+)")
_BEFORE_A_YEAR = re.compile(
    r"i|innan|innen|in|by|året|år|av|for|senest|seinast|siden|sidan|since|before|før|mot|ved", re.IGNORECASE
)
_BEFORE_EITHER = re.compile(r"til|frå|fra|to|from", re.IGNORECASE)
_BETWEEN = re.compile(r"til|to|og|and|i|in|skal|vil|eller|or|ved|med|by|innen|innan|er|var", re.IGNORECASE)


class Reading(Enum):
    """What four figures are."""

    YEAR = 1
    NUMBER = 2
    EITHER = 3


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a sentence, with how many decimals it was written with, and whether «%» or «prosent» follows it.

    `is_sure` is False for what may as well be a year, `is_start` True for what follows «fra»: where it begins.
    """

    value: float
    decimals: int
    is_per_cent: bool
    text: str
    is_sure: bool = True
    is_start: bool = False

    def equals(self, value: float) -> bool:
        """Whether `value`, written with as many decimals, is this number."""
        return abs(self.value - value) < 0.5 * 10**-self.decimals - 1e-9


@dataclass(frozen=True, slots=True)
class Span:
    """The days a date in a sentence may mean, both ends included: one day, a month, a quarter, a year, some years.

    `is_sure` is False for what may as well be a number.
    """

    first: date
    last: date
    text: str
    is_sure: bool = True

    def holds(self, day: date) -> bool:
        """Whether `day` is one of them."""
        return self.first <= day <= self.last


def figures_in(sentence: str) -> tuple[list[Amount], list[Span]]:
    """The amounts and the dates of a sentence. Four figures that may be a year or a number are in both lists."""
    spans, amounts, rest = [], [], sentence
    for match in _DATES.finditer(sentence):
        reading = _reading(match, sentence)
        if reading is not Reading.YEAR:
            start = _is_start(sentence[: match.start()])
            amounts.append(Amount(float(match[0]), 0, False, match[0], reading is Reading.NUMBER, start))
        if reading is not Reading.NUMBER and (span := _span(match, reading is Reading.YEAR)):
            spans.append(span)
        rest = rest[: match.start()] + "#" * len(match[0]) + rest[match.end() :]
    amounts += [amount for match in _NUMBER.finditer(rest) if (amount := _amount(match, rest))]
    return amounts, spans


def _reading(match: re.Match[str], sentence: str) -> Reading:
    """Whether four figures are a year or a number, by the words around them; any other date is one."""
    if match["year"] is None:
        return Reading.YEAR
    before, after = _LAST_WORD.search(sentence[: match.start()]), _NEXT_WORD.match(sentence[match.end() :])
    word = before[1] if before else ""
    if _BEFORE_A_YEAR.fullmatch(word) or (after is None and not _BEFORE_EITHER.fullmatch(word)):
        return Reading.YEAR
    if after is not None and not _BETWEEN.fullmatch(after[1]):
        return Reading.NUMBER
    return Reading.EITHER


def _amount(match: re.Match[str], sentence: str) -> Amount | None:
    """The number of a match; None where it counts something else than a target can promise."""
    after = sentence[match.end("n") :]
    before = sentence[: match.start()]
    if _OTHER.match(after) or _POSTS.match(after) or _ORDINAL.match(after) or before.rstrip().endswith("§"):
        return None
    digits = re.sub(_SPACE, "", match["n"])
    if "." in digits and "," in digits:
        digits = digits.replace(".", "")
    whole, _, decimals = digits.replace(",", ".").partition(".")
    if len(decimals) == 3 and len(whole) <= 3 and whole != "0":
        return None  # «1.200» may be 1200 or 1,2
    value = float(f"{whole}.{decimals or 0}")
    return Amount(value, len(decimals), bool(_PER_CENT.match(after)), match["n"], is_start=_is_start(before))


def _is_start(before: str) -> bool:
    """Whether a number after this text is where something begins: «fra 10,8»."""
    word = _LAST_WORD.search(before)
    return word is not None and _FROM.fullmatch(word[1]) is not None


def _span(match: re.Match[str], is_sure: bool) -> Span | None:
    """The days of a match; None where there is no such day."""
    kind = next(name for name in _DAYS if match[name])
    try:
        first, last = _DAYS[kind](match)
    except ValueError:
        return None
    return Span(first, last, match[0], is_sure)


def _one(year: str, month: str, day: str) -> tuple[date, date]:
    found = date(int(year), int(month), int(day))
    return found, found


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def _years(first: str, last: str) -> tuple[date, date]:
    end = int(last) if len(last) == 4 else int(first[:2] + last)
    return date(int(first), 1, 1), date(end, 12, 31)


def _month_number(name: str) -> int:
    return MONTHS[name.lower()]


_DAYS = {
    "iso": lambda m: _one(m["iy"], m["im"], m["id"]),
    "dotted": lambda m: _one(m["dy"], m["dm"], m["dd"]),
    "written": lambda m: _one(m["wy"], str(_month_number(m["wm"])), m["wd"]),
    "month": lambda m: _months(int(m["my"]), _month_number(m["mm"]), _month_number(m["mm"])),
    "quarter": lambda m: _quarter(int(m["qy"]), int(m["qn"] or m["qq"])),
    "half": lambda m: _months(int(m["hy"]), 6 * int(m["hn"]) - 5, 6 * int(m["hn"])),
    "span": lambda m: _years(m["s1"], m["s2"]),
    "year": lambda m: _years(m["yy"], m["yy"]),
}


def _quarter(year: int, number: int) -> tuple[date, date]:
    return _months(year, 3 * number - 2, 3 * number)
