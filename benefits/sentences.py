"""A target as one sentence, in the language of its project: text that people have approved, so it is stored."""

from datetime import date
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from benefits.actions.targets import Definition
from benefits.keeping import Limits, limits_words
from benefits.periods import Period, Span
from benefits.precision import decimals_of
from saman import formatting


def statement(
    *,
    language: str,
    direction: int,
    indicator: str,
    scope: str,
    unit: str,
    baseline: tuple[Decimal, Period] | None,
    target: tuple[Decimal, Period],
    kept: Limits | None = None,
) -> str:
    """«Vi vil redusere sykefravær i pleie og omsorg fra 10,8 % i 2013 til 9,0 % i 2015.»

    `kept`: limits to stay within, «Vi vil holde sykefravær i pleie og omsorg mellom 4,0 og 6,0 % ut 2015.»
    """
    if kept is not None:
        return _kept(language, indicator, scope, unit, kept, target[1])
    with translation.override(language):
        decimals = decimals_of(target[0], *(baseline[:1] if baseline else ()))
        parts = {
            "indicator": uncapitalised(indicator),
            "scope": scope,
            "target": formatting.with_unit(target[0], unit, decimals),
            "by": when(target[1]),
        }
        if baseline is None:
            return _without_baseline(direction) % parts
        parts |= {"baseline": formatting.with_unit(baseline[0], unit, decimals), "since": when(baseline[1])}
        return _with_baseline(direction) % parts


def statement_of(definition: Definition, language: str) -> str:
    """The sentence a stored target makes, its last day of a year said as the year; empty where a slot is empty."""
    has_way = definition.direction is not None or definition.is_kept
    if not definition.values or not has_way or not definition.scope:
        return ""
    value, on, last = definition.baseline_value, definition.baseline_on, definition.values[-1]
    return statement(
        language=language,
        direction=definition.direction or 1,
        indicator=definition.title,
        scope=definition.scope,
        unit=definition.unit,
        baseline=None if value is None or on is None else (value, _period(on)),
        target=(last[1], _period(last[0])),
        kept=(definition.keep_min, definition.keep_max) if definition.is_kept else None,
    )


def _kept(language: str, indicator: str, scope: str, unit: str, limits: Limits, until: Period) -> str:
    with translation.override(language):
        decimals = decimals_of(*(Decimal(str(limit)) for limit in limits if limit is not None))
        parts = {
            "indicator": uncapitalised(indicator),
            "scope": scope,
            "limits": limits_words(limits, unit, decimals),
            "until": through(until),
        }
        return _("Vi vil holde %(indicator)s i %(scope)s %(limits)s %(until)s.") % parts


def through(period: Period) -> str:
    """To the end of a period in a sentence: ut 2015, ut 2. kvartal 2015, ut juni 2015, til 30. juni 2015."""
    if period.span is Span.YEAR:
        return _("ut %(year)s") % {"year": period.ends_on.year}
    if period.span is Span.QUARTER:
        return _("ut %(number)s. kvartal %(year)s") % {
            "number": period.ends_on.month // 3,
            "year": period.ends_on.year,
        }
    if period.span is Span.MONTH:
        return _("ut %(month)s") % {"month": formatting.month(period.ends_on)}
    return _("til %(day)s") % {"day": formatting.day(period.ends_on)}


def _period(on: date) -> Period:
    return Period(on, Span.YEAR if (on.month, on.day) == (12, 31) else Span.DAY)


def _with_baseline(direction: int) -> str:
    if direction < 0:
        return _("Vi vil redusere %(indicator)s i %(scope)s fra %(baseline)s %(since)s til %(target)s %(by)s.")
    return _("Vi vil øke %(indicator)s i %(scope)s fra %(baseline)s %(since)s til %(target)s %(by)s.")


def _without_baseline(direction: int) -> str:
    if direction < 0:
        return _("Vi vil redusere %(indicator)s i %(scope)s til %(target)s %(by)s. Nullpunktet er ikke målt ennå.")
    return _("Vi vil øke %(indicator)s i %(scope)s til %(target)s %(by)s. Nullpunktet er ikke målt ennå.")


def when(period: Period) -> str:
    """A period in a sentence: i 2013, i 2. kvartal 2013, i juni 2013, 30. juni 2013."""
    if period.span is Span.YEAR:
        return _("i %(year)s") % {"year": period.ends_on.year}
    if period.span is Span.QUARTER:
        return _("i %(number)s. kvartal %(year)s") % {
            "number": period.ends_on.month // 3,
            "year": period.ends_on.year,
        }
    if period.span is Span.MONTH:
        return _("i %(month)s") % {"month": formatting.month(period.ends_on)}
    return _("den %(day)s") % {"day": formatting.day(period.ends_on)}


def uncapitalised(name: str) -> str:
    """A name inside a sentence: its first letter small, unless it is an abbreviation (KOSTRA-tall)."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
