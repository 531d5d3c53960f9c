"""Writing one section of the report: shown, and saved by its buttons or while writing."""

import json
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actor import Actor, NotAllowed, SignedInRequest, actor_from
from projects.roles import Access
from reporting.annual.access import Place, place_for, round_key
from reporting.annual.actions import drafts, replies
from reporting.annual.content import signature_of
from reporting.annual.models import ConflictCopy, OwnerSignature, Question, Report, ReviewComment
from reporting.annual.posted import Posted, posted
from reporting.annual.presence import Other, others_writing
from reporting.annual.reading import Answer, in_words
from reporting.annual.report_page import SectionPage, Step, Typed, left_in_words, section_page
from reporting.annual.returned import TypedReplies, said_last_year, said_of
from reporting.annual.views.report import frame
from saman import clock
from saman.htmx import redirect_after_post, wants_fragment
from saman.parsing import InvalidText


@require_http_methods(["GET", "HEAD", "POST"])
def report_section(request: SignedInRequest, slug: str, round: str, section: str) -> HttpResponse:
    """One section: read it, save it by its button, or have it saved while writing."""
    place = place_for(request.user, slug, round, Access.WRITE, clock.today())
    report = place.report
    if report is None or report.started_at is None:
        return redirect("report_round", slug, round)
    if request.method != "POST":
        if not report.is_writable:
            return redirect("report_preview", slug, round)
        return _section(request, place, report, section)
    questions = list(Question.objects.filter(section__form=report.form_id, section__key=section))
    if not questions:
        raise Http404
    sent = posted(request.POST, questions)
    if sent.person not in (None, request.user.pk):
        return _other_person(request, place, section)
    try:
        return _save(request, place, report, section, sent)
    except drafts.MissingVersion:
        return HttpResponse(_("Last siden på nytt, og prøv igjen."), status=428)
    except drafts.UnknownField as error:
        raise BadRequest("not an answer to the question") from error
    except drafts.NotWritable:
        return _closed(request, place, questions, sent)
    except NotAllowed as error:
        raise PermissionDenied from error


