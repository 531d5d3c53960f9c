"""What has changed in a person's projects since they were last here, done by others or found by the engine."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from benefits import wording
from benefits.models import AssessmentHistory
from journal.queries import events_since
from reporting.work.queries.my_work import ProjectWork
from saman.words import result_sign

MOST = 6  # told for each project; the rest is counted


@dataclass(slots=True)
class News:
    """What is new in one project, the status first, and how many things more than are told."""

    work: ProjectWork
    told: list[str] = field(default_factory=list)
    more: int = 0


def news_since(works: Sequence[ProjectWork], moment: datetime, person: int) -> list[News]:
    """The projects in use where something is new; two questions however many they are."""
    used = {f"project:{work.project.pk}": work for work in works if work.is_used}
    if not used:
        return []
    found = {work.project.pk: _concerns(work, moment) for work in used.values()}
    for pk, text in _results([work.project.pk for work in used.values()], moment).items():
        found[pk].insert(0, text)
    for event in events_since(used, moment, person):
        work = used[event.stream]
        target = event.object_id if event.object_type == "target" else event.data.get("target")
        titles = {str(version.target_id): version.title for version in work.targets}
        known = {"target": titles.get(str(target)), "role": event.data.get("role"), "rule": event.data.get("rule")}
        text = wording.event_text(event.action, known)
        if text and text not in found[work.project.pk]:
            found[work.project.pk].append(text)
    return [
        News(work, found[work.project.pk][:MOST], len(found[work.project.pk][MOST:]))
        for work in used.values()
        if found[work.project.pk]
    ]


def _concerns(work: ProjectWork, moment: datetime) -> list[str]:
    """Concerns that have opened, among those shown on the page."""
    new = [row for row in work.concerns if row.concern.opened_on >= moment.date()]
    return [_("Ny sak: %(title)s") % {"title": row.title} for row in new]


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
