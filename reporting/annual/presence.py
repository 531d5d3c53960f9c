"""Who else is writing in a report just now: advice, never a lock. It is read from what they have saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from reporting.annual.models import Report, SaveReceipt

PRESENT = timedelta(minutes=2)  # since the last save


@dataclass(frozen=True, slots=True)
class Other:
    """Someone else who writes: who, in which part (its number in the form), and when they saved last."""

    who: str
    number: int
    at: datetime


def others_writing(report: Report, sections: Iterable[str], user_id: int | None, now: datetime) -> list[Other]:
    """The newest save of each other person who has saved lately, by name; `sections` are the form's keys in order."""
    numbers = {key: number for number, key in enumerate(sections, start=1)}
    rows = SaveReceipt.objects.filter(section__report=report, saved_at__gt=now - PRESENT, by__isnull=False)
    newest = rows.exclude(by=user_id).order_by("saved_at").values_list("by", "by__name", "section__key", "saved_at")
    found = {by: Other(name, numbers[key], at) for by, name, key, at in newest if key in numbers}
    return sorted(found.values(), key=lambda other: (other.who, other.number))
