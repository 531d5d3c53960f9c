"""Hidden cells of a table with sums: whether one can be worked out from what stands beside it, and what more to hide.

Pure arithmetic. What is hidden first (figures about few people, `suppression.py`) is often told by the sum it is in:
16 in all, 9 there and 4 there leave 3. So further cells are hidden until no hidden one follows from the rest.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

import numpy as np

from benefits.suppression import FEWEST

Cell = TypeVar("Cell", bound=Hashable)
Number = Decimal | float | int
# One sum: the cell that is the sum, and the cells it is of.
Sums = Sequence[tuple[Cell, Sequence[Cell]]]
_ZERO = 1e-9  # coefficients are small whole numbers, so what is smaller is rounding


def worked_out(hidden: Iterable[Cell], sums: Sums[Cell]) -> set[Cell]:
    """The hidden cells that follow from the sums and the cells that are shown.

    A cell follows exactly when every solution of the equations of what is shown has the same value in it, which is when
    it is nought in the whole null space of the hidden cells' coefficients.
    """
    unknown = list(dict.fromkeys(hidden))
    if not unknown:
        return set()
    place = {cell: number for number, cell in enumerate(unknown)}
    rows = np.zeros((len(sums), len(unknown)))
    for row, (total, parts) in zip(rows, sums, strict=True):
        for cell, sign in ((total, -1.0), *((part, 1.0) for part in parts)):
            if cell in place:
                row[place[cell]] += sign
    _, sizes, directions = np.linalg.svd(rows, full_matrices=True)
    free = directions[int((sizes > _ZERO).sum()) :]
    return {cell for cell, number in place.items() if not (np.abs(free[:, number]) > _ZERO).any()}


def hidden_with(few: Iterable[Cell], values: Mapping[Cell, Number], sums: Sums[Cell]) -> set[Cell]:
    """The cells to hide so that none of those about `few` can be worked out; no fewer than `few`.

    Where one follows, the smallest cell that is about enough people goes from the sum that tells it; nought only where
    there is no other, since a nought hides nothing. Where a sum has no part left to hide, it goes itself.
    """
    first = set(few)
    hidden = set(first)
    while (told := worked_out(hidden, sums)) & first:
        shown = _beside(told, hidden, sums)
        if not shown:
            break
        hidden.add(min(shown, key=lambda one: (values[one] == 0, 0 < values[one] < FEWEST, values[one])))
    return hidden


def _beside(told: set[Cell], hidden: set[Cell], sums: Sums[Cell]) -> list[Cell]:
    """What is shown in the sum that tells most plainly, with the fewest hidden cells: its parts, or it itself."""
    open_sums = []
    for total, parts in sums:
        cells = {total, *parts}
        if cells & told and cells - hidden:
            open_sums.append((len(cells & hidden), [part for part in parts if part not in hidden] or [total]))
    return min(open_sums, key=lambda one: one[0], default=(0, []))[1]
