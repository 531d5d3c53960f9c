"""The whole report before it is sent: what is missing, the owner's signature, and the submission itself."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actor import NotAllowed, SignedInRequest, actor_from
from projects.roles import Access
from reporting.annual import content
from reporting.annual.access import Place, place_for
from reporting.annual.actions import drafts, reports, submissions
from reporting.annual.back import back_of
from reporting.annual.differences_shown import shown_differences
from reporting.annual.models import Report, Round
from reporting.annual.prefilled import judged, warnings_of
from reporting.annual.reading import facts_in, sections_in
from reporting.annual.report_page import left_in_words, problem_in_words, roles_in, steps_of
from reporting.annual.statements import representatives, statements_in
from reporting.annual.views.report import frame
from saman import clock
from saman.canonical import digest
from saman.htmx import by_button, redirect_after_post


@require_safe
def report_preview(request: SignedInRequest, slug: str, round: str) -> HttpResponse:
    """Everything the report says, with what is missing, and the next step for the one looking."""
    place, report = _begun(request, slug, round, Access.READ)
    if report is None:
        return redirect("report_round", slug, round)
    if not report.is_writable:
        return redirect("report_receipt", slug, report.submissions.latest("revision").number)
    return _preview(request, place, report)


@by_button("report_preview", "slug", "round")
def report_to_owner(request: SignedInRequest, slug: str, round: str) -> HttpResponse:
    """Ask the owner to read and sign."""
    place, report = _begun(request, slug, round, Access.WRITE)
    if report is None:
        return redirect("report_round", slug, round)
    try:
        reports.send_to_owner(by=actor_from(request), report=report)
    except reports.Incomplete:
        return _preview(request, place, report, status=422)
    except drafts.NotWritable:
        return _refused(request, place, report, _("Rapporten kan ikke endres nå."))
    messages.success(request, _("Rapporten er sendt til prosjekteier, som finner den på Min side."))
    return redirect_after_post(request, _preview_url(place))


@by_button("report_preview", "slug", "round")
def report_sign(request: SignedInRequest, slug: str, round: str) -> HttpResponse:
    """The owner signs what was on the screen, and nothing else."""
    place, report = _begun(request, slug, round, Access.SIGN)
    if report is None:
        return redirect("report_round", slug, round)
    seen = _seen(request)
    try:
        reports.sign(by=actor_from(request), report=report, seen=seen)
    except reports.Incomplete:
        return _preview(request, place, report, status=422)
    except reports.ChangedSinceSeen as changed:
        return _changed(request, place, seen, changed)
    except drafts.NotWritable:
        return _refused(request, place, report, _("Rapporten kan ikke signeres nå."))
    except NotAllowed as error:
        raise PermissionDenied from error
    messages.success(request, _("Rapporten er signert. Prosjektlederen kan sende den inn."))
    return redirect_after_post(request, _preview_url(place))


@by_button("report_preview", "slug", "round")
def report_submit(request: SignedInRequest, slug: str, round: str) -> HttpResponse:
    """Submit what was on the screen, once: a second click and a reload lead to the same receipt."""
    place, report = _begun(request, slug, round, Access.WRITE)
    if report is None:
        return redirect("report_round", slug, round)
    seen, key = _seen(request), _key(request)
    try:
        submission = submissions.submit(by=actor_from(request), report=report, idempotency_key=key, seen=seen)
    except reports.ChangedSinceSeen as changed:
        return _changed(request, place, seen, changed)
    except submissions.AlreadySubmitted as already:
        context = {**frame(request, place), "submission": already.submission}
        return render(request, "annual/already.html", context, status=409)
    except reports.Incomplete:
        return _preview(request, place, report, status=422)
    except submissions.NotSigned:
        text = _("Prosjekteier må signere rapporten først.")
        return _refused(request, place, report, text, status=422)
    except submissions.KeyReused:
        return _refused(request, place, report, _("Siden var for gammel. Se over, og send inn på nytt."), status=422)
    except (reports.RoundNotOpen, drafts.NotWritable):
        return _refused(request, place, report, _("Runden er ikke åpen for innsending."))
    except NotAllowed as error:
        raise PermissionDenied from error
    return redirect_after_post(request, reverse("report_receipt", args=[slug, submission.number]))


def _begun(request: SignedInRequest, slug: str, key: str, access: Access) -> tuple[Place, Report | None]:
    """The report when there is something to read, else None."""
    place = place_for(request.user, slug, key, access, clock.today())
    return place, place.report if place.is_begun else None


def _seen(request: SignedInRequest) -> dict[str, Any]:
    try:
        return content.unseal(request.POST.get("seen", ""))
    except BadSignature as error:
        raise BadRequest("not a content of ours") from error


def _key(request: SignedInRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError as error:
        raise BadRequest("not a key of ours") from error


def _preview(
    request: SignedInRequest, place: Place, report: Report, refusal: str = "", status: int = 200
) -> HttpResponse:
    written = content.draft(report)
    rows = {row.key: row for row in report.sections.all()}
    what = content.content(report, place.today)
    current = digest(what)
    signature = report.signatures.filter(revision=report.revision, digest=current).select_related("signed_by").first()
    is_open = report.is_back or place.round.is_open(place.today)
    needs_signature = place.round.signature == Round.Signature.BEFORE
    missing = _missing(written)
    context = {
        **frame(request, place, _("Se over")),
        "steps": steps_of(written, rows),
        "sections": sections_in(what),
        "facts": judged(place, facts_in(what["targets"])),
        "warnings": warnings_of(place),
        "roles": roles_in(place),
        "missing": [row[:4] for row in missing],
        "left": left_in_words(code for *_shown, code in missing),
        "statements": statements_in(what),
        "may_ask": place.may_write and report.statement_asked_at is None and is_open,
        "has_representatives": representatives(report, place.today),
        "back": back_of(report, what),
        "unanswered": sum(row["reply"] is None for row in what.get("replies", [])),
        "digest": current,
        "seen": content.seal(what),
        "key": uuid4(),
        "signature": signature,
        "may_submit": not missing and (signature or not needs_signature or place.today >= report.due_on),
        "needs_signature": needs_signature and signature is None,
        "refusal": refusal,
    }
    return render(request, "annual/preview.html", context, status=status)


def _missing(written: content.Draft) -> list[tuple[str, str, str, str, str]]:
    """(section key, question key, question, what to do, code) for everything that stands in the way."""
    found = []
    for section in written.sections:
        codes = content.section_errors(written, section)
        for question in section.questions.all():
            if question.key in codes:
                words = problem_in_words(question, codes[question.key])
                found.append((section.key, question.key, question.title_text, words, codes[question.key]))
    return found


def _changed(
    request: SignedInRequest, place: Place, seen: dict[str, Any], changed: reports.ChangedSinceSeen
) -> HttpResponse:
    """What differs from what was on the screen; nothing has been signed or sent."""
    context = {
        **frame(request, place, _("Endret siden du så den")),
        "differences": shown_differences(changed.changes, seen, changed.now),
    }
    return render(request, "annual/changed.html", context, status=409)


def _refused(request: SignedInRequest, place: Place, report: Report, text: str, status: int = 409) -> HttpResponse:
    report = Report.objects.select_related("form").get(pk=report.pk)
    if place.report is None:
        raise Http404
    report.round, report.project = place.round, place.project
    return _preview(request, place, report, refusal=text, status=status)


def _preview_url(place: Place) -> str:
    return reverse("report_preview", args=[place.project.slug, place.key])
