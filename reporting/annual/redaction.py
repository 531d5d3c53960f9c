"""Texts for everybody: names of people, ways to reach them and counts of few are taken out, and it shows that they are.

People the project knows are found by name, and counts by the words for people; nobody can find every name and number,
so the one who approves reads the result first. Where a name is a word too, too much is taken out, not too little.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from saman.names import IDENTITY, MAIL, PHONE, matching, parts_of

FEWEST = 5
_PEOPLE = (
    r"(?:\w*(?:ansatt|tilsett|arbeider|arbeidar|bruker|brukar|person|pleier|pleiar|lærer|lærar|elev|barn|pasient|beboer|"
    r"bebuar|tillitsvalgt|tillitsvald|leder|leiar|vikar|assistent|deltaker|deltakar|deltager|kvinne|sykmeldt|sykemeldt|"
    r"sjukmeld|sjukmeldt|sjukemeld|sjukemeldt|kollega|lege|lærling|student|ungdom|menneske|rådgiver|rådgivar|"
    r"konsulent|behandler|behandlar|renholder|reinhaldar|mottaker|mottakar|ombud|pensjonist|innbygger|innbyggjar|"
    r"forelder|foreldre|årsverk)|(?:\w*s)?stilling|mann|menn|jente|gutt?)"
    r"(?:(?:e|a|r|er|ar|en|an|et|ene|ane|ne|n|ra|ren|aren)s?)?\b"
)
_PEOPLE_EN = (
    r"\w*(?:employee|worker|patient|pupil|teacher|nurse|resident|child(?:ren)?|participant|user|leader|manager|person|"
    r"people|woman|women|man|men|student|doctor|FTE)s?\b"
)
# What an adjective looks like before people; «gruppe» and its like only end as one.
_ADJECTIVE = (
    r"(?!(?:gruppe|rekke|rekkje|klasse|time|uke|veke|runde|fase|ramme|type|mengde|kjede)\b)[^\W\d]+e|ny|nytt|fast|ung|"
    r"gammel|gammal|ekstra|egen|eigen|hel|heil|halv|\w+(?:ig|leg|ert|isk|full)"
)
_DIGITS = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
# «Punkt 3», «uke 2»: the number of something else.
_PLACE = (
    r"\b(?:punkt|pkt\.?|nr\.?|nummer|number|side|page|uke|veke|week|kapittel|chapter|fase|phase|trinn|steg|step|del|part|"
    r"tabell|table|figur|figure|vedlegg|tiltak|mål|effektmål|target)\s+"
)


def _counting(words: str, between: str, of: str, adjective: str, people: str) -> re.Pattern[str]:
    """What finds a number of people: alone, in a range, or out of more; only adjectives stand before the noun."""
    number = rf"(?:{_DIGITS}|\b(?:{words})\b)"
    return re.compile(
        rf"(?P<place>{_PLACE})?(?<![\w,.:/–-])(?P<numbers>{number}(?:(?:\s*[–—-]\s*|\s+(?:{between})\s+){number}){{0,2}})"
        rf"(?P<rest>(?:\s+(?:{of}))?(?:\s+(?:{adjective})){{0,2}}\s+{people})",
        re.IGNORECASE,
    )


_FEW = r"én|èn|éin|ein|eit|en|ei|ett|et|to|tre|fire"
_FEW_EN = "one|two|three|four"
_COUNTS = (
    _counting(
        _FEW, r"til|av(?:\s+(?:de|dei|våre))?|eller|og", r"av(?:\s+(?:de|dei|våre|disse|desse))?", _ADJECTIVE, _PEOPLE
    ),
    _counting(
        _FEW_EN,
        r"to|of(?:\s+(?:the|our))?|or|and",
        r"of(?:\s+(?:the|our))?",
        r"new|permanent|temporary|\w+-time",
        _PEOPLE_EN,
    ),
)
_NUMBER = re.compile(rf"{_DIGITS}|\b(?:{_FEW}|{_FEW_EN})\b", re.IGNORECASE)
_WHO = re.compile(rf"\b(?:{_PEOPLE}|{_PEOPLE_EN})", re.IGNORECASE)
_SOMETHING_ELSE = re.compile(
    r"%|/|\b(?:prosent|per|pr|percent|kr|kroner|NOK|timer|timar|hours|dager|dagar|days)\b", re.IGNORECASE
)


def counts_people(text: str) -> bool:
    """Whether a unit, or a question, is about how many people or full-time equivalents there are."""
    return _WHO.search(text) is not None and not _SOMETHING_ELSE.search(text)


@dataclass(frozen=True, slots=True)
class Redactor:
    """`names`: of people; `places`: words that are not a person's, though one may be called so; `figures`: as written
    with a full stop, which may not be told."""

    names: Iterable[str]
    places: Iterable[str] = ()
    figures: Iterable[str] = ()

    def text(self, text: str) -> str:
        """The text less what would tell of somebody, in the active language."""
        name, contact, figure = _("[navn fjernet]"), _("[kontaktopplysning fjernet]"), _("[tall fjernet]")
        for pattern in (MAIL, IDENTITY, PHONE):
            text = pattern.sub(contact, text)
        for known in self._patterns():
            text = known.sub(name, text)
        for hidden in self.figures:
            written = re.escape(hidden).replace(r"\.", "[.,]")
            text = re.sub(rf"(?<![\d.,]){written}(?![.,]?\d)", figure, text)
        for counting in _COUNTS:
            text = counting.sub(lambda found: _without_few(found, figure), text)
        return text

    def _patterns(self) -> list[re.Pattern[str]]:
        """Whole names first, however they are written; then each part of one, where it is written as a name."""
        known = {word.casefold() for place in self.places for word in place.split()}
        single = {part for name in self.names for part in parts_of(name) if part.casefold() not in known}
        patterns = matching(self.names, re.IGNORECASE), matching(single)
        return [pattern for pattern in patterns if pattern is not None]


def _without_few(found: re.Match[str], figure: str) -> str:
    """A number of people with each part of it that is few taken out."""
    if found["place"]:
        return found[0]
    return _NUMBER.sub(lambda number: figure if _is_few(number[0]) else number[0], found["numbers"]) + found["rest"]


def _is_few(number: str) -> bool:
    if not number[0].isdigit():
        return True
    return 0 < Decimal("".join(number.split()).replace(",", ".")) < FEWEST
