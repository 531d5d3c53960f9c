"""Report forms: the shipped ones, and an administrator's edits. A form in use is never changed, only followed."""

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace

from django.db import transaction
from django.db.models import F, Max

from accounts.actor import Actor, NotAllowed
from journal.actions import record
from journal.models import AuditEvent
from projects.models import Programme
from reporting.annual import shipped
from reporting.annual.models import FormVersion, Question, Report, Round


class StaleForm(Exception):
    """Someone else has changed the round or its form since the page was opened."""


class UnknownPart(Exception):
    """The round has no such form, or the form no such section or question."""


class InvalidPart(Exception):
    """The section or question cannot be as it is. `field` is the plan's field that is wrong."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


LONGEST_TITLE, LONGEST_HELP, LONGEST_GROUND = 300, 1000, 200


@dataclass(frozen=True, slots=True)
class SectionPlan:
    """What a section says, and whether what is written in it becomes public; if not, on which legal ground."""

    title: dict[str, str]
    help: dict[str, str]
    is_public: bool
    ground: str = ""


# A law by name and its paragraph: offentleglova § 23 første ledd.
_GROUND = re.compile(r"[^\W\d_]{3,}[^§]*§{1,2}\s*\d")


def is_ground(text: str) -> bool:
    """Whether a text names a law and a paragraph."""
    return _GROUND.search(text) is not None


@transaction.atomic
def load_shipped(*, by: Actor, programme: Programme, kind: str, round_kind: str = Round.Kind.YEAR) -> FormVersion:
    """The shipped full or short form for a kind of round as a programme's next version. Raises NotAllowed."""
    _check_administrator(by)
    form = _new_version(by, programme, round_kind, kind, None)
    sections, questions = shipped.rows(form)
    for section, asked in zip(sections, questions, strict=True):
        section.save()
        for question in asked:
            question.section = section
        Question.objects.bulk_create(asked)
    _note(by, form, "form_loaded")
    return form


def newest_form(by: Actor, programme: Programme, kind: str, round_kind: str = Round.Kind.YEAR) -> FormVersion:
    """A programme's newest form for a kind of round; the shipped one when it has none.

    One that was shipped and that nobody has changed gives way to what is shipped now, as the next version. Reports on
    it keep it, and so what it said of what becomes public.
    """
    forms = FormVersion.objects.filter(programme=programme, round_kind=round_kind, kind=kind)
    newest = forms.order_by("-number").first()
    if newest and not _is_outdated(newest):
        return newest
    return load_shipped(by=by, programme=programme, kind=kind, round_kind=round_kind)


def _is_outdated(form: FormVersion) -> bool:
    """Whether a form is what was shipped once, never edited, and other sections or questions are shipped now."""
    edited = AuditEvent.objects.filter(object_type="form", object_id=str(form.pk), action="form_changed")
    if form.based_on_id is not None or edited.exists():
        return False
    sections, questions = shipped.rows(form)
    now = {
        section.key: (section.is_public, *(q.key for q in asked))
        for section, asked in zip(sections, questions, strict=True)
    }
    held = form.sections.prefetch_related("questions")
    return now != {row.key: (row.is_public, *(q.key for q in row.questions.all())) for row in held}


def is_in_use(form: FormVersion, but_for: Round) -> bool:
    """Whether a report has been begun on a form, or another round than this one uses it."""
    begun = Report.objects.filter(form=form, started_at__isnull=False).exists()
    rounds = Round.objects.exclude(pk=but_for.pk)
    return begun or rounds.filter(form=form).exists() or rounds.filter(short_form=form).exists()


@transaction.atomic
def change_section(*, by: Actor, round_: Round, version: int, kind: str, key: str, plan: SectionPlan) -> FormVersion:
    """Change a section. A form in use is left alone: the round gets the next version, which is returned.

    `version` is the round's. Raises NotAllowed, StaleForm, UnknownPart, InvalidPart.
    """
    check_texts(plan.title, plan.help)
    if not (plan.is_public or is_ground(plan.ground)) or len(plan.ground) > LONGEST_GROUND:
        raise InvalidPart("ground")
    columns = asdict(replace(plan, ground="" if plan.is_public else plan.ground.strip()))

    def change(form: FormVersion) -> None:
        if not form.sections.filter(key=key).update(**columns):
            raise UnknownPart(key)

    return edit(by, round_, version, kind, change, section=key, public=plan.is_public)


def check_texts(title: dict[str, str], help: dict[str, str]) -> None:
    """Raise InvalidPart for a title without bokmål, or a text longer than a page has room for."""
    if not title.get("nb", "").strip() or any(len(text) > LONGEST_TITLE for text in title.values()):
        raise InvalidPart("title")
    if any(len(text) > LONGEST_HELP for text in help.values()):
        raise InvalidPart("help")


def edit(
    by: Actor, round_: Round, version: int, kind: str, change: Callable[[FormVersion], None], **data: object
) -> FormVersion:
    """Change a round's form, or the next version of it when it is in use, in the caller's transaction.

    Raises NotAllowed, StaleForm, UnknownPart (the round has no such form), and what `change` raises.
    """
    _check_administrator(by)
    if not Round.objects.filter(pk=round_.pk, version=version).update(version=F("version") + 1):
        raise StaleForm
    fresh = Round.objects.select_related("form", "short_form", "programme").get(pk=round_.pk)
    form = fresh.form if kind == FormVersion.Kind.FULL else fresh.short_form
    if form is None:
        raise UnknownPart(kind)
    if is_in_use(form, but_for=fresh):
        form = _followed(by, fresh, form)
    change(form)
    _note(by, form, "form_changed", round=round_.pk, **data)
    return form


def _followed(by: Actor, round_: Round, form: FormVersion) -> FormVersion:
    """The next version, a copy, in the round's use. Reports already begun keep the one they were begun on."""
    new = _new_version(by, round_.programme, form.round_kind, form.kind, form)
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


def _new_version(
    by: Actor, programme: Programme, round_kind: str, kind: str, based_on: FormVersion | None
) -> FormVersion:
    Programme.objects.select_for_update().get(pk=programme.pk)
    versions = FormVersion.objects.filter(programme=programme, round_kind=round_kind, kind=kind)
    last = versions.aggregate(Max("number"))["number__max"] or 0
    return FormVersion.objects.create(
        programme=programme,
        round_kind=round_kind,
        kind=kind,
        number=last + 1,
        based_on=based_on,
        created_at=by.now,
        created_by=by.user,
    )


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