def _save(request: SignedInRequest, place: Place, report: Report, key: str, sent: Posted) -> HttpResponse:
    """Store what was changed, then answer as the page asked: a status line, the next page, or what is wrong."""
    go = request.POST.get("go", "" if wants_fragment(request) else "next")
    outcome = _stored(actor_from(request), report, key, sent, settles=go in ("next", "save"))
    if not go:
        return _status(request, place, report, key, outcome)
    if outcome.copies:
        return _section(request, place, report, key, outcome.held(), status=409)
    if sent.errors or outcome.unsent:
        return _section(request, place, report, key, outcome.held(show_problems=go == "next"), status=422)
    if go == "save" and getattr(request, "htmx", False) and not outcome.waiting:
        return _status(request, place, report, key, outcome, is_press=True)
    return _onwards(request, place, report, key, go)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a save led to: the section as stored now, conflicts that wait, new ones, and replies that were refused."""

    sent: Posted
    saved: drafts.Saved
    waiting: list[ConflictCopy]
    copies: list[ConflictCopy]
    unsent: dict[int, str]
    own: list[str]

    @property
    def shown(self) -> dict[str, Any]:
        """What the page shows of what is stored: the ground of its next save."""
        return self.sent.now_shown(but_for=[*self.own, *(copy.question for copy in self.copies)])

    def held(self, *, show_problems: bool = False) -> Typed:
        """What the page goes on holding because it could not be stored."""
        texts = {pk: self.sent.replies[pk].text for pk in self.unsent}
        raw = {key: self.sent.raw[key] for key in self.sent.errors}
        return Typed(raw, self.sent.errors, show_problems, TypedReplies(texts, self.unsent))


def _stored(by: Actor, report: Report, key: str, sent: Posted, *, settles: bool) -> Outcome:
    """Store answers and replies. An answer that waits to be chosen is settled, or what one goes on writing is kept."""
    rows = ConflictCopy.objects.filter(pk__in=sent.settles, section__report=report, section__key=key, settled_at=None)
    waiting, copies = list(rows), list[ConflictCopy]()
    own = [copy.question for copy in waiting if copy.by_id == by.user_id]
    try:
        saved = drafts.save_section(
            by=by,
            report=report,
            key=key,
            base_version=sent.base_version,
            save_id=sent.save_id,
            fields=sent.fields(but_for=own),
            page=sent.page,
        )
    except drafts.Conflict as conflict:
        saved, copies = conflict.saved, conflict.copies
    if saved.is_overtaken:
        return Outcome(sent, saved, waiting, copies, {}, own)
    for copy in waiting:
        if copy.question not in sent.now:
            continue
        value = sent.now[copy.question]
        try:
            if settles:
                saved = drafts.settle(by=by, copy=copy, base_version=saved.version, value=value)
            elif copy.by_id == by.user_id and value != copy.mine:
                drafts.keep_mine(by=by, copy=copy, value=value)
        except drafts.Conflict as conflict:
            saved, copies = conflict.saved, [*copies, *conflict.copies]
    return Outcome(sent, saved, waiting, copies, _reply(by, report, key, sent), own)


def _reply(by: Actor, report: Report, key: str, sent: Posted) -> dict[int, str]:
    """Store the replies that were changed; what stood in the way of each of the others, by comment."""
    changed = {pk: typed for pk, typed in sent.replies.items() if typed.text != typed.seen}
    if not changed:
        return {}
    unsent = {}
    for comment in ReviewComment.objects.filter(pk__in=changed, review__submission__report=report, section=key):
        typed = changed[comment.pk]
        try:
            replies.reply(by=by, comment=comment, text=typed.text, seen=typed.seen)
        except InvalidText as refused:
            unsent[comment.pk] = str(refused.message)
        except replies.ReplyTaken as taken:
            words = _("%(who)s svarte i mellomtiden: «%(reply)s». Skriv svaret slik det skal stå, og lagre.")
            unsent[comment.pk] = words % {"who": taken.comment.replied_by or "–", "reply": taken.comment.reply}
    return unsent


def _onwards(request: SignedInRequest, place: Place, report: Report, key: str, go: str) -> HttpResponse:
    """Where the button leads: on, when the section is complete; back to it, or to one more lesson in it."""
    here = reverse("report_section", args=[*_address(place), key])
    if go == "save":
        return redirect_after_post(request, here)
    report = Report.objects.select_related("form", "round", "project").get(pk=report.pk)
    page = section_page(place, report, key, request.user.pk, Typed(show_problems=go == "next"))
    if go == "more":
        if getattr(request, "htmx", False):
            return _render(request, page, focus=page.new_lesson)
        return redirect_after_post(request, f"{here}#{page.new_lesson}")
    if page.errors:
        return _render(request, page, status=422)
    if page.next:
        return redirect_after_post(request, reverse("report_section", args=[*_address(place), page.next.key]))
    return redirect_after_post(request, reverse("report_preview", args=_address(place)))


def _status(
    request: SignedInRequest, place: Place, report: Report, key: str, outcome: Outcome, *, is_press: bool = False
) -> HttpResponse:
    """The status line of a page that is still open, with what its next save must say it was based on."""
    sent, saved, waits = outcome.sent, outcome.saved, [*outcome.waiting, *outcome.copies]
    was_with_owner = report.state == Report.State.AWAITING_SIGNATURE
    if was_with_owner:
        report.refresh_from_db(fields=["state", "called_back"])
    was = outcome.shown
    unseen = [name for name, value in saved.merged.items() if value != was.get(name)]
    page = section_page(place, report, key, request.user.pk)
    titles = {each.question.key: each.question.title_text for each in page.fields}
    refused = [_joined(titles[name], message) for name, message in sent.errors.items()]
    refused += [_joined(_("Svaret til rådgiveren"), message) for message in outcome.unsent.values()]
    context = {
        "place": place,
        "project": place.project,
        "page": page,
        "saved_at": saved.at,
        "base_version": sent.base_version if unseen or waits else saved.version,
        "save_id": uuid4(),
        "was": json.dumps(was, ensure_ascii=False),
        "replies": {pk: typed.seen if pk in outcome.unsent else typed.text for pk, typed in sent.replies.items()},
        "copies": outcome.copies,
        "waiting": waits,
        "unseen": [titles[name] for name in unseen if name in titles],
        "refused": refused,
        "others": _others(page, request.user.pk),
        "toggled": [each for each in page.fields if each.question.condition and _is_toggled(request, each)],
        "checked": [each for each in page.fields if each.is_checked and _is_given(sent, each.question.key)],
        "rewritten": [each for each in page.fields if each.before and each.before.is_own_words],
        "is_press": is_press,
        "is_part": True,
        "report": report,
        "is_called_back": was_with_owner and bool(report.called_back),
    }
    return render(request, "annual/_saved.html", context, status=409 if outcome.copies else 422 if refused else 200)


def _is_given(sent: Posted, key: str) -> bool:
    """Whether there is or was an answer to say something of: one that nobody has given is not judged while writing."""
    return sent.was.get(key) is not None or sent.now.get(key) is not None


def _is_toggled(request: SignedInRequest, each: Any) -> bool:
    """Whether a question that depends on another is shown and should not be, or the other way."""
    return each.is_asked != (each.question.key in request.POST.getlist("felt"))


def _section(
    request: SignedInRequest, place: Place, report: Report, key: str, typed: Typed | None = None, status: int = 200
) -> HttpResponse:
    page = section_page(place, report, key, request.user.pk, typed)
    if page is None:
        raise Http404
    return _render(request, page, status, typed)


def _render(
    request: SignedInRequest, page: SectionPage, status: int = 200, typed: Typed | None = None, focus: str = ""
) -> HttpResponse:
    said = said_of(page.report, page.section.key, typed.replies if typed else None)
    problems = [(each.id, _joined(each.question.title_text, each.error)) for each in page.fields if each.error]
    problems += [(each.id, _joined(_("Svaret til rådgiveren"), each.error)) for each in said.wrong] if said else []
    left = left_in_words([*page.codes.values(), *("" for _each in (said.wrong if said else ()))])
    if problems:
        page.steps = [_wrong(step, left) if step.key == page.section.key else step for step in page.steps]
    saved_at = page.row.changed_at
    context = {
        **frame(request, page.place, page.section.title_text),
        "page": page,
        "signature": _signature(page),
        "saved_at": saved_at,
        "is_from_before": saved_at is not None and timezone.localtime(saved_at).date() != page.place.today,
        "base_version": page.row.version,
        "save_id": uuid4(),
        "was": page.was,
        "waiting": [clash.copy for clash in page.clashes],
        "others": _others(page, request.user.pk),
        "is_conflict": status == 409,
        "problems": problems,
        "left": left,
        "said": said,
        "focus": focus,
        "said_before": said_last_year(page.report, page.section.key),
        "replies": {each.comment.pk: each.comment.reply for each in said.comments} if said else {},
    }
    return render(request, "annual/section.html", context, status=status)


def _signature(page: SectionPage) -> OwnerSignature | None:
    """The owner's signature that a change on the page would undo."""
    is_with_owner = page.report.state == Report.State.AWAITING_SIGNATURE
    return signature_of(page.report, page.place.today) if is_with_owner else None


