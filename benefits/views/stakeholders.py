"""Stakeholders: their page, and groups added, registered again, corrected, confirmed and taken out."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actor import NotAllowed, SignedInRequest, actor_from
from benefits.actions import stakeholders as actions
from benefits.actions.stakeholders import AlreadyConfirmed, OwnRegistration, StaleGroup
from benefits.forms.stakeholders import GroupForm, RegistrationForm, VersionForm, initial
from benefits.models import StakeholderGroup, StakeholderRegistration
from benefits.navigation import project_crumbs, project_tabs
from benefits.queries.stakeholders import stakeholders_of
from benefits.sheets import stakeholders_sheet
from projects.access import is_inside, may, project_for
from projects.forms.refusals import Refusable
from projects.models import Project
from projects.roles import Access
from projects.views.pages import sent
from saman import clock
from saman.htmx import by_button, redirect_after_post
from saman.sheets import download

TAKEN_OUT = gettext_lazy("Gruppen er tatt ut i mellomtiden. Ingenting er lagret.")


@require_safe
def stakeholders(request: SignedInRequest, slug: str) -> HttpResponse:
    """How the groups the project touches look at it, and what they are answered; to an adviser only when shared."""
    today = clock.today()
    project, roles = project_for(request.user, slug, Access.READ, today)
    is_followed = project.followed_since is not None
    context = {
        "project": project,
        "today": today,
        "found": stakeholders_of(project, today, roles, request.user.pk),
        "kinds": [kind for kind in StakeholderGroup.Kind if kind != StakeholderGroup.Kind.OTHER],
        "may_register": is_followed and may(roles, Access.ANSWER),
        "may_confirm": is_followed and may(roles, Access.SIGN) and not may(roles, Access.WRITE),
        **frame(project),
    }
    return render(request, "stakeholders/stakeholders.html", context)


@require_safe
def stakeholders_download(request: SignedInRequest, slug: str, form: str) -> HttpResponseBase:
    """The groups to take away, for the project's own people only: what is shared can be taken back, a file cannot."""
    project, roles = project_for(request.user, slug, Access.READ, clock.today())
    if not is_inside(roles):
        raise NotAllowed
    found = stakeholders_of(project, clock.today(), roles, request.user.pk)
    return download(stakeholders_sheet(project, found.rows), form, clock.now())


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a group; a usual one may be chosen already by the link that led here."""
    today = clock.today()
    project, _roles = project_for(request.user, slug, Access.ANSWER, today)
    form = GroupForm(sent(request), initial={"on": today, "kind": request.GET.get("gruppe", "")})

    def act() -> StakeholderGroup:
        data = form.cleaned_data
        return actions.add(
            by=actor_from(request), project=project, kind=data["kind"], name=data["name"], seen=form.seen()
        )

    made = form.attempt(act) if request.method == "POST" and form.is_valid() else None
    if made is not None:
        return done(request, project, _("Gruppen er lagt til."), made.number)
    return form_page(request, project, form, _("Legg til en gruppe"))


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: SignedInRequest, slug: str, group: int) -> HttpResponse:
    """Register how a group looks at it now; the form begins with what stands."""
    project, row = group_written_of(request, slug, group)
    newest = StakeholderRegistration.objects.live().filter(group=row).first()
    start = {**initial(newest), "on": clock.today(), "version": row.version}
    return _register(request, project, row, start, None, _("Ny registrering"))


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: SignedInRequest, slug: str, group: int, pk: int) -> HttpResponse:
    """Correct what was registered; what it said before stays in the history."""
    project, row = group_written_of(request, slug, group)
    asked = get_object_or_404(StakeholderRegistration.objects.filter(group=row), pk=pk)
    live = _standing(asked)
    if request.method != "POST" and live != asked:
        return gone(request, project, group)
    start = {**initial(live), "version": row.version}
    return _register(request, project, row, start, live, _("Rett registreringen"))


@by_button("stakeholders", "slug")
def confirm(request: SignedInRequest, slug: str, group: int) -> HttpResponse:
    """The owner sees it in the same way. What is confirmed is what was on the page."""
    project, row = group_of(request, slug, group, Access.SIGN)
    shown = request.POST.get("registration", "")
    newest = StakeholderRegistration.objects.live().filter(group=row).first()
    if newest is None or str(newest.pk) != shown:
        return gone(request, project, group)
    try:
        actions.confirm(by=actor_from(request), registration=newest)
    except AlreadyConfirmed:
        return gone(request, project, group)
    except OwnRegistration:
        messages.warning(request, _("Du har registrert dette selv. En annen må bekrefte det."))
        return redirect_after_post(request, page_url(project, group))
    return done(request, project, _("Registreringen er bekreftet."), group)


@by_button("stakeholders", "slug")
def remove(request: SignedInRequest, slug: str, group: int) -> HttpResponse:
    """Take a group out."""
    project, row = group_of(request, slug, group)
    form = VersionForm(request.POST)
    try:
        actions.remove(
            by=actor_from(request), group=row, version=form.cleaned_data["version"] if form.is_valid() else 0
        )
    except StaleGroup:
        return gone(request, project, group)
    return done(request, project, _("Gruppen er tatt ut. Det som er registrert, står i historikken."))


def _register(
    request: SignedInRequest,
    project: Project,
    group: StakeholderGroup,
    start: dict[str, Any],
    corrected: StakeholderRegistration | None,
    heading: str,
) -> HttpResponse:
    """The form of a registration, new or corrected; someone else's meanwhile is shown beside what was typed."""
    form = RegistrationForm(sent(request), initial=start)

    def act() -> StakeholderRegistration:
        return actions.register(
            by=actor_from(request),
            group=group,
            version=form.based_on,
            seen=form.seen(),
            corrects=corrected.pk if corrected else None,
        )

    made = None
    if request.method == "POST" and form.is_valid():
        try:
            made = form.attempt(act)
        except StaleGroup as stale:
            group.refresh_from_db()
            if group.removed_at is not None:
                form.add_error(None, TAKEN_OUT)
            else:
                form.compare_with(group.version, corrected or stale.current)
    if made is not None:
        return done(request, project, _("Registreringen er lagret."), group.number)
    return form_page(request, project, form, heading, group=group)


