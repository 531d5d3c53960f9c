"""F4's part about going on: a decision in time, somebody in the line, and what it takes up in itself."""

from datetime import timedelta

import pytest

from benefits.engine.verdicts import ConcernKind, Severity
from tests.benefits.engine.build import HALF, LONG_AGO, evidence, finding, judge_project, project, role, target

DAY = timedelta(days=1)
OWNER, LEADER, LINE = role("owner", 2), role("leader", 1), role("measurement_responsible", 9)
LEFT_ALONE = target(measurement_responsible=1)


def verdict(days, *targets, roles=(LEADER, OWNER, LINE), **changes):
    """A project that ends so many days after the date looked at."""
    facts = {"keeps_decisions": True, "ends_on": HALF + days * DAY, **changes}
    return judge_project(project(*(targets or (target(),)), roles=roles, **facts), {}, HALF)


def f4(*args, **changes):
    return finding(verdict(*args, **changes), "F4")


@pytest.mark.parametrize(
    ("days", "cause"),
    [(181, "none"), (180, "continuation_missing"), (0, "continuation_missing"), (-1, "continuation_missing"),
     (-730, "continuation_missing"), (-731, "none")],
)  # fmt: skip
def test_it_is_decided_180_days_before_the_end_and_asked_for_as_long_as_the_project_is_followed(days, cause):
    assert f4(days).cause == cause


@pytest.mark.parametrize(
    ("days", "severity"),
    [(61, Severity.WARN), (60, Severity.CRITICAL), (-1, Severity.CRITICAL)],
)
def test_it_is_grave_only_when_the_end_is_near_and_nobody_takes_over(days, severity):
    assert f4(days, LEFT_ALONE, roles=(LEADER, OWNER)).severity is severity
    assert f4(days).severity is Severity.WARN  # somebody in the line measures on


def test_a_decision_closes_it_also_one_not_to_go_on():
    assert f4(90, continuation_decided_on=HALF).cause == "none"
    assert f4(90, LEFT_ALONE, roles=(LEADER, OWNER), continuation_decided_on=HALF, goes_on=False).cause == "none"


def test_nothing_is_asked_where_there_is_no_end_nothing_to_lose_or_no_room_for_it():
    assert f4(90, ends_on=None).cause == "none"
    assert f4(90, target(withdrawn_on=LONG_AGO)).cause == "none"
    assert f4(90, keeps_decisions=False).cause == "none"


def test_what_is_decided_needs_somebody_in_the_line():
    decided = {"continuation_decided_on": HALF, "roles": (LEADER, OWNER)}
    found = f4(90, LEFT_ALONE, **decided)
    assert (found.cause, found.severity, evidence(found, "orphan")) == ("line_owner_missing", Severity.WARN, [1])
    assert f4(181, LEFT_ALONE, **decided).cause == "none"
    assert f4(90, continuation_decided_on=HALF, benefits_without_owner=1).cause == "line_owner_missing"
    assert f4(90, continuation_decided_on=HALF, benefits_without_owner=0).cause == "none"


def test_a_project_in_its_first_days_is_only_watched():
    young = HALF - 100 * DAY
    assert f4(90, starts_on=young, followed_since=young).severity is Severity.WATCH


def test_the_worst_of_the_owners_causes_is_the_one():
    assert f4(30, LEFT_ALONE, roles=(LEADER,)).cause == "continuation_missing"  # grave, before the vacancy
    assert f4(90, roles=(LEADER, LINE)).cause == "owner_vacant"


def people_and_decisions(found):
    """The causes of the concerns that are about people or decisions."""
    return {c.cause for c in found.concerns if c.kind in (ConcernKind.CONTINUATION, ConcernKind.PEOPLE)}


def test_it_takes_up_what_would_be_asked_for_once_there_is_a_decision():
    alone = {"roles": (LEADER, OWNER)}
    assert people_and_decisions(verdict(30, LEFT_ALONE, **alone)) == {"continuation_missing"}
    decided = verdict(30, LEFT_ALONE, continuation_decided_on=HALF, **alone)
    assert people_and_decisions(decided) == {"project_ending"}


def test_what_is_graver_stands_beside_it():
    leaving = (role(ends_on=HALF + 20 * DAY), OWNER, LINE)
    assert people_and_decisions(verdict(100, roles=leaving)) == {"continuation_missing", "leader_leaving"}