def _others(page: SectionPage, user_id: int | None) -> list[Other]:
    return others_writing(page.report, [step.key for step in page.steps], user_id, clock.now())


def _wrong(step: Step, left: str) -> Step:
    """The section one has just been told to mend."""
    return replace(step, state="error", note=left)


def _joined(title: str, message: str) -> str:
    """A question with what is wrong with its answer, as one line."""
    return f"{title} {message}" if title.endswith(("?", ".", "!", ":")) else f"{title}: {message}"


def _closed(request: SignedInRequest, place: Place, questions: list[Question], sent: Posted) -> HttpResponse:
    """The report has been submitted, or the round closed, since the page was opened: what was typed is shown."""
    if wants_fragment(request) and "go" not in request.POST:
        was = json.dumps(sent.was, ensure_ascii=False)
        context = {"place": place, "sent": sent, "was": was}
        return render(request, "annual/_closed.html", context, status=409)
    asked = {question.key: question for question in questions}
    typed = [(asked[key], change.new) for key, change in sent.changes().items() if key in asked]
    words = [
        *((row.title_text, in_words(row.type, answer, row.unit, row.choices)) for row, answer in typed),
        *((asked[key].title_text, Answer(str(sent.raw[key]))) for key in sent.errors),
        *((_("Svaret til rådgiveren"), Answer(each.text)) for each in sent.replies.values() if each.text != each.seen),
    ]
    return render(
        request, "annual/closed.html", {**frame(request, place, _("Ikke lagret")), "typed": words}, status=409
    )


def _other_person(request: SignedInRequest, place: Place, key: str) -> HttpResponse:
    """The page was made for someone else, whose words must neither be stored as this person's nor shown to them."""
    if getattr(request, "htmx", False):
        return HttpResponse(status=412)
    messages.warning(request, _("Siden var åpnet av en annen bruker. Ingenting er lagret."))
    return redirect_after_post(request, reverse("report_section", args=[*_address(place), key]))


def _address(place: Place) -> list[str]:
    return [place.project.slug, round_key(place.round)]
