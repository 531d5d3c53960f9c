"""The grant of one project: its page, and rows added, corrected, judged and approved."""

from datetime import date
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
from benefits.navigation import project_crumbs
from projects.access import may
from projects.models import Project
from projects.roles import Access
from reporting.grants import actions
from reporting.grants.access import grant_project, may_in_grant
from reporting.grants.forms import AccountForm, EntryForm, JudgeForm, WithdrawForm, form_of, initial_of
from reporting.grants.history import history_of
from reporting.grants.kinds import KINDS, Kind
from reporting.grants.models import ConditionCheck, Entry, GrantAccount, GrantCondition, GrantPromise
from reporting.grants.record import grant_record
from reporting.grants.sheets import record_sheet
from reporting.grants.shown import card_of
from reporting.grants.wording import HEADINGS, corrected_words, differences, early_words, overpaid_words, spent_words
from saman import clock
from saman.htmx import by_button, redirect_after_post
from saman.sheets import download


@require_safe
def grant(request: SignedInRequest, slug: str) -> HttpResponse:
    """What is promised, on which conditions, what is paid, and whether more can be."""
    today = clock.today()
    project, roles = grant_project(request.user, slug, Access.GRANT, today)
    record = grant_record(project.pk, today)
    context = {
        "project": project,
        "today": today,
        "record": record,
        "card": card_of(record.facts, today, project, request.user),
        "history": history_of(project.pk),
        "may_pay": may_in_grant(request.user, project, Access.PAY, today),
        "may_write": may(roles, Access.WRITE),
        "may_approve": may(roles, Access.SIGN),
        "person": request.user,
        **_frame(request, project),
    }
    return render(request, "grants/grant.html", context)


@require_safe
def grant_download(request: SignedInRequest, slug: str, form: str) -> HttpResponseBase:
    """The rows of the page as a table to take away: those that stand."""
    today = clock.today()
    project, _roles = grant_project(request.user, slug, Access.GRANT, today)
    return download(record_sheet(project, grant_record(project.pk, today)), form, clock.now())


@require_http_methods(["GET", "HEAD", "POST"])
def entry_new(request: SignedInRequest, slug: str, kind: str) -> HttpResponse:
    """Add a row."""
    which, today = KINDS[kind], clock.today()
    project, _roles = grant_project(request.user, slug, which.access, today)
    form = form_of(which, request.POST or None, today=today, first=_first_year(project))
    if request.method == "POST" and form.is_valid():
        by = actor_from(request)
        added = _tried(form, lambda: actions.add_once(by=by, project=project, kind=which, values=form.values(which)))
        if added is not None:
            is_new = added[1]
            words = _("Raden er registrert.") if is_new else _("Raden fantes fra før, og er ikke registrert på nytt.")
            return _done(request, project, words, which)
    return _form(request, project, which, form, HEADINGS[kind][0])


@require_http_methods(["GET", "HEAD", "POST"])
def entry_edit(request: SignedInRequest, slug: str, kind: str, **named: int) -> HttpResponse:
    """Correct a row, or take it out: what it said stays in the history."""
    which, today = KINDS[kind], clock.today()
    project, _roles = grant_project(request.user, slug, which.access, today)
    model: Any = which.model
    entry: Entry = get_object_or_404(model.objects.filter(project=project), pk=named[kind])
    is_withdrawal = request.POST.get("do") == "withdraw"
    sent = request.POST or None
    options: dict[str, Any] = {
        "today": today,
        "first": _first_year(project),
        "corrects": True,
        "initial": initial_of(which, entry),
    }
    form = form_of(which, None if is_withdrawal else sent, **options)
    withdrawal = WithdrawForm(sent if is_withdrawal else None, prefix="trekk")
    chosen: forms.Form = withdrawal if is_withdrawal else form
    page: dict[str, Any] = {"withdrawal": withdrawal, "is_approved": getattr(entry, "approved_at", None) is not None}
    if entry.superseded_at is not None and request.method != "POST":
        return _gone(request, project, which)
    if request.method == "POST" and chosen.is_valid():
        try:
            if _tried(chosen, lambda: _change(request, entry, which, form, withdrawal, is_withdrawal)):
                words = _("Raden er trukket.") if is_withdrawal else corrected_words(entry)
                return _done(request, project, words, which)
        except actions.StaleEntry as stale:
            now = stale.current
            if is_withdrawal and now is None:
                return _gone(request, project, which)
            if now is None:  # what was typed can be registered as a new row
                page = {"stale": "gone", "again": reverse(f"grant_{kind}_new", args=[slug])}
                del form.fields["reason"]
                return _form(request, project, which, form, HEADINGS[kind][0], 409, **page)
            page |= {"stale": "corrected", "again": reverse(f"grant_{kind}_edit", args=[slug, now.pk])}
            if is_withdrawal:
                form = form_of(which, **{**options, "initial": initial_of(which, now)})
            else:
                labels = {name: str(field.label) for name, field in form.fields.items()}
                page["changes"] = differences(which, now, form.cleaned_data, labels)
            return _form(request, project, which, form, HEADINGS[kind][1], 409, **page)
    return _form(request, project, which, form, HEADINGS[kind][1], **page)


