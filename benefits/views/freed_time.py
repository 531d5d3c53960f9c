"""The ledger of freed time: its page, and posts registered, corrected, attested and withdrawn."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import freed_time as actions
from benefits.actions.freed_time import AlreadyAttested, BelowUse, InUse, NotYetFree, StaleFreedTime, UseOutside
from benefits.forms.freed_time import AttestForm, PostChangeForm, PostForm, PostWithdrawForm, initial_of
from benefits.models import FreedTimeVersion
from benefits.navigation import project_crumbs, project_tabs
from benefits.queries.freed_time import Ledger, ledger_of
from benefits.sheets import ledger_sheet
from benefits.wording.freed_time import below_use_text, chart_label, differences, use_outside_text
from projects.access import may, project_for
from projects.models import Project
from projects.roles import Access
from saman import clock
from saman.charts import step_chart
from saman.htmx import by_button, redirect_after_post
from saman.sheets import download

BEYOND = timedelta(days=120)  # the chart goes on so far after the last change


@require_safe
def ledger(request: SignedInRequest, slug: str) -> HttpResponse:
    """What was freed, what it is used for, and what nobody has decided on."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    found = ledger_of(project, today, roles, request.user.pk)
    context = {
        "project": project,
        "today": today,
        "ledger": found,
        "chart": "" if found.is_hidden else _chart(found),
        "places": _places(project),
        "may_register": project.followed_since is not None and may(roles, Access.MEASURE),
        "may_allocate": project.followed_since is not None and may(roles, Access.ALLOCATE),
        **frame(project),
    }
    return render(request, "freed_time/ledger.html", context)


@require_safe
def ledger_download(request: SignedInRequest, slug: str, form: str) -> HttpResponseBase:
    """The same ledger, to take away."""
    project, roles = project_for(request.user, slug, Access.READ, clock.today())
    return download(ledger_sheet(project, ledger_of(project, clock.today(), roles)), form, clock.now())


def _places(project: Project) -> list[tuple[str, str]]:
    """(name, number) of the municipalities; none for a project that has left, which no municipality counts."""
    if project.participation == Project.Participation.WITHDRAWN:
        return []
    return list(project.municipalities.order_by("name").values_list("name", "number"))


