"""The reports of a round as an adviser meets them: filtered, the oldest first, and several approved in one go."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest, actor_from
from projects.access import programme_for
from projects.models import Programme
from reporting.annual.actions import decisions, reviews
from reporting.annual.agreement import agreement_in
from reporting.annual.models import Review, Round, Submission
from reporting.annual.queue import Line, Queue, queue, round_to_open, rounds_of
from reporting.annual.queue_filters import QueueFilters
from reporting.annual.review_forms import left_words
from reporting.annual.sheets import queue_sheet
from saman import clock
from saman.fields import CHOOSE
from saman.formatting import joined
from saman.htmx import by_button, redirect_after_post
from saman.sheets import download


class SeveralForm(forms.Form):
    """What is offered to the projects whose reports are approved in one go."""

    project = forms.ChoiceField(
        label=gettext_lazy("Prosjektene"),
        choices=Review.Project.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    leaves_questions = forms.BooleanField(
        label=gettext_lazy("Godkjenn også dem der spørsmål om målene ikke er besvart"), required=False
    )

    def check_left(self, left: list[tuple[str, decisions.Left]]) -> None:
        """An error that says where questions are left (title, how many), unless that is meant."""
        found = [(title, each) for title, each in left if each.count]
        if found and not self.cleaned_data.get("leaves_questions"):
            count = _("%(n)s av %(of)s")
            names = joined([f"{title} ({count % {'n': each.count, 'of': each.of}})" for title, each in found])
            error = _("Spørsmål om målene er ikke besvart: %(names)s. Svar på dem først, eller kryss av her.")
            self.add_error("leaves_questions", error % {"names": names})


@require_safe
def report_queue(request: SignedInRequest, programme: str) -> HttpResponse:
    """The reports of a round: those to read first, the oldest of them first."""
    found = programme_for(request.user, programme, clock.today())
    rounds, chosen = _chosen(request, found)
    return _page(request, found, rounds, chosen)


@require_safe
def report_queue_download(request: SignedInRequest, programme: str, form: str) -> HttpResponseBase:
    """The same reports, to take away."""
    found = programme_for(request.user, programme, clock.today())
    _rounds, chosen = _chosen(request, found)
    filters = QueueFilters.read(request.GET.dict())
    whole = queue(chosen, clock.today()) if chosen else None
    lines = [line for line in whole.lines if filters.matches(line)] if whole else []
    return download(queue_sheet(chosen, lines, filters), form, clock.now())


def _chosen(request: SignedInRequest, programme: Programme) -> tuple[list[Round], Round | None]:
    """The rounds that have opened, and the one the address asks for, or where something waits."""
    rounds = rounds_of(programme, clock.today())
    asked = request.GET.get("runde", "")
    return rounds, next((row for row in rounds if str(row.pk) == asked), None) or round_to_open(rounds)


@by_button("report_queue", "programme")
def report_approve_several(request: SignedInRequest, programme: str) -> HttpResponse:
    """Approve the reports that are chosen; each by itself, so that one refused stops none of the others."""
    today = clock.today()
    found = programme_for(request.user, programme, today)
    rounds = rounds_of(found, today)
    chosen = next((round_ for round_ in rounds if str(round_.pk) == request.POST.get("runde")), None)
    if chosen is None:
        return redirect_after_post(request, reverse("report_queue", args=[found.slug]))
    form = SeveralForm(request.POST)
    wanted = {int(pk) for pk in request.POST.getlist("rapport") if pk.isdecimal() and len(pk) < 19}
    if not form.is_valid() or not wanted:
        return _page(request, found, rounds, chosen, form, wanted, status=422)
    rows = list(Submission.objects.filter(pk__in=wanted, report__round=chosen).select_related("report__project"))
    left = decisions.questions_left(*rows)
    form.check_left([(row.report.project.title, left[row.pk]) for row in rows])
    if not form.is_valid():
        return _page(request, found, rounds, chosen, form, wanted, status=422)
    approved, refused = 0, []
    for row in rows:
        decision = decisions.Decision(
            Review.Report.APPROVED,
            form.cleaned_data["project"],
            leaves_questions=form.cleaned_data["leaves_questions"],
        )
        try:
            seen = request.POST.get(f"sett-{row.pk}", "")
            decisions.decide(by=actor_from(request), submission=row, seen=seen, decision=decision)
            approved += 1
        except (decisions.StaleReview, decisions.QuestionsLeft, reviews.AlreadyDecided, reviews.NotRead):
            refused.append(row.report.project.title)
    if approved:
        text = ngettext("%(n)s rapport er godkjent.", "%(n)s rapporter er godkjent.", approved)
        messages.success(request, text % {"n": approved})
    if refused:
        text = _("Ikke godkjent, fordi noen har endret noe i mellomtiden, eller fordi ikke alt er lest: %(names)s.")
        messages.warning(request, text % {"names": joined(refused)})
    return redirect_after_post(request, f"{reverse('report_queue', args=[found.slug])}?runde={chosen.pk}")


def queue_crumbs(programme: Programme) -> list[tuple[str, str]]:
    """The way down to a programme's reports."""
    return [
        (_("Oversikt"), reverse("dashboard", args=[programme.slug])),
        (_("Rapporter"), reverse("report_queue", args=[programme.slug])),
    ]


def _page(
    request: SignedInRequest,
    programme: Programme,
    rounds: list[Round],
    chosen: Round | None,
    form: SeveralForm | None = None,
    wanted: set[int] | None = None,
    status: int = 200,
) -> HttpResponse:
    today, filters = clock.today(), QueueFilters.read(request.GET.dict())
    whole = queue(chosen, today) if chosen else None
    shown = Queue(whole.round, [line for line in whole.lines if filters.matches(line)]) if whole else None
    ready = _ready(shown) if shown else []
    context: dict[str, Any] = {
        "programme": programme,
        "today": today,
        "tabs": [
            {"label": str(round_), "href": f"?runde={round_.pk}", "current": round_ == chosen} for round_ in rounds
        ],
        "round": chosen,
        "whole": whole,
        "queue": shown,
        "filters": filters,
        "table_query": "&".join(filter(None, [f"runde={chosen.pk}" if chosen else "", filters.query])),
        "agreement": agreement_in(chosen) if chosen else None,
        "several": form or SeveralForm(initial={"project": Review.Project.NONE}),
        "wanted": wanted or (),
        "ready": ready,
        "has_left": any(words for _line, words in ready),
        "is_refused": form is not None,
        "crumbs": queue_crumbs(programme),
    }
    return render(request, "annual/review_queue.html", context, status=status)


def _ready(shown: Queue) -> list[tuple[Line, str]]:
    """What may be approved in one go, each with how many official questions are left ("": none); two queries."""
    keys = [line.submission.pk for line in shown.ready if line.submission]
    left = decisions.questions_left(*Submission.objects.filter(pk__in=keys)) if keys else {}
    found = [(line, left[line.submission.pk]) for line in shown.ready if line.submission]
    return [(line, left_words(each) if each.count else "") for line, each in found]
