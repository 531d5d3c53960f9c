"""A target's chart and the checks of «Måler vi målet?», worded from what its page holds."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from benefits.actions.targets import definition_of
from benefits.checks import Check, checks_said, found_in
from benefits.detectability import Detectability, detectability
from benefits.engine.verdicts import State
from benefits.indicators import counters_of
from benefits.joint import parts_of_whole
from benefits.keeping import limits_words
from benefits.queries.target_page import Row, TargetPage, planned_path
from benefits.shares import value_of
from saman import formatting
from saman.charts import Foreseen, Point, Usual, target_chart

BY_WORDS = ("V1", "V2", "V3", "V6", "V7")  # what can be told from what the target says; the others are asked below
LIMITS = {"limits": True, "limits_preliminary": False}  # whether the points behind them are enough
RELAPSES = {State.RELAPSE, State.BACK_TO_ZERO, State.BELOW_BASELINE_AFTER_GAIN}


def chart_of(page: TargetPage) -> SafeString | None:
    """The target's chart; None while there is nothing to draw."""
    version, plan = page.version, planned_path(page.facts)
    points = chart_points(page)
    if not points and not plan:
        return None
    final = page.final
    return target_chart(
        points,
        plan=plan,
        tolerance=max(page.facts.tolerance or 0.0, page.facts.mmc or 0.0) or None,
        baseline=page.facts.baseline.value if page.facts.baseline else None,
        target=float(final[1]) if final and not page.kept else None,
        limits=(page.facts.keep_min, page.facts.keep_max),
        today=page.today,
        unit=version.unit,
        label=" ".join(filter(None, (chart_sentence(page), _usual_sentence(page)))),
        decimals=page.decimals,
        forecast=forecast_steps(page),
        breaks=[one.on for one in page.breaks],
        usual=usual_of(page),
    )


def usual_of(page: TargetPage) -> Usual | None:
    """What the figure usually varies between; none where it is not known, or a figure is hidden from this reader.

    Sick leave within the year is drawn as measured, season and all, and its limits are of what is left without it.
    """
    measured = [point.on for point in chart_points(page) if point.value is not None]
    found = limits_said(page)
    if found is None or not measured or page.hides_figures:
        return None
    if page.facts.kind == "absence_rate" and page.facts.frequency != "yearly":
        return None
    since = measured[-min(int(found["points"]), len(measured))]
    return Usual(since, measured[-1], found["low"], found["high"])


def limits_said(page: TargetPage) -> dict[str, Any] | None:
    """The limits the engine found: `low` and `high` in the unit, the `points` behind them, and `is_firm`."""
    for signal in page.status.signals if page.status else ():
        if signal["code"] in LIMITS:
            return {**signal["values"], "is_firm": LIMITS[signal["code"]]}
    return None


def usual_name(page: TargetPage) -> str:
    """What the lines of usual variation are called under the chart; nothing without them."""
    found = limits_said(page)
    if found is None or usual_of(page) is None:
        return ""
    if found["is_firm"]:
        return _("Vanlig variasjon")
    return _("Foreløpige grenser for vanlig variasjon, fra bare %(points)s målinger") % {"points": int(found["points"])}


def forecast_steps(page: TargetPage) -> list[Foreseen]:
    """The forecast's steps; none where a figure is hidden from this reader."""
    if page.status is None or page.hides_figures:
        return []
    steps = page.status.forecast
    return [Foreseen(date.fromisoformat(s["on"]), s["value"], s["low"], s["high"]) for s in steps]


def chart_points(page: TargetPage) -> list[Point]:
    """The values of the whole by day; one a reader may not see leaves a gap."""
    since = relapse_since(page)
    days: dict[date, list[Row]] = defaultdict(list)
    for row in page.rows:
        days[row.measurement.measured_on].append(row)
    wanted = frozenset(municipality.pk for municipality in page.municipalities)
    found = []
    for on, rows in sorted(days.items()):
        places = [row.measurement.municipality_id for row in rows]
        parts = parts_of_whole(rows, places, [row.measurement.denominator for row in rows], wanted)
        if parts:
            is_relapse = since is not None and on >= since
            is_preliminary = any(row.measurement.is_preliminary for row in parts)
            found.append(Point(on, _summed(parts, page.version.unit), is_relapse, is_preliminary))
    return found


def _summed(parts: Sequence[Row], unit: str) -> float | None:
    """One figure from a day's parts; None when one of them is hidden from this reader."""
    if any(row.figure.value is None for row in parts):
        return None
    if len(parts) == 1:
        return float(parts[0].measurement.value)
    over = sum(row.measurement.numerator or 0 for row in parts)
    under = sum(row.measurement.denominator or 0 for row in parts)
    return float(value_of(Decimal(over), Decimal(under), unit))


def relapse_since(page: TargetPage) -> date | None:
    """The day a relapse began, where there is one."""
    if page.status is None or page.status.state not in RELAPSES:
        return None
    days = [reason["values"].get("since") for reason in page.status.reasons]
    found = next((day for day in days if day), None)
    return date.fromisoformat(found) if found else None


