"""Report forms: the shipped ones, and an administrator's edits. A form in use is never changed, only followed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, Max

from accounts.actor import Actor, NotAllowed
from journal.actions import record
from projects.models import Programme
from reporting.annual import shipped
from reporting.annual.models import FormVersion, Question, Report, Round


class StaleForm(Exception):
    """Someone else has changed the round or its form since the page was opened."""


class UnknownQuestion(Exception):
    """The form has no such section or question."""


class QuestionExists(Exception):
    """The form has a question with this key already."""


class InvalidQuestion(Exception):
    """The question cannot be asked as it is. `field` is the plan's field that is wrong."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class QuestionPlan:
    """What a question says and asks. Texts are {"nb", "nn", "en"}; see `Question`."""

    type: str
    title: dict[str, str]
    help: dict[str, str] = field(default_factory=dict)
    required: bool = False
    limit: int | None = None
    unit: dict[str, str] = field(default_factory=dict)
    choices: list[dict[str, str]] = field(default_factory=list)
    condition: dict[str, Any] = field(default_factory=dict)


def plan_of(question: Question) -> QuestionPlan:
    """What a stored question says, to change a part of it with `dataclasses.replace`."""
    return QuestionPlan(**{name: getattr(question, name) for name in QuestionPlan.__dataclass_fields__})


@transaction.atomic
def load_shipped(*, by: Actor, programme: Programme, kind: str) -> FormVersion:
    """The shipped full or short form as a programme's next version. Raises NotAllowed."""
    _check_administrator(by)
    form = _new_version(by, programme, kind, None)
    sections, questions = shipped.rows(form)
    for section, asked in zip(sections, questions, strict=True):
        section.save()
        for question in asked:
            question.section = section
        Question.objects.bulk_create(asked)
    _note(by, form, "form_loaded")
    return form


def newest_form(by: Actor, programme: Programme, kind: str) -> FormVersion:
    """A programme's newest form of a kind; the shipped one when it has none."""
    form = FormVersion.objects.filter(programme=programme, kind=kind).order_by("-number").first()
    return form or load_shipped(by=by, programme=programme, kind=kind)


def is_in_use(form: FormVersion, but_for: Round) -> bool:
    """Whether a report has been begun on a form, or another round than this one uses it."""
    begun = Report.objects.filter(form=form, started_at__isnull=False).exists()
    rounds = Round.objects.exclude(pk=but_for.pk)
    return begun or rounds.filter(form=form).exists() or rounds.filter(short_form=form).exists()


@transaction.atomic
def change_section(
    *, by: Actor, round_: Round, version: int, kind: str, key: str, title: dict[str, str], help: dict[str, str]
) -> FormVersion:
    """Change a section's texts. A form in use is left alone: the round gets the next version, which is returned.

    `version` is the round's. Raises NotAllowed, StaleForm, UnknownQuestion, InvalidQuestion.
    """
    if not title.get("nb", "").strip():
        raise InvalidQuestion("title")

    def change(form: FormVersion) -> None:
        if not form.sections.filter(key=key).update(title=title, help=help):
            raise UnknownQuestion(key)

    return _edit(by, round_, version, kind, change, section=key)


@transaction.atomic
def change_question(
    *, by: Actor, round_: Round, version: int, kind: str, section: str, key: str, plan: QuestionPlan
) -> FormVersion:
    """Change a question. As `change_section`."""

    def change(form: FormVersion) -> None:
        _check(form, key, plan)
        row = Question.objects.filter(section__form=form, section__key=section, key=key)
        if not row.update(**_columns(plan)):
            raise UnknownQuestion(key)

    return _edit(by, round_, version, kind, change, question=key)


@transaction.atomic
def add_question(
    *, by: Actor, round_: Round, version: int, kind: str, section: str, key: str, plan: QuestionPlan
) -> FormVersion:
    """Add a question last in a section. As `change_section`; raises QuestionExists too."""

    def add(form: FormVersion) -> None:
        place = form.sections.filter(key=section).first()
        if place is None:
            raise UnknownQuestion(section)
        if Question.objects.filter(section__form=form, key=key).exists():
            raise QuestionExists(key)
        _check(form, key, plan)
        last = place.questions.aggregate(Max("order"))["order__max"] or 0
        Question.objects.create(section=place, key=key, order=last + 1, **_columns(plan))

    return _edit(by, round_, version, kind, add, question=key)


