"""F1: a plan that is missing, not approved, too thin or too old; each with its boundary and what must not open it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from benefits.engine.facts import BenefitFact, PlanFacts, PlannedPoint
from benefits.engine.plan import FULL, SIMPLE, of_benefit
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import (
    END,
    LONG_AGO,
    START,
    evidence,
    finding,
    judge_project,
    project,
    quarters,
    target,
)

DAY = timedelta(days=1)
NOW = date(2013, 6, 30)
NONE, WATCH, WARN = Severity.NONE, Severity.WATCH, Severity.WARN
WHOLE = BenefitFact(
    1, "A1", target=1, has_description=True, has_kind=True, has_line_owner=True, realised_from=END,
    has_initiative=True, has_assumption=True, first_measured_after_end=END + 90 * DAY,
)  # fmt: skip
APPROVED = PlanFacts(sent_on=START, approved_on=START, benefits=(WHOLE,))


def find(plan, as_of=NOW, of=None, **changes):
    """The plan's finding as a whole, or that of a target."""
    facts = project(target(), plan=plan, **{"ends_on": date(2020, 1, 1), **changes})
    return finding(judge_project(facts, {1: quarters(11, 12)}, as_of), "F1", of)


def test_an_approved_plan_that_says_everything_is_no_sign():
    assert find(APPROVED).severity is NONE
    assert find(APPROVED, of=1).severity is NONE


def test_where_plans_are_not_kept_none_is_missed():
    assert find(None).severity is NONE


@pytest.mark.parametrize(("days", "severity"), [(179, NONE), (180, WARN), (181, WARN)])
def test_a_plan_is_missing_half_a_year_after_the_start(days, severity):
    began = date(2013, 1, 1)
    found = find(PlanFacts(), as_of=began + days * DAY, starts_on=began, followed_since=began)
    assert (found.cause == "plan_missing") is bool(severity)
    assert found.severity is severity


def test_the_days_are_counted_from_when_the_project_was_followed():
    followed = NOW - 100 * DAY
    assert find(PlanFacts(), followed_since=followed).severity is NONE
    assert find(PlanFacts(), as_of=followed + 180 * DAY, followed_since=followed).severity is WARN


def test_a_plan_that_waits_on_its_owner_or_came_back_is_not_missing():
    assert find(PlanFacts(sent_on=NOW, benefits=(WHOLE,))).severity is NONE


@pytest.mark.parametrize(("days", "severity"), [(91, NONE), (90, WARN), (0, WARN), (-1, WARN)])
def test_it_must_be_approved_before_the_end(days, severity):
    found = find(PlanFacts(sent_on=START, benefits=(WHOLE,)), ends_on=NOW + days * DAY)
    assert found.severity is severity
    if severity:
        assert found.cause == "plan_unapproved"
        assert found.due_on == (NOW + days * DAY if days >= 0 else None)


@pytest.mark.parametrize(("after", "severity"), [(-1, NONE), (0, WARN)])
def test_it_must_be_approved_when_the_handover_is_done(after, severity):
    plan = PlanFacts(sent_on=START, benefits=(WHOLE,), realising_since=NOW)
    assert find(plan, as_of=NOW + after * DAY).severity is severity


def test_an_approval_of_tomorrow_does_not_count_today():
    plan = replace(APPROVED, approved_on=NOW + DAY)
    assert find(plan, ends_on=NOW + 10 * DAY).cause == "plan_unapproved"
    assert find(plan, as_of=NOW + DAY, ends_on=NOW + 10 * DAY).severity is NONE


@pytest.mark.parametrize(("days", "severity"), [(365, NONE), (366, WATCH)])
def test_an_approved_plan_is_revised_within_the_year(days, severity):
    found = find(replace(APPROVED, approved_on=NOW - days * DAY))
    assert found.severity is severity
    assert (found.cause == "plan_outdated") is bool(severity)


@pytest.mark.parametrize(("days", "severity"), [(29, NONE), (30, WATCH)])
def test_it_is_revised_within_a_month_of_a_phase(days, severity):
    found = find(replace(APPROVED, approved_on=NOW - 100 * DAY, phase_changed_on=NOW - days * DAY))
    assert found.severity is severity
    assert (found.cause == "plan_before_phase") is bool(severity)


def test_a_phase_that_was_over_before_the_approval_is_no_reason():
    plan = replace(APPROVED, approved_on=NOW - 50 * DAY, phase_changed_on=NOW - 50 * DAY)
    assert find(plan).severity is NONE


