"""F2 «Motstand mot forandring»: groups that matter object, and have had no answer.

Source: domain.md §2a. An objection may be right, so an answer closes it, not a changed mind. What only those who lead
the project have seen is WATCH at most (decision 18d). A room nobody has opened is not in use, and there is no finding.
How far initiatives are taken into use, compared with the plan, is not registered anywhere yet, and so not asked about.
"""

from collections.abc import Sequence
from datetime import timedelta

from benefits.engine.judging import EPSILON
from benefits.engine.roles import LEADING
from benefits.engine.rules import ownership
from benefits.engine.rules.case import Case, no_sign, not_assessable
from benefits.engine.stakeholders import AnswerFact, StakeholderFact, answers_to, is_answered, objects_since
from benefits.engine.verdicts import Evidence, Finding, Severity


def find(case: Case) -> list[Finding]:
    """One finding for the project: the worst cause that holds; none where the room is not in use, or the work over."""
    project = case.project
    is_over = project.ends_on is not None and project.ends_on < case.as_of
    if not project.stakeholders or is_over or case.as_of < project.starts_on:
        return []
    oldest = case.as_of - timedelta(days=case.thresholds.resistance_fresh_days)
    fresh = [group for group in project.stakeholders if group.newest.on >= oldest]
    checks = (_unanswered, _weigh, _fell, _promised)
    found = [finding for check in checks if (finding := check(case, fresh)) is not None]
    if found:
        return [max(found, key=lambda finding: finding.severity or Severity.NONE)]
    if len(fresh) < len(project.stakeholders):
        return [not_assessable("F2", ["fresh_stakeholders"])]
    return [no_sign("F2")]


def _unanswered(case: Case, groups: Sequence[StakeholderFact]) -> Finding | None:
    """A group with much influence objects, and is neither answered nor promised an answer by a date to come."""
    least = case.thresholds.resistance_influence
    waiting = [g for g in groups if g.newest.influence >= least and _waits(case, g)]
    if not waiting:
        return None
    evidence = [Evidence("objections", len(waiting)), *_about(case, waiting)]
    severity = _severity(case, any(_is_seen_by_others(case, group) for group in waiting))
    due = [answer.due_on for group in waiting for answer in _answers(group) if answer.given_on is None]
    return case.finding(
        "objection_unanswered",
        severity=severity,
        evidence=[*evidence, *_with_owner(severity)],
        threshold={"influence": least},
        due_on=min(due, default=None),
    )


def _weigh(case: Case, groups: Sequence[StakeholderFact]) -> Finding | None:
    """Those who object have a third of the influence or more, and some of them wait for an answer."""
    against = [group for group in groups if group.newest.attitude < 0]
    waiting = [group for group in against if _waits(case, group)]
    share = _share(against, groups)
    if not waiting or share < case.thresholds.resistance_share - EPSILON:
        return None
    others = [group for group in against if _is_seen_by_others(case, group)]
    severity = _severity(case, _share(others, groups) >= case.thresholds.resistance_share - EPSILON)
    evidence = [
        Evidence("influence_against", round(share, 4)),
        Evidence("groups", len(groups)),
        *_about(case, waiting),
        *_with_owner(severity),
    ]
    threshold = {"share": case.thresholds.resistance_share}
    return case.finding("objections_weigh", severity=severity, evidence=evidence, threshold=threshold)


def _fell(case: Case, groups: Sequence[StakeholderFact]) -> Finding | None:
    """A group looks at it with less favour than last time, and has not been answered since."""
    least = case.thresholds.resistance_fall
    fallen = [g for g in groups if g.fall >= least and not is_answered(g.answers, g.newest.on, case.as_of)]
    if not fallen:
        return None
    evidence = [
        Evidence("groups_fallen", len(fallen)),
        Evidence("since", max(group.newest.on for group in fallen)),
        *map(_group, fallen),
    ]
    return case.finding("attitude_fell", evidence=evidence, threshold={"steps": least})


def _promised(case: Case, groups: Sequence[StakeholderFact]) -> Finding | None:
    """So much of the influence objects that promises are not enough: it is watched until the answers are given."""
    against = [group for group in groups if group.newest.attitude < 0]
    share = _share(against, groups)
    waiting = [group for group in against if not _has_been_answered(group)]
    if not waiting or share < case.thresholds.resistance_share - EPSILON:
        return None
    evidence = [
        Evidence("influence_against", round(share, 4)),
        Evidence("groups", len(groups)),
        *map(_group, waiting),
    ]
    promised = [answer for group in waiting for answer in _answers(group) if answer.given_on is None]
    due = [answer.due_on for answer in promised if answer.due_on >= case.as_of]
    threshold = {"share": case.thresholds.resistance_share}
    return case.finding("answers_promised", evidence=evidence, threshold=threshold, due_on=min(due, default=None))


def _answers(group: StakeholderFact) -> list[AnswerFact]:
    """What a group is answered to its objection of now."""
    since = objects_since(group.seen)
    return [] if since is None else answers_to(group.answers, since)


def _has_been_answered(group: StakeholderFact) -> bool:
    return any(answer.given_on is not None for answer in _answers(group))


def _waits(case: Case, group: StakeholderFact) -> bool:
    since = objects_since(group.seen)
    return since is not None and not is_answered(group.answers, since, case.as_of)


def _share(some: Sequence[StakeholderFact], groups: Sequence[StakeholderFact]) -> float:
    """The part some groups have of the influence of all."""
    whole = sum(group.newest.influence for group in groups)
    return sum(group.newest.influence for group in some) / whole if whole else 0.0


def _is_seen_by_others(case: Case, group: StakeholderFact) -> bool:
    """Whether somebody who has never led the project registered or confirmed how the group looks at it."""
    leaders = {span.person for span in case.project.roles if span.role in LEADING}
    return bool({group.newest.by, group.newest.confirmed_by} - leaders - {None})


def _severity(case: Case, is_seen_by_others: bool) -> Severity:
    """WATCH for the leader's own judgement; CRITICAL where the owner's part is lacking too (F4)."""
    if not is_seen_by_others:
        return Severity.WATCH
    owned = max((f.severity or Severity.NONE for f in ownership.find(case)), default=Severity.NONE)
    return Severity.CRITICAL if owned >= Severity.WARN else Severity.WARN


def _with_owner(severity: Severity) -> list[Evidence]:
    """What else is open where that is why it is grave."""
    if severity < Severity.CRITICAL:
        return []
    return [Evidence("beside", "F4")]


def _about(case: Case, waiting: Sequence[StakeholderFact]) -> list[Evidence]:
    """The groups that wait, since when, and whose judgement it is."""
    since = [day for group in waiting if (day := objects_since(group.seen))]
    by_others = any(_is_seen_by_others(case, group) for group in waiting)
    return [
        Evidence("since", min(since)),
        *map(_group, waiting),
        Evidence("judged_by", "others" if by_others else "leader"),
    ]


def _group(group: StakeholderFact) -> Evidence:
    return Evidence("group", group.name or group.kind, f"stakeholder:{group.id}", group.newest.on)
