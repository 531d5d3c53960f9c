"""Earlier versions of a section, and the way back to one of them."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actor import NotAllowed, SignedInRequest, actor_from
from projects.roles import Access
from reporting.annual.access import Place, place_for
from reporting.annual.actions import drafts
from reporting.annual.history_page import changes_since, kept_versions
from reporting.annual.models import ReportSection, SectionHistory
from reporting.annual.views.report import frame
from saman import clock
from saman.formatting import moment
from saman.htmx import redirect_after_post


@require_http_methods(["GET", "HEAD", "POST"])
def report_history(request: SignedInRequest, slug: str, round: str, section: str) -> HttpResponse:
    """What a section has said before, beside what it says now; one press brings a version back."""
    place = place_for(request.user, slug, round, Access.WRITE, clock.today())
    if place.report is None or place.report.started_at is None or not place.report.is_writable:
        return redirect("report_round", slug, round)
    row = place.report.sections.filter(key=section).first()
    if row is None:
        raise Http404
    if request.method == "POST":
        return _restored(request, place, row)
    return _page(request, place, row)


def _page(request: SignedInRequest, place: Place, row: ReportSection, status: int = 200) -> HttpResponse:
    section = row.report.form.sections.prefetch_related("questions").filter(key=row.key).first()
    if section is None:
        raise Http404
    versions = kept_versions(row)
    wanted = request.GET.get("versjon", "")
    chosen = next((each for each in versions if str(each.row.version) == wanted), versions[0] if versions else None)
    questions = [question for question in section.questions.all() if not question.is_fact]
    context = {
        **frame(request, place, _("Tidligere versjoner")),
        "section": section,
        "row": row,
        "versions": versions,
        "chosen": chosen,
        "changes": changes_since(questions, chosen.row.data, row.data) if chosen else [],
        "is_stale": status == 409,
    }
    return render(request, "annual/history.html", context, status=status)


def _restored(request: SignedInRequest, place: Place, row: ReportSection) -> HttpResponse:
    """Bring a version back, or show what somebody has written in the meantime."""
    try:
        version, base = int(request.POST["version"]), int(request.POST["base_version"])
        kept = row.history.get(version=version)
        drafts.restore(by=actor_from(request), section=row, version=version, base_version=base)
    except (KeyError, ValueError) as error:
        raise BadRequest("not a version of ours") from error
    except SectionHistory.DoesNotExist as error:
        raise Http404 from error
    except drafts.StaleSection:
        return _page(request, place, row, status=409)
    except drafts.NotWritable:
        messages.warning(request, _("Rapporten kan ikke endres nå. Ingenting er hentet tilbake."))
        return redirect_after_post(request, reverse("report_round", args=[place.project.slug, place.key]))
    except NotAllowed as error:
        raise PermissionDenied from error
    words = _("Versjonen fra %(time)s er hentet tilbake. Det som sto her, finner du blant de tidligere versjonene.")
    messages.success(request, words % {"time": moment(kept.saved_at, seconds=True)})
    return redirect_after_post(request, reverse("report_section", args=[place.project.slug, place.key, row.key]))
