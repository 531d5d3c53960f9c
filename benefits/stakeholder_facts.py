"""What the engine needs to know of stakeholders: how each group has looked at the project, and what it is answered."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from benefits.engine.stakeholders import AnswerFact, AttitudeFact, StakeholderFact
from benefits.models import ObjectionAnswer, StakeholderGroup, StakeholderRegistration
from projects.asked import Asked


def load(asked: Asked) -> dict[int, dict[str, Any]]:
    """The groups of each project; a project without any has none here."""
    if not asked.has(StakeholderGroup):
        return {}
    moment = asked.moment
    rows = (
        StakeholderRegistration.objects.known_at(asked.known_at)
        .filter(Q(group__removed_at=None) | Q(group__removed_at__gte=moment), group__project__in=asked.project_ids)
        .filter(on__lte=asked.as_of)
        .select_related("group")
        .order_by("group__project_id", "group__number", "on", "pk")
    )
    seen: dict[int, list[StakeholderRegistration]] = defaultdict(list)
    for row in rows:
        seen[row.group_id].append(row)
    answers = _answers(list(seen), asked.as_of, asked.known_at) if seen else {}
    found: dict[int, dict[str, Any]] = defaultdict(lambda: {"stakeholders": ()})
    for pk, history in seen.items():
        group = history[0].group
        facts = tuple(attitude_fact(row, moment) for row in history)
        fact = StakeholderFact(pk, group.kind, facts, tuple(answers.get(pk, ())), group.name)
        found[group.project_id]["stakeholders"] += (fact,)
    return dict(found)


def attitude_fact(row: StakeholderRegistration, moment: datetime | None = None) -> AttitudeFact:
    """A registration as the engine takes it, with a confirmation known before a moment (None: any)."""
    is_confirmed = row.confirmed_at is not None and (moment is None or row.confirmed_at <= moment)
    confirmed_by = row.confirmed_by_id if is_confirmed else None
    return AttitudeFact(row.on, row.attitude, row.influence, row.recorded_by_id, confirmed_by)


def answer_fact(row: ObjectionAnswer) -> AnswerFact:
    """A planned or given answer as the engine takes it."""
    return AnswerFact(row.promised_on, row.due_on, row.given_on)


def _answers(groups: Sequence[int], as_of: date, known_at: datetime | None) -> dict[int, list[AnswerFact]]:
    """What each group was promised or given by a day."""
    found: dict[int, list[AnswerFact]] = defaultdict(list)
    rows = ObjectionAnswer.objects.known_at(known_at).filter(group__in=groups, promised_on__lte=as_of)
    for row in rows.order_by("pk"):
        fact = answer_fact(row)
        if fact.given_on and fact.given_on > as_of:
            fact = AnswerFact(fact.promised_on, fact.due_on)
        found[row.group_id].append(fact)
    return found