@require_http_methods(["GET", "HEAD", "POST"])
def condition_judge(request: SignedInRequest, slug: str, condition: int) -> HttpResponse:
    """Say whether a condition is met, and where that can be seen."""
    today = clock.today()
    project, _roles = grant_project(request.user, slug, Access.PAY, today)
    row = get_object_or_404(GrantCondition.objects.filter(project=project), pk=condition)
    newest = row.checks.first()
    initial = {"judged_on": today, "seen": newest.pk if newest else 0}
    form = JudgeForm(request.POST or None, today=today, initial=initial)
    page: dict[str, Any] = {"about": row.text}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.judge(
                by=actor_from(request),
                condition=row,
                is_met=data["is_met"] == "yes",
                judged_on=data["judged_on"],
                evidence=data["evidence"],
                seen=data["seen"],
            )
        except actions.StaleEntry as stale:
            page["stale"] = "gone"
            if isinstance(stale.current, GrantCondition):
                again = reverse("grant_condition_judge", args=[slug, stale.current.pk])
                page = {"stale": "corrected", "about": stale.current.text, "again": again}
                form = _judged_anew(request, today, stale.current.checks.first())
        except actions.StaleCheck as stale:
            page |= {"stale": "judged", "again": request.path, "check": stale.newest}
            form = _judged_anew(request, today, stale.newest)
        else:
            return _done(request, project, _("Vurderingen er registrert."), KINDS["condition"])
    status = 409 if "stale" in page else None
    return _form(request, project, KINDS["condition"], form, _("Vurder vilkåret"), status, **page)


@by_button("grant", "slug", where="#regnskap")
def account_approve(request: SignedInRequest, slug: str, account: int) -> HttpResponse:
    """The owner approves a year's accounts as they stand."""
    project, _roles = grant_project(request.user, slug, Access.SIGN, clock.today())
    row = get_object_or_404(GrantAccount.objects.filter(project=project), pk=account)
    try:
        actions.approve(by=actor_from(request), account=row)
    except actions.OwnAccount:
        messages.warning(request, _("Den som har ført regnskapet, kan ikke godkjenne det."))
    except actions.AlreadyApproved:
        messages.info(request, _("Regnskapet er godkjent fra før."))
    except actions.StaleEntry:
        return _gone(request, project, KINDS["account"])
    else:
        return _done(request, project, _("Regnskapet er godkjent."), KINDS["account"])
    return redirect_after_post(request, _url(project, KINDS["account"]))


def _judged_anew(request: SignedInRequest, today: date, newest: ConditionCheck | None) -> JudgeForm:
    """What was typed, for whoever has now seen the newest check."""
    return JudgeForm({**request.POST.dict(), "seen": newest.pk if newest else 0}, today=today)


def _change(
    request: SignedInRequest, entry: Entry, kind: Kind, form: EntryForm, withdrawal: WithdrawForm, is_withdrawal: bool
) -> bool:
    by = actor_from(request)
    if is_withdrawal:
        actions.withdraw(by=by, entry=entry, reason=withdrawal.cleaned_data["reason"])
    else:
        actions.correct(by=by, entry=entry, values=form.values(kind), reason=form.cleaned_data["reason"])
    return True


def _tried(form: forms.Form, act: Any) -> Any:
    """What the action returns; None when it refused, with the reason at its field."""
    try:
        return act()
    except actions.Overpaid as refused:
        form.add_error("amount" if "amount" in form.fields else None, overpaid_words(refused))
    except actions.PaidTooEarly as early:
        form.add_error(
            next((name for name in ("paid_on", "promised_on") if name in form.fields), None), early_words(early)
        )
    except actions.SpentMoreThanKnown as much:
        assert isinstance(form, AccountForm)
        form.ask_if_sure()
        form.add_error("is_sure", spent_words(much))
    except actions.YearTaken:
        form.add_error("year", _("Det finnes et regnskap for dette året. Rett det i stedet."))
    except actions.YearAhead:
        form.add_error("year", _("Året er ikke slutt ennå. Regnskapet føres når det er over."))
    return None


def _first_year(project: Project) -> int:
    """The first year the project can have accounts of."""
    promised = GrantPromise.objects.filter(superseded_at=None, project=project).order_by("promised_on").first()
    days = [promised.promised_on] if promised else []
    if project.starts_on:
        days.append(project.starts_on)
    return min((day.year for day in days), default=clock.today().year - 3)


def _url(project: Project, kind: Kind) -> str:
    anchors = {"promise": "tilsagn", "payment": "utbetalt", "condition": "vilkar", "funding": "annet"}
    return reverse("grant", args=[project.slug]) + "#" + anchors.get(kind.key, "regnskap")


def _done(request: SignedInRequest, project: Project, text: str, kind: Kind) -> HttpResponse:
    messages.success(request, text)
    return redirect_after_post(request, _url(project, kind))


def _gone(request: SignedInRequest, project: Project, kind: Kind) -> HttpResponse:
    """Someone else was there first: back to how it stands."""
    messages.warning(request, _("Noen andre har endret raden i mellomtiden. Ingenting er lagret."))
    return redirect_after_post(request, _url(project, kind))


def _frame(request: SignedInRequest, project: Project, here: str = "") -> dict[str, Any]:
    """Where one is; an administrator comes from the set-up, and cannot go through the project."""
    grant_page = (_("Tilskudd"), reverse("grant", args=[project.slug]))
    below = [grant_page, (here, request.path)] if here else [grant_page]
    if request.user.is_administrator:
        above = [(_("Oppsett"), reverse("setup")), (project.title, reverse("setup_project", args=[project.slug]))]
        return {"crumbs": [*above, *below]}
    return {"crumbs": project_crumbs(project, *below)}


def _form(
    request: SignedInRequest,
    project: Project,
    kind: Kind,
    form: forms.Form,
    heading: Any,
    status: int | None = None,
    **more: Any,
) -> HttpResponse:
    """A page with one form about a row."""
    context = {"project": project, "form": form, "heading": heading, "back": _url(project, kind)}
    context |= _frame(request, project, str(heading))
    code = status or (422 if request.method == "POST" else 200)
    return render(request, "grants/form.html", context | more, status=code)
