"""What has changed in a person's projects since they were last here, done by others or found by the engine."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from benefits import wording
from benefits.models import AssessmentHistory, WarningEvent
from benefits.wording.events import EVENTS
from journal.queries import events_since
from reporting.work.queries.concerns import principal_role
from reporting.work.queries.my_work import ProjectWork
from reporting.work.queries.project import ProjectPage
from saman.words import result_sign

MOST = 6  # told for each project; the rest is counted
MOST_EVENTS = 300  # read in all; older ones are said to be there


@dataclass(slots=True)
class News:
    """What is new in one project, the status first, and how many things more than are told."""

    work: ProjectWork
    told: list[str] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True, slots=True)
class NewsSince:
    """The projects where something is new; `is_cut`: more has been done than is read."""

    projects: list[News]
    is_cut: bool = False


def news_since(works: Sequence[ProjectWork], moment: datetime, person: int) -> NewsSince:
    """The projects in use where something is new; three questions at most, however many they are."""
    used = {f"project:{work.project.pk}": work for work in works if work.is_used}
    if not used:
        return NewsSince([])
    found = _concerns(list(used.values()), moment)
    for pk, text in _results([work.project.pk for work in used.values()], moment).items():
        found[pk].insert(0, text)
    events = events_since(used, moment, but_by=person, actions=EVENTS, most=MOST_EVENTS + 1)
    for event in events[:MOST_EVENTS]:
        work = used[event.stream]
        target = event.object_id if event.object_type == "target" else event.data.get("target")
        titles = {str(version.target_id): version.title for version in work.targets}
        known = {"target": titles.get(str(target)), "role": event.data.get("role"), "rule": event.data.get("rule")}
        text = wording.event_text(event.action, known)
        if text and text not in found[work.project.pk]:
            found[work.project.pk].append(text)
    told = [
        News(work, found[work.project.pk][:MOST], len(found[work.project.pk][MOST:]))
        for work in used.values()
        if found[work.project.pk]
    ]
    return NewsSince(told, is_cut=len(events) > MOST_EVENTS)


def news_of_project(page: ProjectPage, moment: datetime, person: int) -> NewsSince | None:
    """What is new in the one project somebody looks at; None for those outside it, whose page is not about them."""
    role = principal_role(page.roles)
    if not (page.is_inside and page.is_used and role):
        return None
    targets, concerns = [row.version for row in page.targets], [concern.row for concern in page.findings.concerns]
    work = ProjectWork(project=page.project, roles=page.roles, role=role, targets=targets, concerns=concerns)
    return news_since([work], moment, person)


def _concerns(works: Sequence[ProjectWork], moment: datetime) -> dict[int, list[str]]:
    """Concerns that have opened, by project, among those shown on the page.

    A concern has a date and no time: those of that very day are new when a warning behind them was found later that
    day, which is asked only where there are any.
    """
    day = localtime(moment).date()
    same_day = [work.project.pk for work in works if any(row.concern.opened_on == day for row in work.concerns)]
    opened = WarningEvent.objects.filter(
        kind=WarningEvent.Kind.OPENED, warning__project__in=same_day, recorded_at__gt=moment
    )
    later = set(opened.values_list("warning__project", "warning__rule")) if same_day else set()
    return {
        work.project.pk: [
            _("Ny sak: %(title)s") % {"title": row.title}
            for row in work.concerns
            if row.concern.opened_on > day
            or (row.concern.opened_on == day and any((work.project.pk, rule) in later for rule in row.concern.rules))
        ]
        for work in works
    }


def _results(projects: Sequence[int], moment: datetime) -> dict[int, str]:
    """The projects whose result is another than it was."""
    rows = AssessmentHistory.objects.filter(project__in=projects).order_by("as_of", "pk")
    then: dict[int, str] = {}
    now: dict[int, str] = {}
    for project, result, recorded_at in rows.values_list("project", "result", "recorded_at"):
        if recorded_at <= moment:
            then[project] = result
        now[project] = result
    texts = {}
    for project, result in now.items():
        if project in then and then[project] != result:
            words = {"was": result_sign(then[project]).word, "now": result_sign(result).word}
            texts[project] = _("Status: fra «%(was)s» til «%(now)s»") % words
    return texts