def test_a_plan_is_not_revised_for_ever():
    old = replace(APPROVED, approved_on=NOW - 800 * DAY)
    assert find(old, ends_on=NOW - DAY).severity is NONE


@pytest.mark.parametrize(("missing", "severity"), [(4, NONE), (5, WARN)])
def test_a_full_plan_says_six_of_ten_things(missing, severity):
    lacks = {"has_description": False, "has_kind": False, "has_line_owner": False, "realised_from": None,
             "has_initiative": False}  # fmt: skip
    thin = replace(WHOLE, **dict(list(lacks.items())[:missing]))
    found = find(replace(APPROVED, benefits=(thin,)), of=1)
    assert found.severity is severity
    if severity:
        assert (evidence(found, "items_said"), evidence(found, "items_asked")) == ([5], [10])
        assert evidence(found, "item_missing") == [
            "description", "kind", "line_owner", "realised_from", "initiative",
        ]  # fmt: skip


def test_the_simple_path_asks_for_six_things_and_counts_no_other():
    bare = BenefitFact(1, "K1", target=1, has_line_owner=True)
    simple = replace(APPROVED, is_simple=True, benefits=(bare,))
    assert find(simple, of=1).severity is NONE  # four of six
    assert find(replace(simple, benefits=(replace(bare, has_line_owner=False),)), of=1).severity is WARN
    assert set(SIMPLE) < set(FULL)


def test_a_target_without_any_benefit_is_said_of():
    found = find(replace(APPROVED, benefits=(replace(WHOLE, target=None),)), of=1)
    assert (found.cause, evidence(found, "items_said")) == ("plan_incomplete", [0])


@pytest.mark.parametrize(
    "plan",
    [
        PlanFacts(benefits=(BenefitFact(1, "K1", target=1),)),  # nobody has sent it yet
        replace(APPROVED, is_elsewhere=True, benefits=()),  # what it says is not known here
    ],
)
def test_completeness_is_not_asked_of_what_is_not_there_to_be_read(plan):
    assert [
        f for f in judge_project(project(target(), plan=plan), {}, NOW).findings if f.cause == "plan_incomplete"
    ] == []


def test_a_dis_benefit_makes_no_target_complete_and_is_asked_for_little():
    worse = replace(WHOLE, is_dis_benefit=True)
    assert find(replace(APPROVED, benefits=(worse,)), of=1).cause == "plan_incomplete"
    assert of_benefit(APPROVED, replace(worse, has_line_owner=False), project(target())).missing == ("line_owner",)


def test_what_the_targets_say_counts():
    facts = project(target(baseline=None, unit=""), plan=APPROVED, ends_on=END)
    assert of_benefit(APPROVED, WHOLE, facts).missing == ("indicator", "baseline")
    kept = project(target(baseline=None, keep_min=1.0), plan=APPROVED, ends_on=END)
    assert of_benefit(APPROVED, WHOLE, kept).missing == ()
    undated = replace(WHOLE, first_measured_after_end=None)
    assert of_benefit(APPROVED, undated, project(target(), ends_on=END)).missing == ("measured_after",)
    planned = project(target(planned=(PlannedPoint(END + DAY),)), ends_on=END)
    assert of_benefit(APPROVED, undated, planned).missing == ()
    assert of_benefit(APPROVED, undated, project(target())).missing == ()  # no end, so nothing comes after it


def test_it_makes_one_concern_and_follows_from_what_comes_before_it():
    lacking = project(target(), target(id=2, number=2), plan=replace(APPROVED, benefits=()))
    series = {1: quarters(11, 12), 2: quarters(11, 12)}
    assert [c.cause for c in judge_project(lacking, series, NOW).concerns].count("plan_incomplete") == 1
    nothing = judge_project(project(plan=PlanFacts()), {}, NOW)
    assert [c.cause for c in nothing.concerns] == ["no_targets"]
    unready = project(target(baseline=None), plan=replace(APPROVED, benefits=()))
    assert "plan_incomplete" not in [c.cause for c in judge_project(unready, {}, NOW).concerns]


def test_nothing_is_graver_than_watch_in_the_first_days():
    began = NOW - 100 * DAY
    plan = PlanFacts(sent_on=began, benefits=())
    assert find(plan, ends_on=NOW + 60 * DAY, followed_since=began, starts_on=LONG_AGO).severity is WATCH
