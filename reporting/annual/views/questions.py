"""An administrator edits the form of a round: its sections' texts, and its questions."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actor import Actor, SignedInRequest, actor_from
from projects.views.pages import administrator_only, form_page, sent
from reporting.annual.actions import forms as form_actions
from reporting.annual.actions import questions as actions
from reporting.annual.models import FormVersion, Question, Round, Section
from reporting.annual.question_forms import ABOUT, QuestionForm, needed_by, question_values
from reporting.annual.round_forms import SectionForm, TextsForm, section_values
from reporting.annual.views.rounds import form_or_404, read_and_write, round_or_404, version_sent, way_to
from saman.formatting import joined
from saman.htmx import by_button, redirect_after_post


@read_and_write
@administrator_only
def setup_round_section(request: SignedInRequest, programme: str, round: int, kind: str, section: str) -> HttpResponse:
    """Change the texts of a section, with a preview, and whether it is public."""
    found = round_or_404(programme, round)
    row = get_object_or_404(Section, form=form_or_404(found, kind), key=section)
    form = SectionForm(sent(request), initial=section_values(row, found.version))

    def change(by: Actor) -> FormVersion:
        return form_actions.change_section(
            by=by, round_=found, version=form.based_on, kind=kind, key=section, plan=form.plan()
        )

    def stored(fresh: Round) -> dict[str, Any]:
        now = Section.objects.filter(form=form_or_404(fresh, kind), key=section).first()
        return section_values(now or row, fresh.version)

    return _edited(request, found, kind, form, change, stored, row.title_text)


@read_and_write
@administrator_only
def setup_round_question_new(
    request: SignedInRequest, programme: str, round: int, kind: str, section: str
) -> HttpResponse:
    """Add a question last in a section: choose what kind of answer it has, then write it."""
    found = round_or_404(programme, round)
    place = get_object_or_404(Section, form=form_or_404(found, kind), key=section)
    asked = request.GET.get("type", "")
    if asked not in Question.Type.values:
        way = way_to(found.programme, found)
        types = [(value, Question.Type(value).label, words) for value, words in ABOUT.items()]
        heading = _("Nytt spørsmål i «%(section)s»") % {"section": place.title_text}
        context = {"types": types, "heading": heading, "crumbs": [*way, (heading, request.path)], "back": way[-1][1]}
        return render(request, "annual/rounds_types.html", context)
    others = actions.can_decide(place.form, None, place.order)
    form = QuestionForm(sent(request), kind=asked, others=others, initial={"version": found.version})

    def add(by: Actor) -> FormVersion:
        keys = Question.objects.filter(section__form=place.form).values_list("key", flat=True)
        return actions.add_question(
            by=by, round_=found, version=form.based_on, kind=kind, section=section,
            key=form.new_key(keys), plan=form.plan(),
        )  # fmt: skip

    def stored(fresh: Round) -> dict[str, Any]:
        return {"version": fresh.version}

    heading = _("Nytt spørsmål: %(type)s") % {"type": Question.Type(asked).label}
    return _edited(request, found, kind, form, add, stored, heading)


@read_and_write
@administrator_only
def setup_round_question(
    request: SignedInRequest, programme: str, round: int, kind: str, section: str, question: str
) -> HttpResponse:
    """Change a question's texts, answers and condition, with a preview."""
    found = round_or_404(programme, round)
    row = _question(found, kind, section, question)
    others = actions.can_decide(row.section.form, row, row.section.order)
    values = question_values(row, found.version)
    form = QuestionForm(sent(request), kind=row.type, others=others, key=row.key, initial=values)

    def change(by: Actor) -> FormVersion:
        return actions.change_question(
            by=by, round_=found, version=form.based_on, kind=kind, section=section, key=question, plan=form.plan()
        )

    def stored(fresh: Round) -> dict[str, Any]:
        now = Question.objects.filter(section__form=form_or_404(fresh, kind), key=question).first()
        return question_values(now or row, fresh.version)

    return _edited(request, found, kind, form, change, stored, row.title_text, row)