def chart_sentence(page: TargetPage) -> str:
    """The point of the chart for those who cannot see it."""
    unit, decimals = page.version.unit, page.decimals
    values = {"title": page.version.title}
    final, baseline, latest = page.final, page.facts.baseline, page.latest
    if baseline:
        values["baseline"] = formatting.with_unit(baseline.value, unit, decimals)
        values["baseline_on"] = formatting.day(baseline.on)
    if final:
        values["target"] = formatting.with_unit(final[1], unit, decimals)
        values["target_on"] = formatting.day(final[0])
    if latest is None or latest.figure.value is None:
        return _("Linjediagram. %(title)s har ingen tall å vise ennå.") % values
    values["value"] = formatting.with_unit(latest.figure.value, unit, decimals)
    values["on"] = formatting.day(latest.measurement.measured_on)
    if page.kept:
        values["limits"] = limits_words(page.kept, unit, decimals)
        return _("Linjediagram. %(title)s er %(value)s %(on)s. Tallet skal holdes %(limits)s.") % values
    if baseline and final:
        return (
            _(
                "Linjediagram. %(title)s gikk fra nullpunktet %(baseline)s %(baseline_on)s til %(value)s %(on)s. "
                "Målet er %(target)s %(target_on)s."
            )
            % values
        )
    return _("Linjediagram. %(title)s er %(value)s %(on)s.") % values


def _usual_sentence(page: TargetPage) -> str:
    """The lines of usual variation for those who cannot see them."""
    usual = usual_of(page)
    if usual is None:
        return ""
    unit, decimals = page.version.unit, page.decimals
    values = {
        "low": formatting.with_unit(usual.low, unit, decimals),
        "high": formatting.with_unit(usual.high, unit, decimals),
    }
    return _("Det er vanlig at tallet ligger mellom %(low)s og %(high)s.") % values


def checks_of(page: TargetPage) -> tuple[list[Check], Detectability | None]:
    """The checks that can be made with what is known today, and what the figures can show."""
    found = None if page.hides_baseline else detectability(definition_of(page.version))
    said = [] if page.hides_baseline else checks_said(found_in(page.facts, page.today), page.target.number, BY_WORDS)
    checks = [
        *said,
        _baseline_check(page),
        _value_check(page),
        _definition_check(page),
        _frequency_check(page),
        *([] if page.kept or page.hides_baseline else [_detectability_check(page, found)]),
        _counter_check(page),
    ]
    return checks, found


def _baseline_check(page: TargetPage) -> Check:
    version = page.version
    if page.kept:
        return Check("ok", _("Trenger ikke nullpunkt"), _("Tallet skal holdes innenfor grenser."))
    if page.hides_baseline and version.baseline_on:
        return Check("ok", _("Har nullpunkt"), _("Skjult, fordi få personer står bak tallet."))
    if version.baseline_value is not None:
        value = formatting.with_unit(version.baseline_value, version.unit, page.decimals)
        text = _("%(value)s, %(day)s.") % {"value": value, "day": formatting.day(version.baseline_on)}
        return Check("ok", _("Har nullpunkt"), text)
    if version.baseline_due_on and version.baseline_due_on >= page.today:
        text = _("Skal være målt %(day)s.") % {"day": formatting.day(version.baseline_due_on)}
        return Check("meh", _("Nullpunktet er planlagt"), text)
    return Check("nok", _("Mangler nullpunkt"), _("Uten nullpunkt kan ingen si hva som er blitt annerledes."))


def _value_check(page: TargetPage) -> Check:
    if page.final is None:
        return Check("nok", _("Mangler tallfestet mål"), _("Skriv hvor mye, og når."))
    value = formatting.with_unit(page.final[1], page.version.unit, page.decimals)
    if page.kept:
        value = limits_words(page.kept, page.version.unit, page.decimals)
        value = value[:1].upper() + value[1:]
    text = _("%(value)s, %(day)s.") % {"value": value, "day": formatting.day(page.final[0])}
    return Check("ok", _("Har tallfestet mål"), text)


def _definition_check(page: TargetPage) -> Check:
    others = [row for row in page.rows if row.measurement.definition_version != page.version.definition_version]
    if others:
        text = _("Noen målinger har en eldre definisjon, og sammenlignes ikke med de nye.")
        return Check("meh", _("Definisjonen er endret"), text)
    if not page.rows:
        return Check("meh", _("Samme definisjon hele veien"), _("Ingen målinger å sammenligne ennå."))
    return Check("ok", _("Samme definisjon hele veien"), _("Alle målinger er gjort på samme måte."))


def _frequency_check(page: TargetPage) -> Check:
    title = _("Måles ofte nok")
    if not page.rows:
        return Check("nok", title, _("Ingen målinger ennå."))
    due = page.status.next_due_on if page.status else None
    if due and due < page.today:
        return Check("meh", title, _("Ny måling var ventet %(day)s.") % {"day": formatting.day(due)})
    text = str(page.version.get_frequency_display())
    if due:
        text = _("%(often)s. Neste måling er %(day)s.") % {"often": text, "day": formatting.day(due)}
    return Check("ok", title, text)


def _detectability_check(page: TargetPage, found: Detectability | None) -> Check:
    title = _("Endringen er stor nok til å vises")
    if found is None:
        text = _("Vi kan ikke si det før vi vet nullpunktet og hvor mange svar eller ansatte det bygger på.")
        return Check("meh", title, text)
    return Check("meh" if found.is_target_within_chance else "ok", title, found.sentence)


def _counter_check(page: TargetPage) -> Check:
    counters, is_measured = counters_of(page.version.indicator, page.measured_keys)
    if is_measured:
        return Check("ok", _("Har kontrollindikator"), _("Prosjektet måler også det som kunne blitt verre."))
    if not counters:
        text = _("Mål også noe som ville blitt verre hvis gevinsten bare var flyttet.")
        return Check("meh", _("Mangler kontrollindikator"), text)
    names = formatting.joined([f"«{counter.name.in_language(get_language())}»" for counter in counters[:2]])
    text = _("Mål også %(names)s, så dere ser om gevinsten bare er flyttet.") % {"names": names}
    return Check("nok", _("Mangler kontrollindikator"), text)
