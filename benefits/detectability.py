"""How small a change a target's figures can show: asked of the engine for a definition, stored or not."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from benefits.actions.targets import Definition
from benefits.checks import facts_of
from benefits.engine.noise import detectable_change
from benefits.models import TargetVersion
from benefits.shares import PERCENT
from saman import formatting

MOST_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Detectability:
    """Changes in the unit: below `chance` it may be chance, above `seen` it is nearly always seen.

    `way`: the promised change, None when baseline or target is not set. `unit`: as the target writes it.
    """

    chance: float
    seen: float
    way: float | None
    unit: str

    @property
    def is_target_within_chance(self) -> bool:
        """Whether reaching the target could not be told from chance."""
        return self.way is not None and self.way < self.chance

    @property
    def is_without_chance(self) -> bool:
        """Whether the baseline is of everybody, so that it is not by chance who it was of."""
        return self.chance == 0

    @property
    def sentence(self) -> str:
        """What a change must be to be seen, with as many decimals as keep it from being called zero."""
        if self.is_without_chance:
            return _(
                "Nullpunktet er fra alle det gjelder. Svarer alle neste gang også, skyldes ingen endring "
                "hvem som svarte. Svarer færre, kan en liten endring være tilfeldig."
            )
        # A number is rounded to zero below half of its last decimal.
        decimals = next((n for n in range(1, MOST_DECIMALS) if round(self.chance, n) > 0), MOST_DECIMALS)
        words = {
            "x": formatting.number(self.chance, decimals),
            "y": formatting.number(self.seen, decimals),
            "unit": _("prosentpoeng") if self.unit == PERCENT else self.unit,
        }
        text = _("En endring under %(x)s %(unit)s kan være tilfeldig; over %(y)s oppdager vi den nesten alltid.")
        return text % words


def detectability(definition: Definition) -> Detectability | None:
    """What the figures behind a definition can show; None when kind, baseline or number of people is missing."""
    if definition.baseline_value is None or definition.baseline_on is None:
        return None
    found = detectable_change(facts_of(definition))
    if found is None or (found[0] == 0 and definition.kind != TargetVersion.Kind.SURVEY_SHARE):
        return None  # a spread said to be none tells nothing of what can be seen
    final = None if definition.is_kept else max(definition.values, default=None)
    way = abs(float(final[1] - definition.baseline_value)) if final else None
    return Detectability(float(found[0]), float(found[1]), way, definition.unit)
