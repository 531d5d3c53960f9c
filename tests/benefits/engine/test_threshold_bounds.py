"""No value a programme may choose makes the engine fail, alone or with any other."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from benefits.engine.assess import assess
from benefits.engine.thresholds import DEFAULT, SPECS
from tests.benefits.engine.build import HALF, QUARTERS, batch, project, target
from tests.benefits.engine.test_properties import AS_OF, worlds


def allowed(spec):
    """The bounds, and anything between."""
    if spec.is_whole:
        low, high = int(spec.low), int(spec.high)
        return st.sampled_from([low, high]) | st.integers(low, high)
    return st.sampled_from([float(spec.low), float(spec.high)]) | st.floats(spec.low, spec.high)


CHOSEN = st.fixed_dictionaries({}, optional={name: allowed(spec) for name, spec in SPECS.items()})


@settings(max_examples=40, deadline=None)
@given(worlds(), CHOSEN)
def test_any_values_within_the_bounds_give_a_verdict(world, chosen):
    projects, values = world
    verdicts = assess(projects, values, AS_OF, replace(DEFAULT, **chosen))
    assert [verdict.project for verdict in verdicts] == [project.id for project in projects]


def test_each_bound_alone_gives_a_verdict():
    """Every least and every greatest value by itself, on a world with something of each kind."""
    facts = project(
        target(id=1), target(id=2, kind="register_share", unit="%", frequency="monthly", declared_sd=None),
        target(id=3, kind="absence_rate", unit="%", declared_sd=None), target(id=4, frequency="yearly"),
    )  # fmt: skip
    series = batch({i: [(day, 10 + n % 5) for n, day in enumerate(QUARTERS)] for i in (1, 2, 3, 4)})
    for name, spec in SPECS.items():
        for bound in (spec.low, spec.high):
            value = int(bound) if spec.is_whole else float(bound)
            for day in (HALF, QUARTERS[-1]):
                assert assess([facts], series, day, replace(DEFAULT, **{name: value})), (name, bound)
