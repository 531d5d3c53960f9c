"""Who holds a role on a day, who takes over, and who measures a target (role codes: `projects.roles.Role`)."""

from collections.abc import Iterable
from datetime import date, timedelta

from benefits.engine.facts import ProjectFacts, RoleSpan, TargetFacts

LEADER = frozenset({"leader"})
LEADING = frozenset({"leader", "leader_deputy"})
OWNING = frozenset({"owner", "owner_deputy"})
LINE = frozenset({"benefit_owner", "benefit_owner_deputy", "measurement_responsible", "measurement_responsible_deputy"})


def is_active(span: RoleSpan, day: date) -> bool:
    """Whether the role is held on `day`; both ends included."""
    return span.starts_on <= day and (span.ends_on is None or span.ends_on >= day)


def held(project: ProjectFacts, roles: Iterable[str], day: date) -> list[RoleSpan]:
    """The spans of these roles that are held on `day`, in a fixed order."""
    wanted = frozenset(roles)
    return sorted((s for s in project.roles if s.role in wanted and is_active(s, day)), key=_order)


def _order(span: RoleSpan) -> tuple[date, str, int]:
    """A fixed order, whatever order the spans came in."""
    return span.starts_on, span.role, span.person


def last_end(spans: Iterable[RoleSpan]) -> date | None:
    """The day the last of these spans ends; None when one is open-ended or there is none."""
    ends = [span.ends_on for span in spans]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def has_successor(project: ProjectFacts, roles: Iterable[str], end: date, within_days: int) -> bool:
    """Whether someone holds one of the roles beyond `end`, from at most `within_days` after it."""
    wanted = frozenset(roles)
    latest = end + timedelta(days=within_days)
    return any(
        span.role in wanted and span.starts_on <= latest and (span.ends_on is None or span.ends_on > end)
        for span in project.roles
    )


def is_measured_in_line(project: ProjectFacts, target: TargetFacts, day: date) -> bool:
    """Whether someone in the line measures the target on `day`: a line role, or the person named on the target.

    The named person counts unless all that is known of them are roles that have ended, or the leadership itself.
    """
    if held(project, LINE, day):
        return True
    person = target.measurement_responsible
    if person is None:
        return False
    spans = [span for span in project.roles if span.person == person]
    return not spans or any(is_active(span, day) and span.role not in LEADING for span in spans)
