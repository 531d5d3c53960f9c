"""What a box may show of the project's: its targets, initiatives, benefits and milestones that no box shows yet."""

from collections.abc import Collection

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from benefits.models import BenefitVersion, InitiativeVersion, MapNode, Milestone, TargetVersion
from projects.models import Project

Choices = list[tuple[str, list[tuple[str, str]]]]


def free_to_show(project: Project, kinds: Collection[str] = MapNode.REFERENCES) -> Choices:
    """(what they are, [(«target:12», title)]), of the kinds asked for; what is withdrawn or stopped is left out."""
    on_map = project.map_nodes.live()
    taken = {(name, getattr(node, f"{name}_id")) for node in on_map for name in MapNode.REFERENCES}
    found: Choices = []
    for name, label, rows in (
        ("initiative", pgettext("flere", "Tiltak"), _initiatives(project)),
        ("target", pgettext("flere", "Effektmål"), _targets(project)),
        ("benefit", _("Gevinster"), _benefits(project)),
        ("milestone", _("Milepæler"), _milestones(project)),
    ):
        if name in kinds:
            free = [(f"{name}:{pk}", title) for pk, title in rows if (name, pk) not in taken]
            found += [(label, free)] if free else []
    return found


def _initiatives(project: Project) -> list[tuple[int, str]]:
    rows = InitiativeVersion.objects.live().filter(initiative__project=project, stopped_on=None)
    return list(rows.order_by("initiative__number").values_list("initiative", "title"))


def _targets(project: Project) -> list[tuple[int, str]]:
    rows = TargetVersion.objects.live().filter(target__project=project, withdrawn_on=None)
    return list(rows.order_by("target__number").values_list("target", "title"))


def _benefits(project: Project) -> list[tuple[int, str]]:
    rows = BenefitVersion.objects.live().filter(benefit__project=project, withdrawn_on=None)
    return list(rows.order_by("benefit").values_list("benefit", "title"))


def _milestones(project: Project) -> list[tuple[int, str]]:
    rows = project.milestones.exclude(state=Milestone.State.WITHDRAWN)
    return list(rows.values_list("pk", "title"))