def _standing(asked: StakeholderRegistration) -> StakeholderRegistration:
    """What stands in the place of a registration, also when a correction has moved it to another day."""
    while asked.superseded_at is not None:
        later = StakeholderRegistration.objects.filter(group=asked.group, pk__gt=asked.pk)
        asked = later.filter(recorded_at=asked.superseded_at).order_by("pk")[0]
    return asked


def group_of(
    request: SignedInRequest, slug: str, number: int, access: Access = Access.ANSWER
) -> tuple[Project, StakeholderGroup]:
    """The project and one of its groups that is still there; 404 when there is none of this number."""
    project, row = _group(request, slug, number, access)
    if row.removed_at is not None:
        raise Http404
    return project, row


def group_written_of(request: SignedInRequest, slug: str, number: int) -> tuple[Project, StakeholderGroup]:
    """The group a form is about: when the form is sent also one taken out since, so that what was typed comes back."""
    if request.method == "POST":
        return _group(request, slug, number, Access.ANSWER)
    return group_of(request, slug, number)


def _group(request: SignedInRequest, slug: str, number: int, access: Access) -> tuple[Project, StakeholderGroup]:
    project, _roles = project_for(request.user, slug, access, clock.today())
    row = get_object_or_404(StakeholderGroup, project=project, number=number)
    row.project = project
    return project, row


def frame(project: Project, here: str = "", address: str = "") -> dict[str, Any]:
    """Where one is: the way down, and the project's tabs."""
    below = [(_("Interessenter"), reverse("stakeholders", args=[project.slug]))]
    if here:
        below.append((here, address))
    return {"crumbs": project_crumbs(project, *below), "tabs": project_tabs(project, "stakeholders")}


def page_url(project: Project, group: int | None = None) -> str:
    """The stakeholders' page, at one of the groups."""
    return reverse("stakeholders", args=[project.slug]) + (f"#gruppe-{group}" if group else "")


def done(request: SignedInRequest, project: Project, text: str, group: int | None = None) -> HttpResponse:
    """Back to the page with a word about what was stored."""
    messages.success(request, text)
    return redirect_after_post(request, page_url(project, group))


def gone(request: SignedInRequest, project: Project, group: int | None = None) -> HttpResponse:
    """Someone else was there first: back to how it stands."""
    messages.warning(request, _("Noen andre har endret dette i mellomtiden. Ingenting er lagret."))
    return redirect_after_post(request, page_url(project, group))


def form_page(request: SignedInRequest, project: Project, form: Refusable, heading: str, **more: Any) -> HttpResponse:
    """A page with one form: 409 when someone else was first, 422 when something must be mended."""
    status = 409 if form.is_stale else 422 if form.is_bound and form.errors else 200
    context = {"project": project, "form": form, "heading": heading, **frame(project, heading, request.path), **more}
    return render(request, "stakeholders/form.html", context, status=status)
