"""L6 and half of L2: what is to go on has a home, and not most of it is brief; with what must not open either."""

from datetime import timedelta

import pytest

from benefits.engine.facts import InitiativeFact
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import END, HALF, evidence, finding, judge_project, project, target

DAY = timedelta(days=1)
NEAR = END - 180 * DAY


def one(number=1, **facts):
    return InitiativeFact(**{"id": number, "code": f"T{number}", **facts})


def learn(rule, *initiatives, as_of=NEAR, **changes):
    facts = {"ends_on": END, "initiatives": initiatives} | changes
    return finding(judge_project(project(target(), **facts), {}, as_of), rule)


@pytest.mark.parametrize(
    ("as_of", "severity"),
    [
        (NEAR - DAY, Severity.NONE),
        (NEAR, Severity.WATCH),
        (END, Severity.WATCH),
        (END + 730 * DAY, Severity.WATCH),
        (END + 731 * DAY, Severity.NONE),
    ],
)
def test_a_home_is_asked_for_from_half_a_year_before_the_end(as_of, severity):
    assert learn("L6", one(), as_of=as_of).severity is severity


def test_the_initiatives_without_a_home_are_named():
    found = learn("L6", one(), one(2, has_home=True), one(3, ends_on=END))
    assert (found.cause, evidence(found, "initiatives")) == ("no_home", [2])
    assert evidence(found, "initiative_code") == ["T1", "T3"]


@pytest.mark.parametrize(
    ("facts", "cause"),
    [
        ({"external_share": 1}, "paid_by_others"),
        ({"external_share": 0}, "none"),
        ({"external_share": None}, "none"),
        ({"external_share": 50, "is_in_budget": True}, "none"),
        ({"external_share": 50, "has_home": False}, "no_home"),
    ],
)
def test_what_others_pay_for_is_not_the_municipalitys_yet(facts, cause):
    assert learn("L6", one(**{"has_home": True} | facts)).cause == cause


@pytest.mark.parametrize(
    ("initiatives", "changes"),
    [
        ((), {}),  # a room nobody has opened
        ((one(ends_on=END - DAY),), {}),  # to be finished before the project
        ((one(),), {"goes_on": False}),  # it is decided to stop
        ((one(has_home=True),), {}),
    ],
)
def test_nothing_is_asked_where_nothing_is_to_go_on(initiatives, changes):
    assert learn("L6", *initiatives, **changes).severity is Severity.NONE


def test_without_an_end_nobody_can_tell():
    assert learn("L6", one(), ends_on=None).missing == ("project_dates",)


def test_a_missing_decision_takes_it_up():
    facts = {"ends_on": END, "keeps_decisions": True, "initiatives": (one(),)}
    undecided = judge_project(project(target(), **facts), {}, NEAR)
    causes = {concern.cause for concern in undecided.concerns}
    assert "continuation_missing" in causes
    assert "no_home" not in causes
    decided = judge_project(project(target(), continuation_decided_on=HALF, **facts), {}, NEAR)
    assert "no_home" in {concern.cause for concern in decided.concerns}


BRIEF = {"starts_on": HALF, "ends_on": HALF + 183 * DAY}
LONG = {"starts_on": HALF, "ends_on": HALF + 184 * DAY}


@pytest.mark.parametrize(
    ("initiatives", "severity"),
    [
        ((one(is_one_off=True),), Severity.NONE),  # one alone is too little to judge by
        ((one(is_one_off=True), one(2)), Severity.NONE),
        ((one(is_one_off=True), one(2, is_one_off=True)), Severity.WATCH),
        ((one(**BRIEF), one(2, **BRIEF)), Severity.WATCH),
        ((one(**LONG), one(2, **BRIEF)), Severity.NONE),
        ((one(is_one_off=True, has_home=True), one(2, **BRIEF)), Severity.NONE),  # a course that is held every year
        ((*(one(n, is_one_off=True) for n in (1, 2, 3)), one(4), one(5)), Severity.NONE),  # just 60 %
        ((*(one(n, is_one_off=True) for n in (1, 2, 3, 4)), one(5), one(6)), Severity.WATCH),
    ],
)
def test_over_six_in_ten_brief_initiatives_are_a_quick_fix(initiatives, severity):
    found = learn("L2", *initiatives, as_of=HALF)
    assert found.severity is severity
    if severity:
        assert (found.cause, evidence(found, "initiatives")) == ("quick_fixes", [len(initiatives)])


def test_brief_initiatives_are_not_spoken_of_when_the_project_is_over():
    brief = (one(is_one_off=True), one(2, is_one_off=True))
    assert learn("L2", *brief, as_of=END).severity is Severity.WATCH
    assert learn("L2", *brief, as_of=END + DAY).severity is Severity.NONE
