"""An administrator says which projects report in a round, and wipes a test round."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actor import SignedInRequest, actor_from
from projects.views.pages import administrator_only, form_page, sent
from reporting.annual.actions import rounds as actions
from reporting.annual.actions.wiping import begun_in, remove_round, submitted_in, wipe_round
from reporting.annual.models import Report, Submission
from reporting.annual.round_forms import ProjectsForm, RemoveForm, projects_values
from reporting.annual.views.rounds import read_and_write, round_or_404, version_sent, way_to
from saman.htmx import redirect_after_post
from saman.sorting import norwegian


@read_and_write
@administrator_only
def setup_round_projects(request: SignedInRequest, programme: str, round: int) -> HttpResponse:
    """All projects in use, or some of them."""
    found = round_or_404(programme, round)
    may_report = [(project.pk, project.title) for project in actions.may_report(found)]
    may_report.sort(key=lambda row: norwegian(row[1]))
    initial, keys = projects_values(found), [str(pk) for pk, _title in may_report]
    picked = {"alle": keys, "ingen": []}.get(request.GET.get("velg", ""))
    if picked is not None:
        initial |= {"who": "some", "projects": picked}
    form = ProjectsForm(sent(request), initial=initial, may_report=may_report)
    if request.method == "POST" and form.is_valid():
        by, version, chosen = actor_from(request), form.based_on, form.chosen()
        form.attempt(lambda: actions.choose_projects(by=by, round_=found, version=version, projects=chosen))
        if not form.is_stale and not form.errors:
            messages.success(request, _("Hvem som rapporterer, er lagret."))
            return redirect_after_post(request, reverse("setup_round", args=[programme, round]))
        if form.is_stale:
            form.compare(projects_values(round_or_404(programme, round)))
    way = way_to(found.programme, found)
    template = "annual/rounds_projects.html"
    return form_page(request, form, heading=_("Hvem rapporterer?"), action=_("Lagre"), way=way, template=template)


@read_and_write
@administrator_only
def setup_round_remove(request: SignedInRequest, programme: str, round: int) -> HttpResponse:
    """Delete a round that was made by mistake, which nobody has submitted in."""
    found = round_or_404(programme, round)
    if found.is_test:
        raise Http404
    way = way_to(found.programme, found)
    if kept := submitted_in(found):
        heading = _("Runden kan ikke slettes")
        context = {"round": found, "kept": kept, "heading": heading, "crumbs": [*way, (heading, request.path)]}
        status = 422 if request.method == "POST" else 200
        return render(request, "annual/rounds_kept.html", {**context, "back": way[-1][1]}, status=status)
    begun, asked = begun_in(found), found.reports.count()
    form = RemoveForm(sent(request), initial={"version": found.version}, begun=begun)
    if request.method == "POST" and form.is_valid():
        by, version, takes = actor_from(request), form.based_on, form.cleaned_data.get("takes_drafts", False)
        form.attempt(lambda: remove_round(by=by, round_=found, version=version, takes_drafts=takes))
        if not form.is_stale and not form.errors:
            messages.success(request, _("Runden «%(round)s» er slettet.") % {"round": found})
            return redirect_after_post(request, reverse("setup_rounds", args=[programme]))
        if form.is_stale:
            form.compare({"version": round_or_404(programme, round).version})
    lead = ngettext(
        "%(n)s prosjekt blir ikke spurt lenger, og får ingen beskjed om det.",
        "%(n)s prosjekter blir ikke spurt lenger, og får ingen beskjed om det.",
        asked,
    ) % {"n": asked}
    return form_page(request, form, heading=_("Slett runden"), action=_("Slett runden"), way=way, lead=lead)


@read_and_write
@administrator_only
def setup_round_wipe(request: SignedInRequest, programme: str, test_round: int) -> HttpResponse:
    """Delete what was reported in a test round, after a page that says how much that is."""
    found = round_or_404(programme, test_round)
    if not found.is_test:
        raise Http404
    is_stale = False
    if request.method == "POST":
        is_kept, version = request.POST.get("do") != "remove", version_sent(request)
        try:
            begun = wipe_round(by=actor_from(request), round_=found, version=version, is_kept=is_kept)
            said = ngettext("%(n)s påbegynt rapport er slettet.", "%(n)s påbegynte rapporter er slettet.", begun)
            said = said % {"n": begun} if begun else _("Ingen hadde begynt på en rapport.")
            said += "" if is_kept else " " + _("Prøverunden er slettet.")
            messages.success(request, said)
            address = ("setup_round", [programme, test_round]) if is_kept else ("setup_rounds", [programme])
            return redirect_after_post(request, reverse(address[0], args=address[1]))
        except actions.StaleRound:
            is_stale = True
    way, heading = way_to(found.programme, found), _("Slett prøverunden")
    context = {
        "round": round_or_404(programme, test_round),
        "begun": Report.objects.filter(round=found, started_at__isnull=False).count(),
        "submitted": Submission.objects.filter(report__round=found).count(),
        "is_stale": is_stale,
        "heading": heading,
        "crumbs": [*way, (heading, request.path)],
        "back": way[-1][1],
    }
    return render(request, "annual/rounds_wipe.html", context, status=409 if is_stale else 200)
