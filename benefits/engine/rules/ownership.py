"""F4 «Ledelsen tar ikke ansvar»: nobody owns the project, its leader does, or a report is not signed.

Source: domain.md §2a. What needs decisions and answered warnings comes with the facts it needs.
"""

from datetime import date, timedelta

from benefits.engine.facts import ReportFact
from benefits.engine.roles import LEADER, OWNING, held
from benefits.engine.rules.case import Case, no_sign
from benefits.engine.verdicts import Evidence, Finding


def find(case: Case) -> list[Finding]:
    """One finding for the project: the worst cause that holds."""
    if case.as_of < case.project.starts_on:
        return [no_sign("F4")]
    for check in (_vacant, _owned_by_leader, _unsigned):
        finding = check(case)
        if finding is not None:
            return [finding]
    return [no_sign("F4")]


def _is_over(case: Case) -> bool:
    """Whether the project has ended: then nobody need own it any more, but its reports are still to be signed."""
    return case.project.ends_on is not None and case.project.ends_on < case.as_of


def _vacant(case: Case) -> Finding | None:
    """Nobody has owned a running project for more than 30 days; a deputy counts."""
    if _is_over(case) or held(case.project, OWNING, case.as_of):
        return None
    since = _last_owned(case) or max(case.project.starts_on, case.project.followed_since)
    days = (case.as_of - since).days
    if days <= case.thresholds.vacancy_days:
        return None
    evidence = [Evidence("since", since), Evidence("days_without_owner", days)]
    return case.finding("owner_vacant", evidence=evidence, threshold={"days": case.thresholds.vacancy_days})


def _last_owned(case: Case) -> date | None:
    """The last day anybody owned the project; None when nobody ever has."""
    ends = [s.ends_on for s in case.project.roles if s.role in OWNING and s.ends_on and s.ends_on < case.as_of]
    return max(ends, default=None)


def _owned_by_leader(case: Case) -> Finding | None:
    """Everyone who owns a running project leads it too; one other owner, also of another municipality, is enough."""
    leaders = {span.person for span in held(case.project, LEADER, case.as_of)}
    owners = held(case.project, OWNING, case.as_of)
    if _is_over(case) or not owners or any(span.person not in leaders for span in owners):
        return None
    return case.finding("owner_is_leader", evidence=[Evidence("since", max(span.starts_on for span in owners))])


def _unsigned(case: Case) -> Finding | None:
    """A report has not been signed 60 days after it was submitted; the oldest is named."""
    limit = timedelta(days=case.thresholds.signature_days)
    waiting = [r for r in case.project.reports if _waits(r, case.as_of) and case.as_of - r.received_on >= limit]
    if not waiting:
        return None
    oldest = min(waiting, key=lambda report: (report.received_on, report.id))
    evidence = [
        Evidence("report_year", str(oldest.year), f"report:{oldest.id}"),
        Evidence("received_on", oldest.received_on),
        Evidence("since", oldest.received_on),
        Evidence("days_unsigned", (case.as_of - oldest.received_on).days),
    ]
    return case.finding("report_unsigned", evidence=evidence, threshold={"days": case.thresholds.signature_days})


def _waits(report: ReportFact, day: date) -> bool:
    """Whether a report had been received by `day` and not signed."""
    return report.received_on <= day and (report.signed_on is None or report.signed_on > day)
