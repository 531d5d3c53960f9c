"""F4's part about going on: the project ends, and nothing is decided, or a benefit has nobody in the line.

Source: domain.md §2a F4; decisions 18: only when the end is near, or past, and nobody takes over is it CRITICAL.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from benefits.engine.facts import TargetFacts
from benefits.engine.roles import is_measured_in_line
from benefits.engine.rules.case import Case
from benefits.engine.verdicts import Evidence, Finding, Result, Severity

SETTLED = frozenset({Result.ACHIEVED, Result.WITHDRAWN})


def undecided(case: Case) -> Finding | None:
    """The project ends within 180 days, or has ended, and nobody has decided whether it goes on."""
    end = _end_in_sight(case)
    if end is None or case.project.continuation_decided_on is not None or not _has_something_to_lose(case):
        return None
    orphans = _orphans(case, end)
    is_urgent = case.as_of >= end - timedelta(days=case.thresholds.leaving_days)
    severity = Severity.CRITICAL if orphans and is_urgent else None
    evidence = [*_when(case, end), *_whose(case, orphans)]
    threshold = {"days": case.thresholds.continuation_days}
    return case.finding(
        "continuation_missing", severity=severity, evidence=evidence, threshold=threshold, due_on=max(end, case.as_of)
    )


def without_line_owner(case: Case) -> Finding | None:
    """It is decided to go on, but a target nobody has reached, or a benefit, has nobody in the line."""
    end = _end_in_sight(case)
    if end is None or case.project.continuation_decided_on is None or not case.project.goes_on:
        return None
    orphans, unowned = _orphans(case, end), case.project.benefits_without_owner
    if not orphans and not unowned:
        return None
    evidence = [*_when(case, end), *_whose(case, orphans)]
    threshold = {"days": case.thresholds.continuation_days}
    return case.finding("line_owner_missing", evidence=evidence, threshold=threshold, due_on=max(end, case.as_of))


def _end_in_sight(case: Case) -> date | None:
    """The project's end, from 180 days before it until it is no longer followed."""
    end, t = case.project.ends_on, case.thresholds
    if end is None or not case.project.keeps_decisions:
        return None
    first, last = end - timedelta(days=t.continuation_days), end + timedelta(days=t.follow_up_days)
    return end if first <= case.as_of <= last else None


def _has_something_to_lose(case: Case) -> bool:
    """Whether the project has promised anything that is not withdrawn."""
    kept = [t for t in case.project.targets if case.verdicts[t.id].result is not Result.WITHDRAWN]
    return bool(kept) or case.project.benefits_without_owner > 0


def _orphans(case: Case, end: date) -> list[TargetFacts]:
    """Targets not reached that nobody in the line measures once the project is over, by number."""
    day = max(case.as_of, end + timedelta(days=1))
    targets = [t for t in case.project.targets if case.verdicts[t.id].result not in SETTLED]
    left = [target for target in targets if not is_measured_in_line(case.project, target, day)]
    return sorted(left, key=lambda target: (target.number, target.id))


def _when(case: Case, end: date) -> list[Evidence]:
    if end < case.as_of:
        return [Evidence("project_ended_on", end), Evidence("since", end)]
    return [Evidence("project_ends_on", end), Evidence("days_left", (end - case.as_of).days)]


def _whose(case: Case, orphans: Sequence[TargetFacts]) -> list[Evidence]:
    """How many targets and benefits nobody in the line has, and which targets."""
    found = [Evidence("orphans", len(orphans))] if orphans else []
    found += [Evidence("orphan", target.number, f"target:{target.id}") for target in orphans]
    unowned = case.project.benefits_without_owner
    return [*found, Evidence("unowned_benefits", unowned)] if unowned else found
