"""The adviser's pages: the queue of a round's reports, and the review of one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actor import SignedInRequest, actor_from
from projects.access import programme_for
from projects.models import Programme
from reporting.annual import facts_shown, review_page
from reporting.annual.actions import decisions, reviews
from reporting.annual.models import Review, ReviewComment, Submission, TargetAnswer
from reporting.annual.queue import Line, queue, rounds_of
from reporting.annual.review_forms import CommentForm, DecisionForm, QuestionsForm, answer_values
from saman import clock
from saman.htmx import redirect_after_post


@require_safe
def report_queue(request: SignedInRequest, programme: str) -> HttpResponse:
    """The reports of a round: those to read first, the oldest of them first."""
    today = clock.today()
    found = programme_for(request.user, programme, today)
    rounds = rounds_of(found, today)
    asked = request.GET.get("runde", "")
    chosen = next((round_ for round_ in rounds if str(round_.pk) == asked), rounds[0] if rounds else None)
    context = {
        "programme": found,
        "today": today,
        "tabs": [
            {"label": str(round_), "href": f"?runde={round_.pk}", "current": round_ == chosen} for round_ in rounds
        ],
        "round": chosen,
        "queue": queue(chosen, today) if chosen else None,
        "crumbs": _crumbs(found),
    }
    return render(request, "annual/review_queue.html", context)


@require_safe
def report_review(request: SignedInRequest, programme: str, submission: int) -> HttpResponse:
    """One section of a report at a time, or the official questions; and the decision."""
    found, row = _submission(request, programme, submission)
    return _page(request, found, row, {"part": request.GET.get("del")})


@require_POST
def report_comment(request: SignedInRequest, programme: str, submission: int) -> HttpResponse:
    """Comment on a section."""
    found, row = _submission(request, programme, submission)
    form = CommentForm(request.POST)
    if form.is_valid():
        section, by = form.cleaned_data["section"], actor_from(request)
        try:
            review = reviews.open_review(by=by, submission=row)
            reviews.comment(by=by, review=review, section=section, text=form.cleaned_data["text"])
            return _back(request, found, row, section, "kommentarer")
        except reviews.AlreadyDecided:
            return _page(request, found, row, {"part": section, "comment": form, "is_late": True}, status=409)
        except reviews.UnknownSection as error:
            raise Http404 from error
    return _page(request, found, row, {"part": request.POST.get("section"), "comment": form}, status=422)


@require_POST
def report_comment_withdraw(request: SignedInRequest, programme: str, submission: int, comment: int) -> HttpResponse:
    """Take a comment back before the decision."""
    found, row = _submission(request, programme, submission)
    said = get_object_or_404(ReviewComment.objects.select_related("review"), pk=comment, review__submission=row)
    try:
        reviews.withdraw_comment(by=actor_from(request), comment=said)
    except reviews.AlreadyDecided:
        return _page(request, found, row, {"part": said.section, "is_late": True}, status=409)
    return _back(request, found, row, said.section, "kommentarer")


@require_POST
def report_section_read(request: SignedInRequest, programme: str, submission: int) -> HttpResponse:
    """Mark a section as read and go to the next one that is not."""
    found, row = _submission(request, programme, submission)
    section, by = request.POST.get("section", ""), actor_from(request)
    try:
        review = reviews.open_review(by=by, submission=row)
        reviews.mark_read(by=by, review=review, section=section)
    except reviews.AlreadyDecided:
        return _page(request, found, row, {"part": section, "is_late": True}, status=409)
    except reviews.UnknownSection:
        return _page(request, found, row, {}, status=422)
    after = _read(row).after(_read(row).part(section))
    return _back(request, found, row, after.key if after else review_page.QUESTIONS, "del")


@require_POST
def report_questions(request: SignedInRequest, programme: str, submission: int) -> HttpResponse:
    """Answer the three official questions about each target."""
    found, row = _submission(request, programme, submission)
    form = QuestionsForm(request.POST, targets=_read(row).targets)
    shown = {"part": review_page.QUESTIONS, "questions": form}
    if not form.is_valid():
        return _page(request, found, row, shown, status=422)
    try:
        seen = form.cleaned_data["seen"]
        decisions.answer_all(by=actor_from(request), submission=row, seen=seen, answers=form.answers())
    except reviews.AlreadyDecided:
        return _page(request, found, row, {**shown, "is_late": True}, status=409)
    except decisions.StaleReview:
        return _page(request, found, row, {**shown, "is_stale": True}, status=409)
    messages.success(request, _("Svarene er lagret."))
    return _back(request, found, row, review_page.QUESTIONS, "avgjorelse")


@require_POST
def report_decide(request: SignedInRequest, programme: str, submission: int) -> HttpResponse:
    """Return the report or approve it, and say what the project is offered."""
    found, row = _submission(request, programme, submission)
    form = DecisionForm(request.POST, today=clock.today())
    shown = {"part": request.POST.get("part"), "decision": form}
    if not form.is_valid():
        return _page(request, found, row, shown, status=422)
    try:
        decision = form.decision()
        decisions.decide(by=actor_from(request), submission=row, seen=form.cleaned_data["seen"], decision=decision)
    except reviews.AlreadyDecided:
        return _page(request, found, row, {**shown, "is_late": True}, status=409)
    except decisions.StaleReview:
        return _page(request, found, row, {**shown, "is_stale": True}, status=409)
    except (reviews.NothingSaid, reviews.NotRead) as refusal:
        form.add_error(*_refused(refusal))
        return _page(request, found, row, shown, status=422)
    approved = decision.report == Review.Report.APPROVED
    messages.success(request, _("Rapporten er godkjent.") if approved else _("Rapporten er sendt tilbake."))
    return redirect_after_post(request, reverse("report_queue", args=[found.slug]))


def _refused(refusal: Exception) -> tuple[str, str]:
    """The field, and why the report could not be decided so."""
    if isinstance(refusal, reviews.NothingSaid):
        return "note", _("Skriv en kommentar eller en melding, så prosjektet vet hva som må endres.")
    return "report", _("Les alle delene før du godkjenner.")


def _submission(request: SignedInRequest, slug: str, pk: int) -> tuple[Programme, Submission]:
    """A submission in a programme the person advises; 404 for everyone else."""
    programme = programme_for(request.user, slug, clock.today())
    related = ("report__round", "report__project", "by", "signature__signed_by")
    rows = Submission.objects.select_related(*related).filter(report__round__programme=programme)
    return programme, get_object_or_404(rows, pk=pk)


def _read(row: Submission, against_revision: bool = False) -> review_page.Read:
    before = facts_shown.previous_submission(row.report)
    if against_revision:
        before = row.report.submissions.filter(revision=row.revision - 1).first()
    return review_page.read(row, before)


def _page(
    request: SignedInRequest, programme: Programme, row: Submission, shown: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The page of a review, with the forms as they were sent where one was refused."""
    today = clock.today()
    against_revision = row.revision > 1 and request.GET.get("mot") == "versjon"
    what = _read(row, against_revision)
    review, report = what.review, row.report
    stored = review_page.answers_of(review)
    part = shown.pop("part", None)
    line = queue(report.round, today)
    versions = list(report.submissions.defer("snapshot").order_by("revision"))
    context = {
        "programme": programme,
        "today": today,
        "what": what,
        "review": review,
        "project": report.project,
        "report": report,
        "submission": row,
        "is_open": not (review and review.is_decided) and report.revision == row.revision,
        "against_revision": against_revision,
        "is_questions": part == review_page.QUESTIONS,
        "part": what.part(part),
        "next_part": what.after(what.part(part)),
        "read": len(what.parts) - len(what.unread),
        "answered": len(stored),
        "asked": len(what.targets) * len(TargetAnswer.Question.values),
        "moved": review_page.figures_moved(row, today),
        "versions": versions,
        "has_newer": versions[-1].revision > row.revision,
        "comment": CommentForm(initial={"section": what.part(part).key}),
        "questions": _questions_form(what, stored),
        "decision": DecisionForm(today=today, initial={"seen": decisions.state_of(review)}),
        "crumbs": [*_crumbs(programme), (report.project.title, request.path)],
        **_neighbours(line.waiting, row),
        **shown,
    }
    context["groups"] = context["questions"].groups(stored)
    if shown.get("is_stale"):
        _rebase(context["decision"], decisions.state_of(review))
        _rebase(context["questions"], decisions.answers_state(review))
    return render(request, "annual/review.html", context, status=status)


