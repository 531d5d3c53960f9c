"""L6 «Permanent i organisasjonen»: what is to go on has a home in daily operation before the project ends.

Source: domain.md §2d. A project without initiatives is asked nothing.
"""

from datetime import date, timedelta

from benefits.engine.facts import InitiativeFact
from benefits.engine.rules.case import Case, no_sign, not_assessable
from benefits.engine.verdicts import Evidence, Finding


def find(case: Case) -> list[Finding]:
    """One finding for the project: an initiative without a home, or else one that others still pay for."""
    project, t = case.project, case.thresholds
    if not project.initiatives or not project.goes_on:
        return [no_sign("L6")]
    end = project.ends_on
    if end is None:
        return [not_assessable("L6", ["project_dates"])]
    if not end - timedelta(days=t.home_days) <= case.as_of <= end + timedelta(days=t.follow_up_days):
        return [no_sign("L6")]
    going = [one for one in project.initiatives if one.ends_on is None or one.ends_on >= end]
    if homeless := [one for one in going if not one.has_home]:
        return [_found(case, "no_home", homeless, end)]
    if paid := [one for one in going if one.external_share and not one.is_in_budget]:
        return [_found(case, "paid_by_others", paid, end)]
    return [no_sign("L6")]


def _found(case: Case, cause: str, ones: list[InitiativeFact], end: date) -> Finding:
    label = "project_ends_on" if case.as_of <= end else "project_ended_on"
    evidence = [Evidence(label, end), Evidence("initiatives", len(ones))]
    evidence += [Evidence("initiative_code", one.code, f"initiative:{one.id}") for one in ones]
    threshold = {"days": case.thresholds.home_days}
    return case.finding(cause, evidence=evidence, threshold=threshold, due_on=max(end, case.as_of))
