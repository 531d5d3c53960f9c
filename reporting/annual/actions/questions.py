"""An administrator adds, changes, moves and takes out questions. A form in use is followed by another, not changed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.actor import Actor
from reporting.annual.actions.forms import InvalidPart, UnknownPart, check_texts, edit
from reporting.annual.answers import LONGEST, MOST_LESSONS, UNCHANGED
from reporting.annual.models import FormVersion, Question, Round

Type = Question.Type
LONGEST_CHOICE, MOST_CHOICES, LONGEST_UNIT = 200, 30, 30
WITH_CHOICES = frozenset({Type.CHOICE, Type.MULTIPLE, Type.LESSONS})
GREATEST_NUMBER = 999_999_999  # what a bound may be, on either side of nought
MOST = {Type.TEXT: LONGEST, Type.LESSONS: MOST_LESSONS}  # the greatest limit of each type that has one
_KEY = re.compile("[a-z][a-z0-9_]{0,39}")


class QuestionExists(Exception):
    """The form has a question with this key already."""


class NeededByOthers(Exception):
    """Other questions are asked only after certain answers to this one. `questions` are those."""

    def __init__(self, questions: list[Question]) -> None:
        super().__init__(", ".join(question.key for question in questions))
        self.questions = questions


class NoRoom(Exception):
    """The question is first or last already, or a question it depends on would come after it."""


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    """What a question says and asks. Texts are {"nb", "nn", "en"}; see `Question`."""

    type: str
    title: dict[str, str]
    help: dict[str, str] = field(default_factory=dict)
    required: bool = False
    limit: int | None = None
    unit: dict[str, str] = field(default_factory=dict)
    choices: list[dict[str, Any]] = field(default_factory=list)
    lowest: Decimal | None = None
    highest: Decimal | None = None
    condition: dict[str, Any] = field(default_factory=dict)


def plan_of(question: Question) -> QuestionPlan:
    """What a stored question says, to change a part of it with `dataclasses.replace`."""
    return QuestionPlan(**{name: getattr(question, name) for name in QuestionPlan.__dataclass_fields__})


@transaction.atomic
def add_question(
    *, by: Actor, round_: Round, version: int, kind: str, section: str, key: str, plan: QuestionPlan
) -> FormVersion:
    """Add a question last in a section. A form in use is left alone: the round gets the next version, returned.

    `version` is the round's. Raises NotAllowed, StaleForm, UnknownPart, InvalidPart, QuestionExists.
    """

    def add(form: FormVersion) -> None:
        place = form.sections.filter(key=section).first()
        if place is None:
            raise UnknownPart(section)
        if key == UNCHANGED or not _KEY.fullmatch(key):
            raise InvalidPart("key")
        if Question.objects.filter(section__form=form, key=key).exists():
            raise QuestionExists(key)
        last = place.questions.aggregate(Max("order"))["order__max"] or 0
        asked = Question(section=place, key=key, order=last + 1, **_columns(plan))
        _check(form, asked)
        asked.save()

    return edit(by, round_, version, kind, add, question=key)


@transaction.atomic
def change_question(
    *, by: Actor, round_: Round, version: int, kind: str, section: str, key: str, plan: QuestionPlan
) -> FormVersion:
    """Change a question, but not its type. As `add_question`; raises NeededByOthers when others wait for what goes."""

    def change(form: FormVersion) -> None:
        row = _row(form, section, key)
        if plan.type != row.type:
            raise InvalidPart("type")
        for name, value in _columns(plan).items():
            setattr(row, name, value)
        _check(form, row)
        broken = [other for other in _waiting_for(form, key) if not _is_answerable(row, other.condition)]
        if broken:
            raise NeededByOthers(broken)
        row.save()

    return edit(by, round_, version, kind, change, question=key)


@transaction.atomic
def move_question(
    *, by: Actor, round_: Round, version: int, kind: str, section: str, key: str, is_up: bool
) -> FormVersion:
    """Let a question change places with the one before or after it in its section.

    As `add_question`; raises NoRoom where there is none, or where an answer would be asked for before its question.
    """

    def move(form: FormVersion) -> None:
        row = _row(form, section, key)
        rows = list(row.section.questions.order_by("order"))
        place = rows.index(row) + (-1 if is_up else 1)
        if not 0 <= place < len(rows):
            raise NoRoom(key)
        other = rows[place]
        first, second = (other, row) if is_up else (row, other)
        if second.condition.get("question") == first.key:
            raise NoRoom(key)
        here, there = row.order, other.order
        last = rows[-1].order + 1  # a place nobody has, since two may never share one
        for question, order in ((row, last), (other, here), (row, there)):
            Question.objects.filter(pk=question.pk).update(order=order)

    return edit(by, round_, version, kind, move, question=key)


@transaction.atomic
def remove_question(*, by: Actor, round_: Round, version: int, kind: str, section: str, key: str) -> FormVersion:
    """Take out a question. As `add_question`; raises NeededByOthers when another one depends on it."""

    def remove(form: FormVersion) -> None:
        row = _row(form, section, key)
        waiting = _waiting_for(form, key)
        if waiting:
            raise NeededByOthers(waiting)
        row.delete()

    return edit(by, round_, version, kind, remove, question=key)


def can_decide(form: FormVersion, question: Question | None, section_order: int) -> list[Question]:
    """The questions whose answer may decide whether another is asked: earlier ones with choices or a number.

    `question` None is a new one, last in the section with this order.
    """
    rows = Question.objects.filter(section__form=form, type__in=[Type.CHOICE, Type.MULTIPLE, Type.NUMBER])
    before = (section_order, question.order if question else float("inf"))
    ordered = rows.select_related("section").order_by("section__order", "order")
    return [row for row in ordered if (row.section.order, row.order) < before]


def _row(form: FormVersion, section: str, key: str) -> Question:
    rows = Question.objects.select_related("section").filter(section__form=form, section__key=section, key=key)
    row = rows.first()
    if row is None:
        raise UnknownPart(key)
    return row


def _waiting_for(form: FormVersion, key: str) -> list[Question]:
    """The questions that are asked only after certain answers to this one."""
    rows = Question.objects.filter(section__form=form).exclude(condition={}).order_by("section__order", "order")
    return [row for row in rows if row.condition.get("question") == key]


def _check(form: FormVersion, asked: Question) -> None:
    """Raise InvalidPart for a question that could not be asked or answered."""
    if asked.type not in Type.values:
        raise InvalidPart("type")
    check_texts(asked.title, asked.help)
    if any(len(text) > LONGEST_UNIT for text in asked.unit.values()):
        raise InvalidPart("unit")
    if asked.type in WITH_CHOICES and not _are_choices(asked.choices):
        raise InvalidPart("choices")
    if asked.limit is not None and not 1 <= asked.limit <= MOST.get(Type(asked.type), 0):
        raise InvalidPart("limit")
    if not _are_bounds(asked):
        raise InvalidPart("highest")
    if asked.condition:
        earlier = {row.key: row for row in can_decide(form, asked, asked.section.order)}
        source = earlier.get(asked.condition.get("question", ""))
        if source is None or not _is_answerable(source, asked.condition):
            raise InvalidPart("condition")


def _are_bounds(asked: Question) -> bool:
    """None, or those of a number, with room between them."""
    bounds = [bound for bound in (asked.lowest, asked.highest) if bound is not None]
    are_small = all(abs(bound) <= GREATEST_NUMBER for bound in bounds)
    return not bounds or (asked.type == Type.NUMBER and are_small and bounds[0] <= bounds[-1])


def _are_choices(choices: list[dict[str, Any]]) -> bool:
    """Two or more, each with a key and a bokmål text of its own, and texts that fit."""
    keys = [choice.get("key") for choice in choices]
    texts = [choice.get("nb", "").strip() for choice in choices]
    longest = max((len(text) for choice in choices for key, text in choice.items() if key != "excludes"), default=0)
    is_whole = all(keys) and all(texts) and longest <= LONGEST_CHOICE
    are_different = len(set(keys)) == len({text.casefold() for text in texts}) == len(keys)
    return is_whole and are_different and 2 <= len(keys) <= MOST_CHOICES


def _is_answerable(source: Question, condition: Mapping[str, Any]) -> bool:
    """Whether the question can be answered as the condition waits for."""
    if "above" in condition:
        return source.type == Type.NUMBER and isinstance(condition["above"], int)
    known = {choice["key"] for choice in source.choices}
    return source.type in {Type.CHOICE, Type.MULTIPLE} and bool(condition.get("in")) and set(condition["in"]) <= known


def _columns(plan: QuestionPlan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in QuestionPlan.__dataclass_fields__}