def _questions_form(what: review_page.Read, stored: dict[tuple[int, str], TargetAnswer]) -> QuestionsForm:
    seen = decisions.answers_state(what.review)
    return QuestionsForm(targets=what.targets, initial={**answer_values(stored), "seen": seen})


def _rebase(form: DecisionForm | QuestionsForm, seen: str) -> None:
    """Sent again, what was typed is based on what the page shows now."""
    if form.is_bound:
        typed = form.data.copy()  # type: ignore[attr-defined]
        typed["seen"] = seen
        form.data = typed


def _neighbours(waiting: list[Line], row: Submission) -> dict[str, Any]:
    """Where this one is among those to read, and the ones before and after it."""
    rows = [line.submission for line in waiting]
    if row not in rows:
        return {"place": None, "in_queue": len(rows)}
    place = rows.index(row)
    before, after = rows[place - 1] if place else None, rows[place + 1] if place + 1 < len(rows) else None
    return {"place": place + 1, "in_queue": len(rows), "previous": before, "next": after}


def _back(request: SignedInRequest, programme: Programme, row: Submission, part: str, anchor: str) -> HttpResponse:
    address = reverse("report_review", args=[programme.slug, row.pk])
    return redirect_after_post(request, f"{address}?del={part}#{anchor}")


def _crumbs(programme: Programme) -> list[tuple[str, str]]:
    return [
        (_("Oversikt"), reverse("dashboard", args=[programme.slug])),
        (_("Årsrapporter"), reverse("report_queue", args=[programme.slug])),
    ]
