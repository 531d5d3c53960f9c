"""Which phase a project is in, told by the shifts its owner has signed, and what waits for a signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from benefits.engine.quiet_time import counted_days
from benefits.models import Milestone, PhaseStep
from benefits.models.phases import PHASES, Phase

Kind = PhaseStep.Kind

# What should be in place when a phase is left: the codes of the items, worded in `wording.phases`.
CHECKLISTS: dict[str, tuple[str, ...]] = {
    Phase.IDEA: ("need", "people", "parties"),
    Phase.PLANNING: ("targets", "plan", "measuring"),
    Phase.DELIVERY: ("initiatives", "measured", "line"),
    Phase.HANDOVER: ("decided", "handed_over", "follow_up"),
}
LATE_DAYS = 14  # a decision that has waited longer is marked; July and an election autumn do not count


@dataclass(frozen=True, slots=True)
class PhaseState:
    """Where a project is: its phase, the last step at the shift out of it, and when each phase was left."""

    phase: str
    last: PhaseStep | None
    left_on: dict[str, date]

    @property
    def is_used(self) -> bool:
        """Whether the project has taken any step; else its phases are not in use."""
        return self.last is not None or bool(self.left_on)

    @property
    def has_next(self) -> bool:
        """Whether there is a phase to go to."""
        return self.phase != PHASES[-1]

    @property
    def next_phase(self) -> str:
        """The phase after this one; the last one's own."""
        return PHASES[min(PHASES.index(Phase(self.phase)) + 1, len(PHASES) - 1)]

    @property
    def waits_since(self) -> date | None:
        """The day the shift was sent to the owner, while it waits."""
        return self.last.on if self.last and self.last.kind == Kind.ASKED else None

    @property
    def is_open(self) -> bool:
        """Whether the leader may ask for the shift."""
        return self.has_next and self.waits_since is None


def phase_state(steps: Sequence[PhaseStep]) -> PhaseState:
    """Read a project's steps, oldest first: the first phase that is not left is the one it is in."""
    left = {step.phase: step.on for step in steps if step.kind == Kind.SIGNED}
    phase = next((phase for phase in PHASES if phase not in left), PHASES[-1])
    own = [step for step in steps if step.phase == phase]
    return PhaseState(phase, own[-1] if own else None, {p: left[p] for p in PHASES if p in left})


def phases_left(project_ids: Sequence[int], as_of: date, known_at: datetime | None) -> dict[int, dict[str, date]]:
    """When each phase was left, by project; those whose phases are not in use are left out."""
    left: dict[int, dict[str, date]] = {}
    steps = PhaseStep.objects.filter(project__in=project_ids).known_on(as_of, known_at)
    for project, phase, kind, on in steps.order_by("pk").values_list("project", "phase", "kind", "on"):
        own = left.setdefault(project, {})
        if kind == Kind.SIGNED:
            own[phase] = on
    return left


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the owner: since when, and how many days that count. Per project, never per person.

    `skips`: some days of the wait are left out, being in July or the autumn of an election. `what`: the title of the
    `milestone` (its id), or the name of the phase a shift leads to. `is_yours`: whether the reader is to decide.
    """

    since: date
    days: int
    skips: bool
    what: str
    milestone: int | None
    is_yours: bool

    @property
    def is_late(self) -> bool:
        """Whether it has waited so long that it should be said."""
        return self.days > LATE_DAYS


def waits_for_owner(
    milestones: Sequence[Milestone], state: PhaseState, today: date, *, is_yours: bool = False
) -> Waiting | None:
    """The oldest thing that waits for the owner's decision: a milestone reported, or a shift asked for."""
    reported = [row for row in milestones if row.state in Milestone.DECIDABLE]
    found: list[tuple[date, str, int | None]] = [
        (row.reported_on, row.title, row.pk) for row in reported if row.reported_on
    ]
    if state.waits_since:
        found.append((state.waits_since, str(Phase(state.next_phase).label), None))
    if not found:
        return None
    since, what, milestone = min(found, key=lambda row: row[0])
    days = counted_days(since, today)
    return Waiting(since, days, days < (today - since).days, what, milestone, is_yours)


def is_overdue(due_on: date, today: date) -> bool:
    """Whether a date is past, in days that count: what was due in July is late in August."""
    return counted_days(due_on, today) > 0
