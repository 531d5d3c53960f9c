"""F5 «Hvor ble det av prosjektledelsen»: nobody takes over (source: domain.md §2a, decisions 18)."""

from collections import Counter
from datetime import date, timedelta

from benefits.engine.facts import TargetFacts
from benefits.engine.roles import LEADER, LEADING, LINE, has_successor, held, is_measured_in_line, last_end
from benefits.engine.rules.case import Case, no_sign, not_assessable
from benefits.engine.verdicts import Evidence, Finding, Result, Severity

SETTLED = frozenset({Result.ACHIEVED, Result.WITHDRAWN})


def find(case: Case) -> list[Finding]:
    """One finding for the project: the worst cause that holds."""
    if case.as_of < case.project.starts_on:
        return [no_sign("F5")]
    for check in (_orphaned, _project_ending, _leader_leaving, _vacant, _handover_missing, _one_person):
        finding = check(case)
        if finding is not None:
            return [finding]
    if not held(case.project, LEADING, case.as_of) and not _has_ended(case):
        return [not_assessable("F5", ["roles"])]
    return [no_sign("F5")]


def _has_ended(case: Case) -> bool:
    """Whether the project is over."""
    return case.project.ends_on is not None and case.project.ends_on < case.as_of


def _unrealised(case: Case) -> list[TargetFacts]:
    """Targets not achieved and not withdrawn, by number."""
    targets = [t for t in case.project.targets if case.verdicts[t.id].result not in SETTLED]
    return sorted(targets, key=lambda target: (target.number, target.id))


def _orphans(case: Case, day: date) -> list[TargetFacts]:
    """Unrealised targets that nobody in the line measures on `day`."""
    return [target for target in _unrealised(case) if not is_measured_in_line(case.project, target, day)]


def _orphan_evidence(case: Case, orphans: list[TargetFacts]) -> list[Evidence]:
    """How many targets are left alone, and which."""
    counts = [Evidence("unrealised", len(_unrealised(case))), Evidence("orphans", len(orphans))]
    return counts + [Evidence("orphan", target.number, f"target:{target.id}") for target in orphans]


def _leader_end(case: Case) -> date | None:
    """The day the last leader's role ends; None while one is open-ended or nobody leads."""
    return last_end(held(case.project, LEADER, case.as_of))


def _last_led(case: Case) -> date | None:
    """The last day anybody led the project; None when nobody ever has."""
    ends = [s.ends_on for s in case.project.roles if s.role in LEADING and s.ends_on and s.ends_on < case.as_of]
    return max(ends, default=None)


def _orphaned(case: Case) -> Finding | None:
    """The project or the leader's role has ended, benefits are not realised, and nobody in the line measures them."""
    ended = case.project.ends_on if _has_ended(case) else _last_led(case)
    if ended is None or (not _has_ended(case) and held(case.project, LEADING, case.as_of)):
        return None
    orphans = _orphans(case, case.as_of)
    if not orphans:
        return None
    label = "project_ends_on" if _has_ended(case) else "role_ends_on"
    evidence = [Evidence(label, ended), Evidence("since", ended), *_orphan_evidence(case, orphans)]
    return case.finding("benefits_orphaned", evidence=evidence)


def _ends_soon(case: Case, end: date | None) -> bool:
    """Whether `end` lies at most 60 days ahead."""
    return end is not None and case.as_of <= end <= case.as_of + timedelta(days=case.thresholds.leaving_days)


def _project_ending(case: Case) -> Finding | None:
    """The project ends within 60 days and nobody in the line measures on."""
    end = case.project.ends_on
    if end is None or not _ends_soon(case, end):
        return None
    orphans = _orphans(case, end + timedelta(days=1))
    if not orphans:
        return None
    days = Evidence("days_left", (end - case.as_of).days)
    evidence = [Evidence("project_ends_on", end), days, *_orphan_evidence(case, orphans)]
    threshold = {"days": case.thresholds.leaving_days}
    return case.finding("project_ending", evidence=evidence, threshold=threshold, due_on=end)


