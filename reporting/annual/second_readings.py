"""What one adviser may see of the official answers, and where those who read independently disagree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from accounts.models import User
from reporting.annual.agreement import Agreement, agreement
from reporting.annual.models import Review, SecondAnswer, SecondReading, TargetAnswer
from reporting.annual.review_page import TargetLine
from saman.formatting import joined

Stored = Mapping[tuple[int, str], TargetAnswer]


@dataclass(frozen=True, slots=True)
class Difference:
    """A question two have answered differently. `now` is the first answer where it was changed afterwards, else ""."""

    answer: SecondAnswer
    now: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One second reading beside the first: how far they agree, and each target they disagree about."""

    reading: SecondReading
    first: str
    agreement: Agreement
    targets: list[tuple[TargetLine, list[Difference]]]
    is_mine: bool


@dataclass(frozen=True, slots=True)
class SecondReadings:
    """For one adviser: whether the first answers are hidden, by whom they are, and what is compared (none if hidden).

    `own` is the adviser's own reading: then the first answers can no longer be changed by them. `kept` are the answers
    of one that was stored before it had to be whole, and goes on.
    """

    is_hidden: bool
    first: str
    own: SecondReading | None
    compared: list[Compared]
    kept: dict[tuple[int, str], SecondAnswer] = field(default_factory=dict)


def second_readings(
    review: Review | None, stored: Stored, targets: list[TargetLine], viewer: User, is_newest: bool
) -> SecondReadings:
    """The second readings of a review as one adviser meets them; in three queries at most."""
    if review is None or not stored:
        return SecondReadings(False, "", None, [])
    rows = list(review.second_readings.select_related("by").prefetch_related("answers__first_by"))
    own = next((row for row in rows if row.by_id == viewer.pk), None)
    is_first = any(row.by_id == viewer.pk for row in stored.values())
    blind = own if own and own.is_blind else None
    kept = {(row.target_id, row.question): row for row in blind.answers.all()} if blind and is_newest else {}
    goes_on = blind and any((target.pk, q) not in kept for target in targets for q in TargetAnswer.Question.values)
    is_hidden = is_newest and not is_first and (own is None or bool(goes_on))
    shown = [] if is_hidden else [row for row in rows if row.is_blind]
    return SecondReadings(
        is_hidden,
        _names(row.by for row in stored.values()),
        None if is_hidden else blind,
        [_compared(row, stored, targets, is_mine=is_first or row == own) for row in shown],
        kept if is_hidden else {},
    )


def _compared(reading: SecondReading, stored: Stored, targets: list[TargetLine], is_mine: bool) -> Compared:
    answers = [row for row in reading.answers.all() if row.first_answer]
    apart: dict[int, list[Difference]] = {}
    for row in answers:
        if row.answer != row.first_answer:
            apart.setdefault(row.target_id, []).append(Difference(row, _changed(row, stored)))
    return Compared(
        reading=reading,
        first=_names(row.first_by for row in answers),
        agreement=agreement((row.first_answer, row.answer) for row in answers),
        targets=[(target, apart[target.pk]) for target in targets if target.pk in apart],
        is_mine=is_mine,
    )


def _changed(row: SecondAnswer, stored: Stored) -> str:
    now = stored.get((row.target_id, row.question))
    return str(now.get_answer_display()) if now and now.answer != row.first_answer else ""


def _names(people: Iterable[User | None]) -> str:
    return joined(sorted({person.name if person else "–" for person in people}))
