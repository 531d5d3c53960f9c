"""What the pages about continuation show: who leaves what, what has been handed over, and who has said yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from benefits.handover_facts import receivers
from benefits.models import (
    BenefitVersion,
    EffectTarget,
    HandoverAcceptance,
    HandoverDecline,
    HandoverPoint,
    HandoverRecord,
    Milestone,
    PhaseStep,
    PitfallWarning,
)
from benefits.open_points import Given, Kind, OpenPoint, handed_over, left_by, live_roles, open_points, principal_of
from benefits.wording.concerns import cause_title
from projects.access import is_inside, may, roles_in
from projects.models import Project, RoleAssignment
from projects.roles import Access, Role

GROUPS = {
    Kind.TARGET: _("Effektmål som skal måles"),
    Kind.BENEFIT: _("Gevinster som skal tas ut"),
    Kind.MILESTONE: _("Åpne milepæler"),
    Kind.PHASE: _("Faseskifte som venter på prosjekteier"),
    Kind.WARNING: _("Varsler uten svar"),
    Kind.ACTION: _("Tiltak mot varsler"),
}
FROM_WARNINGS = frozenset({Kind.WARNING, Kind.ACTION})  # the project's own, until its concerns are open to others


@dataclass(frozen=True, slots=True)
class PointLine:
    """One open point as people read it. `receiver`: who takes it over; `is_done`: it has been handed over;
    `is_waiting`: and its receiver has not answered.
    """

    key: str
    kind: str
    word: str
    text: str
    due_on: date | None
    number: int | None = None
    receiver: str = ""
    is_done: bool = False
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Leaver:
    """Someone with a role, and what nobody carries if they leave."""

    person: User
    roles: list[str]
    starts_on: date | None
    ends_on: date | None
    points: list[PointLine]
    successor: str

    @property
    def missing(self) -> int:
        """How many of the points have not been handed over."""
        return sum(not point.is_done for point in self.points)

    @property
    def waiting(self) -> int:
        """How many of the points have been handed over to somebody who has not answered."""
        return sum(point.is_waiting for point in self.points)

    @property
    def groups(self) -> list[tuple[str, list[PointLine]]]:
        """(kind in words, points), in the kinds' order."""
        found = [(kind, [p for p in self.points if p.kind == kind]) for kind in Kind]
        return [(str(GROUPS[kind]), points) for kind, points in found if points]


@dataclass(frozen=True, slots=True)
class Receiver:
    """Someone who takes over, and the day they said yes, or their no; `reason` is empty for whom it is not meant."""

    person: User
    accepted_on: date | None
    decline: HandoverDecline | None
    reason: str


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One handover and how far it has come."""

    record: HandoverRecord
    receivers: list[Receiver]
    points: list[PointLine]
    may_answer: bool
    may_withdraw: bool

    @property
    def waiting(self) -> list[Receiver]:
        """Those who have not answered."""
        return [row for row in self.receivers if row.accepted_on is None and row.decline is None]

    @property
    def declined(self) -> list[Receiver]:
        """Those who have said no."""
        return [row for row in self.receivers if row.decline is not None]


def point_lines(points: Iterable[OpenPoint], given: Given | None = None) -> list[PointLine]:
    """Open points as people read them; `given` are those handed over."""
    done = given or {}
    return [
        PointLine(
            key=p.key,
            kind=p.kind,
            word=str(Kind(p.kind).label),
            text=_text(p),
            due_on=p.due_on,
            number=p.number,
            is_done=(p.kind, p.object_id) in done,
            is_waiting=done.get((p.kind, p.object_id)) is False,
        )
        for p in points
    ]


def _text(point: OpenPoint) -> str:
    if point.kind == Kind.PHASE:
        return str(Milestone.Phase(point.words).label)
    return cause_title(point.words) if point.kind in FROM_WARNINGS else point.words


def leavers(project: Project, roles: frozenset[Role], today: date) -> list[Leaver]:
    """Everyone with a role in the project, and what would be left if they went today."""
    points, rows = _seen(open_points(project), roles), live_roles(project, today)
    given = handed_over(project)
    people = {row.person_id: row.person for row in rows}
    return [_leaver(people[pk], rows, points, given.get(pk, {}), today) for pk in people]


def leaver(project: Project, person: int, roles: frozenset[Role], today: date) -> Leaver | None:
    """One person's part of it; None for someone without a role here."""
    rows = live_roles(project, today)
    found = next((row.person for row in rows if row.person_id == person), None)
    if found is None:
        return None
    return _leaver(found, rows, _seen(open_points(project), roles), handed_over(project).get(person, {}), today)


def _seen(points: list[OpenPoint], roles: frozenset[Role]) -> list[OpenPoint]:
    """What a reader may see: warnings only for those who belong to the project."""
    return points if is_inside(roles) else [p for p in points if p.kind not in FROM_WARNINGS]


def _leaver(person: User, rows: list[RoleAssignment], points: list[OpenPoint], given: Given, today: date) -> Leaver:
    own = [row for row in rows if row.person_id == person.pk]
    others = [row for row in rows if row.person_id != person.pk]
    ends = [row.ends_on for row in own]
    return Leaver(
        person=person,
        roles=[str(row.get_role_display()) for row in own],
        starts_on=min((row.starts_on for row in own), default=None) if all(r.starts_on > today for r in own) else None,
        ends_on=max((end for end in ends if end), default=None) if all(ends) else None,
        points=point_lines(left_by(points, own, others, today), given),
        successor=_successor(own, others),
    )


