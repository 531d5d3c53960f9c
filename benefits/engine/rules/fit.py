"""V1 and V2: does the indicator measure the effect, or only what was done? (source: domain.md §2c)."""

import re

from benefits.engine.facts import TargetFacts
from benefits.engine.rules.case import EFFECTS, Case, effect_targets, no_sign, not_assessable
from benefits.engine.verdicts import Evidence, Finding

# What a project does, in bokmål and nynorsk. A completed education is something else: people who have learnt something.
_COUNTED = (
    r"(?:antall|antal|tal på|talet på|tallet på)\s+(?:\w+\s+){0,2}?"
    r"(?:møter|møte|kurs|kursdager|kursdagar|deltakere|deltakarar|samlinger|samlingar|opplæringer|opplæringar)\b"
)
_TAUGHT = r"(?!\s+(?:fagprøve|fagbrev|utdanning|utdanninga|utdanningen|videreutdanning|vidareutdanning|lærlingtid))"
_DONE = rf"(?:gjennomført|utarbeidet|utarbeidd|vedtatt|vedteke|vedtatte|innført|innførte)\b{_TAUGHT}"
_MAPPED = r"(?:kartlegging|kartlegginga|kartleggingen|kartlegginger|kartleggingar|kartlagt|kartlagde)\b"
ACTIVITY = re.compile(rf"\b(?:{_COUNTED}|{_DONE}|{_MAPPED})", re.IGNORECASE)


def level(case: Case) -> list[Finding]:
    """V1: an effect target measured by an indicator of the catalogue that counts what is done."""
    return [_level(case, target) for target in effect_targets(case)]


def _level(case: Case, target: TargetFacts) -> Finding:
    if target.indicator_level is None:
        return not_assessable("V1", ["indicator"], target.id)
    if target.indicator_level in EFFECTS:
        return no_sign("V1", target.id)
    evidence = [
        Evidence("indicator_name", target.title, f"target:{target.id}"),
        Evidence("indicator_level", target.indicator_level, f"target:{target.id}"),
    ]
    return case.finding("measures_activity", target=target.id, evidence=evidence)


def words(case: Case) -> list[Finding]:
    """V2: the words of an indicator of one's own sound like something done. It asks, and never blocks."""
    return [_words(case, target) for target in effect_targets(case)]


def _words(case: Case, target: TargetFacts) -> Finding:
    text = f"{target.title}. {target.definition}"
    found = None if target.is_catalogued else ACTIVITY.search(text)
    if found is None:
        return no_sign("V2", target.id)
    evidence = [Evidence("activity_words", " ".join(found[0].split()), f"target:{target.id}")]
    return case.finding("sounds_like_activity", target=target.id, evidence=evidence)
