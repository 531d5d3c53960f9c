"""What those outside a project see of its warnings: nothing before the concern opens to them (decisions 18c, 18f)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from benefits.engine.verdicts import ConcernKind
from benefits.models import Concern, PitfallWarning


def held_back(concerns: Iterable[Concern], today: date) -> list[Concern]:
    """Those that are not open to people outside the project yet."""
    return [concern for concern in concerns if concern.visible_on > today]


def is_held(warning: PitfallWarning, held: Iterable[Concern]) -> bool:
    """Whether an open finding is evidence of a concern that is held back; each relapse is a concern of its own."""
    return warning.closed_on is None and any(
        concern.cause == warning.cause
        and (concern.kind != ConcernKind.RELAPSE or concern.target_id == warning.target_id)
        for concern in held
    )


def levels_shown(
    pitfalls: Mapping[str, int | None], visible: Iterable[Concern], held: Sequence[Concern]
) -> dict[str, int | None]:
    """Severity by pitfall. One with a concern not yet open to others is as grave as what is open to them."""
    held_rules = {rule for concern in held for rule in concern.rules}
    shown: dict[str, int] = defaultdict(int)
    for concern in visible:
        for rule in concern.rules:
            shown[rule] = max(shown[rule], concern.severity)
    return {rule: shown[rule] if rule in held_rules else severity for rule, severity in pitfalls.items()}


def worst_level(levels: Iterable[int | None]) -> int | None:
    """The worst severity; None when there is no sign, but something could not be assessed."""
    all_levels = list(levels)
    highest = max((level for level in all_levels if level is not None), default=0)
    return highest or (None if None in all_levels or not all_levels else 0)
