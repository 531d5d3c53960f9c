"""What a group that objects is answered: planned with role and date, corrected, given."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from accounts.actor import Actor
from benefits.actions.freed_time import lock
from benefits.actions.stakeholders import check_text, record_step
from benefits.models import ObjectionAnswer, StakeholderGroup
from projects.roles import Access


class AnswerGone(Exception):
    """Someone else has corrected the answer, or said that it is given, in the meantime; or the group is taken out."""


class DuePast(Exception):
    """What is promised is promised for today or later."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What is answered, by which role, and by when."""

    text: str
    responsible: str
    due_on: date


@transaction.atomic
def plan(*, by: Actor, group: StakeholderGroup, promise: Promise) -> ObjectionAnswer:
    """Say what a group is answered. Raises NotAllowed, NotFollowed, NotAGroup, DuePast, AnswerGone."""
    lock(by, group.project_id, Access.ANSWER)
    _check(promise)
    if promise.due_on < by.today:
        raise DuePast
    if not StakeholderGroup.objects.filter(pk=group.pk, removed_at=None).exists():
        raise AnswerGone
    row = _insert(by, group, promise, promised_on=by.today)
    record_step(by, group, "objection_answer_planned", answer=row.pk)
    return row


@transaction.atomic
def correct(*, by: Actor, answer: ObjectionAnswer, promise: Promise) -> ObjectionAnswer:
    """Let a planned answer say something else. Raises NotAllowed, NotFollowed, NotAGroup, DuePast, AnswerGone."""
    lock(by, answer.group.project_id, Access.ANSWER)
    _check(promise)
    if promise.due_on < by.today and promise.due_on != answer.due_on:
        raise DuePast
    _supersede(by, answer)
    row = _insert(by, answer.group, promise, promised_on=answer.promised_on, replaces=answer)
    record_step(by, answer.group, "objection_answer_corrected", answer=row.pk, replaces=answer.pk)
    return row


@transaction.atomic
def give(*, by: Actor, answer: ObjectionAnswer) -> ObjectionAnswer:
    """Say that the group has had its answer today. Raises NotAllowed, NotFollowed, AnswerGone."""
    lock(by, answer.group.project_id, Access.ANSWER)
    _supersede(by, answer)
    promise = Promise(answer.text, answer.responsible, answer.due_on)
    row = _insert(by, answer.group, promise, promised_on=answer.promised_on, given_on=by.today, replaces=answer)
    record_step(by, answer.group, "objection_answer_given", answer=row.pk, replaces=answer.pk)
    return row


def _check(promise: Promise) -> None:
    check_text(promise.text, promise.responsible)


def _supersede(by: Actor, answer: ObjectionAnswer) -> None:
    """Compare and set: only a planned answer that stands can be replaced."""
    rows = ObjectionAnswer.objects.live().filter(pk=answer.pk, given_on=None, group__removed_at=None)
    if not ObjectionAnswer.objects.filter(pk__in=rows.values("pk")).update(superseded_at=by.now):
        raise AnswerGone


def _insert(by: Actor, group: StakeholderGroup, promise: Promise, **said: object) -> ObjectionAnswer:
    return ObjectionAnswer.objects.create(
        group=group, recorded_at=by.now, recorded_by=by.user, **asdict(promise), **said
    )
