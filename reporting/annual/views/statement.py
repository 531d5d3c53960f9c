"""The union representative's own page in a report: read the draft that is shared, write, sign, take back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.actor import NotAllowed, SignedInRequest, actor_from
from benefits.suppression import hidden_targets
from projects.roles import Access
from reporting.annual import content
from reporting.annual.access import Place, place_for, statement_place
from reporting.annual.actions import drafts, statements
from reporting.annual.models import Report, UnionStatement
from reporting.annual.reading import facts_in, sections_in
from reporting.annual.statements import LONGEST
from saman import clock
from saman.fields import TextInput
from saman.htmx import by_button, redirect_after_post


class StatementForm(forms.Form):
    """The statement, and the version the page showed (0: nothing was stored)."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = TextInput(
        label=gettext_lazy("Uttalelsen"),
        help_text=gettext_lazy(
            "Skriv det de tillitsvalgte vil ha sagt om prosjektet og rapporten. Bare du kan endre teksten. "
            "Navnet ditt følger ikke med i rapporten."
        ),
        limit=LONGEST,
        rows=12,
        required=False,
        is_asked_at_times=True,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def report_statement(request: SignedInRequest, slug: str, round: str) -> HttpResponse:
    """Write the statement, and sign it when it is done."""
    place = statement_place(request.user, slug, round, clock.today())
    report = place.report
    if report is None or report.started_at is None:
        raise Http404
    own = UnionStatement.objects.filter(report=report, person=request.user).first()
    if request.method != "POST":
        return _page(request, place, report, own, _form_of(own))
    form = StatementForm(request.POST)
    if not form.is_valid():
        return _page(request, place, report, own, form, status=422)
    try:
        words = _done(request, report, form.cleaned_data)
    except statements.NothingWritten:
        form.add_error("text", _("Skriv uttalelsen før du signerer."))
        return _page(request, place, report, own, form, status=422)
    except statements.StaleStatement as stale:
        again = StatementForm({**request.POST.dict(), "version": str(stale.current.version)})
        return _page(request, place, report, stale.current, again, status=409, stored=stale.current.draft)
    except drafts.NotWritable:
        return _page(request, place, report, own, form, status=409, is_closed=True)
    except NotAllowed as error:
        raise PermissionDenied from error
    if (
        Report.objects.filter(pk=report.pk, called_back=Report.CalledBack.STATEMENT)
        .exclude(state=report.state)
        .exists()
    ):
        told = _("Prosjektleder og prosjekteier får beskjed om at rapporten må sendes til signering på nytt.")
        words = f"{words} {told}"
    messages.success(request, words)
    return redirect_after_post(request, request.path)


@by_button("report_preview", "slug", "round", where="#tillitsvalgte")
def report_statement_ask(request: SignedInRequest, slug: str, round: str) -> HttpResponse:
    """The leader asks the union representatives, and shares the draft with them."""
    place = place_for(request.user, slug, round, Access.WRITE, clock.today())
    if place.report is None:
        raise Http404
    try:
        statements.ask(by=actor_from(request), report=place.report)
    except statements.NobodyToAsk:
        messages.warning(request, _("Ingen har rollen tillitsvalgt i prosjektet, så det er ingen å spørre."))
    except drafts.NotWritable:
        messages.warning(request, _("Rapporten kan ikke endres nå."))
    else:
        messages.success(request, _("De tillitsvalgte er bedt om en uttalelse, og kan lese utkastet."))
        if place.report.state == Report.State.AWAITING_SIGNATURE:
            messages.info(request, _("Rapporten er endret, så den må sendes til prosjekteier på nytt."))
    return redirect_after_post(request, reverse("report_preview", args=[slug, round]) + "#tillitsvalgte")


def _done(request: SignedInRequest, report: Report, data: dict[str, Any]) -> str:
    """Do what the button says; what was done, in words."""
    by, go = actor_from(request), request.POST.get("go")
    if go == "sign":
        statements.sign(by=by, report=report, text=data["text"], version=data["version"])
        return _("Uttalelsen er signert og er med i rapporten.")
    if go == "take_back":
        statements.take_back(by=by, report=report, text=data["text"], version=data["version"])
        return _("Uttalelsen er tatt ut av rapporten. Teksten ligger her som utkast.")
    statements.save(by=by, report=report, text=data["text"], version=data["version"])
    return _("Utkastet er lagret. Det er ikke med i rapporten før du signerer.")


def _form_of(own: UnionStatement | None) -> StatementForm:
    return StatementForm(initial={"text": own.draft if own else "", "version": own.version if own else 0})


def _page(
    request: SignedInRequest,
    place: Place,
    report: Report,
    own: UnionStatement | None,
    form: StatementForm,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    is_open = report.is_writable and (report.is_back or report.round.is_open(place.today))
    context: dict[str, Any] = {
        "place": place,
        "project": place.project,
        "report": report,
        "name": str(place.round),
        "own": own,
        "form": form,
        "is_open": is_open,
        "is_with_owner": report.state == Report.State.AWAITING_SIGNATURE and report.round.signature == "before",
        "is_shared": report.statement_asked_at is not None,
        "crumbs": [(_("Min side"), reverse("my_work")), (_("Uttalelse"), request.path)],
    }
    if request.method == "POST" and not is_open:
        typed = request.POST.get("text", "").replace("\r\n", "\n").strip()
        context["unsaved"] = typed if own is None or typed != own.draft else ""
    if context["is_shared"] and is_open:
        what = content.content(report, place.today)
        shown = {key: value for key, value in what.items() if key != "replies"}
        hidden = hidden_targets(row["id"] for row in what["targets"])  # the representative is not of the workspace
        facts = facts_in([row for row in what["targets"] if row["id"] not in hidden])
        context |= {"sections": sections_in(shown), "facts": facts, "is_frozen": True, "are_hidden": bool(hidden)}
    return render(request, "annual/statement.html", context | more, status=status)
