"""F1 «Manglende eller mangelfull gevinstrealiseringsplan» (source: domain.md §2a; decisions 18, 18d, 18e)."""

from datetime import date, timedelta

from benefits.engine.facts import PlanFacts
from benefits.engine.plan import of_target
from benefits.engine.rules.case import Case, effect_targets, no_sign
from benefits.engine.verdicts import Evidence, Finding


def find(case: Case) -> list[Finding]:
    """One finding for the plan as a whole, and one for each effect target it says too little of."""
    plan = case.project.plan
    if plan is None or case.as_of < case.project.starts_on:
        return [no_sign("F1")]
    return [_whole(case, plan), *_incomplete(case, plan)]


def _whole(case: Case, plan: PlanFacts) -> Finding:
    """The first that holds: not approved when the project ends, never sent, not revised in time."""
    for check in (_unapproved, _never_sent, _outdated):
        finding = check(case, plan)
        if finding is not None:
            return finding
    return no_sign("F1", None, [Evidence("plan_approved_on", plan.approved_on)] if plan.approved_on else [])


def _unapproved(case: Case, plan: PlanFacts) -> Finding | None:
    """No approved plan, and the project ends soon or the benefits are to be taken out already."""
    end, days = case.project.ends_on, case.thresholds.plan_end_days
    is_near = end is not None and case.as_of >= end - timedelta(days=days)
    is_realising = _has_come(plan.realising_since, case.as_of)
    if _has_come(plan.approved_on, case.as_of) or not (is_near or is_realising):
        return None
    evidence = []
    if plan.sent_on is not None:
        evidence.append(Evidence("plan_sent_on", plan.sent_on))
    if end is not None:
        evidence += [Evidence("project_ends_on", end), Evidence("days_left", (end - case.as_of).days)]
    if is_realising and plan.realising_since is not None:
        evidence.append(Evidence("realising_since", plan.realising_since))
    due = end if end is not None and end >= case.as_of else None
    return case.finding("plan_unapproved", evidence=evidence, threshold={"days": days}, due_on=due)


def _never_sent(case: Case, plan: PlanFacts) -> Finding | None:
    """The project has run for half a year, and no plan has been sent to the owner."""
    began = max(case.project.starts_on, case.project.followed_since)
    days = case.thresholds.plan_days
    if _has_come(plan.sent_on, case.as_of) or case.as_of < began + timedelta(days=days):
        return None
    evidence = [
        Evidence("project_began_on", began),
        Evidence("days_without_plan", (case.as_of - began).days),
        Evidence("benefits", len(plan.benefits)),
    ]
    return case.finding("plan_missing", evidence=evidence, threshold={"days": days})


def _outdated(case: Case, plan: PlanFacts) -> Finding | None:
    """The approved plan of a running project is over a year old, or from before the newest phase."""
    approved, end = plan.approved_on, case.project.ends_on
    if approved is None or not _has_come(approved, case.as_of) or (end is not None and end < case.as_of):
        return None
    old, shift = case.thresholds.plan_old_days, plan.phase_changed_on
    evidence = [Evidence("plan_approved_on", approved), Evidence("days_unrevised", (case.as_of - approved).days)]
    if shift is not None and approved < shift <= case.as_of - timedelta(days=case.thresholds.plan_phase_days):
        return case.finding(
            "plan_before_phase",
            evidence=[*evidence, Evidence("phase_changed_on", shift)],
            threshold={"days": case.thresholds.plan_phase_days},
        )
    if (case.as_of - approved).days > old:
        return case.finding("plan_outdated", evidence=evidence, threshold={"days": old})
    return None


def _incomplete(case: Case, plan: PlanFacts) -> list[Finding]:
    """Effect targets whose benefits say under 60 % of what the chosen path asks for.

    Not asked before a plan has been sent, nor of one kept elsewhere: what it says is not known here.
    """
    if plan.is_elsewhere or not _has_come(plan.sent_on, case.as_of):
        return []
    found = []
    for target in effect_targets(case):
        completeness = of_target(plan, target, case.project)
        if completeness.share >= case.thresholds.plan_share:
            found.append(no_sign("F1", target.id))
            continue
        evidence = [
            Evidence("items_asked", completeness.asked),
            Evidence("items_said", completeness.said),
            *(Evidence("item_missing", item) for item in completeness.missing),
        ]
        share = {"share": case.thresholds.plan_share}
        found.append(case.finding("plan_incomplete", target=target.id, evidence=evidence, threshold=share))
    return found


def _has_come(day: date | None, as_of: date) -> bool:
    return day is not None and day <= as_of
