"""From phase to phase: the leader asks with a checklist, the owner signs or declines with a reason."""

from collections.abc import Sequence

from django.db import transaction

from accounts.actor import Actor, NotAllowed
from benefits.models import PhaseStep
from benefits.phases import CHECKLISTS, PhaseState, phase_state
from journal.actions import record
from projects.access import may, roles_in
from projects.models import Project
from projects.revision import touch
from projects.roles import Access

Kind = PhaseStep.Kind


class StalePhase(Exception):
    """Somebody has taken a step since the page was opened. `current` is where the project is."""

    def __init__(self, current: PhaseState) -> None:
        super().__init__("the phase has changed")
        self.current = current


class NotYours(Exception):
    """The step does not follow from where the project is."""


class ReasonMissing(Exception):
    """Whoever declines says why, and so does whoever asks with something on the list not in place."""


@transaction.atomic
def ask(
    *, by: Actor, project: Project, last: int | None, checked: Sequence[str], note: str = "", reference: str = ""
) -> PhaseStep:
    """Send the shift to the next phase to the owner. `last`: the newest step the page showed.

    Raises NotAllowed, StalePhase, NotYours, ReasonMissing.
    """
    state = _lock(by, project, last, Access.WRITE)
    if not state.is_open:
        raise NotYours
    items = CHECKLISTS[state.phase]
    met = [item for item in items if item in checked]
    if len(met) < len(items) and not note.strip():
        raise ReasonMissing
    return _step(by, project, state, Kind.ASKED, note=note, reference=reference, checked=met)


@transaction.atomic
def sign(*, by: Actor, project: Project, last: int | None, note: str = "") -> PhaseStep:
    """The owner lets the project go to its next phase. Raises NotAllowed, StalePhase, NotYours."""
    return _decide(by, project, last, Kind.SIGNED, note)


@transaction.atomic
def decline(*, by: Actor, project: Project, last: int | None, note: str) -> PhaseStep:
    """The owner declines, with a reason. Raises NotAllowed, StalePhase, NotYours, ReasonMissing."""
    if not note.strip():
        raise ReasonMissing
    return _decide(by, project, last, Kind.DECLINED, note)


def _decide(by: Actor, project: Project, last: int | None, kind: str, note: str) -> PhaseStep:
    state = _lock(by, project, last, Access.SIGN)
    if state.waits_since is None:
        raise NotYours
    return _step(by, project, state, kind, note=note)


def _lock(by: Actor, project: Project, last: int | None, access: Access) -> PhaseState:
    """The project's phase, if nobody has taken a step since the page was opened."""
    locked = Project.objects.select_for_update().get(pk=project.pk)
    if by.user is not None and not may(roles_in(by.user, locked, by.today), access):
        raise NotAllowed
    steps = list(PhaseStep.objects.filter(project=locked))
    state = phase_state(steps)
    if (steps[-1].pk if steps else None) != last:
        raise StalePhase(state)
    return state


def _step(by: Actor, project: Project, state: PhaseState, kind: str, **said: object) -> PhaseStep:
    row = PhaseStep.objects.create(
        project=project, phase=state.phase, kind=kind, on=by.today, recorded_at=by.now, by=by.user, **said
    )
    record(
        stream=f"project:{project.pk}",
        action=f"phase_{kind}",
        obj=("phase", row.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"phase": row.phase},
    )
    touch(project.pk)
    return row
