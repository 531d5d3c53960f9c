"""How groups look at a project over time, and when an objection is answered: read by rule F2 and by the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AttitudeFact:
    """How a group looks at the project from a day: attitude −1, 0 or 1, influence 1 to 3.

    `by` and `confirmed_by` are the people who registered and confirmed it (None: the system; nobody).
    """

    on: date
    attitude: int
    influence: int
    by: int | None = None
    confirmed_by: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """An answer to a group: planned on a day, due by another, and given on a third (None: not yet)."""

    promised_on: date
    due_on: date
    given_on: date | None = None


@dataclass(frozen=True, slots=True)
class StakeholderFact:
    """One group, by the code of its kind, with its registrations, oldest first (at least one), and its answers.

    `name`: which one it is, where its kind alone does not say it.
    """

    id: int
    kind: str
    seen: tuple[AttitudeFact, ...]
    answers: tuple[AnswerFact, ...] = ()
    name: str = ""

    @property
    def newest(self) -> AttitudeFact:
        """How the group looks at it now."""
        return self.seen[-1]

    @property
    def fall(self) -> int:
        """How much less it is in favour than at the registration before; 0 where it is not, or there is none."""
        return max(self.seen[-2].attitude - self.newest.attitude, 0) if len(self.seen) > 1 else 0


def objects_since(seen: Sequence[AttitudeFact]) -> date | None:
    """The day from which every registration, oldest first, says that the group objects; None: it does not now."""
    since = None
    for one in reversed(seen):
        if one.attitude >= 0:
            break
        since = one.on
    return since


def is_answered(answers: Iterable[AnswerFact], since: date, as_of: date) -> bool:
    """Whether what was said `since` a day has been answered, or is promised an answer by a date that is not past."""
    return any(one.given_on is not None or one.due_on >= as_of for one in answers_to(answers, since))


def answers_to(answers: Iterable[AnswerFact], since: date) -> list[AnswerFact]:
    """The answers to what was said `since` a day: one given, or only promised, before that is to something else."""
    return [one for one in answers if (one.given_on or one.promised_on) >= since]
