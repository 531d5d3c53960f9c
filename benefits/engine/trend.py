"""A target's run chart, limits and forecast as codes and numbers, taken out of the vectorised answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from benefits.engine import noise
from benefits.engine.facts import TargetFacts
from benefits.engine.forecast import WORDS, Forecast, Past, Refusal, find_forecast
from benefits.engine.paths import final_value
from benefits.engine.relapse import Relapse
from benefits.engine.runcharts import Limits, RunChart, run_chart, xmr_limits
from benefits.engine.series import Points, Series
from benefits.engine.thresholds import DEFAULT, Thresholds
from benefits.engine.verdicts import Chance, ForecastStep, Reason, Value


@dataclass(frozen=True, slots=True)
class TrendFigures:
    """What the points after the last break say beyond the newest of them; see `TargetVerdict` for the fields."""

    forecast: tuple[ForecastStep, ...]
    chance: Chance | None
    no_forecast: str
    signals: tuple[Reason, ...]


def trends_of(
    targets: Sequence[TargetFacts], series: Series, points: Points, relapse: Relapse, thresholds: Thresholds = DEFAULT
) -> list[TrendFigures]:
    """The trend of each target; `points` are those after the last break, `relapse` R0's answer about them."""
    forecast = find_forecast(_past(targets, series, points, relapse), thresholds)
    charts = run_chart(points.value, points.count, thresholds)
    limits = xmr_limits(points.value, points.count, thresholds)
    return [
        TrendFigures(
            *(((), None, "") if target.is_kept else _forecast(forecast, i)),
            (
                *_runs(charts, i, None if target.is_kept else target.direction),
                *_limits(limits, points, i, thresholds),
            ),
        )
        for i, target in enumerate(targets)
    ]


def _past(targets: Sequence[TargetFacts], series: Series, points: Points, relapse: Relapse) -> Past:
    """What the forecast starts from."""
    finals = [final_value(target) for target in targets]
    last = np.maximum(series.points.count - 1, 0)[:, None]
    newest = np.take_along_axis(points.sd, np.maximum(points.count - 1, 0)[:, None], 1)[:, 0]
    return Past(
        day=points.day,
        value=points.value,
        count=points.count,
        sd=newest / noise.inflation(series.rho),
        period=series.period,
        target=series.parameters.target,
        direction=series.parameters.direction,
        final_day=np.array([final[0].toordinal() if final else 0 for final in finals], np.int64),
        rho=series.rho,
        is_broken=np.take_along_axis(series.points.segment, last, 1)[:, 0] > 0,
        has_relapsed=relapse.has_fallen,
    )


def _forecast(found: Forecast, i: int) -> tuple[tuple[ForecastStep, ...], Chance | None, str]:
    """Row i as steps, word and the code of what stopped it."""
    steps = tuple(
        ForecastStep(date.fromordinal(int(day)), float(value), float(low), float(high))
        for day, value, low, high in zip(found.day[i], found.value[i], found.low[i], found.high[i], strict=True)
        if np.isfinite(day)
    )
    chance = WORDS[found.chance[i]] if found.chance[i] >= 0 else None
    refusal = Refusal(int(found.refusal[i]))
    return steps, chance, "" if refusal is Refusal.NONE else refusal.name.lower()


def _runs(chart: RunChart, i: int, direction: int | None) -> list[Reason]:
    """What the run chart says of row i: signals, or that there are none; nothing under its number of points."""
    if not chart.useful[i]:
        return []
    useful: dict[str, Value] = {"useful": int(chart.useful[i])}
    found = []
    if chart.run[i] > chart.most_run[i]:
        better = int(chart.side[i]) * (direction or 0)
        side = {1: "better", -1: "worse"}.get(better, "same")
        values: dict[str, Value] = {"run": int(chart.run[i]), "most": int(chart.most_run[i]), **useful}
        found.append(Reason(f"run_{side}_latest" if chart.is_latest[i] else "run_long", values))
    if chart.crossings[i] < chart.fewest[i]:
        values = {"crossings": int(chart.crossings[i]), "fewest": int(chart.fewest[i]), **useful}
        found.append(Reason("few_crossings", values))
    return found or [Reason("run_calm", useful)]


def _limits(limits: Limits, points: Points, i: int, thresholds: Thresholds) -> list[Reason]:
    """The limits of row i, and the last point outside or near them; nothing under their number of points."""
    if not np.isfinite(limits.mean[i]):
        return []
    count = int(points.count[i])
    values: dict[str, Value] = {"low": float(limits.low[i]), "high": float(limits.high[i]), "points": count}
    found = [Reason("limits" if count >= thresholds.firm_limit_points else "limits_preliminary", values)]
    for code, column in (("outside_limits", int(limits.outside[i])), ("near_limit", int(limits.near[i]))):
        if column >= 0:
            on = date.fromordinal(int(points.day[i, column]))
            found.append(Reason(code, {"on": on, "value": float(points.value[i, column])}))
    return found
