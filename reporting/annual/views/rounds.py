"""An administrator sets up the rounds of a programme, and edits the form a round uses."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import SignedInRequest, actor_from
from projects.models import Programme
from projects.views.pages import Crumb, administrator_only, crumbs, form_page, sent
from reporting.annual.actions import forms as form_actions
from reporting.annual.actions import rounds as actions
from reporting.annual.actions.wiping import is_submitted_in
from reporting.annual.content import sections_of
from reporting.annual.models import FormVersion, Report, Round
from reporting.annual.report_page import field_of
from reporting.annual.round_forms import LANGUAGES, ReopenForm, RoundForm, first_values, next_values, round_values
from saman import clock
from saman.htmx import by_button, redirect_after_post
from saman.sorting import norwegian

read_and_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@administrator_only
def setup_rounds(request: SignedInRequest, programme: str) -> HttpResponse:
    """The rounds of a programme, the newest first."""
    found = get_object_or_404(Programme, slug=programme)
    rounds = Round.objects.filter(programme=found).select_related("form").order_by("-period_end", "-opens_on")
    context = {"programme": found, "rounds": rounds, "today": clock.today(), "crumbs": way_to(found)}
    return render(request, "annual/rounds.html", context)


@read_and_write
@administrator_only
def setup_round_new(request: SignedInRequest, programme: str) -> HttpResponse:
    """Make a round of a kind: the last one of it, moved to a year with its deadline ahead, until else is typed."""
    found = get_object_or_404(Programme, slug=programme)
    asked = request.POST.get("kind") or request.GET.get("slag")
    kind = Round.Kind(asked) if asked in Round.Kind.values else Round.Kind.YEAR
    last = Round.objects.filter(programme=found, kind=kind, is_test=False).order_by("-period_end").first()
    initial = next_values(last, clock.today()) if last else first_values(kind, clock.today())
    form = RoundForm(sent(request), kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        by = actor_from(request)
        made = form.attempt(lambda: actions.create_round(by=by, programme=found, plan=form.plan()))
        if made:
            messages.success(request, _("Runden er laget. Alle prosjekter i bruk har fått en rapport."))
            return redirect_after_post(request, reverse("setup_round", args=[programme, made.pk]))
    lead = _("Datoene og reglene er hentet fra %(round)s.") % {"round": last} if last else ""
    tabs = [{"label": each.label, "href": f"?slag={each}", "current": each == kind} for each in Round.Kind]
    return form_page(
        request,
        form,
        heading=_("Ny runde: %(kind)s") % {"kind": kind.label},
        action=_("Lag runden"),
        way=way_to(found),
        template="annual/rounds_new.html",
        lead=lead,
        tabs=tabs,
    )


@require_safe
@administrator_only
def setup_round(request: SignedInRequest, programme: str, round: int) -> HttpResponse:
    """A round: its dates and rules, and its forms as people will meet them."""
    found = round_or_404(programme, round)
    chosen = found.short_form if request.GET.get("skjema") == "short" and found.short_form else found.form
    tabs = [(FormVersion.Kind.FULL, found.form), (FormVersion.Kind.SHORT, found.short_form)]
    context = {
        "round": found,
        "programme": found.programme,
        "form_version": chosen,
        "sections": sections_of(chosen),
        "is_in_use": form_actions.is_in_use(chosen, found),
        "tabs": [
            {"label": kind.label, "href": f"?skjema={kind}", "current": form == chosen} for kind, form in tabs if form
        ],
        "today": clock.today(),
        "asked": found.reports.count(),
        "missing": _missing(found),
        "may_remove": not found.is_test and not is_submitted_in(found),
        "crumbs": way_to(found.programme, found),
    }
    return render(request, "annual/rounds_round.html", context)


@require_safe
@administrator_only
def setup_round_preview(request: SignedInRequest, programme: str, round: int) -> HttpResponse:
    """The whole form as those who write will meet it, in one language at a time."""
    found = round_or_404(programme, round)
    kind = "short" if request.GET.get("skjema") == "short" and found.short_form else "full"
    sections = sections_of(form_or_404(found, kind))
    language = request.GET.get("sprak", "")
    language = language if language in dict(LANGUAGES) else "nb"
    way, heading = way_to(found.programme, found), _("Forhåndsvis skjemaet")
    context = {
        "round": found,
        "language": language,
        "sections": [(section, [field_of(question) for question in section.questions.all()]) for section in sections],
        "tabs": [
            {"label": str(words).capitalize(), "href": f"?skjema={kind}&sprak={key}", "current": key == language}
            for key, words in LANGUAGES
        ],
        "heading": heading,
        "crumbs": [*way, (heading, request.path)],
    }
    return render(request, "annual/rounds_form.html", context)


@read_and_write
@administrator_only
def setup_round_edit(request: SignedInRequest, programme: str, round: int) -> HttpResponse:
    """Change a round's dates and rules."""
    found = round_or_404(programme, round)
    form = RoundForm(sent(request), kind=found.kind, stored=found, initial=round_values(found))
    if request.method == "POST" and form.is_valid():
        by, version = actor_from(request), form.based_on
        form.attempt(lambda: actions.change_round(by=by, round_=found, version=version, plan=form.plan()))
        if not form.is_stale and not form.errors:
            messages.success(request, _("Runden er endret."))
            return redirect_after_post(request, reverse("setup_round", args=[programme, round]))
        if form.is_stale:
            form.compare(round_values(round_or_404(programme, round)))
    way = way_to(found.programme, found)
    return form_page(request, form, heading=_("Endre runden"), action=_("Lagre"), way=way)


