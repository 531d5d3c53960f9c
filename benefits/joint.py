"""Joint projects: when the municipalities' own figures of one day make a figure for the whole, and which it is.

Numerators and denominators are summed, never shares; a day some municipality has not measured says nothing of it.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from benefits.models import EffectTarget

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
