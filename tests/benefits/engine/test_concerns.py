"""From findings to the few concerns people see."""

from datetime import date, timedelta

import pytest

from benefits.engine.assess import assess
from benefits.engine.concerns import limit_for, rank, rank_projects
from benefits.engine.facts import WarningAnswer
from benefits.engine.thresholds import Thresholds
from benefits.engine.verdicts import Concern, ConcernKind, Severity, Urgency
from tests.benefits.engine.build import HALF, QUARTERS, batch, judge_project, project, quarters, role, target

DAY = timedelta(days=1)
RELAPSED = quarters(20, 20, 20, 20, 20, 10, 10)
AS_OF = QUARTERS[6]


def concern(cause="baseline_missing", **changes):
    """A concern to be ranked."""
    facts = {
        "kind": ConcernKind.MEASUREMENT,
        "target": 1,
        "severity": Severity.WARN,
        "cause": cause,
        "action": "set_baseline",
        "responsible": "leader",
        "urgency": Urgency.REST,
        "due_on": None,
        "rules": ("F3",),
        "values": {},
        "targets": (1,),
        "since": None,
        "answered_on": None,
    }
    return Concern(**(facts | changes))


def causes(verdict):
    """What the project's concerns are about."""
    return [c.cause for c in verdict.concerns]


def test_targets_with_the_same_cause_are_one_concern():
    facts = project(*(target(id=i, number=i, values=()) for i in (1, 2, 3)))
    (found,) = judge_project(facts, {}, HALF).concerns
    assert (found.cause, found.target, found.targets) == ("target_undefined", None, (1, 2, 3))
    assert (found.values["targets"], found.values["numbers"]) == (3, "1, 2, 3")


def test_each_relapse_is_a_loss_of_its_own():
    facts = project(target(), target(id=2, number=2))
    verdict = judge_project(facts, {1: RELAPSED, 2: RELAPSED}, AS_OF)
    assert causes(verdict) == ["back_to_zero", "back_to_zero"]
    assert [c.target for c in verdict.concerns] == [1, 2]


def test_a_missing_figure_silences_a_possible_relapse_but_not_a_loss():
    watched = judge_project(project(target(plausible_max=19)), {1: quarters(20, 20, 20, 20, 20, 10)}, QUARTERS[5])
    assert causes(watched) == ["target_outside_range"]
    lost = judge_project(project(target(plausible_max=19)), {1: RELAPSED}, AS_OF)
    assert causes(lost) == ["back_to_zero", "target_outside_range"]


def test_info_is_no_concern():
    assert causes(judge_project(project(target(is_measurable=False)), {}, HALF)) == []


@pytest.mark.parametrize(
    ("answer", "is_silent"),
    [
        (WarningAnswer("F3", 1, "accepted", HALF - DAY, HALF), True),
        (WarningAnswer("F3", 1, "accepted", HALF - DAY, HALF - DAY), False),
        (WarningAnswer("F3", 1, "false_positive", HALF), True),
        (WarningAnswer("F3", 1, "false_positive", HALF + DAY), False),
        (WarningAnswer("F3", 2, "false_positive", HALF), False),
        (WarningAnswer("F5", 1, "false_positive", HALF), False),
        (WarningAnswer("F3", 1, "false_positive", HALF, None, "target_undefined"), True),
        (WarningAnswer("F3", 1, "false_positive", HALF, None, "measurement_stale"), False),
        (WarningAnswer("F3", 1, "action", HALF), False),
    ],
)
def test_answers_silence_the_concern_and_never_the_finding(answer, is_silent):
    verdict = judge_project(project(target(values=()), answers=(answer,)), {}, HALF)
    assert (causes(verdict) == []) is is_silent
    assert verdict.pitfalls["F3"] is Severity.WARN


def test_a_registered_action_is_remembered():
    answered = project(target(values=()), answers=(WarningAnswer("F3", 1, "action", HALF),))
    assert judge_project(answered, {}, HALF).concerns[0].answered_on == HALF


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"urgency": Urgency.LOSS}, {"urgency": Urgency.IRREVERSIBLE, "severity": Severity.CRITICAL}),
        ({"urgency": Urgency.IRREVERSIBLE}, {"urgency": Urgency.DEADLINE}),
        ({"urgency": Urgency.DEADLINE}, {"urgency": Urgency.REST, "due_on": HALF}),
        ({}, {"answered_on": HALF}),
        ({"due_on": HALF}, {"due_on": HALF + DAY}),
        ({"due_on": HALF}, {}),
        ({"since": HALF}, {"since": HALF - DAY}),
        ({"severity": Severity.CRITICAL}, {}),
    ],
)
def test_the_one_ranking(first, second):
    one, other = concern(**first), concern(**second)
    assert rank([one, other], "") == rank([other, one], "") == (one, other)


def test_what_the_role_can_act_on_comes_before_the_nearest_date():
    mine = concern("measurement_stale", responsible="measurement_responsible")
    others = concern("leader_vacant", kind=ConcernKind.PEOPLE, responsible="owner", due_on=HALF)
    assert rank([mine, others], "benefit_owner_deputy") == (mine, others)
    assert rank([mine, others], "owner") == (others, mine)


def test_the_responsible_is_somebody_there():
    facts = project(target(values=()), roles=(role("owner", 2), role("leader_deputy", 3)))
    assert {c.cause: c.responsible for c in judge_project(facts, {}, HALF).concerns} == {"target_undefined": "leader"}
    alone = project(target(values=()), roles=(role("owner", 2),))
    assert {c.responsible for c in judge_project(alone, {}, HALF).concerns} == {"owner"}


def test_limits():
    assert [limit_for(name) for name in ("leader", "leader_deputy", "owner", "benefit_owner")] == [3, 3, 2, 3]


def test_projects_are_ranked_by_their_first_grave_concern():
    well = project(target(), id=1)
    lost = project(target(id=2), id=2)
    stale = project(target(id=3), id=3)
    undefined = project(target(id=4, values=()), id=4)
    series = {1: quarters(13, 14, 15, 16, 17, 18, 19), 2: RELAPSED, 3: quarters(13)}
    verdicts = assess([well, stale, undefined, lost], batch(series), AS_OF)
    assert [verdict.project for verdict in rank_projects(verdicts)] == [2, 4]  # a late figure is only watched


def test_the_governor_holds_a_rule_at_watch():
    held = Thresholds().with_overrides({"held_rules": ["F3"]})
    verdict = judge_project(project(target(values=())), {}, HALF, held)
    assert verdict.pitfalls["F3"] is Severity.WATCH


def test_a_concern_says_since_when():
    verdict = judge_project(project(target()), {1: quarters(12)}, date(2013, 9, 1))
    assert verdict.concerns[0].since == date(2013, 8, 14)
    assert verdict.concerns[0].due_on == date(2013, 6, 30)
