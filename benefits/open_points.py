"""What is left without anybody when a person leaves: the open points of a project, and who carries each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch

from benefits.engine.codes import CAUSES
from benefits.engine.verdicts import Severity
from benefits.models import (
    BenefitVersion,
    HandoverAcceptance,
    HandoverDecline,
    HandoverPoint,
    HandoverRecord,
    Milestone,
    PitfallWarning,
    TargetVersion,
    WarningEvent,
)
from benefits.phases import phase_state
from projects.models import Project, RoleAssignment
from projects.roles import Role

Kind = HandoverPoint.Kind
Given = dict[tuple[str, int], bool]  # (kind, id) of a point, and whether its receiver has said yes
# Which of a person's roles a handover is named after.
LEADING = (Role.LEADER, Role.OWNER, Role.BENEFIT_OWNER, Role.MEASUREMENT_RESPONSIBLE)
ABOUT_LEAVING = frozenset({"F4", "F5"})  # warnings that somebody leaves are not among what they leave


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One open point. `person` carries it by name; else whoever has `role`. `words` is a title or a warning's cause."""

    kind: str
    object_id: int
    words: str
    due_on: date | None = None
    number: int | None = None
    person: int | None = None
    role: str | None = None

    @property
    def key(self) -> str:
        """The point in a form's field: «target-12»."""
        return f"{self.kind}-{self.object_id}"


def open_points(project: Project) -> list[OpenPoint]:
    """Every open point of a project: targets to measure, benefits to take out, milestones, a shift that waits for the
    owner, warnings, and actions."""
    return [
        *_targets(project), *_benefits(project), *_milestones(project), *_shifts(project), *_warnings(project),
    ]  # fmt: skip


def _targets(project: Project) -> list[OpenPoint]:
    rows = (
        TargetVersion.objects.live()
        .filter(target__project=project, withdrawn_on=None)
        .select_related("target__status")
        .order_by("target__number")
    )
    return [
        OpenPoint(
            kind=Kind.TARGET,
            object_id=row.target_id,
            words=row.title,
            due_on=row.target.status.next_due_on if hasattr(row.target, "status") else None,
            number=row.target.number,
            person=row.measurement_responsible_id,
            role=None if row.measurement_responsible_id else Role.LEADER,
        )
        for row in rows
    ]


def _benefits(project: Project) -> list[OpenPoint]:
    """Benefits somebody is named to take out; who is only named by position is no person who leaves."""
    rows = BenefitVersion.objects.live().filter(benefit__project=project, withdrawn_on=None, owner__isnull=False)
    return [
        OpenPoint(Kind.BENEFIT, row.benefit_id, row.title, row.realised_from, person=row.owner_id)
        for row in rows.order_by("benefit")
    ]


def _milestones(project: Project) -> list[OpenPoint]:
    rows = project.milestones.filter(state__in=Milestone.OPEN)
    return [
        OpenPoint(
            kind=Kind.MILESTONE,
            object_id=row.pk,
            words=row.title,
            due_on=row.due_on,
            role=Role.OWNER if row.state in Milestone.DECIDABLE else Role.LEADER,
        )
        for row in rows
    ]


def _shifts(project: Project) -> list[OpenPoint]:
    """The shift between phases that waits for the owner; `words` is the phase it leaves."""
    state = phase_state(list(project.phase_steps.order_by("pk")))
    if state.last is None or state.waits_since is None:
        return []
    return [OpenPoint(Kind.PHASE, state.last.pk, state.phase, role=Role.OWNER)]


def _warnings(project: Project) -> list[OpenPoint]:
    """Warnings to be handled that nobody has seen, and actions registered by somebody against open ones."""
    steps = WarningEvent.objects.filter(kind__in=WarningEvent.SEEN, superseded_at=None)
    rows = PitfallWarning.objects.filter(project=project, closed_on=None, severity__gte=Severity.WARN)
    points = []
    for row in rows.exclude(rule__in=ABOUT_LEAVING).prefetch_related(Prefetch("events", steps, to_attr="seen")):
        seen = [step for step in row.seen if step.cause in ("", row.cause)]
        acted = [step for step in seen if step.kind == WarningEvent.Kind.ACTION and step.by_id]
        if not seen:
            roles = CAUSES[row.cause].roles if row.cause in CAUSES else ()
            role = Role.OWNER if roles[:1] == ("owner",) else Role.LEADER
            points.append(OpenPoint(Kind.WARNING, row.pk, row.cause, row.due_on, role=role))
        elif acted:
            points.append(OpenPoint(Kind.ACTION, row.pk, row.cause, row.due_on, person=acted[-1].by_id))
    return points


def live_roles(project: Project, today: date) -> list[RoleAssignment]:
    """Roles in a project that are not over, also those to come."""
    rows = RoleAssignment.objects.known_at(None).filter(project=project).select_related("person")
    return [row for row in rows if row.ends_on is None or row.ends_on >= today]


def left_by(
    points: Iterable[OpenPoint], leaving: Sequence[RoleAssignment], staying: Iterable[RoleAssignment], on: date
) -> list[OpenPoint]:
    """The points nobody carries when roles of one person end on a day: the person's own, and those of the roles alone.

    `staying` are the other roles that are not over. The person's own points stay theirs while they keep another role;
    a role's points stay carried while someone else who already has the role goes on.
    """
    if not leaving:
        return []
    person = leaving[0].person_id
    after = [row for row in staying if row.starts_on <= on and (row.ends_on is None or row.ends_on > on)]
    keeps = any(row.person_id == person for row in after)
    alone = {row.role for row in leaving} - {row.role for row in after}
    return [p for p in points if (p.person == person and not keeps) or (p.person is None and p.role in alone)]


def handed_over(project: Project) -> dict[int, Given]:
    """What each person has handed over in handovers that stand, and whether its receiver has said yes.

    What a receiver has declined is not among it.
    """
    live = HandoverRecord.objects.known_at(None).filter(project=project)
    theirs = {"record": OuterRef("record"), "person": OuterRef("receiver")}
    points = (
        HandoverPoint.objects.filter(record__in=live)
        .exclude(Exists(HandoverDecline.objects.filter(**theirs)))
        .annotate(is_accepted=Exists(HandoverAcceptance.objects.filter(**theirs)))
    )
    given: dict[int, Given] = {}
    for person, kind, pk, yes in points.values_list("record__from_person", "kind", "object_id", "is_accepted"):
        own = given.setdefault(person, {})
        own[kind, pk] = own.get((kind, pk), False) or yes
    return given


def still_to_hand_over(
    project: Project,
    leaving: list[RoleAssignment],
    staying: list[RoleAssignment],
    on: date,
    *,
    needs_yes: bool = False,
) -> list[OpenPoint]:
    """The points one person leaves without anybody, and has not handed over; `needs_yes`: or nobody has accepted."""
    given = handed_over(project).get(leaving[0].person_id, {}) if leaving else {}
    done = {key for key, is_accepted in given.items() if is_accepted or not needs_yes}
    return [p for p in left_by(open_points(project), leaving, staying, on) if (p.kind, p.object_id) not in done]


def principal_of(rows: list[RoleAssignment]) -> str:
    """The role a person's handover is named after."""
    held = [row.role for row in rows]
    return next((role for role in LEADING if role in held), held[0])
