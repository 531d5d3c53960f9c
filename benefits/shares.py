"""A value worked out from a numerator and a denominator: a percentage where the unit is %, else a plain ratio."""

from decimal import Decimal

PERCENT = "%"
CLOSE = Decimal("0.06")  # a value typed with one decimal, beside its numerator and denominator


def value_of(numerator: Decimal, denominator: Decimal, unit: str) -> Decimal:
    """The value with at most four decimals. The denominator must be more than zero."""
    scale = 100 if unit == PERCENT else 1
    return (numerator / denominator * scale).quantize(Decimal("0.0001"))


def agree(value: Decimal, numerator: Decimal, denominator: Decimal, unit: str) -> bool:
    """Whether a value that was typed is the numerator over the denominator, rounded."""
    return abs(value - value_of(numerator, denominator, unit)) <= CLOSE
