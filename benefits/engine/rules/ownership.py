"""F4 «Ledelsen tar ikke ansvar»: nobody owns the project, its leader does, nothing is decided, or a report waits.

Source: domain.md §2a. July and the autumn of a municipal election do not count while somebody is waited for.
"""

from datetime import date

from benefits.engine.facts import ReportFact
from benefits.engine.quiet_time import counted_days
from benefits.engine.roles import LEADER, OWNING, held
from benefits.engine.rules.case import Case, no_sign
from benefits.engine.rules.continuation import undecided, without_line_owner
from benefits.engine.verdicts import Evidence, Finding, Severity


def find(case: Case) -> list[Finding]:
    """One finding for the project: the worst cause that holds."""
    if case.as_of < case.project.starts_on:
        return [no_sign("F4")]
    checks = (_vacant, _owned_by_leader, undecided, without_line_owner, _unsigned, _unanswered)
    found = [finding for check in checks if (finding := check(case)) is not None]
    worst = max(found, key=lambda finding: finding.severity or Severity.NONE, default=None)
    return [worst or no_sign("F4")]


def _is_over(case: Case) -> bool:
    """Whether the project has ended: then nobody need own it any more, but its reports are still to be signed."""
    return case.project.ends_on is not None and case.project.ends_on < case.as_of


def _vacant(case: Case) -> Finding | None:
    """Nobody has owned a running project for more than 30 days; a deputy counts."""
    if _is_over(case) or held(case.project, OWNING, case.as_of):
        return None
    since = _last_owned(case) or max(case.project.starts_on, case.project.followed_since)
    days = counted_days(since, case.as_of)
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
    limit = case.thresholds.signature_days
    waiting = [r for r in case.project.reports if _waits(r, case.as_of)]
    waiting = [r for r in waiting if counted_days(r.received_on, case.as_of) >= limit]
    if not waiting:
        return None
    oldest = min(waiting, key=lambda report: (report.received_on, report.id))
    evidence = [
        Evidence("report_year", str(oldest.year), f"report:{oldest.id}"),
        Evidence("received_on", oldest.received_on),
        Evidence("since", oldest.received_on),
        Evidence("days_unsigned", counted_days(oldest.received_on, case.as_of)),
    ]
    return case.finding("report_unsigned", evidence=evidence, threshold={"days": case.thresholds.signature_days})


def _waits(report: ReportFact, day: date) -> bool:
    """Whether a report had been received by `day` and not signed."""
    return report.received_on <= day and (report.signed_on is None or report.signed_on > day)


def _unanswered(case: Case) -> Finding | None:
    """Two warnings or more to be handled have been open for over 45 days, and nobody has said they have seen them."""
    t = case.thresholds
    unseen = [w for w in case.project.open_warnings if w.severity >= Severity.WARN and w.acknowledged_on is None]
    late = [w for w in unseen if counted_days(w.opened_on, case.as_of) > t.unanswered_days]
    if len(late) < t.unanswered_warnings:
        return None
    oldest = min(warning.opened_on for warning in late)
    evidence = [Evidence("unanswered", len(late)), Evidence("since", oldest)]
    evidence.append(Evidence("days_unanswered", counted_days(oldest, case.as_of)))
    return case.finding("warnings_unanswered", evidence=evidence, threshold={"days": t.unanswered_days})