@read_and_write
@administrator_only
def setup_round_question_remove(
    request: SignedInRequest, programme: str, round: int, kind: str, section: str, question: str
) -> HttpResponse:
    """Take a question out, after a page that says what it means."""
    found = round_or_404(programme, round)
    row = _question(found, kind, section, question)
    refusal = ""
    if request.method == "POST":
        try:
            actions.remove_question(
                by=actor_from(request), round_=found, version=version_sent(request), kind=kind, section=section,
                key=question,
            )  # fmt: skip
            messages.success(request, _("Spørsmålet er tatt bort."))
            return _to_round(request, found, kind)
        except actions.NeededByOthers as needed:
            refusal = needed_by(needed.questions)
        except form_actions.StaleForm:
            refusal = _("Noen andre har endret runden i mellomtiden. Se over den og prøv igjen.")
    way, fresh = way_to(found.programme, found), round_or_404(programme, round)
    heading = _("Ta bort spørsmålet")
    context = {
        "row": row,
        "round": fresh,
        "refusal": refusal,
        "heading": heading,
        "is_in_use": form_actions.is_in_use(form_or_404(fresh, kind), fresh),
        "crumbs": [*way, (heading, request.path)],
        "back": way[-1][1],
    }
    return render(request, "annual/rounds_remove.html", context, status=409 if refusal else 200)


@by_button("setup_round", "programme", "round")
@administrator_only
def setup_round_question_move(
    request: SignedInRequest, programme: str, round: int, kind: str, section: str, question: str
) -> HttpResponse:
    """Let a question change places with the one before or after it."""
    found = round_or_404(programme, round)
    try:
        actions.move_question(
            by=actor_from(request), round_=found, version=version_sent(request), kind=kind, section=section,
            key=question, is_up=request.POST.get("do") == "up",
        )  # fmt: skip
    except actions.NoRoom:
        messages.warning(request, _("Spørsmålet kan ikke flyttes dit: et spørsmål må komme før dem som bygger på det."))
    except form_actions.StaleForm:
        messages.warning(request, _("Noen andre har endret runden i mellomtiden. Se over den og prøv igjen."))
    except form_actions.UnknownPart as error:
        raise Http404 from error
    return _to_round(request, found, kind, f"#q-{question}")


def _edited(
    request: SignedInRequest,
    found: Round,
    kind: str,
    form: TextsForm,
    change: Callable[[Actor], FormVersion],
    stored: Callable[[Round], dict[str, Any]],
    heading: str,
    row: Question | None = None,
) -> HttpResponse:
    """The page of a text: shown, previewed without being stored, given more rows, or stored."""
    do = request.POST.get("do")
    if do == "more" and isinstance(form, QuestionForm):
        form.give_more_rows()
        form.keep_unchecked()
    valid = request.method == "POST" and do != "more" and form.is_valid()
    if valid and do != "preview":
        form.attempt(lambda: change(actor_from(request)))
        if not form.is_stale and not form.errors:
            messages.success(request, _("Skjemaet er endret."))
            if behind := form.left_behind():
                words = _("Teksten på bokmål er endret, men ikke på %(languages)s. Se om de fortsatt sier det samme.")
                messages.warning(request, words % {"languages": joined(behind)})
            return _to_round(request, found, kind)
        if form.is_stale:
            form.compare(stored(round_or_404(found.programme.slug, found.pk)))
    return form_page(
        request,
        form,
        heading=heading,
        action=_("Lagre"),
        way=way_to(found.programme, found),
        template="annual/rounds_text.html",
        preview=form.preview() if valid and do == "preview" else None,
        is_in_use=form_actions.is_in_use(form_or_404(found, kind), found),
        round=found,
        row=row,
    )


def _question(found: Round, kind: str, section: str, key: str) -> Question:
    """A question of the round's form."""
    rows = Question.objects.select_related("section__form").filter(section__form=form_or_404(found, kind))
    return get_object_or_404(rows, section__key=section, key=key)


def _to_round(request: SignedInRequest, found: Round, kind: str, anchor: str = "") -> HttpResponse:
    address = reverse("setup_round", args=[found.programme.slug, found.pk])
    return redirect_after_post(request, f"{address}?skjema={kind}{anchor}")
