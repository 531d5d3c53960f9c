"""Worked examples for «Slik regner vi»: invented figures, judged by the engine itself with the thresholds in force."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benefits.engine.assess import assess
from benefits.engine.facts import BaselineFact, MeasurementBatch, ProjectFacts, TargetFacts, TargetValueFact
from benefits.engine.noise import detectable_change
from benefits.engine.thresholds import Thresholds
from benefits.engine.verdicts import TargetVerdict
from benefits.figures import RELAPSES
from benefits.queries.target_page import planned_path
from benefits.wording import reason_sentences, state_word
from saman import formatting, words
from saman.charts import Point, target_chart

START, END = date(2012, 12, 31), date(2015, 12, 31)
SMALL, LARGE = 30, 800  # employees
FULL_TIME = TargetFacts(
    id=1, number=1, is_main=True, level="effect", definition_version=1, kind="register_share", unit="%", direction=1,
    frequency="yearly", mmc=1.0, population=LARGE, baseline=BaselineFact(40.0, START),
    values=(TargetValueFact(END, 50.0),),
)  # fmt: skip
ABSENCE = replace(
    FULL_TIME, kind="absence_rate", direction=-1, frequency="quarterly", mmc=0.3, population=600,
    baseline=BaselineFact(9.0, START, points=4), values=(TargetValueFact(END, 7.5),),
)  # fmt: skip
QUARTERLY = replace(FULL_TIME, frequency="quarterly", population=2000)
QUARTER_ENDS = tuple(date(y, m, d) for y in (2013, 2014, 2015) for m, d in ((3, 31), (6, 30), (9, 30), (12, 31)))


@dataclass(frozen=True, slots=True)
class Series:
    """An example's facts: what is promised, what was measured, and the day it is looked at."""

    facts: TargetFacts
    values: Sequence[tuple[date, float]]
    today: date


EXAMPLES: dict[str, Series] = {
    "way": Series(FULL_TIME, [(date(2013, 12, 31), 43.5), (date(2014, 12, 31), 46.5)], date(2015, 1, 22)),
    "large": Series(FULL_TIME, [(date(2013, 12, 31), 41.5), (date(2014, 12, 31), 43.0)], date(2015, 1, 22)),
    "small": Series(
        replace(FULL_TIME, population=SMALL),
        [(date(2013, 12, 31), 41.5), (date(2014, 12, 31), 43.0)],
        date(2015, 1, 22),
    ),
    "unknown": Series(FULL_TIME, [(date(2013, 12, 31), 43.5)], date(2015, 5, 1)),
    "season": Series(
        ABSENCE,
        list(zip(QUARTER_ENDS, (9.9, 8.5, 7.8, 9.2, 9.1, 7.9, 7.1, 8.5), strict=False)),
        date(2015, 1, 22),
    ),
    "relapse": Series(
        QUARTERLY,
        list(zip(QUARTER_ENDS, (42.0, 44.0, 46.5, 47.5, 48.0, 47.8, 47.6, 43.0, 42.0, 41.5), strict=False)),
        date(2015, 7, 15),
    ),
}
TITLES: dict[str, Promise] = {
    "way": gettext_lazy("Andelen som jobber heltid i en kommune med 800 ansatte"),
    "large": gettext_lazy("Heltid i en kommune med 800 ansatte"),
    "small": gettext_lazy("Heltid i en enhet med 30 ansatte, med de samme tallene"),
    "unknown": gettext_lazy("Heltid, målt første år og ikke siden"),
    "season": gettext_lazy("Sykefravær hvert kvartal"),
    "relapse": gettext_lazy("Heltid hvert kvartal, der framgangen går tapt"),
}


@dataclass(frozen=True, slots=True)
class Worked:
    """An example as the page shows it. `state` is empty when the result says the same."""

    key: str
    title: str
    chart: SafeString
    rows: list[tuple[date, str, str]]
    result: str
    state: str
    reasons: list[str]
    has_relapse: bool


def worked(key: str, thresholds: Thresholds) -> Worked:
    """One example, judged with the thresholds."""
    series = EXAMPLES[key]
    verdict = judged(series, thresholds)
    sentences = reason_sentences([{"code": r.code, "values": r.values} for r in verdict.reasons], series.facts.unit)
    title, is_relapse = str(TITLES[key]), verdict.state in RELAPSES
    plan, state = dict(planned_path(series.facts)), state_word(verdict.state)
    return Worked(
        key=key,
        title=title,
        chart=_drawn(series, title, sentences, is_relapse),
        rows=[(on, _written(value), _written(_between(plan, on))) for on, value in series.values],
        result=verdict.result.value,
        state=state if state != str(words.result_sign(verdict.result).word) else "",
        reasons=sentences,
        has_relapse=is_relapse,
    )


def judged(series: Series, thresholds: Thresholds) -> TargetVerdict:
    """The engine's verdict of an example."""
    project = ProjectFacts(1, 1, START, None, START, (series.facts,))
    count = len(series.values)
    batch = MeasurementBatch(
        target_ids=np.array([1], np.int64),
        offsets=np.array([0, count], np.int64),
        days=np.array([on.toordinal() for on, _value in series.values], np.int64),
        values=np.array([value for _on, value in series.values]),
        n=np.full(count, np.nan),
        denominators=np.full(count, np.nan),
        definitions=np.ones(count, np.int64),
        ids=np.arange(count, dtype=np.int64),
    )
    [verdict] = assess([project], batch, series.today, thresholds)
    return verdict.targets[0]


def chance_rows(thresholds: Thresholds) -> list[tuple[int, str, str]]:
    """Employees; a change that may be chance; one that is nearly always seen: for full-time shares of 40 %."""
    found = []
    for population in (SMALL, 100, 400, LARGE):
        change = detectable_change(replace(FULL_TIME, population=population), thresholds)
        if change is not None:
            found.append((population, *(_points(float(value)) for value in change)))
    return found  # type: ignore[return-value]


def _drawn(series: Series, title: str, sentences: list[str], is_relapse: bool) -> SafeString:
    final, base = series.facts.values[0].value, series.facts.baseline
    last = series.values[-2:] if is_relapse else []
    return target_chart(
        [Point(on, value, is_relapse=(on, value) in last) for on, value in series.values],
        plan=planned_path(series.facts),
        tolerance=series.facts.mmc,
        baseline=base.value if base else None,
        target=final,
        today=series.today,
        unit=series.facts.unit,
        label=f"{title}. {' '.join(sentences)}",
        decimals=1,
        height=240,
    )


def _between(plan: dict[date, float], on: date) -> float:
    """The planned value on a day."""
    days = sorted(plan)
    return float(np.interp(on.toordinal(), [day.toordinal() for day in days], [plan[day] for day in days]))


def _written(value: float) -> str:
    return formatting.with_unit(value, "%", 1)


def _points(value: float) -> str:
    return formatting.with_unit(value, _("prosentpoeng"), 1)
