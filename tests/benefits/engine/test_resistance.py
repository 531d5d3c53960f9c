"""F2: objections without an answer, each boundary, whose judgement it is, and what must not open it."""

from datetime import date, timedelta

import pytest

from benefits.engine.facts import RoleSpan
from benefits.engine.stakeholders import AnswerFact, AttitudeFact, StakeholderFact
from benefits.engine.thresholds import DEFAULT
from benefits.engine.verdicts import Severity
from tests.benefits.engine.build import HALF, evidence, judge_project, project

DAY = timedelta(days=1)
NONE, INFO, WATCH, WARN, CRITICAL = Severity
LEADER, OWNER = 1, 2
ROLES = (RoleSpan("leader", LEADER, date(2013, 1, 1)), RoleSpan("owner", OWNER, date(2013, 1, 1)))
AGO = HALF - 30 * DAY


def seen(attitude, influence=3, on=AGO, by=OWNER, confirmed_by=None):
    return AttitudeFact(on, attitude, influence, by, confirmed_by)


def group(*history, pk=1, kind="staff", answers=(), name=""):
    return StakeholderFact(pk, kind, history, tuple(answers), name)


def neutral(influence=3, pk=9):
    """A group that gives the others something to be weighed against."""
    return group(seen(0, influence), pk=pk, kind="users")


CALM = tuple(neutral(pk=pk) for pk in (7, 8, 9))


def answer(due_on=HALF + 30 * DAY, given_on=None, promised_on=HALF - 20 * DAY):
    return AnswerFact(promised_on, due_on, given_on)


def f2(*groups, as_of=HALF, thresholds=DEFAULT, roles=ROLES, **changes):
    """The finding, or None where there is none at all."""
    verdict = judge_project(project(stakeholders=groups, roles=roles, **changes), {}, as_of, thresholds=thresholds)
    found = [one for one in verdict.findings if one.rule == "F2"]
    assert len(found) < 2
    return found[0] if found else None


def told(found):
    return (found.severity, found.cause)


def test_a_room_nobody_has_opened_is_neither_a_sign_nor_no_sign():
    verdict = judge_project(project(roles=ROLES), {}, HALF)
    assert "F2" not in verdict.pitfalls
    assert not [one for one in verdict.findings if one.rule == "F2"]
    assert judge_project(project(roles=ROLES, stakeholders=CALM), {}, HALF).pitfalls["F2"] is NONE


@pytest.mark.parametrize(
    ("attitude", "influence", "answers", "severity", "cause"),
    [
        (-1, 3, (), WARN, "objection_unanswered"),
        (-1, 2, (), NONE, "none"),
        (0, 3, (), NONE, "none"),
        (1, 3, (), NONE, "none"),
        (-1, 3, (answer(),), NONE, "none"),
        (-1, 3, (answer(HALF),), NONE, "none"),  # due today
        (-1, 3, (answer(HALF - DAY),), WARN, "objection_unanswered"),  # overdue
        (-1, 3, (answer(HALF - DAY, given_on=HALF - DAY),), NONE, "none"),
        (-1, 3, (answer(given_on=AGO),), NONE, "none"),  # the same day
        (-1, 3, (answer(given_on=AGO - DAY),), WARN, "objection_unanswered"),  # to something else
        (-1, 3, (answer(promised_on=AGO),), NONE, "none"),  # the same day
        (-1, 3, (answer(promised_on=AGO - DAY),), WARN, "objection_unanswered"),  # to something else
    ],
)
def test_a_group_that_matters_objects(attitude, influence, answers, severity, cause):
    assert told(f2(group(seen(attitude, influence), answers=answers), *CALM)) == (severity, cause)


