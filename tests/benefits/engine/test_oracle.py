"""The vectorised engine agrees with plain Python on random series, many at once and one at a time."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.engine.facts import BaselineFact, TargetValueFact
from benefits.engine.judging import figures_of
from benefits.engine.relapse import Gains, Level, find_relapse
from tests.benefits.engine import oracle
from tests.benefits.engine.build import START, batch, target

FINITE = st.floats(-50, 50).map(lambda x: round(x, 3))
WINDOWS = {1: (2, 1, 2.0), 4: (4, 2, 2.0), 12: (6, 3, 2.5)}


@st.composite
def series(draw):
    """A random target with random points after its baseline."""
    steps = draw(st.lists(st.integers(1, 400), min_size=1, max_size=4, unique=True))
    promised = [(START + timedelta(days=30 + d), draw(FINITE)) for d in sorted(steps)]
    baseline = draw(FINITE)
    last = promised[-1][1]
    if abs(last - baseline) < 0.01:
        promised[-1] = (promised[-1][0], baseline + 1.0)
    direction = 1 if promised[-1][1] > baseline else -1
    days = sorted(draw(st.sets(st.integers(1, 900), min_size=1, max_size=12)))
    points = [(START + timedelta(days=day), draw(FINITE)) for day in days]
    facts = target(
        baseline=BaselineFact(baseline, START),
        values=tuple(TargetValueFact(on, value) for on, value in promised),
        direction=direction,
        trajectory=draw(st.sampled_from(["linear", "stepwise", "s_curve", "milestones"])),
    )
    return facts, points, promised


@settings(max_examples=60, deadline=None)
@given(st.lists(series(), min_size=1, max_size=4))
def test_attainment_and_path(many):
    targets = [target(**{name: getattr(f, name) for name in ("baseline", "values", "direction", "trajectory")}, id=i)
               for i, (f, _, _) in enumerate(many)]  # fmt: skip
    as_of = START + timedelta(days=1000)
    together = figures_of(targets, batch({i: points for i, (_, points, _) in enumerate(many)}), as_of)
    for i, (facts, points, promised) in enumerate(many):
        alone = figures_of([targets[i]], batch({i: points}), as_of)[i]
        base, way = facts.baseline.value, promised[-1][1] - facts.baseline.value
        path = [(on.toordinal(), value) for on, value in promised]
        wanted = [oracle.expected(d.toordinal(), START.toordinal(), base, path, facts.trajectory) for d, _ in points]
        assert together[i].attainments == alone.attainments == pytest.approx([(v - base) / way for _, v in points])
        assert together[i].expected == alone.expected
        assert together[i].expected == pytest.approx([(e - base) / way for e in wanted], abs=1e-9)


@st.composite
def gains(draw):
    """Gains on a coarse grid, so that every window sums without rounding and both sides compare the same numbers."""
    level = draw(st.sampled_from([0, 4, 8]))
    held = draw(st.lists(st.integers(level - 3, level + 3), min_size=1, max_size=14))
    fallen = draw(st.lists(st.integers(-6, 6), max_size=8))
    return [x / 4 for x in (*held, *fallen)]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(gains(), min_size=1, max_size=5),
    st.sampled_from([1, 4, 12]),
    st.sampled_from([0.0, 0.11, 0.37]),
    st.sampled_from([1.0, 4.0]),
)
def test_relapse(many, period, sd, n_b):
    length = max(map(len, many))
    s = len(many)
    matrix = np.full((s, length), np.nan)
    for i, row in enumerate(many):
        matrix[i, : len(row)] = row
    m, k, z = WINDOWS[period]
    found = find_relapse(
        Gains(
            matrix, np.array([len(row) for row in many]), np.full(s, sd), np.full(s, 2.0), np.full(s, 0.3),
            np.full(s, n_b), np.full(s, period), np.zeros(s),
        )
    )  # fmt: skip
    for i, row in enumerate(many):
        if found.rho[i] == 0:  # the oracle knows no autocorrelation
            wanted = oracle.relapse(row, sd=sd, span=2.0, mmc=0.3, n_b=n_b, m=m, k=k, z=z)
            assert Level(found.level[i]).name.lower() == wanted