def _successor(own: list[RoleAssignment], others: list[RoleAssignment]) -> str:
    """Who has the person's principal role after them."""
    role = principal_of(own)
    end = max((row.ends_on for row in own if row.role == role and row.ends_on), default=None)
    after = [row for row in others if row.role == role and end and (row.ends_on is None or row.ends_on > end)]
    return ", ".join(row.person.name for row in after)


def handover_rows(project: Project, user: User, roles: frozenset[Role]) -> list[HandoverRow]:
    """The project's handovers that stand, the newest first."""
    records = list(_records().filter(project=project))
    return [_row(record, user, roles, {}) for record in records]


def handover_row(record: HandoverRecord, user: User, roles: frozenset[Role]) -> HandoverRow:
    """One handover with its points in words."""
    return _row(record, user, roles, _words(record))


def handover_of(slug: str, pk: int) -> HandoverRecord | None:
    """A handover of a project that stands."""
    return _records().filter(project__slug=slug, pk=pk).select_related("project__cohort__programme").first()


def waiting_for(person: User) -> QuerySet[HandoverRecord]:
    """The handovers that wait for a person's yes."""
    said = HandoverAcceptance.objects.filter(record=OuterRef("pk"), person=person)
    declined = HandoverDecline.objects.filter(record=OuterRef("pk"), person=person)
    theirs = HandoverPoint.objects.filter(record=OuterRef("pk"), receiver=person)
    rows = HandoverRecord.objects.known_at(None).select_related("from_person").order_by("on", "pk")
    return rows.filter(Q(to_person=person) | Exists(theirs)).exclude(Exists(said) | Exists(declined))


def declined_for(person: User) -> QuerySet[HandoverRecord]:
    """The handovers from a person that somebody has declined, until a newer one is made from them."""
    newer = HandoverRecord.objects.known_at(None).filter(
        project=OuterRef("project"), from_person=OuterRef("from_person"), pk__gt=OuterRef("pk")
    )
    rows = HandoverRecord.objects.known_at(None).filter(from_person=person, declines__isnull=False).distinct()
    return rows.exclude(Exists(newer)).order_by("on", "pk")


def _records() -> QuerySet[HandoverRecord]:
    points = HandoverPoint.objects.select_related("receiver")
    rows = HandoverRecord.objects.known_at(None).select_related("from_person", "to_person", "recorded_by")
    return rows.prefetch_related(Prefetch("points", points), "acceptances", "declines")


def _row(record: HandoverRecord, user: User, roles: frozenset[Role], words: dict[str, OpenPoint]) -> HandoverRow:
    said = {row.person_id: row.accepted_on for row in record.acceptances.all()}
    declined = {row.person_id: row for row in record.declines.all()}
    people = {record.to_person_id: record.to_person, **{p.receiver_id: p.receiver for p in record.points.all()}}
    known = _seen([words[str(p)] for p in record.points.all() if str(p) in words], roles)
    names = {str(p): p.receiver.name for p in record.points.all()}
    return HandoverRow(
        record=record,
        receivers=[
            Receiver(person, said.get(pk), no := declined.get(pk), _reason(no, record, user, roles))
            for pk, person in people.items()
        ],
        points=[_received(line, names[line.key]) for line in point_lines(known)],
        may_answer=user.pk in receivers(record) and user.pk not in {*said, *declined},
        may_withdraw=may(roles, Access.ANSWER) and not said,
    )


def _reason(no: HandoverDecline | None, record: HandoverRecord, user: User, roles: frozenset[Role]) -> str:
    """Why someone declined, for them, the one who hands over, and those who find somebody else."""
    if no is None:
        return ""
    return no.reason if user.pk in (no.person_id, record.from_person_id) or may(roles, Access.ANSWER) else ""


def _received(line: PointLine, name: str) -> PointLine:
    return PointLine(line.key, line.kind, line.word, line.text, line.due_on, line.number, name)


def _words(record: HandoverRecord) -> dict[str, OpenPoint]:
    """What a handover's points are about, also when they are no longer open."""
    ids: dict[str, list[int]] = {}
    for point in record.points.all():
        ids.setdefault(point.kind, []).append(point.object_id)
    targets = EffectTarget.objects.filter(pk__in=ids.get(Kind.TARGET, []), versions__superseded_at=None)
    found = [
        OpenPoint(Kind.TARGET, pk, title, None, number)
        for pk, number, title in targets.values_list("pk", "number", "versions__title")
    ]
    benefits = BenefitVersion.objects.live().filter(benefit__in=ids.get(Kind.BENEFIT, []))
    found += [OpenPoint(Kind.BENEFIT, row.benefit_id, row.title, row.realised_from) for row in benefits]
    milestones = Milestone.objects.filter(pk__in=ids.get(Kind.MILESTONE, []))
    found += [OpenPoint(Kind.MILESTONE, row.pk, row.title, row.due_on) for row in milestones]
    shifts = PhaseStep.objects.filter(pk__in=ids.get(Kind.PHASE, []))
    found += [OpenPoint(Kind.PHASE, row.pk, row.phase) for row in shifts]
    for kind in (Kind.WARNING, Kind.ACTION):
        warnings = PitfallWarning.objects.filter(pk__in=ids.get(kind, []))
        found += [OpenPoint(kind, row.pk, row.cause, row.due_on) for row in warnings]
    return {point.key: point for point in found}


def who_hands_over(user: User, row: RoleAssignment, today: date) -> dict[str, object]:
    """Who may make the handover a role's end waits for, and whether the one asking is among them."""
    assert row.project is not None
    asked = [one for one in live_roles(row.project, today) if may(frozenset({Role(one.role)}), Access.ANSWER)]
    return {
        "people": [f"{one.person.name} ({str(one.get_role_display()).lower()})" for one in asked],
        "may": may(roles_in(user, row.project, today), Access.ANSWER),
    }
