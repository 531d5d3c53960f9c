"""The phases of a project as its pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benefits.models import Milestone, PhaseStep
from benefits.models.phases import PHASES
from benefits.phases import CHECKLISTS, PhaseState, Waiting, phase_state, waits_for_owner
from benefits.wording.phases import item_text
from projects.access import may
from projects.models import Project
from projects.roles import Access, Role


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """One phase: its name, whether it is done, now or ahead, and when it was left."""

    name: str
    state: str
    left_on: date | None


@dataclass(frozen=True, slots=True)
class PhaseCard:
    """Where a project is, what waits, and what the reader may do about it."""

    state: PhaseState
    lines: list[PhaseLine]
    name: str
    next_name: str
    items: list[tuple[str, bool]]
    steps: list[PhaseStep]
    waiting: Waiting | None
    milestones: list[Milestone]
    may_ask: bool
    may_decide: bool


def phase_lines(state: PhaseState) -> list[PhaseLine]:
    """The phases in order."""
    now = PHASES.index(Milestone.Phase(state.phase))
    return [
        PhaseLine(str(phase.label), "done" if i < now else "now" if i == now else "ahead", state.left_on.get(phase))
        for i, phase in enumerate(PHASES)
    ]


def phase_card(project: Project, roles: frozenset[Role], milestones: list[Milestone], today: date) -> PhaseCard:
    """Everything about a project's phases for someone with these roles."""
    steps = list(project.phase_steps.select_related("by"))
    state = phase_state(steps)
    asked = state.last.checked if state.last else []
    items = [(item_text(item), item in asked) for item in CHECKLISTS.get(state.phase, ())]
    return PhaseCard(
        state=state,
        lines=phase_lines(state),
        name=str(Milestone.Phase(state.phase).label),
        next_name=str(Milestone.Phase(state.next_phase).label),
        items=items,
        steps=steps[::-1],
        waiting=waits_for_owner(milestones, state, today, is_yours=may(roles, Access.SIGN)),
        milestones=milestones,
        may_ask=may(roles, Access.WRITE) and state.is_open and project.followed_since is not None,
        may_decide=may(roles, Access.SIGN) and state.waits_since is not None,
    )


def waiting_shifts(project_ids: Sequence[int]) -> list[PhaseStep]:
    """The shifts that wait for an owner in these projects."""
    if not project_ids:
        return []
    newest: dict[int, PhaseStep] = {}
    for step in PhaseStep.objects.filter(project__in=project_ids).order_by("pk"):
        newest[step.project_id] = step
    return [step for step in newest.values() if step.kind == PhaseStep.Kind.ASKED]
