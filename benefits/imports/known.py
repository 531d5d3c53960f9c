"""What a file of measurements is held against: what the project has."""

from collections.abc import Iterable
from datetime import date

from benefits.imports.verdicts import Known
from benefits.models import Measurement, TargetVersion
from benefits.plausibility import Reference
from benefits.queries.drafts import measured_versions
from projects.models import Project


def known_of(project: Project, today: date) -> Known:
    """The project's targets, municipalities and live values."""
    rows = list(Measurement.objects.live().filter(target__project=project).order_by("measured_on", "pk"))
    versions = measured_versions(project)
    known = Known(
        versions=versions,
        municipalities=list(project.municipalities.order_by("participations__order")),
        live={(row.target_id, row.municipality_id, row.measured_on): row for row in rows},
        today=today,
    )
    known.references.update(_references(rows, versions))
    return known


def _references(
    rows: Iterable[Measurement], versions: Iterable[TargetVersion]
) -> dict[tuple[int, int | None], list[Reference]]:
    """The figures of each series that a new one is compared with: its values, and the baseline of the whole."""
    found: dict[tuple[int, int | None], list[Reference]] = {}
    for row in rows:
        place = (row.target_id, row.municipality_id)
        found.setdefault(place, []).append(Reference(row.measured_on, row.value))
    for version in versions:
        if version.baseline_value is not None and version.baseline_on is not None:
            baseline = Reference(version.baseline_on, version.baseline_value)
            found.setdefault((version.target_id, None), []).append(baseline)
    return found
