"""A project's stakeholders as one reader may see them: groups with their history, and the matrix they stand in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from benefits.engine.stakeholders import is_answered, objects_since
from benefits.models import ObjectionAnswer, StakeholderGroup, StakeholderRegistration, StakeholderSharing
from benefits.stakeholder_facts import answer_fact, attitude_fact
from projects.access import is_inside
from projects.models import Project
from projects.roles import Role

Attitude, Influence = StakeholderRegistration.Attitude, StakeholderRegistration.Influence


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group with how it looks at the project now, and before. `history` is what stood at some time, newest first.

    `change`: how attitude moved since the registration before (None: there is none). `needs_answer`: it objects, and
    no answer is promised or given.
    """

    group: StakeholderGroup
    now: StakeholderRegistration
    history: list[StakeholderRegistration]
    answers: list[ObjectionAnswer]
    change: int | None
    needs_answer: bool
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class Stakeholders:
    """What the page shows. `shared` is the sharing in force, `last` the one that ended last; `rows` by number.

    `hidden`: groups a reader outside may not see because they are so few, or nobody has said how many they are.
    """

    rows: list[GroupRow]
    shared: StakeholderSharing | None
    last: StakeholderSharing | None
    is_inside: bool
    hidden: int = 0
    removed: list[StakeholderGroup] = field(default_factory=list)

    @property
    def is_withheld(self) -> bool:
        """Whether the reader may read nothing here."""
        return not self.is_inside and self.shared is None

    @property
    def waiting(self) -> int:
        """Groups whose objection waits for an answer."""
        return sum(row.needs_answer for row in self.rows)

    @property
    def matrix(self) -> list[tuple[str, list[tuple[str, list[GroupRow]]]]]:
        """(attitude, [(influence, groups)]) from those in favour to those against, from little influence to much."""
        places: dict[tuple[int, int], list[GroupRow]] = defaultdict(list)
        for row in self.rows:
            places[row.now.attitude, row.now.influence].append(row)
        return [
            (str(attitude.label), [(str(influence.label), places[attitude, influence]) for influence in Influence])
            for attitude in reversed(Attitude)
        ]


def stakeholders_of(project: Project, today: date, roles: frozenset[Role], person: int | None) -> Stakeholders:
    """A project's stakeholders as someone with these roles sees them."""
    inside = is_inside(roles)
    sharings = list(project.stakeholder_sharings.all())
    shared = next((row for row in sharings if row.ended_at is None), None)
    last = next((row for row in sharings if row.ended_at is not None), None)
    if not inside and shared is None:
        return Stakeholders([], None, last, is_inside=False)
    groups = list(StakeholderGroup.objects.filter(project=project).order_by("number"))
    history, answers = _histories(project), _answers(project)
    there = [group for group in groups if group.removed_at is None and history[group.pk]]
    rows = [_row(group, history[group.pk], answers[group.pk], today, person) for group in there]
    seen = rows if inside else [_for_outside(row) for row in rows if not row.now.stays_inside]
    removed = [group for group in groups if group.removed_at is not None] if inside else []
    return Stakeholders(seen, shared, last, inside, len(rows) - len(seen), removed)


def _histories(project: Project) -> dict[int, list[StakeholderRegistration]]:
    """Everything registered of each group, corrections too, newest first."""
    found: dict[int, list[StakeholderRegistration]] = defaultdict(list)
    rows = StakeholderRegistration.objects.filter(group__project=project).select_related("recorded_by", "confirmed_by")
    for row in rows.order_by("group", "-on", "-pk"):
        found[row.group_id].append(row)
    return found


def _answers(project: Project) -> dict[int, list[ObjectionAnswer]]:
    found: dict[int, list[ObjectionAnswer]] = defaultdict(list)
    for row in ObjectionAnswer.objects.live().filter(group__project=project).order_by("due_on", "pk"):
        found[row.group_id].append(row)
    return found


def _row(
    group: StakeholderGroup,
    history: list[StakeholderRegistration],
    answers: list[ObjectionAnswer],
    today: date,
    person: int | None,
) -> GroupRow:
    live = [row for row in history if row.superseded_at is None]
    now, before = live[0], live[1] if len(live) > 1 else None
    since = objects_since([attitude_fact(row) for row in reversed(live)])
    is_waiting = since is not None and not is_answered(map(answer_fact, answers), since, today)
    return GroupRow(
        group=group,
        now=now,
        history=history,
        answers=answers,
        change=None if before is None else now.attitude - before.attitude,
        needs_answer=is_waiting,
        may_confirm=now.confirmed_at is None and now.recorded_by_id != person,
    )


def _for_outside(row: GroupRow) -> GroupRow:
    """A group as those outside see it: what stands of when it was so many that nobody could be recognised.

    What was corrected is not the municipality's word any more, and stays with the project.
    """
    live = [one for one in row.history if one.superseded_at is None]
    shown = [one for one in live if not one.stays_inside]
    answers = [one for one in row.answers if _was_many(live, one.promised_on)]
    change = shown[0].attitude - shown[1].attitude if len(shown) > 1 else None
    return GroupRow(row.group, row.now, shown, answers, change, row.needs_answer, may_confirm=False)


def _was_many(live: Sequence[StakeholderRegistration], day: date) -> bool:
    """Whether a group was known to be so many on a day; `live`, newest first, is what stands of it."""
    then = next((one for one in live if one.on <= day), None)
    return then is not None and not then.stays_inside
