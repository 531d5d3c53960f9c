"""Benefits: suggested from a target, added, changed and withdrawn by the leader."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actor import SignedInRequest, actor_from
from accounts.models import User
from benefits.actions import benefits
from benefits.actions.benefits import Profile, StaleBenefit, live, profile_of
from benefits.actions.targets import NotFollowed
from benefits.forms.benefits import BenefitForm, WithdrawForm, initial_of
from benefits.models import Benefit, PlanText, TargetVersion
from benefits.plan_content import benefit_content, initiatives_of, targets_of
from benefits.plan_differences import Lines, benefit_lines, differences
from benefits.plan_facts import is_simple
from benefits.suggestions import suggested
from benefits.views.counting import ask_who_counts
from benefits.views.plans import frame
from projects.access import project_for
from projects.models import Project
from projects.roles import Access
from saman import clock
from saman.htmx import by_button, redirect_after_post


@by_button("plan", "slug")
def suggest(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Add the benefit a target suggests, in one press; a target that has one already keeps it."""
    project, _roles = project_for(request.user, slug, Access.WRITE, clock.today())
    target = get_object_or_404(TargetVersion.objects.live(), target__project=project, target__number=number)
    try:
        benefit = benefits.create_first(by=actor_from(request), project=project, profile=suggested(project, target))
    except NotFollowed:
        messages.warning(request, _("Prosjektet er ikke tatt i bruk ennå."))
    else:
        words = _("Effektmålet har en gevinst allerede.")
        if benefit is not None:
            words = _("Gevinsten %(code)s er lagt til. Se over den, og fyll ut det som mangler.")
            words %= {"code": benefit.code}
        messages.success(request, words)
    return redirect_after_post(request, reverse("plan", args=[slug]))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slug: str) -> HttpResponse:
    """Add a benefit."""
    project, _roles = project_for(request.user, slug, Access.WRITE, clock.today())
    form = BenefitForm(request.POST or None, initial={"version": 0}, **_options(project, None))
    if request.method != "POST":
        return _page(request, project, form)
    if not form.is_valid():
        return _page(request, project, form, status=422)
    try:
        benefit = benefits.create(by=actor_from(request), project=project, profile=form.profile())
    except NotFollowed:
        form.add_error(None, _("Prosjektet er ikke tatt i bruk ennå."))
        return _page(request, project, form, status=422)
    ask_who_counts(request, project, f"benefit:{benefit.pk}")
    return _done(request, project, _("Gevinsten %(code)s er lagt til.") % {"code": benefit.code})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Change what a benefit says; a change someone else has overtaken shows both texts and keeps what was typed."""
    project, benefit, current = _load(request, slug, pk)
    options = _options(project, current)
    form = BenefitForm(request.POST or None, initial=initial_of(current, benefit.version), **options)
    if request.method != "POST":
        return _page(request, project, form, benefit=benefit)
    if not form.is_valid():
        return _page(request, project, form, benefit=benefit, status=422)
    data, profile = form.cleaned_data, form.profile()
    try:
        by, seen, reason = actor_from(request), data["version"], data.get("reason", "")
        benefits.change(by=by, benefit=benefit, version=seen, profile=profile, reason=reason)
    except StaleBenefit:
        form.rebase(benefit.version)
        said = [_lines(project, benefit, one) for one in (current, profile)]
        return _page(request, project, form, benefit=benefit, status=409, conflicts=differences(*said))
    ask_who_counts(request, project, f"benefit:{benefit.pk}")
    return _done(request, project, _("Endringen er lagret."))


@by_button("benefit_edit", "slug", "pk", where="#trekk")
def withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Take a benefit out of the plan with a reason, or into it again; it stays in the history either way."""
    project, benefit, current = _load(request, slug, pk)
    data = request.POST if current.withdrawn_on is None else {**request.POST.dict(), "reason": "–"}
    form = WithdrawForm(data, auto_id="trekk_%s")
    if not form.is_valid():
        sheet = BenefitForm(initial=initial_of(current, benefit.version), **_options(project, current))
        return _page(request, project, sheet, benefit=benefit, status=422, withdrawal=form)
    by, seen = actor_from(request), form.cleaned_data["version"]
    try:
        if current.withdrawn_on is None:
            benefits.withdraw(by=by, benefit=benefit, version=seen, reason=form.cleaned_data["reason"])
            return _done(request, project, _("Gevinsten er tatt ut av planen. Den står nederst, og kan tas inn igjen."))
        benefits.take_up(by=by, benefit=benefit, version=seen)
        return _done(request, project, _("Gevinsten er tatt inn i planen igjen."))
    except StaleBenefit:
        words = _("Noen andre har endret gevinsten i mellomtiden. Se hva som står nå, og prøv igjen.")
        messages.warning(request, words)
        return redirect_after_post(request, reverse("benefit_edit", args=[slug, pk]))


def _load(request: SignedInRequest, slug: str, pk: int) -> tuple[Project, Benefit, Profile]:
    project, _roles = project_for(request.user, slug, Access.WRITE, clock.today())
    benefit = get_object_or_404(project.benefits, pk=pk)
    return project, benefit, profile_of(live(benefit))


def _options(project: Project, current: Profile | None) -> dict[str, Any]:
    """What the form offers: the project's targets, people and initiatives, and years from its end on."""
    today = clock.today()
    people = User.objects.filter(role_assignments__in=project.roles.active_on(today)).distinct().order_by("name")
    chosen = User.objects.filter(pk__in=[current.owner_id or 0]) if current else []
    targets = targets_of(project)
    text = PlanText.objects.live().filter(plan__project=project).first()
    return {
        "current": current,
        "targets": targets,
        "people": list(dict.fromkeys([*people, *chosen])),
        "initiatives": initiatives_of(project),
        "first_year": (project.ends_on or today).year,
        "is_simple": is_simple(text, len(targets)),
    }


def _lines(project: Project, benefit: Benefit, profile: Profile) -> Lines:
    """What a benefit says, or would say, in words."""
    owner = User.objects.filter(pk=profile.owner_id or 0).first()
    target = project.targets.filter(pk=profile.target_id or 0).first()
    numbers = project.initiatives.filter(pk__in=profile.initiatives).values_list("number", flat=True)
    return benefit_lines(
        benefit_content(
            profile,
            code=benefit.code,
            owner=owner.name if owner else "",
            target=target.number if target else None,
            initiatives=list(numbers),
        )
    )


def _page(
    request: SignedInRequest,
    project: Project,
    form: BenefitForm,
    status: int = 200,
    benefit: Benefit | None = None,
    withdrawal: forms.Form | None = None,
    **more: Any,
) -> HttpResponse:
    heading = _("Endre gevinst %(code)s") % {"code": benefit.code} if benefit else _("Ny gevinst")
    context = {
        "project": project,
        "benefit": benefit,
        "form": form,
        "heading": heading,
        "is_withdrawn": form.current is not None and form.current.withdrawn_on is not None,
        "withdrawal": withdrawal
        or WithdrawForm(initial={"version": benefit.version if benefit else 1}, auto_id="trekk_%s"),
        **frame(request, project, heading),
        **more,
    }
    return render(request, "plans/benefit.html", context, status=status)


def _done(request: SignedInRequest, project: Project, text: str) -> HttpResponse:
    """Back to the plan with a word about what was stored."""
    messages.success(request, text)
    return redirect_after_post(request, reverse("plan", args=[project.slug]))