def test_what_it_rests_on_is_a_group_and_never_its_words():
    late = answer(HALF - DAY)
    found = f2(group(seen(-1), answers=[late]), group(seen(-1), pk=2, kind="union_reps"), *CALM, neutral(pk=6))
    assert [e.value for e in found.evidence if e.label == "group"] == ["staff", "union_reps"]
    assert [e.source for e in found.evidence if e.label == "group"] == ["stakeholder:1", "stakeholder:2"]
    assert (evidence(found, "objections")[0], evidence(found, "since")[0]) == (2, AGO)
    assert (evidence(found, "judged_by")[0], found.due_on) == ("others", HALF - DAY)


@pytest.mark.parametrize(
    ("by", "confirmed_by", "severity", "judge"),
    [
        (LEADER, None, WATCH, "leader"),
        (LEADER, LEADER, WATCH, "leader"),
        (LEADER, OWNER, WARN, "others"),
        (OWNER, None, WARN, "others"),
        (None, None, WATCH, "leader"),
        (4, None, WARN, "others"),  # a benefit owner, say
        (3, None, WATCH, "leader"),  # led it once
    ],
)
def test_the_leaders_own_judgement_is_watch_at_most(by, confirmed_by, severity, judge):
    roles = (*ROLES, RoleSpan("leader_deputy", 3, date(2013, 1, 1), date(2013, 6, 1)))
    found = f2(group(seen(-1, by=by, confirmed_by=confirmed_by)), *CALM, roles=roles)
    assert told(found) == (severity, "objection_unanswered")
    assert evidence(found, "judged_by")[0] == judge


@pytest.mark.parametrize(
    ("against", "calm", "severity", "cause"),
    [
        ((2,), (2, 2), WARN, "objections_weigh"),  # a third
        ((1,), (2,), WARN, "objections_weigh"),  # exactly a third
        ((2, 2, 2, 2), (3, 3, 3, 2, 2, 2, 2), NONE, "none"),  # 32 %
        ((1, 1), (2, 2, 1), NONE, "none"),  # 28.6 %
    ],
)
def test_those_who_object_have_a_third_of_the_influence(against, calm, severity, cause):
    groups = [group(seen(-1, influence), pk=pk) for pk, influence in enumerate(against, 1)]
    found = f2(*groups, *(neutral(influence, pk) for pk, influence in enumerate(calm, 20)))
    assert told(found) == (severity, cause)
    if severity is WARN:
        assert evidence(found, "influence_against")[0] == pytest.approx(1 / 3, abs=1e-4)


def test_of_the_third_what_only_the_leader_has_seen_does_not_count_towards_more_than_watch():
    own, others = group(seen(-1, 2, by=LEADER)), group(seen(-1, 1), pk=2)
    assert told(f2(own, others, neutral(2), neutral(2, 10))) == (WATCH, "objections_weigh")


def test_the_gravest_is_said_also_where_the_leader_alone_has_seen_another():
    own, others = group(seen(-1, 3, by=LEADER)), group(seen(-1, 2), pk=2)
    assert told(f2(own, others, neutral(1))) == (WARN, "objections_weigh")
    assert told(f2(own, others, *CALM, neutral(pk=20))) == (WATCH, "objection_unanswered")


def test_promises_to_so_many_are_watched_until_they_are_kept():
    others = (neutral(2), neutral(2, 10))
    found = f2(group(seen(-1, 2), answers=[answer()]), *others)
    assert (*told(found), found.due_on) == (WATCH, "answers_promised", HALF + 30 * DAY)
    assert told(f2(group(seen(-1, 2), answers=[answer(given_on=HALF)]), *others)) == (NONE, "none")


@pytest.mark.parametrize(
    ("before", "now", "answers", "severity"),
    [
        (1, 0, (), WATCH),
        (1, -1, (), WATCH),
        (0, 0, (), NONE),
        (-1, 0, (), NONE),
        (1, 0, (answer(),), NONE),
        (1, 0, (answer(given_on=AGO - DAY),), WATCH),
        (1, 0, (answer(promised_on=AGO - DAY),), WATCH),
    ],
)
def test_a_group_looks_at_it_with_less_favour_than_last_time(before, now, answers, severity):
    history = (seen(before, 1, AGO - 100 * DAY), seen(now, 1))
    found = f2(group(*history, answers=answers), *CALM)
    assert told(found) == (severity, "attitude_fell" if severity is WATCH else "none")


