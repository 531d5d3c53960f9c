"""The invented effect targets of each theme: indicator, where it starts, where it shall end, how noisy it is."""

import random
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from benefits.actions.targets import Definition
from benefits.indicators import OWN, indicator
from benefits.keeping import stored_value
from benefits.sentences import statement_of
from reporting.demo.series import month_ends, quarter_ends, year_ends

BASELINE_ON = date(2012, 12, 31)
TARGET_ON = date(2015, 12, 31)
FOLLOW_UP_TO = date(2017, 12, 31)
CARE = {"nb": "pleie og omsorg", "nn": "pleie og omsorg"}
WHOLE = {"nb": "hele kommunen", "nn": "heile kommunen"}


@dataclass(frozen=True, slots=True)
class Plan:
    """One target's numbers, in the unit of its indicator in the catalogue.

    The baseline is drawn from `low`–`high`; `change` leads to the target; `sd` is that of one point; `n` employees.
    `keep`: the figure is to stay within these limits instead.
    """

    indicator: str
    scope: dict[str, str]
    low: float
    high: float
    change: float
    sd: float
    n: int
    decimals: int = 1
    frequency: str = "quarterly"
    keep: tuple[int, int] | None = None


PLANS: dict[str, tuple[Plan, ...]] = {
    "heltid": (
        Plan("heltidsandel", CARE, 18, 34, 16, 0.7, 700),
        Plan("stillingsstorrelse", CARE, 58, 67, 9, 0.5, 700),
        Plan("ufrivillig_deltid", CARE, 28, 42, -17, 1.5, 700, frequency="yearly"),
    ),
    "sykefravaer": (
        Plan("sykefravaer_legemeldt", CARE, 8.6, 11.4, -2.6, 0.2, 320),
        Plan("sykefravaer_totalt", WHOLE, 8.8, 10.6, -1.8, 0.18, 700),
    ),
    "kompetanse": (
        Plan("ubesatte_stillinger", WHOLE, 24, 36, -19, 1.2, 600, decimals=0),
        Plan("andel_fagutdannet", CARE, 58, 70, 13, 0.8, 240, frequency="yearly"),
    ),
    "omdomme": (
        Plan("innbyggertilfredshet", WHOLE, 52, 60, 15, 0.8, 900, decimals=0, frequency="yearly"),
        Plan("sokere_totalt", WHOLE, 160, 260, 110, 8, 600, decimals=0, frequency="yearly"),
    ),
}


# A target beside the theme's own, in a story with the trait.
EXTRAS: dict[str, Plan] = {
    "activity": Plan("kompetanseplan", WHOLE, 20, 30, 45, 2, 300, decimals=0, frequency="yearly"),
    "courses": Plan("kompetanseplan", CARE, 4, 8, 9, 1, 60, decimals=0, frequency="yearly"),
    "counter": Plan("vikarbruk", CARE, 14, 17, -8, 0.2, 700),
    "kept": Plan("vikarbruk", CARE, 10.6, 11.4, -0.5, 0.7, 700, frequency="monthly", keep=(8, 14)),
    "twice": Plan("sykefravaer_legemeldt", CARE, 8.6, 11.4, -2.6, 0.2, 320),
    "only_end": Plan("naervaer_trivsel", WHOLE, 55, 62, 14, 2, 700, decimals=0, frequency="yearly"),
}
# A count of one's own, which is no effect.
COURSES: dict[str, dict[str, str]] = {
    "title": {"nb": "Antall kurs om ny turnus", "nn": "Talet på kurs om ny turnus"},
    "definition": {
        "nb": "Kurs holdt i året, med minst ti deltakere.",
        "nn": "Kurs haldne i året, med minst ti deltakarar.",
    },
    "source": {"nb": "Prosjektets egen oversikt", "nn": "Oversikta til prosjektet"},
    "unit": {"nb": "kurs", "nn": "kurs"},
}
STAND_IN: dict[str, str] = {
    "nb": "Vi har bare tall for det legemeldte fraværet. Når det går ned, er flere på jobb.",
    "nn": "Vi har berre tal for det legemelde fråværet. Når det går ned, er fleire på jobb.",
}
DAYS = {"monthly": month_ends, "quarterly": quarter_ends, "yearly": year_ends}
FEW = 45  # people behind the figures of a small unit


