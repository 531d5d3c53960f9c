"""An administrator sets up rounds and edits their forms."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.actor import Actor
from projects.models import Programme
from reporting.annual.models import FormVersion, Round


class RoundExists(Exception):
    """The programme has a round of this kind for this year already."""


class StaleRound(Exception):
    """Someone else has changed the round or its form since the page was opened."""


class DatesOutOfOrder(Exception):
    """The period ends before it starts, or the deadline is before the opening. `field` is the plan's field."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class UnknownQuestion(Exception):
    """The form has no such section or question."""


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """What a round is. See `Round`."""

    kind: str
    year: int
    period_start: date
    period_end: date
    opens_on: date
    deadline: date
    grace_days: int = 0
    signature: str = Round.Signature.BEFORE
    offers_short: bool = True


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    """What a question says and asks. Texts are {"nb", "nn", "en"}; see `Question`."""

    type: str
    title: dict[str, str]
    help: dict[str, str]
    required: bool = False
    limit: int | None = None
    unit: dict[str, str] | None = None
    choices: list[dict[str, str]] | None = None
    condition: dict[str, Any] | None = None


def load_shipped_forms(*, by: Actor, programme: Programme) -> tuple[FormVersion, FormVersion]:
    """The shipped full and short forms as a programme's own, made once. Raises NotAllowed."""
    raise NotImplementedError


def create_round(*, by: Actor, programme: Programme, plan: RoundPlan) -> Round:
    """Make a round on the programme's newest forms, with a report for every project in use.

    Raises NotAllowed, RoundExists, DatesOutOfOrder.
    """
    raise NotImplementedError


def copy_round(*, by: Actor, source: Round, year: int) -> Round:
    """Make a round for another year with the same form, rules and dates, that many years later. As `create_round`."""
    raise NotImplementedError


def change_round(*, by: Actor, round_: Round, version: int, plan: RoundPlan) -> None:
    """Change a round's dates and rules. Raises NotAllowed, StaleRound, RoundExists, DatesOutOfOrder."""
    raise NotImplementedError


def close_round(*, by: Actor, round_: Round, version: int) -> None:
    """Take no more reports after today. Raises NotAllowed, StaleRound."""
    raise NotImplementedError


def change_section(
    *, by: Actor, round_: Round, version: int, form: FormVersion, key: str, title: dict[str, str], help: dict[str, str]
) -> FormVersion:
    """Change a section's texts. A form that is in use is left alone: the round gets the next version, returned.

    Raises NotAllowed, StaleRound, UnknownQuestion.
    """
    raise NotImplementedError


def change_question(
    *, by: Actor, round_: Round, version: int, form: FormVersion, section: str, key: str, plan: QuestionPlan
) -> FormVersion:
    """Change a question. As `change_section`."""
    raise NotImplementedError


def add_question(
    *, by: Actor, round_: Round, version: int, form: FormVersion, section: str, key: str, plan: QuestionPlan
) -> FormVersion:
    """Add a question last in a section. As `change_section`; raises QuestionExists."""
    raise NotImplementedError


def remove_question(
    *, by: Actor, round_: Round, version: int, form: FormVersion, section: str, key: str
) -> FormVersion:
    """Take a question out. As `change_section`."""
    raise NotImplementedError