def test_an_answer_to_an_earlier_objection_is_no_answer_to_a_new_one():
    """In favour in between: what was promised then, is still promised, and says nothing of what they object to now."""
    history = [seen(attitude, on=AGO - days * DAY) for attitude, days in ((-1, 200), (1, 100), (-1, 0))]
    old = answer(promised_on=AGO - 190 * DAY)
    found = f2(group(*history, answers=[old]), *CALM)
    assert (*told(found), found.due_on) == (WARN, "objection_unanswered", None)
    assert told(f2(group(*history, answers=[old, answer()]), *CALM)) == (NONE, "none")


def test_groups_are_told_apart_by_their_own_names_and_counted():
    history = (seen(1, 1, AGO - 100 * DAY), seen(0, 1))
    found = f2(*(group(*history, pk=pk, name=name) for pk, name in ((1, "Nattevaktene"), (2, "Vikarene"))), *CALM)
    assert [e.value for e in found.evidence if e.label == "group"] == ["Nattevaktene", "Vikarene"]
    assert evidence(found, "groups_fallen")[0] == 2


def test_only_the_last_two_registrations_are_compared():
    history = (seen(1, 1, AGO - 200 * DAY), seen(0, 1, AGO - 100 * DAY), seen(0, 1))
    assert f2(group(*history), *CALM).severity is NONE


@pytest.mark.parametrize(("days", "severity"), [(365, WARN), (366, None)])
def test_an_old_registration_says_nothing_any_more(days, severity):
    found = f2(group(seen(-1, on=HALF - days * DAY)), *CALM)
    assert found.severity is severity
    assert found.missing == (() if severity else ("fresh_stakeholders",))


def test_what_is_fresh_is_judged_though_other_groups_are_not():
    old = group(seen(0, on=HALF - 500 * DAY), pk=2)
    assert told(f2(group(seen(-1)), old)) == (WARN, "objection_unanswered")
    assert f2(old).severity is None


def test_an_owner_who_does_not_take_part_makes_it_grave():
    alone = (RoleSpan("leader", LEADER, date(2013, 1, 1)), RoleSpan("owner", LEADER, date(2013, 1, 1)))
    found = f2(group(seen(-1, by=4)), *CALM, roles=alone)
    assert told(found) == (CRITICAL, "objection_unanswered")
    assert evidence(found, "beside")[0] == "F4"
    assert told(f2(group(seen(-1, by=LEADER)), *CALM, roles=alone)) == (WATCH, "objection_unanswered")


@pytest.mark.parametrize(("days", "severity"), [(179, WATCH), (180, WARN)])
def test_in_a_projects_first_days_it_is_watched(days, severity):
    began = HALF - days * DAY
    assert f2(group(seen(-1)), *CALM, starts_on=began, followed_since=began).severity is severity


def test_nobody_is_asked_before_the_project_has_begun_or_when_it_is_over():
    assert f2(group(seen(-1)), ends_on=HALF - DAY) is None
    assert f2(group(seen(-1)), ends_on=HALF) is not None
    assert f2(group(seen(-1)), starts_on=HALF + DAY) is None


def test_a_programme_may_choose_its_own_limits():
    own = DEFAULT.with_overrides({"resistance_influence": 2, "resistance_fall": 2, "resistance_share": 0.6})
    assert told(f2(group(seen(-1, 2)), *CALM, thresholds=own)) == (WARN, "objection_unanswered")
    fell = group(seen(1, 1, AGO - DAY), seen(0, 1))
    assert f2(fell, *CALM, thresholds=own).severity is NONE
    assert f2(group(seen(-1, 1)), neutral(1), thresholds=own).severity is NONE
