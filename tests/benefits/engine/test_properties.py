"""What must hold for any facts: order, unit and direction do not matter, and nothing is said without a measurement."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.engine.assess import assess
from benefits.engine.codes import (
    ACTIONS,
    CAUSES,
    CLOSES_WHEN,
    CONCERN_VALUES,
    EVIDENCE,
    NO_FORECAST,
    REASONS,
    SIGNALS,
)
from benefits.engine.facts import (
    BaselineFact,
    BreakFact,
    PlannedPoint,
    ProjectFacts,
    RoleSpan,
    TargetFacts,
    TargetValueFact,
)
from benefits.engine.rules import RULES
from benefits.engine.verdicts import Result, Severity
from tests.benefits.engine.build import START, batch

AS_OF = date(2015, 1, 22)
MORE = settings(max_examples=60, deadline=None)
ROLES = (
    "leader",
    "owner",
    "benefit_owner",
    "measurement_responsible",
    "leader_deputy",
    "measurement_responsible_deputy",
)
COLOURS = {Result.ON_TRACK, Result.ACHIEVED, Result.BEHIND, Result.AT_RISK, Result.RELAPSE, Result.NOT_ACHIEVED}
VALUES = st.floats(0, 40).map(lambda x: round(x, 2))
DAYS = st.integers(-200, 900).map(lambda d: START + timedelta(days=d))

# Most targets are to be reached, some to be kept within limits, one of which may be open.
LIMITS = st.sampled_from([{}, {}, {}, {"keep_min": 4.0, "keep_max": 9.0}, {"keep_min": 4.0}, {"keep_max": 9.0}])


def maybe(strategy):
    """Perhaps not said."""
    return st.none() | strategy


@st.composite
def targets(draw, number):
    """Any target, most of them complete."""
    return TargetFacts(
        id=number, number=number, is_main=draw(st.booleans()), definition_version=1,
        level=draw(st.sampled_from(["effect", "societal", "process"])),
        kind=draw(st.sampled_from(["register_share", "survey_share", "absence_rate", "mean", "count", "index", None])),
        unit="%", direction=draw(st.sampled_from([1, 1, -1, None])),
        frequency=draw(st.sampled_from(["monthly", "quarterly", "yearly", None])),
        mmc=draw(maybe(st.just(0.5))), tolerance=draw(maybe(st.just(1.0))), declared_sd=draw(maybe(st.just(0.7))),
        population=draw(maybe(st.just(80))),
        baseline=draw(maybe(st.builds(BaselineFact, VALUES, DAYS, maybe(st.just(60)), st.sampled_from([1, 4, 12])))),
        baseline_due_on=draw(maybe(DAYS)),
        values=tuple(draw(st.lists(st.builds(TargetValueFact, DAYS, VALUES), max_size=3))),
        trajectory=draw(st.sampled_from(["linear", "stepwise", "s_curve", "milestones"])),
        planned=tuple(draw(st.lists(st.builds(PlannedPoint, DAYS), max_size=3))),
        effect_starts_on=draw(maybe(DAYS)), is_measurable=draw(st.sampled_from([True, True, True, False])),
        withdrawn_on=draw(st.none() | st.none() | DAYS), measurement_responsible=draw(maybe(st.integers(1, 4))),
        breaks=tuple(draw(st.lists(st.builds(BreakFact, DAYS, st.sampled_from(["merger", "other"])), max_size=2))),
        **draw(LIMITS),
    )  # fmt: skip


@st.composite
def worlds(draw):
    """A few projects and their measurements."""
    projects, series, sizes, number = [], {}, {}, 0
    for project in range(1, draw(st.integers(1, 3)) + 1):
        members = []
        for _ in range(draw(st.integers(0, 3))):
            number += 1
            members.append(draw(targets(number)))
            days = sorted(draw(st.sets(DAYS, max_size=10)))
            series[number] = [(day, draw(VALUES)) for day in days]
            sizes[number] = [draw(st.sampled_from([60.0, 60.0, 80.0, float("nan")])) for _ in days]
        spans = st.builds(RoleSpan, st.sampled_from(ROLES), st.integers(1, 4), DAYS, maybe(DAYS))
        roles = tuple(draw(st.lists(spans, max_size=4)))
        began, ends = draw(DAYS), draw(maybe(DAYS))
        projects.append(ProjectFacts(project, 1, began, ends, began, tuple(members), roles))
    return projects, batch(series, n=60.0, denominators=sizes)


@MORE
@given(worlds(), st.randoms())
def test_order_never_matters_and_one_is_as_many(world, random):
    projects, values = world
    together = assess(projects, values, AS_OF)
    assert together == assess(projects, values, AS_OF)

    def mixed(items):
        return tuple(random.sample(list(items), len(items)))

    shuffled = [
        replace(
            p,
            roles=mixed(p.roles),
            targets=mixed(
                [
                    replace(t, values=mixed(t.values), planned=mixed(t.planned), breaks=mixed(t.breaks))
                    for t in p.targets
                ]
            ),
        )
        for p in mixed(projects)
    ]
    again = {verdict.project: verdict for verdict in assess(shuffled, values, AS_OF)}
    alone = [assess([project], values, AS_OF)[0] for project in projects]
    assert [again[verdict.project] for verdict in together] == together == alone


@MORE
@given(worlds())
def test_nothing_is_said_without_a_measurement(world):
    projects, _ = world
    for verdict in assess(projects, batch({}), AS_OF):
        assert not {target.result for target in verdict.targets} & COLOURS
        assert verdict.result not in COLOURS
        assert verdict.counts["judged"] == 0


@MORE
@given(worlds(), st.sampled_from(["kind", "direction", "baseline", "values"]))
def test_what_is_missing_gives_neither_green_nor_red(world, field):
    projects, values = world
    without = {field: () if field == "values" else None}
    if field in ("direction", "baseline"):  # what is only kept within limits needs neither
        without |= {"keep_min": None, "keep_max": None}
    bare = [replace(p, targets=tuple(replace(t, **without) for t in p.targets)) for p in projects]
    for verdict in assess(bare, values, AS_OF):
        assert not {target.result for target in verdict.targets} & COLOURS


@MORE
@given(worlds())
def test_every_code_is_listed(world):
    projects, values = world
    for verdict in assess(projects, values, AS_OF):
        for reason in (*verdict.reasons, *(r for target in verdict.targets for r in target.reasons)):
            assert set(REASONS[reason.code]) <= set(reason.values)
        for target in verdict.targets:
            assert all(set(SIGNALS[signal.code]) <= set(signal.values) for signal in target.signals)
            assert target.no_forecast in ("", *NO_FORECAST)
            assert not (target.forecast and target.no_forecast)
            assert target.chance is None or target.forecast
        for found in verdict.findings:
            assert CAUSES[found.cause].rule in ("", found.rule)
            assert {item.label for item in found.evidence} <= set(EVIDENCE)
            assert set(found.missing) <= set(RULES[found.rule].inputs)
            assert (found.severity is None) == bool(found.missing)
            assert found.severity in (None, Severity.NONE, *RULES[found.rule].ladder)
            assert found.action in ("", *ACTIONS)
            assert found.closes_when in ("", *CLOSES_WHEN)
        for concern in verdict.concerns:
            assert set(concern.values) <= set(CONCERN_VALUES)
        assert len({(found.rule, found.target) for found in verdict.findings}) == len(verdict.findings)
        pitfalls = {code for code, rule in RULES.items() if rule.is_pitfall}
        unused = pitfalls - set(verdict.pitfalls)
        assert set(verdict.pitfalls) <= pitfalls
        assert all(RULES[code].is_optional for code in unused)
        assert {found.rule for found in verdict.findings} <= set(RULES)


EXACT = st.floats(-30, 60).map(lambda x: round(x * 4) / 4)
SERIES = st.lists(EXACT, min_size=1, max_size=9)


def in_units(values, scale, shift, sign=1, *, days=91):
    """An index from 0 to 16 in two years, written in another unit."""
    facts = TargetFacts(
        1, 1, True, "effect", 1, kind="index", direction=sign, frequency="quarterly", mmc=0.5 * scale,
        tolerance=1.0 * scale, declared_sd=0.75 * scale, baseline=BaselineFact(shift, START, points=4),
        values=(TargetValueFact(START + timedelta(days=730), sign * 16 * scale + shift),),
    )  # fmt: skip
    points = [(START + timedelta(days=days * (i + 1)), sign * v * scale + shift) for i, v in enumerate(values)]
    project = ProjectFacts(1, 1, START, None, START, (facts,))
    return assess([project], batch({1: points}), points[-1][0])[0].targets[0]


@MORE
@given(SERIES, st.sampled_from([0.25, 4.0, 1024.0]), st.sampled_from([-64.0, 0.0, 32.0]), st.sampled_from([1, -1]))
def test_unit_zero_point_and_direction_do_not_matter(values, scale, shift, sign):
    one, other = in_units(values, 1.0, 0.0), in_units(values, scale, shift, sign)
    assert (one.state, [r.code for r in one.reasons]) == (other.state, [r.code for r in other.reasons])
    assert one.attainment == pytest.approx(other.attainment)
    assert one.attainment_sd == pytest.approx(other.attainment_sd)
    assert one.expected == pytest.approx(other.expected)


@MORE
@given(SERIES, st.floats(0, 20))
def test_a_better_latest_value_never_worsens_attainment(values, better):
    before, after = in_units(values, 1.0, 0.0), in_units([*values[:-1], values[-1] + better], 1.0, 0.0)
    assert after.attainment >= before.attainment
    ladder = [
        "below_baseline",
        "at_risk",
        "behind",
        "within_uncertainty",
        "on_track",
        "achieved_unconfirmed",
        "realised",
    ]
    one, other = (rung(ladder, verdict) for verdict in (before, after))
    if None not in (one, other):
        assert other >= one


def rung(ladder, verdict):
    """The place of a verdict's state; at risk by the forecast's word alone is only behind.

    A better value may make a steady series more certain to miss its target than a jumping one: attainment and pace
    never worsen, the word may.
    """
    if verdict.state == "at_risk" and "pace_too_slow" not in [reason.code for reason in verdict.reasons]:
        return ladder.index("behind")
    return ladder.index(verdict.state) if verdict.state in ladder else None
