"""What a group that objects is answered, and who outside the project may read about it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actor import SignedInRequest, actor_from
from benefits.actions import objections, stakeholder_sharing
from benefits.actions.objections import AnswerGone
from benefits.forms.stakeholders import AnswerForm, answer_initial
from benefits.models import ObjectionAnswer, StakeholderRegistration
from benefits.views.stakeholders import TAKEN_OUT, done, form_page, gone, group_of, group_written_of, page_url
from projects.access import project_for
from projects.roles import Access
from projects.views.pages import sent
from saman import clock
from saman.htmx import by_button, redirect_after_post


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, slug: str, group: int) -> HttpResponse:
    """Plan an answer to a group."""
    project, row = group_written_of(request, slug, group)
    form = AnswerForm(sent(request))
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            made = form.attempt(lambda: objections.plan(by=actor_from(request), group=row, promise=form.promise()))
        except AnswerGone:
            form.add_error(None, TAKEN_OUT)
    if made is not None:
        return done(request, project, _("Svaret er planlagt. Si fra her når gruppen har fått det."), group)
    newest = StakeholderRegistration.objects.live().filter(group=row).first()
    return form_page(request, project, form, _("Svar på innvendingen"), group=row, asked=newest)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: SignedInRequest, slug: str, group: int, pk: int) -> HttpResponse:
    """Correct a planned answer; someone else's correction meanwhile is shown beside what was typed."""
    project, row = group_written_of(request, slug, group)
    asked = get_object_or_404(ObjectionAnswer.objects.filter(group=row), pk=pk)
    if request.method != "POST" and (asked.superseded_at is not None or asked.given_on is not None):
        return gone(request, project, group)
    form = AnswerForm(sent(request), initial=answer_initial(asked))
    made = None
    if request.method == "POST" and form.is_valid():
        base = ObjectionAnswer.objects.filter(group=row, pk=form.based_on).first() or asked
        try:
            made = form.attempt(lambda: objections.correct(by=actor_from(request), answer=base, promise=form.promise()))
        except AnswerGone:
            current = _newest(base)
            row.refresh_from_db()
            if row.removed_at is not None:
                form.add_error(None, TAKEN_OUT)
            elif current.given_on is not None:
                form.add_error(None, _("Svaret er registrert som gitt i mellomtiden, og kan ikke rettes."))
            else:
                form.compare_with(current)
    if made is not None:
        return done(request, project, _("Svaret er rettet."), group)
    return form_page(request, project, form, _("Rett svaret"), group=row)


def _newest(answer: ObjectionAnswer) -> ObjectionAnswer:
    """What stands now in the place of an answer."""
    while (later := ObjectionAnswer.objects.filter(replaces=answer).first()) is not None:
        answer = later
    return answer


@by_button("stakeholders", "slug")
def give(request: SignedInRequest, slug: str, group: int, pk: int) -> HttpResponse:
    """Say that a group has had its answer."""
    project, row = group_of(request, slug, group)
    answer = get_object_or_404(ObjectionAnswer.objects.filter(group=row), pk=pk)
    try:
        objections.give(by=actor_from(request), answer=answer)
    except AnswerGone:
        return gone(request, project, group)
    return done(request, project, _("Det er registrert at gruppen har fått svar."), group)


@by_button("stakeholders", "slug")
def share(request: SignedInRequest, slug: str) -> HttpResponse:
    """Let the programme's advisers read the registrations."""
    project, _roles = project_for(request.user, slug, Access.ANSWER, clock.today())
    try:
        stakeholder_sharing.share(by=actor_from(request), project=project)
    except stakeholder_sharing.AlreadySo:
        messages.info(request, _("Registreringene er delt allerede."))
        return redirect_after_post(request, page_url(project))
    return done(request, project, _("Registreringene er delt med programmets rådgivere."))


@by_button("stakeholders", "slug")
def unshare(request: SignedInRequest, slug: str) -> HttpResponse:
    """Let them read nothing more."""
    project, _roles = project_for(request.user, slug, Access.ANSWER, clock.today())
    try:
        stakeholder_sharing.end(by=actor_from(request), project=project)
    except stakeholder_sharing.AlreadySo:
        messages.info(request, _("Registreringene er ikke delt."))
        return redirect_after_post(request, page_url(project))
    return done(request, project, _("Registreringene er ikke delt lenger."))
