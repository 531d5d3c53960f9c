"""What the public is told of a target: four words, as of the approved report, and never a forecast (decision 15)."""

from datetime import date

import pytest

from benefits.engine.verdicts import RESULT_OF, Result, State
from reporting.annual.publishing import word

BEFORE, ON_THE_DAY, AFTER = date(2014, 12, 30), date(2014, 12, 31), date(2015, 2, 1)


def fact(latest, **changed):
    """Sick leave from 10,8 % to 9,0 % by the end of 2014."""
    return {
        "baseline": {"on": "2012-12-31", "value": "10.8"},
        "latest": None if latest is None else {"on": "2014-11-30", "value": latest},
        "goal": {"on": "2014-12-31", "value": "9.0"},
        "direction": -1,
        **changed,
    }


def verdict(state):
    """The engine's verdict as a submission keeps it."""
    return {"state": state, "result": RESULT_OF[state]}


@pytest.mark.parametrize(
    ("state", "latest", "as_of", "said"),
    [
        # Reached: confirmed by two points, as good as there at the target date, or held.
        (State.REALISED, "8.9", BEFORE, "reached"),
        (State.NEARLY_REACHED, "9.1", AFTER, "reached"),
        (State.SUSTAINED, "9.2", AFTER, "reached"),
        # Passed once: one point may be chance, until the date has come.
        (State.ACHIEVED_UNCONFIRMED, "8.7", BEFORE, "on_the_way"),
        (State.ACHIEVED_UNCONFIRMED, "8.7", ON_THE_DAY, "reached"),
        (State.ACHIEVED_UNCONFIRMED, "8.7", AFTER, "reached"),
        # On the way: better than before the project, whatever the pace.
        (State.ON_TRACK, "9.6", BEFORE, "on_the_way"),
        (State.WITHIN_UNCERTAINTY, "10.7", BEFORE, "on_the_way"),
        (State.BEHIND, "10.7", BEFORE, "on_the_way"),
        (State.AT_RISK, "10.7", BEFORE, "on_the_way"),
        # Not better than before the project: the plan may allow it, but nobody is on the way.
        (State.ON_TRACK, "10.8", BEFORE, "not_reached"),
        (State.BEHIND, "10.8", BEFORE, "not_reached"),
        (State.BELOW_BASELINE, "11", BEFORE, "not_reached"),
        # Lost again: better than before the project, but going the wrong way.
        (State.RELAPSE, "10.2", BEFORE, "not_reached"),
        (State.BACK_TO_ZERO, "10.7", AFTER, "not_reached"),
        (State.BELOW_BASELINE_AFTER_GAIN, "11", AFTER, "not_reached"),
        # The date has come, and it was not enough.
        (State.NOT_ACHIEVED, "9.2", AFTER, "not_reached"),
        # Nothing the measurements can say.
        (State.UNKNOWN, "9.6", AFTER, "not_measured"),
        (State.TOO_EARLY, "9.6", BEFORE, "not_measured"),
        (State.PLANNED, None, BEFORE, "not_measured"),
        (State.NO_BASELINE, "9.6", BEFORE, "not_measured"),
        (State.NOT_MEASURABLE, None, AFTER, "not_measured"),
        (State.NOT_DEFINED, "9.6", BEFORE, "not_measured"),
    ],
)
def test_the_public_reads_four_words(state, latest, as_of, said):
    assert word(fact(latest), verdict(state), as_of) == said


@pytest.mark.parametrize("state", [state for state in State if state != State.WITHDRAWN])
@pytest.mark.parametrize("missing", ["baseline", "latest", "goal", "direction"])
def test_a_figure_that_is_not_there_is_not_measured(state, missing):
    assert word({**fact("8.9"), missing: None}, verdict(state), AFTER) == "not_measured"


@pytest.mark.parametrize(("latest", "said"), [("9.6", "on_the_way"), ("10.8", "not_reached"), (None, "not_measured")])
def test_a_target_that_was_not_judged_is_told_by_its_figures(latest, said):
    assert word(fact(latest), {}, AFTER) == said


@pytest.mark.parametrize(("baseline", "latest", "said"), [("0", "0.0001", "on_the_way"), ("0", "0", "not_reached")])
def test_zero_is_a_figure(baseline, latest, said):
    upwards = fact(latest, baseline={"on": "2012-12-31", "value": baseline}, direction=1)
    assert word(upwards, verdict(State.ON_TRACK), BEFORE) == said


def test_one_point_further_is_never_a_poorer_word():
    """At the target date: short of it, as good as there, past it once, past it twice."""
    order = ["not_measured", "not_reached", "on_the_way", "reached"]
    states = [
        (State.NOT_ACHIEVED, "9.4"), (State.NEARLY_REACHED, "9.1"), (State.ACHIEVED_UNCONFIRMED, "8.9"),
        (State.REALISED, "8.9"),
    ]  # fmt: skip
    ranks = [order.index(word(fact(latest), verdict(state), AFTER)) for state, latest in states]
    assert ranks == sorted(ranks)


def test_every_result_has_a_word():
    for result in Result:
        assert word(fact("9.6"), {"result": result, "state": ""}, AFTER)
