"""The learning point about what drives a change in working hours (source: domain.md §2d)."""

from benefits.engine.rules.case import Case, effect_targets, no_sign
from benefits.engine.verdicts import Evidence, Finding

FULL_TIME = "heltid"  # the theme of the catalogue's indicators of working hours
STRUCTURE, CULTURE = "structure", "culture"


def culture(case: Case) -> list[Finding]:
    """L5 «Kulturelementer under drivere»: the map of a full-time project has structural drivers, and none of culture.

    A project without a map, or without any driver on it, is asked nothing.
    """
    drivers = case.project.map_drivers
    is_full_time = any(target.indicator_theme == FULL_TIME for target in effect_targets(case))
    if not is_full_time or STRUCTURE not in drivers or CULTURE in drivers:
        return [no_sign("L5")]
    structural = sum(driver == STRUCTURE for driver in drivers)
    return [case.finding("no_culture", evidence=[Evidence("structural_drivers", structural)])]
