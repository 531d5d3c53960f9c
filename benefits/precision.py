"""How exactly figures are shown beside each other."""

from decimal import Decimal


def decimals_of(*values: Decimal) -> int:
    """The decimals to show figures with so that they can be compared: as many as the finest has."""
    return max(0, *(-int(value.normalize().as_tuple().exponent) for value in values if value), 0)
