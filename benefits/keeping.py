"""Targets to keep a figure within limits: how the limits are written, and the value stored for their last day."""

from decimal import Decimal

from django.utils.translation import gettext as _

from saman import formatting

Limits = tuple[Decimal | float | None, Decimal | float | None]


def limits_words(limits: Limits, unit: str = "", decimals: int | None = None) -> str:
    """«mellom 4 og 6 %», «på minst 95 %» or «på høyst 6 %»; nothing without limits."""
    low, high = limits
    if low is not None and high is not None:
        values = {"low": formatting.number(low, decimals), "high": formatting.with_unit(high, unit, decimals)}
        return _("mellom %(low)s og %(high)s") % values
    if low is not None:
        return _("på minst %(low)s") % {"low": formatting.with_unit(low, unit, decimals)}
    return _("på høyst %(high)s") % {"high": formatting.with_unit(high, unit, decimals)} if high is not None else ""


def stored_value(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    """What stands as the value of the last day: the only limit, or the middle of both. Nothing is judged by it."""
    if low is not None and high is not None:
        return ((low + high) / 2).quantize(Decimal("0.0001"))
    return high if low is None else low
