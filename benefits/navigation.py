"""The pages of one project: its tabs, and the way down to the page one is on."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.models import Project


def project_tabs(project: Project, current: str, targets: int | None = None) -> list[dict[str, Any]]:
    """The tabs of a project's pages; `current` is the key of the one open, `targets` how many it has."""
    overview = reverse("project_overview", args=[project.slug])
    tabs = [
        ("overview", _("Oversikt"), overview, None),
        ("targets", pgettext("flere", "Effektmål"), f"{overview}#em", targets),
        ("plan", _("Plan"), reverse("plan", args=[project.slug]), None),
        ("map", _("Gevinstkart"), reverse("benefit_map", args=[project.slug]), None),
        ("milestones", _("Milepæler"), reverse("milestones", args=[project.slug]), None),
        ("stakeholders", _("Interessenter"), reverse("stakeholders", args=[project.slug]), None),
        ("freed_time", _("Frigitt tid"), reverse("freed_time", args=[project.slug]), None),
        ("continuation", _("Videreføring"), reverse("continuation", args=[project.slug]), None),
        ("reports", _("Rapporter"), reverse("report_list", args=[project.slug]), None),
    ]
    return [
        {"label": label, "href": href, "current": key == current, "count": count} for key, label, href, count in tabs
    ]


def project_crumbs(project: Project, *below: tuple[str, str]) -> list[tuple[str, str]]:
    """(label, address) from the person's own page through the project to the pages below it."""
    overview = reverse("project_overview", args=[project.slug])
    return [(_("Min side"), reverse("my_work")), (project.title, overview), *below]
