"""Concerns as the work pages show them: one sentence, one action, one responsible."""

from dataclasses import dataclass
from datetime import date

from benefits import wording
from benefits.models import Concern
from benefits.wording.actions import MEASURING, NEW_TARGET, TARGET_PAGES, WRITING
from projects.access import may
from projects.roles import Access, Role
from reporting.work.queries.tasks import Task

# Who a person is first of all in a project: the first of these they are.
PRINCIPALS = (Role.LEADER, Role.OWNER, Role.BENEFIT_OWNER, Role.MEASUREMENT_RESPONSIBLE)
DEPUTIES: dict[Role, tuple[Role, ...]] = {role: (role, Role(f"{role}_deputy")) for role in PRINCIPALS}


@dataclass(frozen=True, slots=True)
class ConcernRow:
    """One concern in words. `anchor` is its place on the project's page, `task` a measurement that would settle it."""

    concern: Concern
    anchor: str
    title: str
    sentence: str
    action: str
    url: str
    more_url: str
    responsible: str
    due_on: date | None
    is_late: bool
    task: Task | None = None

    @property
    def is_settled_here(self) -> bool:
        """Whether the action has no page of its own: it is agreed on, and registered with the concern."""
        return self.url == self.more_url


def concern_row(concern: Concern, today: date, roles: frozenset[Role]) -> ConcernRow:
    """A concern as someone with these roles meets it; `project` and `target` must be loaded.

    Who may not do the action itself is led to where it is agreed on.
    """
    more_url = wording.concern_url(concern)
    return ConcernRow(
        concern=concern,
        anchor=more_url.rpartition("#")[2],
        title=wording.concern_title(concern),
        sentence=wording.concern_sentence(concern),
        action=wording.action_label(concern.action),
        url=wording.action_url(concern) if may(roles, access_for(concern.action)) else more_url,
        more_url=more_url,
        responsible=wording.responsible_word(concern.responsible),
        due_on=concern.due_on,
        is_late=concern.due_on is not None and concern.due_on < today,
    )


def access_for(action: str) -> Access:
    """What one must be allowed to do on the page where an action is done."""
    if action in MEASURING:
        return Access.MEASURE
    is_editing = action in NEW_TARGET | WRITING or TARGET_PAGES.get(action) == "target_edit"
    return Access.WRITE if is_editing else Access.READ


def principal_role(roles: frozenset[Role]) -> Role | None:
    """Which of the roles decides what someone is shown first; a deputy stands for the principal."""
    return next((role for role in PRINCIPALS if roles & set(DEPUTIES[role])), None)
