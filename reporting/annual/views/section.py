"""Writing one section of the report: shown, and saved by its buttons or while writing."""

import json
from typing import Any
from uuid import uuid4

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actor import Actor, NotAllowed, SignedInRequest, actor_from
from projects.roles import Access
from reporting.annual.access import Place, place_for, round_key
from reporting.annual.actions import drafts, replies
from reporting.annual.models import ConflictCopy, Question, Report, ReviewComment
from reporting.annual.posted import Posted, posted
from reporting.annual.reading import Answer, in_words
from reporting.annual.report_page import SectionPage, Typed, section_page
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
    by = actor_from(request)
    is_auto = wants_fragment(request) and "go" not in request.POST
    waiting = list(
        ConflictCopy.objects.filter(pk__in=sent.settles, section__report=report, section__key=key, settled_at=None)
    )
    changes = sent.changes(but_for=[copy.question for copy in waiting])
    copies: list[ConflictCopy] = []
    try:
        saved = drafts.save_section(
            by=by,
            report=report,
            key=key,
            base_version=sent.base_version,
            save_id=sent.save_id(changes),
            fields=changes,
        )
    except drafts.Conflict as conflict:
        saved, copies = conflict.saved, conflict.copies
    unsent = _reply(by, report, key, sent)
    if is_auto:
        return _status(request, place, report, key, sent, saved, waiting, copies, unsent)
    for copy in waiting:
        if copy.question in sent.now:
            try:
                saved = drafts.settle(by=by, copy=copy, base_version=saved.version, value=sent.now[copy.question])
            except drafts.Conflict as conflict:
                saved, copies = conflict.saved, [*copies, *conflict.copies]
    if copies:
        return _section(request, place, report, key, _refused(sent, unsent), status=409)
    return _after(request, place, report, key, sent, unsent)


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


def _refused(sent: Posted, unsent: dict[int, str], *, show_problems: bool = False) -> Typed:
    """What the page goes on holding because it could not be stored."""
    held = {key: sent.raw[key] for key in sent.errors}
    texts = {pk: sent.replies[pk].text for pk in unsent}
    return Typed(held, sent.errors, show_problems, TypedReplies(texts, unsent))


def _after(
    request: SignedInRequest, place: Place, report: Report, key: str, sent: Posted, unsent: dict[int, str]
) -> HttpResponse:
    """Where the button leads: on, when the section is complete; back to it otherwise."""
    go_on = request.POST.get("go", "next") == "next"
    if sent.errors or unsent:
        return _section(request, place, report, key, _refused(sent, unsent, show_problems=go_on), status=422)
    here = reverse("report_section", args=[place.project.slug, place.key, key])
    if not go_on:
        return redirect_after_post(request, here)
    report = Report.objects.select_related("form", "round", "project").get(pk=report.pk)
    page = section_page(place, report, key, request.user.pk, Typed(show_problems=True))
    if page.errors:
        return _render(request, page, status=422)
    if page.next:
        return redirect_after_post(request, reverse("report_section", args=[*_address(place), page.next.key]))
    return redirect_after_post(request, reverse("report_preview", args=_address(place)))


def _status(
    request: SignedInRequest,
    place: Place,
    report: Report,
    key: str,
    sent: Posted,
    saved: drafts.Saved,
    waiting: list[ConflictCopy],
    copies: list[ConflictCopy],
    unsent: dict[int, str],
) -> HttpResponse:
    """The status line of a page that is still open, with what its next save must say it was based on."""
    changes = sent.changes(but_for=[copy.question for copy in [*waiting, *copies]])
    was = {**sent.was, **{name: change.new for name, change in changes.items()}}
    unseen = [name for name, value in saved.merged.items() if value != was.get(name)]
    page = section_page(place, report, key, request.user.pk)
    titles = {each.question.key: each.question.title_text for each in page.fields}
    shown = {pk: typed.seen if pk in unsent else typed.text for pk, typed in sent.replies.items()}
    context = {
        "place": place,
        "page": page,
        "saved_at": saved.at,
        "base_version": sent.base_version if unseen or copies or waiting else saved.version,
        "save_id": uuid4(),
        "was": json.dumps(was, ensure_ascii=False),
        "replies": shown,
        "copies": copies,
        "waiting": [*waiting, *copies],
        "unseen": [titles[name] for name in unseen if name in titles],
        "refused": [
            *((titles[name], message) for name, message in sent.errors.items()),
            *((_("Svaret til rådgiveren:"), message) for message in unsent.values()),
        ],
        "toggled": [each for each in page.fields if each.question.condition and _is_toggled(request, each)],
    }
    status = 409 if copies else 422 if context["refused"] else 200
    return render(request, "annual/_saved.html", context, status=status)


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


def _render(request: SignedInRequest, page: SectionPage, status: int = 200, typed: Typed | None = None) -> HttpResponse:
    said = said_of(page.report, page.section.key, typed.replies if typed else None)
    problems = [(each.id, f"{each.question.title_text} {each.error}") for each in page.fields if each.error]
    problems += [(each.id, f"{_('Svaret til rådgiveren:')} {each.error}") for each in said.wrong] if said else []
    context = {
        **frame(request, page.place, page.section.title_text),
        "page": page,
        "saved_at": page.row.changed_at,
        "base_version": page.row.version,
        "save_id": uuid4(),
        "was": page.was,
        "waiting": [clash.copy for clash in page.clashes],
        "is_conflict": status == 409,
        "problems": problems,
        "said": said,
        "said_before": said_last_year(page.report, page.section.key),
        "replies": {each.comment.pk: each.comment.reply for each in said.comments} if said else {},
    }
    return render(request, "annual/section.html", context, status=status)


def _closed(request: SignedInRequest, place: Place, questions: list[Question], sent: Posted) -> HttpResponse:
    """The report has been submitted, or the round closed, since the page was opened: what was typed is shown."""
    if wants_fragment(request) and "go" not in request.POST:
        return render(request, "annual/_closed.html", {"place": place}, status=409)
    changes = sent.changes()
    typed = [
        (question.title_text, in_words(question.type, changes[question.key].new, question.unit, question.choices))
        for question in questions
        if question.key in changes
    ]
    typed += [
        (question.title_text, Answer(sent.raw[question.key])) for question in questions if question.key in sent.errors
    ]
    typed += [
        (_("Svaret til rådgiveren"), Answer(reply.text)) for reply in sent.replies.values() if reply.text != reply.seen
    ]
    context = {**frame(request, place, _("Ikke lagret")), "typed": typed}
    return render(request, "annual/closed.html", context, status=409)


def _address(place: Place) -> list[str]:
    return [place.project.slug, round_key(place.round)]