def _leader_leaving(case: Case) -> Finding | None:
    """The leader's role ends within 60 days, before the project does, and nobody takes over."""
    end = _leader_end(case)
    if end is None or not _ends_soon(case, end) or _ends_with_project(case, end):
        return None
    if has_successor(case.project, LEADING, end, case.thresholds.vacancy_days):
        return None
    evidence = [
        Evidence("role_ends_on", end),
        Evidence("days_left", (end - case.as_of).days),
    ]
    threshold = {"days": case.thresholds.leaving_days}
    return case.finding("leader_leaving", evidence=evidence, threshold=threshold, due_on=end)


def _ends_with_project(case: Case, end: date) -> bool:
    """Whether a role that ends on `end` lasts as long as the project."""
    return case.project.ends_on is not None and end >= case.project.ends_on


def _vacant(case: Case) -> Finding | None:
    """Nobody leads a running project: WATCH at once when someone did, WARN after 30 days."""
    if _has_ended(case) or held(case.project, LEADING, case.as_of):
        return None
    last = _last_led(case)
    since = last or max(case.project.starts_on, case.project.followed_since)
    days = (case.as_of - since).days
    is_long = days > case.thresholds.vacancy_days
    if not is_long and last is None:
        return None
    evidence = [Evidence("since", since), Evidence("days_vacant", days)]
    severity = None if is_long else Severity.WATCH
    threshold = {"days": case.thresholds.vacancy_days}
    return case.finding("leader_vacant", severity=severity, evidence=evidence, threshold=threshold)


def _handover_missing(case: Case) -> Finding | None:
    """Somebody takes over within 60 days, but no handover has been recorded and accepted in this leader's time.

    A deputy who stands in (a leave, say) needs none. Not asked where handovers are not kept: nobody could answer.
    """
    if not case.project.keeps_handovers:
        return None
    leaders = held(case.project, LEADER, case.as_of)
    end = _leader_end(case)
    if end is None or not _ends_soon(case, end):
        return None
    begun = min(span.starts_on for span in leaders)
    recorded = case.project.handover_recorded_on
    if recorded is not None and begun <= recorded <= case.as_of:
        return None
    goes_on = has_successor(case.project, LEADER, end, case.thresholds.vacancy_days)
    if not goes_on and not _ends_with_project(case, end):
        return None
    if _ends_with_project(case, end) and not _unrealised(case):
        return None
    evidence = [Evidence("role_ends_on", end), Evidence("days_left", (end - case.as_of).days)]
    waits = case.project.handover_waits_since
    if waits is not None and begun <= waits <= case.as_of:
        evidence.append(Evidence("handover_waits_since", waits))
    threshold = {"days": case.thresholds.leaving_days}
    return case.finding("handover_missing", evidence=evidence, threshold=threshold, due_on=end)


def _one_person(case: Case) -> Finding | None:
    """Over half of the open points rest on one person whose roles end within 180 days, with nobody after them."""
    points = _open_points(case)
    total = points.total()
    if not total:
        return None
    person, number = max(points.items(), key=lambda item: (item[1], -item[0]))
    spans = [s for s in case.project.roles if s.person == person and (s.ends_on is None or s.ends_on >= case.as_of)]
    end, t = last_end(spans), case.thresholds
    if number <= t.dependence_share * total or end is None or end > case.as_of + timedelta(days=t.dependence_days):
        return None
    if has_successor(case.project, {span.role for span in spans} | LINE, end, t.vacancy_days):
        return None
    evidence = [
        Evidence("open_points", total),
        Evidence("persons_points", number),
        Evidence("person_ends_on", end),
        Evidence("days_left", (end - case.as_of).days),
    ]
    threshold = {"share": t.dependence_share, "days": t.dependence_days}
    return case.finding("one_person", evidence=evidence, threshold=threshold, due_on=end)


def _open_points(case: Case) -> Counter[int]:
    """Measurements still to come of unrealised targets, by the person they rest on."""
    points: Counter[int] = Counter()
    fallback = held(case.project, ("measurement_responsible",), case.as_of) or held(case.project, LEADER, case.as_of)
    for target in _unrealised(case):
        person = target.measurement_responsible or (fallback[0].person if fallback else None)
        planned = sum(point.on >= case.as_of for point in target.planned)
        if person is not None:
            points[person] += planned or (case.verdicts[target.id].next_due_on is not None)
    return points
