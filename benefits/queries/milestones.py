"""The milestones of a project, as its page shows them."""

from dataclasses import dataclass
from datetime import date

from benefits.models import Milestone
from benefits.phases import is_overdue
from benefits.wording.milestones import MilestoneSign, milestone_said, milestone_sign
from projects.access import may
from projects.models import Project
from projects.roles import Access, Role
from saman import formatting


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One milestone and what the person looking may do with it."""

    milestone: Milestone
    month: str
    sign: MilestoneSign
    said: list[tuple[str, str]]
    is_late: bool
    is_waiting: bool
    may_change: bool
    may_report: bool
    may_decide: bool


def row_of(milestone: Milestone, roles: frozenset[Role], today: date) -> MilestoneRow:
    """A milestone as someone with these roles meets it on a date."""
    state, writes = milestone.state, may(roles, Access.WRITE)
    return MilestoneRow(
        milestone=milestone,
        month=formatting.month_short(milestone.due_on),
        sign=milestone_sign(state),
        said=milestone_said(milestone),
        is_late=state in Milestone.REPORTABLE and is_overdue(milestone.due_on, today),
        is_waiting=state in Milestone.REPORTABLE,
        may_change=writes and state in Milestone.OPEN,
        may_report=writes and state in Milestone.REPORTABLE,
        may_decide=may(roles, Access.SIGN) and state in Milestone.DECIDABLE,
    )


def milestones_of(project: Project, roles: frozenset[Role], today: date) -> dict[str, list[MilestoneRow]]:
    """The milestones over time: `decide` waits on this owner, `ahead` is open, `signed` and `withdrawn` are done."""
    groups: dict[str, list[MilestoneRow]] = {"decide": [], "ahead": [], "signed": [], "withdrawn": []}
    for milestone in project.milestones.select_related("reported_by", "decided_by"):
        row = row_of(milestone, roles, today)
        if row.may_decide:
            groups["decide"].append(row)
        else:
            groups["ahead" if milestone.state in Milestone.OPEN else milestone.state].append(row)
    return groups