@require_http_methods(["GET", "HEAD", "POST"])
def post_new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Register what was freed."""
    project, _roles = project_for(request.user, slug, Access.MEASURE, clock.today())
    form = PostForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        freed_time = actions.register(by=actor_from(request), project=project, post=form.post())
        return done(
            request, project, _("Frigitt tid er registrert. Bestem hva den skal brukes til."), freed_time.number
        )
    return _form(request, project, form, _("Registrer frigitt tid"), _("Registrer"))


@require_http_methods(["GET", "HEAD", "POST"])
def post_edit(request: SignedInRequest, slug: str, post: int) -> HttpResponse:
    """Correct a post; what it said before stays in the history."""
    project, version = _post(request, slug, post, Access.MEASURE)
    initial = {**initial_of(version), "version": version.freed_time.version}
    form = PostChangeForm(request.POST or None, project=project, initial=initial)
    heading, button = _("Rett posten"), _("Lagre")
    if request.method != "POST" or not form.is_valid():
        return _form(request, project, form, heading, button, version=version)
    data = form.cleaned_data
    try:
        actions.correct(
            by=actor_from(request),
            freed_time=version.freed_time,
            version=data["version"],
            post=form.post(),
            reason=data["reason"],
        )
    except BelowUse as refused:
        form.add_error("amount", below_use_text(refused))
    except UseOutside as refused:
        form.add_error("starts_on", use_outside_text(refused))
    except StaleFreedTime as stale:
        newer = PostChangeForm(
            {**request.POST.dict(), "version": str(stale.current.freed_time.version)}, project=project
        )
        more = {"is_stale": True, "changes": differences(stale.current, form.post())}
        return _form(request, project, newer, heading, _("Lagre mitt likevel"), 409, version=stale.current, **more)
    else:
        return done(request, project, _("Posten er rettet."), post)
    return _form(request, project, form, heading, button, version=version)


@require_http_methods(["GET", "HEAD", "POST"])
def post_withdraw(request: SignedInRequest, slug: str, post: int) -> HttpResponse:
    """Take a post that was a mistake out of the ledger."""
    project, version = _post(request, slug, post, Access.MEASURE)
    form = PostWithdrawForm(request.POST or None, initial={"version": version.freed_time.version})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.withdraw(
                by=actor_from(request),
                freed_time=version.freed_time,
                version=data["version"],
                reason=data["reason"],
            )
        except InUse:
            form.add_error(None, _("Tiden er disponert. Trekk bruken først."))
        except StaleFreedTime:
            return _stale(request, project, post)
        else:
            return done(request, project, _("Posten er trukket."))
    return _form(request, project, form, _("Trekk posten"), _("Trekk posten"), version=version, is_danger=True)


@by_button("freed_time", "slug")
def post_attest(request: SignedInRequest, slug: str, post: int) -> HttpResponse:
    """Someone in the line says that the time is there."""
    project, version = _post(request, slug, post, Access.ATTEST)
    form = AttestForm(request.POST)
    if not form.is_valid():
        return _stale(request, project, post)
    try:
        actions.attest(by=actor_from(request), freed_time=version.freed_time, version=form.cleaned_data["version"])
    except (StaleFreedTime, AlreadyAttested):
        return _stale(request, project, post)
    except NotYetFree:
        messages.warning(request, _("Tiden er ikke fri ennå, så den kan ikke bekreftes."))
        return redirect_after_post(request, ledger_url(project, post))
    return done(request, project, _("Du har bekreftet at tiden er frigitt."), post)


def _stale(request: SignedInRequest, project: Project, post: int) -> HttpResponse:
    """Someone else was there first: back to how it stands."""
    messages.warning(request, _("Noen andre har endret posten i mellomtiden. Ingenting er lagret."))
    return redirect_after_post(request, ledger_url(project, post))


def _post(request: SignedInRequest, slug: str, number: int, access: Access) -> tuple[Project, FreedTimeVersion]:
    """The project and what one of its posts says; 404 when it has none of this number, or it is withdrawn."""
    project, _roles = project_for(request.user, slug, access, clock.today())
    rows = FreedTimeVersion.objects.live().filter(freed_time__project=project, withdrawn_on=None)
    rows = rows.select_related("freed_time__project", "benefit", "target", "municipality")
    return project, get_object_or_404(rows, freed_time__number=number)


def _chart(found: Ledger) -> str:
    """The balance over time as a drawing; nothing before there are two levels to tell apart."""
    if not found.steps:
        return ""
    today = clock.today()
    steps = [(on, float(there), float(used)) for on, there, used in found.steps]
    until = max(steps[-1][0], today) + BEYOND
    return step_chart(steps, until=until, today=today, unit=_("årsverk"), label=chart_label(found.balance))


def frame(project: Project, here: str = "", address: str = "") -> dict[str, Any]:
    """Where one is: the way down, and the project's tabs."""
    below = [(_("Frigitt tid"), reverse("freed_time", args=[project.slug]))]
    if here:
        below.append((here, address))
    return {"crumbs": project_crumbs(project, *below), "tabs": project_tabs(project, "freed_time")}


def ledger_url(project: Project, post: int | None = None) -> str:
    """The ledger's page, at one of its posts."""
    return reverse("freed_time", args=[project.slug]) + (f"#post-{post}" if post else "")


def done(request: SignedInRequest, project: Project, text: str, post: int | None = None) -> HttpResponse:
    """Back to the ledger with a word about what was stored."""
    messages.success(request, text)
    return redirect_after_post(request, ledger_url(project, post))


def _form(
    request: SignedInRequest,
    project: Project,
    form: forms.Form,
    heading: str,
    button: str,
    status: int | None = None,
    **more: Any,
) -> HttpResponse:
    """A page with one form about a post."""
    is_back = request.method == "POST"
    context = {"project": project, "form": form, "heading": heading, "button": button}
    context |= frame(project, heading, request.path)
    return render(request, "freed_time/form.html", context | more, status=status or (422 if is_back else 200))
