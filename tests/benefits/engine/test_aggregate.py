"""A project's result from its targets'."""

import pytest

from benefits.engine.aggregate import count_results, project_result
from benefits.engine.verdicts import RESULT_OF, Result, State, TargetVerdict
from tests.benefits.engine.build import project, target


def verdicts(*states):
    """Targets 1, 2, … in these states, none of them the main one, in a project."""
    facts = project(*(target(id=i, number=i, is_main=False) for i in range(1, len(states) + 1)))
    return facts, [TargetVerdict(i, state, RESULT_OF[state], ()) for i, state in enumerate(states, 1)]


S = State


@pytest.mark.parametrize(
    ("states", "result"),
    [
        ((), Result.MISSING),
        ((S.WITHDRAWN,), Result.MISSING),
        ((S.ON_TRACK, S.RELAPSE, S.AT_RISK), Result.RELAPSE),
        ((S.NOT_ACHIEVED, S.AT_RISK, S.BEHIND), Result.AT_RISK),
        ((S.NOT_ACHIEVED, S.BEHIND), Result.NOT_ACHIEVED),
        ((S.BEHIND, S.REALISED), Result.BEHIND),
        ((S.BEHIND, S.UNKNOWN, S.UNKNOWN, S.UNKNOWN), Result.BEHIND),
        ((S.ON_TRACK, S.UNKNOWN), Result.ON_TRACK),  # half have a verdict
        ((S.ON_TRACK, S.UNKNOWN, S.UNKNOWN), Result.MISSING),
        ((S.ON_TRACK, S.PLANNED, S.TOO_EARLY), Result.ON_TRACK),  # nothing is missing yet
        ((S.PLANNED, S.TOO_EARLY), Result.NOT_STARTED),
        ((S.PLANNED, S.UNKNOWN), Result.MISSING),
        ((S.REALISED, S.ON_TRACK), Result.ON_TRACK),
        ((S.REALISED, S.SUSTAINED, S.WITHDRAWN), Result.ACHIEVED),
    ],
)
def test_without_a_main_target(states, result):
    assert project_result(*verdicts(*states))[0] is result


def test_the_main_target_decides():
    facts, judged = verdicts(S.RELAPSE, S.ON_TRACK)
    facts = project(facts.targets[0], target(id=2, number=2, is_main=True))
    result, state, reasons = project_result(facts, judged)
    assert (result, state, reasons[0].code) == (Result.ON_TRACK, S.ON_TRACK, "by_main_target")


def test_a_withdrawn_main_target_decides_nothing():
    facts, judged = verdicts(S.WITHDRAWN, S.BEHIND)
    facts = project(target(id=1, number=1, is_main=True), facts.targets[1])
    assert project_result(facts, judged)[0] is Result.BEHIND


def test_counts():
    _, judged = verdicts(S.ON_TRACK, S.UNKNOWN, S.WITHDRAWN, S.REALISED)
    targets = [target(id=i, number=i) for i in (1, 2, 3)] + [target(id=4, number=4, level="process")]
    counts = count_results(targets, judged)
    assert (counts["total"], counts["judged"], counts["on_track"], counts["missing"]) == (3, 2, 1, 1)
    assert (counts["withdrawn"], counts["effect_total"], counts["effect_measured"]) == (1, 2, 1)
    assert set(counts) >= set(Result)
