"""Earlier versions of a section: what is kept, and what each said that the section does not say now."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from reporting.annual.answers import UNCHANGED
from reporting.annual.comparison import compared, shown
from reporting.annual.models import Question, ReportSection, SectionHistory
from reporting.annual.pieces import Piece
from saman.formatting import moment

SHOWN = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept version, and its time in words: to the second where another one has the same minute."""

    row: SectionHistory
    time: str


@dataclass(frozen=True, slots=True)
class Change:
    """An answer that is not the same then and now, both in pieces; [] is not answered."""

    title: str
    then: list[Piece]
    now: list[Piece]


def kept_versions(section: ReportSection) -> list[Kept]:
    """The kept versions that differ from what the section says now, the newest first."""
    rows = section.history.exclude(version=section.version).select_related("saved_by")[:SHOWN]
    found = [row for row in rows if row.data != section.data]
    minutes = Counter(moment(row.saved_at) for row in found)
    return [Kept(row, moment(row.saved_at, seconds=minutes[moment(row.saved_at)] > 1)) for row in found]


def changes_since(questions: Iterable[Question], then: Mapping[str, Any], now: Mapping[str, Any]) -> list[Change]:
    """What differs between two versions of a section, in the form's order."""
    rows = [
        Change(question.title_text, *compared(_text(question, then), _text(question, now)))
        for question in questions
        if then.get(question.key) != now.get(question.key)
    ]
    was, is_ = (_("Ja") if data.get(UNCHANGED) else "" for data in (then, now))
    return rows if was == is_ else [Change(_("Ingen endring siden i fjor"), *compared(was, is_)), *rows]


def _text(question: Question, data: Mapping[str, Any]) -> str:
    answer = data.get(question.key)
    return shown({"type": question.type, "answer": answer, "unit": question.unit, "choices": question.choices})
