"""Indicators that stand in for what a target is about, and which of them an adviser has said yes to."""

from collections.abc import Sequence
from datetime import date, datetime

from benefits.concepts import measured_by, needs_all
from benefits.models import StandInConfirmation, TargetVersion


def is_stand_in(version: TargetVersion) -> bool:
    """Whether the target is about what its indicator alone does not measure, and somebody has said why it will do."""
    about = version.concept
    return bool(about and version.concept_reason) and (needs_all(about) or version.indicator not in measured_by(about))


def confirmed(versions: Sequence[TargetVersion], as_of: date, known_at: datetime | None) -> frozenset[int]:
    """The targets whose stand-in an adviser had confirmed by a date, as known at a moment; None: now."""
    asked = {v.target_id: (v.concept, v.indicator) for v in versions if is_stand_in(v)}
    if not asked:
        return frozenset()
    rows = StandInConfirmation.objects.filter(target__in=asked, confirmed_on__lte=as_of)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    found = rows.values_list("target", "concept", "indicator")
    return frozenset(target for target, *said in found if asked[target] == tuple(said))