def point_days(plan: Plan, first: date, last: date) -> list[date]:
    """The days a plan's indicator is measured on in a span, both ends included."""
    return DAYS[plan.frequency](first, last)


def define(
    plan: Plan, *, language: str, theme_id: int, draw: random.Random, traits: frozenset[str], target_on: date
) -> Definition:
    """The full sheet of a target, with or without what its story lacks."""
    entry = indicator(plan.indicator)
    assert entry is not None
    population = int(plan.n * draw.uniform(0.7, 1.4))
    baseline = round(Decimal(draw.uniform(plan.low, plan.high)), plan.decimals)
    target = round(baseline + Decimal(plan.change) * Decimal(draw.uniform(0.9, 1.1)), plan.decimals)
    is_rate = entry.kind == "absence_rate"
    made = Definition(
        title=entry.name.in_language(language),
        theme_id=theme_id,
        level=entry.level,
        indicator=entry.key,
        definition=entry.definition.in_language(language),
        kind=entry.kind,
        unit=entry.unit.in_language(language),
        direction=entry.direction,
        scope=plan.scope[language],
        source=entry.source.in_language(language),
        frequency=plan.frequency,
        population=population,
        mmc=entry.mmc,
        tolerance=round(abs(Decimal(plan.change)) / 20, 2),
        plausible_min=entry.plausible[0],
        plausible_max=entry.plausible[1],
        declared_sd=entry.declared_sd,
        baseline_value=None if "no_baseline" in traits else baseline,
        baseline_on=None if "no_baseline" in traits else BASELINE_ON,
        baseline_n=population,
        baseline_points=4 if is_rate else 1,
        baseline_is_retrospective=True,
        effect_starts_on=date(2013, 9, 1) if "no_baseline" in traits else None,
        values=() if "no_value" in traits else ((target_on, target),),
        planned=tuple((day, _point_kind(day, target_on)) for day in point_days(plan, date(2013, 1, 1), FOLLOW_UP_TO)),
    )
    return _with_traits(_kept(made, plan, language, target_on) if plan.keep else made, traits, language, target_on)


def _kept(made: Definition, plan: Plan, language: str, target_on: date) -> Definition:
    """The sheet of a figure that is to stay where it is: limits instead of a value to reach."""
    assert plan.keep is not None
    low, high = map(Decimal, plan.keep)
    middle = stored_value(low, high)
    assert middle is not None
    kept = replace(made, tolerance=None, keep_min=low, keep_max=high, values=((target_on, middle),))
    return replace(kept, statement=statement_of(kept, language))


def _with_traits(made: Definition, traits: frozenset[str], language: str, target_on: date) -> Definition:
    """The sheet as somebody has filled it in who was in a hurry, or did not know better."""
    if "activity" in traits:
        made = replace(made, level="effect")
    if "courses" in traits:
        own: dict[str, Any] = {name: texts[language] for name, texts in COURSES.items()}
        made = replace(made, level="effect", indicator=OWN, kind="count", mmc=None, **own)
    if "only_end" in traits:
        made = replace(made, planned=((target_on, "end"),))
    if "no_follow_up" in traits:
        made = replace(made, planned=tuple(point for point in made.planned if point[0] <= target_on))
    if "small" in traits:
        made = replace(made, population=FEW, baseline_n=FEW)
    if "stand_in" in traits:
        made = replace(made, concept="ufrivillig_deltid")
    if "explained" in traits:
        made = replace(made, concept="naervaer", concept_reason=STAND_IN[language])
    if "old_sentence" in traits:
        ((on, value),) = made.values
        before = replace(made, values=((on, value + 5),))
        made = replace(made, statement=statement_of(before, language))
    return made


def _point_kind(day: date, target_on: date) -> str:
    if day == target_on:
        return "end"
    return "follow_up" if day > target_on else "regular"
