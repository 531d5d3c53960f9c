"""Figures about so few people that someone could be recognised: hidden from everyone outside the project.

Source: statistics.md, «Privacy of figures». It happens where figures are read, so that no page can forget it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import ExpressionWrapper, F, FloatField, OuterRef, Q, Subquery
from django.db.models.lookups import LessThan

from benefits.models import Measurement, TargetVersion

FEWEST = 5  # people behind a figure
FEWEST_FOR_ALL_OR_NONE = 10  # «none of us» and «all of us» say something about each
# Evidence from which a measured value could be worked out
FIGURES = frozenset(
    {"plateau", "recent", "needed_fall", "lost_share", "furthest", "counter_baseline", "counter_value", "counter_loss"}
    | {"gain", "denominator_before", "denominator_after", "counted_before", "counted_after"}
)
FEWEST_FOR_ABSENCE = 20
_ABOUT_PEOPLE = frozenset(set(TargetVersion.Kind.values) - {TargetVersion.Kind.COUNT})
_SHARES = frozenset({TargetVersion.Kind.REGISTER_SHARE, TargetVersion.Kind.SURVEY_SHARE})
# Every figure `must_hide` may hide, and some more: what a database can tell without fetching long series. One more
# than the fewest, since SQLite multiplies with floats.
_MAYBE_FEW = (
    Q(n__lt=FEWEST_FOR_ABSENCE)
    | Q(denominator__lt=FEWEST_FOR_ABSENCE)
    | Q(numerator__lt=FEWEST)
    | LessThan(ExpressionWrapper(F("value") * F("n"), FloatField()), 100 * (FEWEST + 1))
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value as one reader may see it; `value` and `n` are None when suppressed.

    `is_for_another`: suppressed though it is about enough people, because another figure would follow from it.
    """

    value: Decimal | None
    n: int | None
    is_suppressed: bool = False
    is_for_another: bool = False


def seen(measurement: Measurement, kind: str, *, is_inside: bool) -> Figure:
    """What a reader sees of a measurement; people of the project (`is_inside`) see what they registered."""
    if is_inside or not must_hide(measurement, kind):
        return Figure(measurement.value, measurement.n)
    return Figure(None, None, is_suppressed=True)


def must_hide(measurement: Measurement, kind: str) -> bool:
    """Whether a figure is about one to four people, counts as few, or is 0 % or 100 % of fewer than ten.

    Sick leave of fewer than twenty says too much about each of them.
    """
    if kind not in _ABOUT_PEOPLE:
        return False
    people = [number for number in (measurement.n, measurement.denominator) if number is not None]
    if any(0 < number < FEWEST for number in (*people, _counted(measurement, kind))):
        return True
    if kind == TargetVersion.Kind.ABSENCE_RATE and any(0 < number < FEWEST_FOR_ABSENCE for number in people):
        return True
    are_few = any(number < FEWEST_FOR_ALL_OR_NONE for number in people)
    return kind in _SHARES and are_few and measurement.value in (0, 100)


def is_baseline_of_few(version: TargetVersion) -> bool:
    """Whether a target's baseline is known to be about so few that it must be hidden."""
    if version.baseline_value is None:
        return False
    return must_hide(Measurement(value=version.baseline_value, n=version.baseline_n), version.kind)


def _counted(measurement: Measurement, kind: str) -> Decimal:
    """The people a share counts: its numerator, also where it can be worked out from the share of `n`."""
    if measurement.numerator is not None or kind not in _SHARES or measurement.n is None:
        return measurement.numerator or Decimal(0)
    return measurement.value * measurement.n / 100


def hidden_targets(targets: Iterable[int]) -> frozenset[int]:
    """Those of the targets that have a live figure nobody outside the project may see."""
    if not (asked := list(targets)):
        return frozenset()
    live = TargetVersion.objects.live().filter(target=OuterRef("target"))
    measured = (
        Measurement.objects.live()
        .filter(_MAYBE_FEW, target__in=asked)
        .annotate(kind=Subquery(live.values("kind")[:1]))
        .only("target", "value", "n", "numerator", "denominator")
    )
    kinds = ((row, getattr(row, "kind", None)) for row in measured)
    return frozenset(row.target_id for row, kind in kinds if kind and must_hide(row, kind))


def targets_behind(target: int | None, evidence: Iterable[dict[str, Any]]) -> set[int]:
    """The targets a finding's figures are about: its own, and those its evidence names as source."""
    named = {str(row.get("source") or "").removeprefix("target:") for row in evidence}
    return {int(name) for name in named if name.isdigit()} | ({target} if target else set())