@by_button("setup_round", "programme", "round", where="#steng")
@administrator_only
def setup_round_close(request: SignedInRequest, programme: str, round: int) -> HttpResponse:
    """Take no more reports after today."""
    found = round_or_404(programme, round)
    try:
        actions.close_round(by=actor_from(request), round_=found, version=version_sent(request))
        messages.success(request, _("Runden er stengt. Den tar imot rapporter ut dagen."))
    except actions.StaleRound:
        messages.warning(request, _("Noen andre har endret runden i mellomtiden. Se over den og prøv igjen."))
    return redirect_after_post(request, reverse("setup_round", args=[programme, round]))


@read_and_write
@administrator_only
def setup_round_reopen(request: SignedInRequest, programme: str, round: int) -> HttpResponse:
    """Let a closed round take reports again, by a new deadline."""
    found = round_or_404(programme, round)
    form = ReopenForm(sent(request), initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        by, version, day = actor_from(request), form.based_on, form.cleaned_data["deadline"]
        form.attempt(lambda: actions.reopen_round(by=by, round_=found, version=version, deadline=day))
        if not form.is_stale and not form.errors:
            messages.success(request, _("Runden er åpen igjen."))
            return redirect_after_post(request, reverse("setup_round", args=[programme, round]))
        if form.is_stale:
            form.compare({"version": round_or_404(programme, round).version})
    way = way_to(found.programme, found)
    lead = _("Prosjektene som ikke har levert, blir spurt igjen, og kan skrive videre på det de har begynt på.")
    return form_page(request, form, heading=_("Åpne runden igjen"), action=_("Åpne runden igjen"), way=way, lead=lead)


def _missing(found: Round) -> list[str]:
    """The titles of the projects that have not submitted and are asked to; one sent back may come all the same."""
    rows = found.reports.exclude(state__in=Report.RECEIVED).filter(revision=1)
    return sorted(rows.values_list("project__title", flat=True), key=norwegian)


def round_or_404(programme: str, pk: int) -> Round:
    """A round of a programme."""
    related = ("programme", "form", "short_form")
    return get_object_or_404(Round.objects.select_related(*related), programme__slug=programme, pk=pk)


def version_sent(request: SignedInRequest) -> int:
    """The version a button was pressed on; one that is not a number is as stale as any."""
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else 0


def form_or_404(found: Round, kind: str) -> FormVersion:
    """The form of a kind that a round uses."""
    form = {FormVersion.Kind.FULL: found.form, FormVersion.Kind.SHORT: found.short_form}.get(kind)  # type: ignore[call-overload]
    if form is None:
        raise Http404
    return form


def way_to(programme: Programme, found: Round | None = None) -> list[Crumb]:
    """The way down to the rounds, or to one of them."""
    way = [*crumbs(programme), (_("Rapportrunder"), reverse("setup_rounds", args=[programme.slug]))]
    return [*way, (str(found), reverse("setup_round", args=[programme.slug, found.pk]))] if found else way
