"""Where the series of targets are broken: registered by people, by a merger, or by a new definition.

A municipality that lives on under another name, or together with others, is another municipality from that day; one
that only got a new number is not. A new definition breaks the series unless the baseline was restated with it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from benefits.models import SeriesBreak, TargetVersion
from municipalities.models import Municipality
from municipalities.queries import lineage
from projects.models import ProjectMunicipality

Kind = SeriesBreak.Kind


@dataclass(frozen=True, slots=True)
class Break:
    """One break: `registered` is the row people may take back, None when it follows from other facts."""

    on: date
    kind: str
    note: str = ""
    registered: SeriesBreak | None = None

    @property
    def kind_word(self) -> str:
        """What happened, in the active language."""
        return str(Kind(self.kind).label)


def breaks_of(
    versions: Sequence[TargetVersion], as_of: date, known_at: datetime | None = None
) -> dict[int, list[Break]]:
    """The breaks of targets by target id, oldest first; `versions` is what each target says on `as_of`."""
    found: dict[int, list[Break]] = defaultdict(list)
    rows = SeriesBreak.objects.known_at(known_at).begun(as_of).filter(target__in=[row.target_id for row in versions])
    for row in rows.select_related("recorded_by").order_by("on", "pk"):
        found[row.target_id].append(Break(row.on, row.kind, row.note, row))
    mergers = _mergers({row.target.project_id for row in versions}, as_of)
    definitions = _definitions([row.target_id for row in versions if row.definition_version > 1], as_of, known_at)
    for version in versions:
        known = found[version.target_id]
        for other in (*mergers.get(version.target.project_id, ()), *definitions.get(version.target_id, ())):
            if all(other.on != one.on for one in known):
                known.append(other)
        known.sort(key=lambda one: one.on)
    return dict(found)


def _mergers(projects: set[int], as_of: date) -> dict[int, list[Break]]:
    """Mergers of the projects' municipalities by project id."""
    gone = ProjectMunicipality.objects.filter(
        project__in=projects, municipality__valid_to__lt=as_of, municipality__successor__isnull=False
    )
    pairs = list(gone.values_list("project", "municipality"))
    if not pairs:
        return {}
    known = lineage()
    found: dict[int, list[Break]] = defaultdict(list)
    for project, municipality in pairs:
        chain = known.of(municipality)
        for before, after in pairwise(chain):
            if after.valid_from <= as_of and is_merger(before, after, known.units):
                found[project].append(Break(after.valid_from, Kind.MERGER, f"{before.name} → {after.name}"))
    return found


def is_merger(before: Municipality, after: Municipality, units: Mapping[int, Municipality]) -> bool:
    """Whether `after` is more than `before` under a new number: another name, or others were merged into it too."""
    together = sum(unit.successor_id == after.pk for unit in units.values())
    return together > 1 or before.name != after.name


def _definitions(targets: Sequence[int], as_of: date, known_at: datetime | None) -> dict[int, list[Break]]:
    """The days targets got a new definition without a new baseline, by target id."""
    if not targets:
        return {}
    rows = TargetVersion.objects.valid_on(as_of).filter(target__in=targets)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    found: dict[int, list[Break]] = defaultdict(list)
    last: dict[int, TargetVersion] = {}
    for row in rows.order_by("target", "pk"):
        before = last.get(row.target_id)
        if before is not None and row.definition_version != before.definition_version:
            found[row.target_id].append(Break(row.valid_from, Kind.DEFINITION, row.change_reason))
        if before is not None and _baseline(row) != _baseline(before):
            found[row.target_id] = []  # measured anew, in today's way
        last[row.target_id] = row
    return found


def _baseline(row: TargetVersion) -> tuple[object, ...]:
    return row.baseline_value, row.baseline_on
