"""Amounts of freed time as templates write them."""

from decimal import Decimal

from django import template

from benefits.models import FreedTimeVersion
from benefits.wording import freed_time as words
from saman import formatting

register = template.Library()
register.filter("fte", words.fte_number)
register.filter("fte_text", words.fte_text)


@register.filter
def amount_text(version: FreedTimeVersion) -> str:
    """What a post says, in its own unit."""
    return formatting.with_unit(version.amount, str(version.get_unit_display()))


@register.filter
def less(amount: Decimal, other: Decimal) -> Decimal:
    """One amount less another."""
    return amount - other
