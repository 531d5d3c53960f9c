"""«Klar for utbetaling»: worked out from the record, never typed. Plain Python over facts; words are in `wording`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Answer(StrEnum):
    """Whether more can be paid out. `DONE`: everything that was promised is paid."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition; `is_met` None: nobody has judged it."""

    pk: int
    text: str
    due_on: date
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class Report:
    """A report the project owes, in a round that was due on a day: `state` as in `Report.State`.

    `closed_on`: when the round was closed, if it is.
    `is_back`: an adviser has sent it back, however far it has come since.
    """

    name: str
    due_on: date
    state: str
    is_back: bool = False
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What was spent in a year, and whether the owner has approved it."""

    pk: int
    year: int
    is_approved: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one project's grant. None is «not registered», which is not zero."""

    promised: int | None = None
    promised_in: int | None = None  # the year of the first promise
    paid: int | None = None
    conditions: tuple[Condition, ...] = ()
    reports: tuple[Report, ...] = ()
    accounts: tuple[Account, ...] = ()

    @property
    def remaining(self) -> int | None:
        """What is promised and not registered as paid; None when no promise is registered."""
        return None if self.promised is None else self.promised - (self.paid or 0)


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that stands in the way: what it is, about what, and by when it was due.

    `is_open`: it may turn out to be in order; nobody has said.
    """

    code: str
    about: str = ""
    due_on: date | None = None
    pk: int | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Readiness:
    """The answer, with everything that stands in the way."""

    answer: Answer
    missing: tuple[Missing, ...] = ()


def readiness(facts: Facts, today: date) -> Readiness:
    """Whether more can be paid out on a day, and exactly what is missing.

    Something that is missing says no. Something nobody has judged says that it is not known; so does a project no
    promise is registered for.
    """
    if facts.promised is None:
        return Readiness(Answer.UNKNOWN, (Missing("no_promise", is_open=True),))
    if facts.remaining is not None and facts.remaining <= 0:
        return Readiness(Answer.DONE)
    missing = (*_conditions(facts, today), *_reports(facts, today), *_accounts(facts, today))
    if not missing:
        return Readiness(Answer.YES)
    return Readiness(Answer.UNKNOWN if all(each.is_open for each in missing) else Answer.NO, missing)


def _conditions(facts: Facts, today: date) -> Iterator[Missing]:
    """A condition said not to be met counts at once; one nobody has judged, when its deadline has passed."""
    for each in facts.conditions:
        if each.is_met is False:
            yield Missing("condition_not_met", each.text, each.due_on, each.pk)
        elif each.is_met is None and each.due_on < today:
            yield Missing("condition_not_judged", each.text, each.due_on, each.pk, is_open=True)


def _reports(facts: Facts, today: date) -> Iterator[Missing]:
    codes = {"approved": "", "submitted": "report_not_read"}
    for each in facts.reports:
        # A closed round takes no new reports: what was never begun there can never be put right, and would stop every
        # payment for good. What was begun, or sent in, is still a matter between the project and its adviser.
        if each.state == "not_started" and each.closed_on is not None and each.closed_on <= today:
            continue
        code = "report_returned" if each.is_back else codes.get(each.state, "report_missing")
        if code and each.due_on < today:
            yield Missing(code, each.name, each.due_on)


def _accounts(facts: Facts, today: date) -> Iterator[Missing]:
    """Each year that has ended since the first promise has accounts the owner has approved."""
    by_year = {each.year: each for each in facts.accounts}
    for year in range(facts.promised_in or today.year, today.year):
        account = by_year.get(year)
        if account is None:
            yield Missing("account_missing", str(year))
        elif not account.is_approved:
            yield Missing("account_not_approved", str(year), pk=account.pk)
