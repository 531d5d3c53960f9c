"""The drafts that wait in a project, and the targets they are for."""

from collections.abc import Iterable

from benefits.models import Measurement, TargetVersion
from projects.models import Project


def measured_versions(project: Project) -> list[TargetVersion]:
    """What the project's targets say that are still pursued, by number."""
    live = TargetVersion.objects.live().filter(target__project=project, withdrawn_on=None)
    return list(live.select_related("target").prefetch_related("planned").order_by("target__number"))


def drafts_in(project: Project, versions: Iterable[TargetVersion]) -> list[Measurement]:
    """The live drafts of a project by target and day, each with what its target says as `version`."""
    live = Measurement.objects.live().filter(target__project=project, state=Measurement.State.DRAFT)
    rows = live.select_related("target", "municipality", "recorded_by").order_by("target__number", "measured_on", "pk")
    of_target = {version.target_id: version for version in versions}
    found = []
    for row in rows:
        if row.target_id in of_target:
            row.version = of_target[row.target_id]  # type: ignore[attr-defined]
            found.append(row)
    return found
