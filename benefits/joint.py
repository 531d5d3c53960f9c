"""Joint projects: when the municipalities' own figures of one day make a figure for the whole, and which it is.

Numerators and denominators are summed, never shares; a day some municipality has not measured says nothing of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from benefits.complementary import hidden_with
from benefits.models import EffectTarget, Measurement
from benefits.suppression import Figure, must_hide, seen

One = TypeVar("One")


def participants(targets: Iterable[int]) -> dict[int, frozenset[int]]:
    """The municipalities that take part in each target's project."""
    wanted = set(targets)
    if not wanted:
        return {}
    found: dict[int, set[int]] = {}
    for target, place in EffectTarget.objects.filter(pk__in=wanted).values_list("pk", "project__municipalities"):
        found.setdefault(target, set()).add(place)
    return {target: frozenset(places) for target, places in found.items()}


def parts_of_whole(
    values: Sequence[One], places: Sequence[Any], denominators: Sequence[Any], wanted: frozenset[int]
) -> Sequence[One]:
    """The values of one day that make up the figure for the whole; none where they do not.

    `places`: the municipality of each, None for the whole project, whose own figure goes before its parts.
    """
    for value, place in zip(values, places, strict=True):
        if place is None:
            return [value]
    if not wanted <= set(places):
        return []
    return values if len(values) == 1 or all(one is not None for one in denominators) else []


def seen_together(measured: Sequence[Measurement], kind: str, *, is_inside: bool) -> dict[int, Figure]:
    """What a reader sees of a target's measurements, by id, whatever has become of them since.

    Where the whole and its parts stand beside each other, a part about few people would follow from the others. Then
    one more is hidden, the part of the fewest, as it would from what stood before a correction.
    """
    figures = {row.pk: seen(row, kind, is_inside=is_inside) for row in measured}
    few = {row.pk for row in measured if not is_inside and must_hide(row, kind)}
    if few:
        sizes = {row.pk: row.denominator or Decimal(row.n or 0) for row in measured}
        for pk in hidden_with(few, sizes, list(_sums(measured))) - few:
            figures[pk] = Figure(None, None, is_suppressed=True, is_for_another=True)
    return figures


def _sums(measured: Iterable[Measurement]) -> Iterator[tuple[int, list[int]]]:
    """(whole, parts) of each day, at each moment one of them was recorded."""
    days: dict[date, list[Measurement]] = defaultdict(list)
    for row in measured:
        days[row.measured_on].append(row)
    for rows in days.values():
        for at in {row.recorded_at for row in rows}:
            there = [row for row in rows if row.recorded_at <= at and (not row.superseded_at or row.superseded_at > at)]
            parts = [row.pk for row in there if row.municipality_id is not None]
            yield from ((row.pk, parts) for row in there if row.municipality_id is None and parts)
