"""F6: freed time nobody has decided on, each boundary, and what must not open it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from benefits.engine.facts import FreedTimeFact, TimePromise, UseFact
from benefits.engine.freed_time import busiest_day, used_on
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import HALF, evidence, finding, judge_project, project

DAY = timedelta(days=1)
POST = FreedTimeFact(1, 1, 2.0, HALF - 30 * DAY)
USE = UseFact("quality", 2.0, HALF - 30 * DAY, decided_on=HALF - 30 * DAY)
NONE, INFO, WATCH, WARN, CRITICAL = Severity


def post(*uses, **changes):
    return replace(POST, uses=uses, **changes)


def use(fte=2.0, **changes):
    return replace(USE, fte=fte, **changes)


def f6(*posts, as_of=HALF, promised=(), **changes):
    facts = project(freed_time=posts, promised_time=promised, **changes)
    return finding(judge_project(facts, {}, as_of), "F6")


def test_a_ledger_that_is_not_opened_is_neither_missed_nor_said_to_be_in_order():
    verdict = judge_project(project(), {}, HALF)
    assert not [found for found in verdict.findings if found.rule == "F6"]
    assert "F6" not in verdict.pitfalls
    assert f6(post(use())).severity is NONE


@pytest.mark.parametrize(
    ("used", "severity", "cause"),
    [
        (1.5, WARN, "freed_unallocated"),
        (1.59, WARN, "freed_unallocated"),
        (1.6, NONE, "none"),  # a fifth may wait
        (2.0, NONE, "none"),
        (2.0004, NONE, "none"),  # rounding
        (2.01, CRITICAL, "freed_over_allocated"),
    ],
)
def test_how_much_is_decided_on(used, severity, cause):
    found = f6(post(use(used)))
    assert (found.severity, found.cause) == (severity, cause)


@pytest.mark.parametrize(("days", "severity"), [(91, NONE), (90, WARN), (0, WARN), (-400, WARN)])
def test_from_ninety_days_before_the_time_is_free(days, severity):
    found = f6(post(starts_on=HALF + days * DAY))
    assert found.severity is severity
    assert found.due_on == (HALF + days * DAY if days == 90 else None)


def test_time_that_is_over_is_left_alone():
    assert f6(post(ends_on=HALF - DAY)).severity is NONE
    assert f6(post(ends_on=HALF)).severity is WARN


def test_what_the_line_stands_for_and_nobody_uses():
    assert f6(post(is_attested=True)).cause == "freed_unused"
    assert f6(post(use(0.1), is_attested=True)).cause == "freed_unallocated"
    assert f6(post(is_attested=True, starts_on=HALF + DAY)).cause == "freed_unallocated"


@pytest.mark.parametrize(("fte", "severity"), [(0.19, INFO), (0.2, WARN)])
def test_very_little_is_only_mentioned(fte, severity):
    assert f6(post(fte=fte)).severity is severity


@pytest.mark.parametrize(("posts", "severity"), [(21, NONE), (20, WARN), (None, WARN)])
def test_scattered_minutes_are_no_fault(posts, severity):
    assert f6(post(posts=posts)).severity is severity


def test_a_use_that_begins_later_is_decided_and_one_that_ended_is_not_in_the_way():
    assert f6(post(use(starts_on=HALF + 60 * DAY))).severity is NONE
    over = use(ends_on=HALF - DAY)
    assert f6(post(over)).cause == "freed_unallocated"
    assert f6(post(over, use(starts_on=HALF))).severity is NONE
    assert f6(post(use(1.5), use(1.0, starts_on=HALF + 60 * DAY))).severity is CRITICAL


def test_the_posts_are_summed_and_the_lacking_ones_named():
    found = f6(post(use()), post(use(0.5), id=2, number=2, fte=1.0), post(id=3, number=3, fte=0.5))
    assert (evidence(found, "freed"), evidence(found, "unallocated"), evidence(found, "post")) == ([3.5], [1.0], [2, 3])


@pytest.mark.parametrize(
    ("decided_on", "as_of", "severity"),
    [
        (date(2014, 6, 1), date(2014, 12, 31), NONE),
        (date(2014, 6, 1), date(2015, 1, 1), WARN),
        (date(2014, 10, 31), date(2015, 1, 1), WARN),
        (date(2014, 11, 1), date(2015, 12, 31), NONE),  # after the proposal: the year after
        (date(2014, 11, 1), date(2016, 1, 1), WARN),
    ],
)
def test_a_cut_needs_its_line_when_the_budget_is_adopted(decided_on, as_of, severity):
    cut = use(use="budget_cut", decided_on=decided_on, has_reference=False)
    assert f6(post(cut), as_of=as_of).severity is severity
    assert f6(post(replace(cut, has_reference=True)), as_of=as_of).severity is NONE
    assert f6(post(replace(cut, use="quality")), as_of=as_of).severity is NONE


@pytest.mark.parametrize(("days", "severity"), [(90, NONE), (91, WATCH)])
def test_time_the_plan_promised_is_asked_for(days, severity):
    promise = TimePromise(7, "A1", HALF - days * DAY)
    assert f6(promised=(promise,)).severity is severity
    if severity:
        assert evidence(f6(promised=(promise,)), "benefit_code") == ["A1"]


def test_in_the_first_half_year_only_over_allocation_is_grave():
    young = {"starts_on": HALF - 100 * DAY, "followed_since": HALF - 100 * DAY}
    assert f6(post(), **young).severity is WATCH
    assert f6(post(use(3)), **young).severity is CRITICAL


def test_use_grows_only_where_a_span_begins():
    spans = [use(1.0, ends_on=HALF), use(1.5, starts_on=HALF), use(0.5, starts_on=HALF + DAY)]
    assert busiest_day(spans, HALF - 10 * DAY, None) == HALF
    assert used_on(spans, HALF + DAY) == [1.5, 0.5]
    assert busiest_day([], HALF, None) == HALF
