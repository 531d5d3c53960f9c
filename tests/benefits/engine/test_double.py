"""V9: what is counted twice, each boundary, and what only looks the same."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from benefits.engine.claims import not_counted
from benefits.engine.facts import (
    BaselineFact,
    BenefitFact,
    FreedTimeFact,
    FullBox,
    Neighbour,
    PlanFacts,
    TargetValueFact,
    UseFact,
)
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import END, HALF, evidence, finding, judge_project, project, target

DAY = timedelta(days=1)
NONE, _INFO, WATCH, WARN, _CRITICAL = Severity
ONE = target(indicator="sick_leave", is_catalogued=True, scope="Pleie og omsorg")
TWO = replace(ONE, id=2, number=2, is_main=False)
MONEY = BenefitFact(1, "Ø1", target=1, title="Mindre vikarer", form="budget", kind="time_saved", arises="own")
USE = UseFact("quality", 1.0, HALF - 30 * DAY)
POST = FreedTimeFact(1, 1, 1.0, HALF - 30 * DAY, uses=(USE,), source="target:1")


def v9(*targets, benefits=(), **changes):
    plan = PlanFacts(benefits=tuple(benefits)) if benefits else None
    return finding(judge_project(project(*targets, plan=plan, **changes), {}, HALF), "V9")


def test_one_target_is_counted_once():
    assert v9(ONE).severity is NONE


def test_the_same_indicator_unit_and_time_is_counted_twice():
    found = v9(ONE, TWO)
    assert (found.severity, found.cause) == (WARN, "claimed_twice")
    assert (evidence(found, "claim"), evidence(found, "claim_too")) == (["E1 Heltid"], ["E2 Heltid"])
    assert [item.source for item in found.evidence] == ["target:1", "target:2"]


@pytest.mark.parametrize(
    "changes",
    [
        {"indicator": "full_time"},
        {"scope": "Barnehage"},
        {"scope": ""},  # a part is not the whole
        {"level": "process"},
        {"withdrawn_on": HALF},
        {"is_measurable": False},
        {"values": ()},
        {"keep_min": 5.0},  # followed so that it does not move
        {"baseline": BaselineFact(10.0, END), "values": (TargetValueFact(END + 365 * DAY, 20.0),)},  # after the other
    ],
)
def test_what_differs_is_not_the_same(changes):
    assert v9(ONE, replace(TWO, **changes)).severity is NONE


def test_two_ways_of_typing_a_unit_are_one():
    assert v9(ONE, replace(TWO, scope=" pleie  og Omsorg")).severity is WARN


@pytest.mark.parametrize(("days", "severity"), [(-1, WARN), (0, NONE), (1, NONE)])
def test_periods_that_overlap_by_a_day(days, severity):
    later = replace(
        TWO, baseline=BaselineFact(10.0, END + days * DAY), values=(TargetValueFact(END + 400 * DAY, 20.0),)
    )
    assert v9(ONE, later).severity is severity


def test_ones_own_indicator_is_known_by_its_name():
    own = replace(ONE, indicator="own", is_catalogued=False)
    assert v9(own, replace(own, id=2, number=2, title="heltid")).severity is WARN
    assert v9(own, replace(own, id=2, number=2, title="Nærvær")).severity is NONE


def test_what_is_counted_elsewhere_is_settled():
    assert v9(ONE, TWO, not_counted={"target:2": "target:1"}).severity is NONE


def test_another_project_in_the_municipality():
    found = v9(ONE, neighbours=(Neighbour("Nærvær i Sørum", (TWO,)),))
    assert (found.severity, found.cause) == (WATCH, "claimed_elsewhere")
    assert evidence(found, "claim_too") == ["E2 (Nærvær i Sørum)"]
    assert v9(ONE, neighbours=(Neighbour("Nærvær", (replace(TWO, scope="Skole"),)),)).severity is NONE


def test_own_indicators_are_not_compared_between_projects():
    own = replace(ONE, indicator="own", is_catalogued=False)
    assert v9(own, neighbours=(Neighbour("Nærvær", (replace(own, id=2),)),)).severity is NONE


def test_two_benefits_of_the_same_money():
    again = replace(MONEY, id=2, code="Ø2")
    assert v9(ONE, benefits=(MONEY, again)).cause == "claimed_twice"
    assert v9(ONE, benefits=(MONEY, again), not_counted={"benefit:2": "benefit:1"}).severity is NONE


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "avoided_cost"},
        {"form": "alternative"},
        {"arises": "inhabitants"},
        {"target": None},
        {"is_dis_benefit": True},
    ],
)
def test_two_kinds_of_value_are_not_the_same(changes):
    assert v9(ONE, benefits=(MONEY, replace(MONEY, id=2, code="Ø2", **changes))).severity is NONE


def test_a_kind_nobody_has_said_is_not_the_same_kind():
    unsaid = replace(MONEY, kind="")
    assert v9(ONE, benefits=(unsaid, replace(unsaid, id=2, code="Ø2"))).severity is NONE


def test_what_has_no_price_is_in_no_sum():
    quality = replace(MONEY, form="unpriced", kind="quality")
    assert v9(ONE, benefits=(quality, replace(quality, id=2, code="K2"))).severity is NONE


def test_a_benefit_goes_with_its_target():
    again = replace(MONEY, id=2, code="Ø2")
    assert v9(ONE, benefits=(MONEY, again), not_counted={"target:1": "target:2"}).severity is NONE


def test_the_same_hours_in_kroner_and_in_another_use():
    found = v9(ONE, benefits=(MONEY,), freed_time=(POST,))
    assert (found.severity, found.cause) == (WARN, "money_and_time")
    assert [item.source for item in found.evidence] == ["benefit:1", "freed_time:1"]
    for settled in ({"benefit:1": "freed_time:1"}, {"freed_time:1": "benefit:1"}):
        assert v9(ONE, benefits=(MONEY,), freed_time=(POST,), not_counted=settled).severity is NONE


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ({"benefit:1": "freed_time:1"}, {"benefit:1"}),  # the hours count, all that come from the money
        ({"freed_time:1": "benefit:1"}, {"freed_time:1"}),
        ({"benefit:1": "benefit:2"}, {"benefit:1", "freed_time:1", "freed_time:2"}),
        ({"target:1": "target:9"}, {"target:1", "benefit:1", "freed_time:1", "freed_time:2"}),
        (
            {"target:1": "target:9", "benefit:1": "freed_time:1"},
            {"target:1", "benefit:1", "freed_time:1", "freed_time:2"},
        ),
    ],
)
def test_what_gives_way_takes_along_what_comes_from_it(said, gone):
    posts = tuple(replace(POST, id=n, number=n, source="benefit:1") for n in (1, 2))
    made = project(ONE, plan=PlanFacts(benefits=(MONEY,)), freed_time=posts, not_counted=said)
    assert not_counted(made) == gone


@pytest.mark.parametrize(
    "posts",
    [
        (replace(POST, uses=(replace(USE, use="budget_cut"),)),),
        (replace(POST, uses=()),),
        (replace(POST, ends_on=HALF - DAY),),
        (replace(POST, source="target:2"),),
        (POST, replace(POST, id=2, number=2, source="benefit:1", uses=(replace(USE, use="budget_cut"),))),
    ],
)
def test_hours_that_are_taken_out_as_the_money_says(posts):
    assert v9(ONE, benefits=(MONEY,), freed_time=posts).severity is NONE


def test_money_that_is_not_from_saved_time():
    assert v9(ONE, benefits=(replace(MONEY, kind="avoided_cost"),), freed_time=(POST,)).severity is NONE


def test_contributions_beyond_the_whole():
    found = v9(ONE, over_whole=(FullBox(1, "A1", 101), FullBox(2, "E1", 140)))
    assert (found.severity, found.cause) == (WATCH, "over_whole")
    assert (evidence(found, "box"), evidence(found, "box_share"), evidence(found, "boxes_more")) == (["E1"], [1.4], [1])


def test_the_gravest_comes_first_and_the_others_are_counted():
    three = replace(TWO, id=3, number=3)
    found = v9(ONE, TWO, three, over_whole=(FullBox(1, "A1", 101),))
    assert found.cause == "claimed_twice"
    assert evidence(found, "claims_more") == [2]


def test_a_young_project_is_only_watched():
    young = {"starts_on": date(2013, 12, 1), "followed_since": date(2013, 12, 1)}
    assert v9(ONE, TWO, **young).severity is WATCH
