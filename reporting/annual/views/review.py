"""The adviser's pages: the review of one report."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest, actor_from
from projects.access import programme_for
from projects.models import Programme
from reporting.annual import facts_shown, public_version, publishing, review_page
from reporting.annual.actions import decisions, reviews
from reporting.annual.actions import second_readings as readings
from reporting.annual.earlier import Key, earlier
from reporting.annual.machine_checks import Check, Looked, checks
from reporting.annual.models import Published, Review, ReviewComment, SecondAnswer, Submission, TargetAnswer
from reporting.annual.queue import Line, queue
from reporting.annual.review_forms import CommentForm, DecisionForm, QuestionsForm, answer_values
from reporting.annual.second_readings import second_readings
from reporting.annual.statements import statements_in
from reporting.annual.views.queue import queue_crumbs
from saman import clock
from saman.canonical import parse
from saman.formatting import joined
from saman.htmx import by_button, redirect_after_post

TO_QUESTIONS = f"?del={review_page.QUESTIONS}"


@require_safe
def report_review(request: SignedInRequest, programme: str, submission: int) -> HttpResponse:
    """One section of a report at a time, or the official questions; and the decision."""
    found, row = _submission(request, programme, submission)
    return _page(request, found, row, {"part": request.GET.get("del")})


@by_button("report_review", "programme", "submission", where="#kommentarer")
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


@by_button("report_review", "programme", "submission", where="#kommentarer")
def report_comment_withdraw(request: SignedInRequest, programme: str, submission: int, comment: int) -> HttpResponse:
    """Take a comment back before the decision."""
    found, row = _submission(request, programme, submission)
    said = get_object_or_404(ReviewComment.objects.select_related("review"), pk=comment, review__submission=row)
    try:
        reviews.withdraw_comment(by=actor_from(request), comment=said)
    except reviews.AlreadyDecided:
        return _page(request, found, row, {"part": said.section, "is_late": True}, status=409)
    return _back(request, found, row, said.section, "kommentarer")


@by_button("report_review", "programme", "submission")
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


@by_button("report_review", "programme", "submission", where=TO_QUESTIONS)
def report_questions(request: SignedInRequest, programme: str, submission: int) -> HttpResponse:
    """Answer the three official questions about each target."""
    found, row = _submission(request, programme, submission)
    form = QuestionsForm(request.POST, targets=_read(row).targets, kept={})
    shown = {"part": review_page.QUESTIONS, "questions": form}
    if not form.is_valid():
        return _page(request, found, row, shown, status=422)
    try:
        seen = form.cleaned_data["seen"]
        decisions.answer_all(by=actor_from(request), submission=row, seen=seen, answers=form.answers())
    except reviews.AlreadyDecided:
        return _page(request, found, row, {**shown, "is_late": True}, status=409)
    except decisions.StaleReview:
        with suppress(reviews.AlreadyDecided):  # what was saved meanwhile is shown beside what was typed
            readings.see_answers(by=actor_from(request), submission=row)
        return _page(request, found, row, {**shown, "is_stale": True}, status=409)
    messages.success(request, _("Svarene er lagret."))
    return _back(request, found, row, review_page.QUESTIONS, "avgjorelse")


@by_button("report_review", "programme", "submission", where=TO_QUESTIONS)
def report_second_reading(request: SignedInRequest, programme: str, submission: int) -> HttpResponse:
    """Answer the same questions independently, before seeing what the first adviser answered."""
    found, row = _submission(request, programme, submission)
    what = _read(row)
    second = second_readings(what.review, review_page.answers_of(what.review), what.targets, request.user, True)
    form = QuestionsForm(request.POST, targets=what.targets, kept=second.kept)
    shown = {"part": review_page.QUESTIONS, "questions": form}
    if not form.is_valid():
        form.ask_for_the_rest()
        return _page(request, found, row, shown, status=422)
    try:
        readings.save_reading(by=actor_from(request), submission=row, answers=form.answers())
    except readings.Unanswered:
        form.ask_for_the_rest()
        return _page(request, found, row, shown, status=422)
    except (reviews.AlreadyDecided, readings.AlreadyRead, readings.NotIndependent):
        return _page(request, found, row, {**shown, "is_unread": True}, status=409)
    messages.success(request, _("Svarene dine er lagret."))
    return _back(request, found, row, review_page.QUESTIONS, "del")


@by_button("report_review", "programme", "submission", where=TO_QUESTIONS)
def report_see_answers(request: SignedInRequest, programme: str, submission: int) -> HttpResponse:
    """See the first answers instead of reading independently."""
    found, row = _submission(request, programme, submission)
    with suppress(reviews.AlreadyDecided):  # of an older version they are shown to everybody
        readings.see_answers(by=actor_from(request), submission=row)
    return _back(request, found, row, review_page.QUESTIONS, "del")


@by_button("report_review", "programme", "submission", where="#avgjorelse")
def report_decide(request: SignedInRequest, programme: str, submission: int) -> HttpResponse:
    """Return the report or approve it, and say what the project is offered."""
    found, row = _submission(request, programme, submission)
    form = _decision_form(request, row)
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
    except (decisions.QuestionsLeft, reviews.DeadlinePassed, reviews.DeadlineTooLate):
        form = _decision_form(request, _submission(request, programme, submission)[1])  # says what has come to be wrong
        return _page(request, found, row, {**shown, "decision": form}, status=422)
    except (reviews.NothingSaid, reviews.NotRead) as refusal:
        form.add_error(*_refused(refusal))
        return _page(request, found, row, shown, status=422)
    approved = decision.report == Review.Report.APPROVED
    messages.success(request, _("Rapporten er godkjent.") if approved else _("Rapporten er sendt tilbake."))
    return redirect_after_post(request, reverse("report_queue", args=[found.slug]))


@require_safe
def report_public_preview(request: SignedInRequest, programme: str, submission: int) -> HttpResponse:
    """What everybody will see of the report when it is approved, with what is left out and taken out."""
    found, row = _submission(request, programme, submission)
    back = reverse("report_review", args=[found.slug, row.pk])
    here = _("Offentlig versjon")
    way = [*queue_crumbs(found), (row.report.project.title, back), (here, request.path)]
    targets = publishing.rows(row, Published(project_id=row.report.project_id))
    public = parse(public_version.contents_of(row, targets, clock.today()))
    context = {**public_version.shown(public), "project": row.report.project, "crumbs": way, "is_preview": True}
    return render(request, "annual/public_preview.html", context)


def _decision_form(request: SignedInRequest, row: Submission) -> DecisionForm:
    """What was sent, held against what is asked of a decision now."""
    left = decisions.questions_left(row)[row.pk]
    return DecisionForm(request.POST, today=clock.today(), round_=row.report.round, left=left)


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
    is_newest = report.revision == row.revision
    asked = len(what.targets) * len(TargetAnswer.Question.values)
    second = second_readings(review, stored, what.targets, request.user, is_newest)
    then = earlier(row, request.user, only_own=second.is_hidden)
    visible = {} if second.is_hidden else stored
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
        "is_open": not (review and review.is_decided) and is_newest,
        "second": second,
        "earlier": then,
        "proposed": len(then.proposed(visible)),
        "against_revision": against_revision,
        "is_questions": part == review_page.QUESTIONS,
        "part": what.part(part),
        "next_part": what.after(what.part(part)),
        "read": len(what.parts) - len(what.unread),
        "answered": len(stored),
        "asked": asked,
        "unanswered": "" if second.is_hidden else _unanswered(what, stored),
        "statements": statements_in(row.contents["content"]),
        "is_last": what.part(part) is what.parts[-1],
        "checks": _checks(row, what, against_revision, today),
        "versions": versions,
        "has_newer": versions[-1].revision > row.revision,
        "comment": CommentForm(initial={"section": what.part(part).key}),
        "questions": _questions_form(what, {**then.proposed(visible), **visible}, second.kept),
        "decision": DecisionForm(
            today=today,
            round_=report.round,
            left=decisions.Left(asked - len(stored), asked),
            initial={"seen": decisions.state_of(review)},
        ),
        "crumbs": [*queue_crumbs(programme), (report.project.title, request.path)],
        **_neighbours(line.waiting, row),
        **shown,
    }
    context["groups"] = context["questions"].groups(visible, then.answers)
    if shown.get("is_stale"):
        _rebase(context["decision"], decisions.state_of(review))
        _rebase(context["questions"], decisions.answers_state(review))
    return render(request, "annual/review.html", context, status=status)


def _unanswered(what: review_page.Read, answers: Mapping[Key, TargetAnswer]) -> str:
    """The targets with official questions left, and how many: «E1 (2) og E3 (1)»; "" when all are answered."""
    left = [
        (target.code, sum((target.pk, question) not in answers for question in TargetAnswer.Question.values))
        for target in what.targets
    ]
    return joined([f"{code} ({count})" for code, count in left if count])


def _checks(row: Submission, what: review_page.Read, against_revision: bool, today: date) -> list[Check]:
    looked = Looked(
        moved=review_page.figures_moved(row, today),
        same=what.same_as_before,
        against_revision=against_revision,
        pitfalls=len(what.pitfalls),
        statements=statements_in(row.contents["content"]),
    )
    return checks(row, looked, today)


def _questions_form(
    what: review_page.Read,
    answers: Mapping[Key, TargetAnswer | SecondAnswer],
    kept: Mapping[Key, SecondAnswer],
) -> QuestionsForm:
    seen = decisions.answers_state(what.review)
    return QuestionsForm(targets=what.targets, kept=kept, initial={**answer_values(answers), "seen": seen})


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
