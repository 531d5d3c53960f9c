"""A target's chart and the checks of «Måler vi målet?», worded from what its page holds."""

from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from benefits.actions.targets import definition_of
from benefits.checks import Check, checks_said, found_in
from benefits.detectability import Detectability, detectability
from benefits.engine.verdicts import State
from benefits.indicators import counters_of
from benefits.keeping import limits_words
from benefits.queries.target_page import TargetPage, planned_path
from saman import formatting
from saman.charts import Foreseen, Point, target_chart

BY_WORDS = ("V1", "V2", "V6", "V7")  # what can be told from what the target says; the others are asked below
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
        label=chart_sentence(page),
        decimals=page.decimals,
        forecast=forecast_steps(page),
        breaks=[one.on for one in page.breaks],
    )


def forecast_steps(page: TargetPage) -> list[Foreseen]:
    """The forecast's steps; none where a figure is hidden from this reader."""
    if page.status is None or page.hides_figures:
        return []
    steps = page.status.forecast
    return [Foreseen(date.fromisoformat(s["on"]), s["value"], s["low"], s["high"]) for s in steps]


def chart_points(page: TargetPage) -> list[Point]:
    """The measured values by day; one a reader may not see leaves a gap. Joint projects' parts are not summed here."""
    since = relapse_since(page)
    rows = {row.measurement.measured_on: row for row in page.rows if row.measurement.municipality_id is None}
    return [
        Point(
            on,
            None if row.figure.value is None else float(row.figure.value),
            is_relapse=since is not None and on >= since,
            is_preliminary=row.measurement.is_preliminary,
        )
        for on, row in sorted(rows.items())
    ]


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


def checks_of(page: TargetPage) -> tuple[list[Check], Detectability | None]:
    """The checks that can be made with what is known today, and what the figures can show."""
    found = detectability(definition_of(page.version))
    checks = [
        *checks_said(found_in(page.facts, page.today), page.target.number, BY_WORDS),
        _baseline_check(page),
        _value_check(page),
        _definition_check(page),
        _frequency_check(page),
        *([] if page.kept else [_detectability_check(page, found)]),
        _counter_check(page),
    ]
    return checks, found


def _baseline_check(page: TargetPage) -> Check:
    version = page.version
    if page.kept:
        return Check("ok", _("Trenger ikke nullpunkt"), _("Tallet skal holdes innenfor grenser."))
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
    unit = _("prosentpoeng") if page.version.unit == "%" else page.version.unit
    words = {"x": formatting.number(found.chance, 1), "y": formatting.number(found.seen, 1), "unit": unit}
    text = _("En endring under %(x)s %(unit)s kan være tilfeldig; over %(y)s oppdager vi den nesten alltid.") % words
    return Check("meh" if found.is_target_within_chance else "ok", title, text)


def _counter_check(page: TargetPage) -> Check:
    counters, is_measured = counters_of(page.version.indicator, page.measured_keys)
    if is_measured:
        return Check("ok", _("Har kontrollindikator"), _("Prosjektet måler også det som kunne blitt verre."))
    if not counters:
        text = _("Mål også noe som ville blitt verre hvis gevinsten bare var flyttet.")
        return Check("meh", _("Mangler kontrollindikator"), text)
    names = formatting.joined([counter.name.in_language(get_language()).lower() for counter in counters[:2]])
    text = _("Mål også %(names)s, så dere ser om gevinsten bare er flyttet.") % {"names": names}
    return Check("nok", _("Mangler kontrollindikator"), text)
