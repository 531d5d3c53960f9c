"""How small a change a target's figures can show: asked of the engine for a definition, stored or not."""

from dataclasses import dataclass

from benefits.actions.targets import Definition
from benefits.checks import facts_of
from benefits.engine.noise import detectable_change


@dataclass(frozen=True, slots=True)
class Detectability:
    """Changes in the unit: below `chance` it may be chance, above `seen` it is nearly always seen.

    `way`: the promised change, None when baseline or target is not set.
    """

    chance: float
    seen: float
    way: float | None

    @property
    def is_target_within_chance(self) -> bool:
        """Whether reaching the target could not be told from chance."""
        return self.way is not None and self.way < self.chance


def detectability(definition: Definition) -> Detectability | None:
    """What the figures behind a definition can show; None when kind, baseline or number of people is missing."""
    if definition.baseline_value is None or definition.baseline_on is None:
        return None
    found = detectable_change(facts_of(definition))
    if found is None:
        return None
    final = None if definition.is_kept else max(definition.values, default=None)
    way = abs(float(final[1] - definition.baseline_value)) if final else None
    return Detectability(float(found[0]), float(found[1]), way)
