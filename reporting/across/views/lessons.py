"""The draft of learning points, as a page to read first and as documents to go on writing in."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from projects.models import LANGUAGES, Programme
from reporting.across.access import programme_across
from reporting.across.lessons import Choice, Draft, draft_of, paper_of
from reporting.across.views.pages import crumbs, file, rounds_and_chosen, tabs
from saman import clock
from saman.papers import docx, odt


@require_safe
def across_lessons(request: SignedInRequest, programme: str) -> HttpResponse:
    """The draft, and how it is to be made."""
    found, choice, draft = _draft(request, programme)
    with translation.override(draft.language):
        honest = draft.honest()
    context = {
        "programme": found,
        "choice": choice,
        "draft": draft,
        "honest": honest,
        "rounds": rounds_and_chosen(found, "")[0],
        "languages": LANGUAGES,
        "query": request.GET.urlencode(),
        "tabs": tabs(found, "across_lessons", choice.round),
        "crumbs": crumbs(request.user, found, (_("Læringspunkter"), request.path)),
    }
    return render(request, "across/lessons.html", context)


@require_safe
def across_lessons_docx(request: SignedInRequest, programme: str) -> HttpResponse:
    """The draft as DOCX."""
    found, choice, draft = _draft(request, programme)
    return file(docx.docx(paper_of(draft, found, choice.round)), docx.MEDIA_TYPE, f"{draft.file_name}.docx")


@require_safe
def across_lessons_odt(request: SignedInRequest, programme: str) -> HttpResponse:
    """The draft as ODT."""
    found, choice, draft = _draft(request, programme)
    return file(odt.odt(paper_of(draft, found, choice.round)), odt.MEDIA_TYPE, f"{draft.file_name}.odt")


def _draft(request: SignedInRequest, slug: str) -> tuple[Programme, Choice, Draft]:
    today = clock.today()
    programme = programme_across(request.user, slug, today)
    asked = request.GET.get("runde", "")
    _rounds, chosen = rounds_and_chosen(programme, asked)
    own = get_language() or ""
    language = request.GET.get("sprak") or (own if own in dict(LANGUAGES) else programme.language)
    choice = Choice(
        round=chosen if chosen and str(chosen.pk) == asked else None,
        language=language if language in dict(LANGUAGES) else "nb",
        has_names=request.GET.get("navn") == "1",
        has_exempt=request.GET.get("unntatt") == "1",
    )
    return programme, choice, draft_of(programme, choice, today, is_demo=settings.DEMO)