@transaction.atomic
def remove_question(*, by: Actor, round_: Round, version: int, kind: str, section: str, key: str) -> FormVersion:
    """Take out a question that no other one depends on. As `change_section`."""

    def remove(form: FormVersion) -> None:
        questions = Question.objects.filter(section__form=form)
        if any(other.condition.get("question") == key for other in questions):
            raise InvalidQuestion("condition")
        removed, _ = questions.filter(section__key=section, key=key).delete()
        if not removed:
            raise UnknownQuestion(key)

    return _edit(by, round_, version, kind, remove, question=key)


def _edit(
    by: Actor, round_: Round, version: int, kind: str, change: Callable[[FormVersion], None], **data: object
) -> FormVersion:
    """Change a round's form, or the next version of it when it is in use."""
    _check_administrator(by)
    if not Round.objects.filter(pk=round_.pk, version=version).update(version=F("version") + 1):
        raise StaleForm
    fresh = Round.objects.select_related("form", "short_form", "programme").get(pk=round_.pk)
    form = fresh.form if kind == FormVersion.Kind.FULL else fresh.short_form
    if form is None:
        raise UnknownQuestion(kind)
    if is_in_use(form, but_for=fresh):
        form = _followed(by, fresh, form)
    change(form)
    _note(by, form, "form_changed", round=round_.pk, **data)
    return form


def _followed(by: Actor, round_: Round, form: FormVersion) -> FormVersion:
    """The next version, a copy, in the round's use. Reports already begun keep the one they were begun on."""
    new = _new_version(by, round_.programme, form.kind, form)
    for section in form.sections.prefetch_related("questions"):
        questions = list(section.questions.all())
        section.pk, section.form = None, new
        section._state.adding = True
        section.save()
        for question in questions:
            question.pk, question.section = None, section
        Question.objects.bulk_create(questions)
    column = "form" if form.kind == FormVersion.Kind.FULL else "short_form"
    Round.objects.filter(pk=round_.pk).update(**{column: new})
    Report.objects.filter(round=round_, form=form, started_at=None).update(form=new)
    return new


def _new_version(by: Actor, programme: Programme, kind: str, based_on: FormVersion | None) -> FormVersion:
    Programme.objects.select_for_update().get(pk=programme.pk)
    last = FormVersion.objects.filter(programme=programme, kind=kind).aggregate(Max("number"))["number__max"] or 0
    return FormVersion.objects.create(
        programme=programme,
        kind=kind,
        number=last + 1,
        based_on=based_on,
        created_at=by.now,
        created_by=by.user,
    )


def _check(form: FormVersion, key: str, plan: QuestionPlan) -> None:
    """Raise InvalidQuestion for a question that could not be asked or answered."""
    kinds = Question.Type
    if plan.type not in kinds.values:
        raise InvalidQuestion("type")
    if not plan.title.get("nb", "").strip():
        raise InvalidQuestion("title")
    keys = [choice.get("key") for choice in plan.choices]
    needs_choices = plan.type in {kinds.CHOICE, kinds.MULTIPLE, kinds.LESSONS}
    if needs_choices and (len(keys) < 2 or len(set(keys)) < len(keys) or not all(keys)):
        raise InvalidQuestion("choices")
    if plan.condition and not _can_hold(form, key, plan.condition):
        raise InvalidQuestion("condition")


def _can_hold(form: FormVersion, key: str, condition: dict[str, Any]) -> bool:
    """Whether another question of the form can be answered so."""
    other = Question.objects.filter(section__form=form, key=condition.get("question")).exclude(key=key).first()
    if other is None or other.is_fact:
        return False
    if "above" in condition:
        return other.type == Question.Type.NUMBER and isinstance(condition["above"], int)
    known = {choice["key"] for choice in other.choices}
    return bool(condition.get("in")) and set(condition["in"]) <= known


def _columns(plan: QuestionPlan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in QuestionPlan.__dataclass_fields__}


def _check_administrator(by: Actor) -> None:
    if by.user is not None and not (by.user.is_active and by.user.is_administrator):
        raise NotAllowed


def _note(by: Actor, form: FormVersion, action: str, **data: object) -> None:
    record(
        stream=f"programme:{form.programme_id}",
        action=action,
        obj=("form", form.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data=data,
    )
