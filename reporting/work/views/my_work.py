"""What waits on the person who is signed in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from accounts.sessions import here_before
from reporting.annual.statements import statement_tasks
from reporting.work.queries.my_work import MyWork
from reporting.work.queries.my_work import my_work as load
from reporting.work.queries.news import news_since
from saman import clock, formatting


@require_safe
def my_work(request: SignedInRequest) -> HttpResponse:
    """The few things to do now, what is due, and where one stands."""
    today = clock.today()
    show_all = request.GET.get("alt") == "1"
    mine = load(request.user, today, show_all)
    before = here_before(request.session)
    context = {
        "mine": mine,
        "today": today,
        "show_all": show_all,
        "before": before,
        "news": news_since(mine.works, before, request.user.pk) if before and mine.works else None,
        "heading": _heading(mine),
        "statements": statement_tasks(request.user, today),
        "lead": _lead(mine, capfirst(formatting.day_long(today))),
    }
    return render(request, "work/my_work.html", context)


def _heading(mine: MyWork) -> str:
    if mine.is_done:
        return _("Ferdig for nå")
    return _("Dette må gjøres") if any(work.is_used for work in mine.works) else _("Min side")


def _lead(mine: MyWork, day: str) -> str:
    """The date, and how much is due."""
    if mine.is_done:
        return _("%(day)s. %(next)s") % {"day": day, "next": _next(mine)}
    if not any(work.is_used for work in mine.works):
        return f"{day}."
    late = ngettext("%(count)s oppgave er over fristen", "%(count)s oppgaver er over fristen", mine.late)
    soon = ngettext(
        "%(count)s oppgave har frist de neste 14 dagene", "%(count)s oppgaver har frist de neste 14 dagene", mine.soon
    )
    values = {"day": day, "late": late % {"count": mine.late}, "soon": soon % {"count": mine.soon}}
    if mine.late and mine.soon:
        return _("%(day)s. %(late)s, %(soon)s.") % values
    if mine.late or mine.soon:
        return (_("%(day)s. %(late)s.") if mine.late else _("%(day)s. %(soon)s.")) % values
    return _("%(day)s. Ingenting er over fristen.") % values


def _next(mine: MyWork) -> str:
    """What comes next, for someone who is done."""
    task = mine.next_task
    if task is None:
        return _("Ingenting mer er planlagt for deg.")
    text = _("Neste: måling %(day)s.") if task.version else _("Neste: milepæl %(day)s.")
    if task.is_report:
        text = _("Neste: rapport %(day)s.")
    return text % {"day": formatting.day(task.due_on)}
