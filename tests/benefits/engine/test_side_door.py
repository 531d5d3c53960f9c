"""V4: a share that moved because of who is counted, not because of what they do."""

from dataclasses import replace
from datetime import date

import pytest

from benefits.engine.facts import BreakFact
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import QUARTERS, evidence, finding, judge_project, project, target

AS_OF = date(2014, 1, 15)
SHARE = target(kind="register_share", unit="%", mmc=2.0)  # from 10 to 20 %, and two points matter


def v4(*counted, facts=SHARE):
    """The finding when these (as wanted, of how many) were counted, quarter by quarter."""
    values = [100 * some / of for some, of in counted]
    points = list(zip(QUARTERS, values, strict=False))
    batch = {1: points}
    return finding(
        judge_project(project(facts), batch, AS_OF, denominators={1: [of for _some, of in counted]}), "V4", 1
    )


@pytest.mark.parametrize(
    ("after", "cause"),
    [
        ((24, 200), None),  # two points up is what matters, and not more
        ((25, 200), None),  # more of the same people
        ((28, 220), None),  # a tenth more people, and eight more where they should be: a unit that grows
        ((30, 221), "denominator_moved"),  # just over a tenth
        ((26, 181), None),  # just under a tenth fewer, and six more where they should be
        ((26, 179), "denominator_moved"),  # just over a tenth fewer
        ((21, 165), None),  # another unit altogether: the series is broken, and nothing is compared
        ((20, 199), None),  # the share has hardly moved
        ((20, 171), None),  # 11.7 %: less than two points
    ],
)
def test_a_share_that_moves_with_its_denominator_is_asked_about(after, cause):
    found = v4((20, 200), after)
    assert found.cause == (cause or "none")
    assert found.severity is (Severity.WATCH if cause else Severity.NONE) or found.missing


@pytest.mark.parametrize(
    ("counted", "cause"),
    [((40, 176), "only_fewer"), ((40, 181), "only_fewer"), ((41, 181), None), ((41, 176), "denominator_moved")],
)
def test_a_share_that_grows_because_the_others_left(counted, cause):
    found = v4((40, 200), counted)  # 20 %, where 40 of 176 is 22.7
    assert found.cause == (cause or "none")


def test_it_shows_who_was_counted_before_and_now():
    found = v4((40, 200), (40, 176))
    assert [evidence(found, label) for label in ("denominator_before", "denominator_after")] == [[200], [176]]
    assert [evidence(found, label) for label in ("counted_before", "counted_after")] == [[40], [40]]
    assert evidence(found, "gain") == [pytest.approx(2.73, abs=0.01)]
    assert found.threshold is None


def test_where_less_is_better_those_outside_the_share_are_counted():
    part_time = replace(SHARE, direction=-1, values=tuple(replace(v, value=5.0) for v in SHARE.values))
    left = v4((40, 200), (16, 176), facts=part_time)  # 160 in full-time posts before and after: the others left
    assert left.cause == "only_fewer"
    assert v4((40, 200), (30, 200), facts=part_time).cause == "none"  # ten got full-time posts


def test_a_share_that_goes_the_wrong_way_is_no_gain_to_explain():
    assert v4((40, 200), (20, 178)).cause == "none"


def test_small_steps_add_up_until_a_break_is_registered():
    steps = ((40, 200), (40, 190), (40, 180), (40, 171))
    assert v4(*steps[:3]).cause == "only_fewer"
    explained = replace(SHARE, breaks=(BreakFact(date(2013, 6, 1), "reorganisation"),))
    assert v4(*steps[:2], facts=explained).missing == ("denominators",)  # one point since then


def test_other_figures_and_unknown_denominators_are_left_alone():
    assert v4((40, 200), (40, 176), facts=target(unit="%")).severity is Severity.NONE
    assert v4((40, 200), (40, 176), facts=replace(SHARE, mmc=None)).severity is Severity.NONE
    verdict = judge_project(project(SHARE), {1: [(QUARTERS[0], 20.0), (QUARTERS[1], 24.0)]}, AS_OF)
    assert finding(verdict, "V4", 1).missing == ("denominators",)
