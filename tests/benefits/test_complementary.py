"""No hidden number of a table can be worked out: the linear system of what is shown is solved, for tables at random."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benefits.complementary import hidden_with, worked_out
from benefits.suppression import FEWEST

COUNTS = st.integers(0, 30)
TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(COUNTS, min_size=width, max_size=width), min_size=1, max_size=5)
)


def table(counts):
    """Cells by place with the sums of rows and columns and the sum of all, as (values, sums)."""
    height, width = len(counts), len(counts[0])
    values = {(r, c): counts[r][c] for r in range(height) for c in range(width)}
    sums = [((r, "sum"), [(r, c) for c in range(width)]) for r in range(height)]
    sums += [(("sum", c), [(r, c) for r in range(height)]) for c in range(width)]
    sums.append((("sum", "sum"), [(r, "sum") for r in range(height)]))
    sums.append((("sum", "sum"), [("sum", c) for c in range(width)]))
    for total, parts in sums:
        values[total] = sum(values[part] for part in parts)
    return values, sums


def few_in(values):
    return {cell for cell, value in values.items() if 0 < value < FEWEST}


def solved(hidden, values, sums):
    """The hidden cells somebody with a solver finds: least squares, and whether another solution differs there."""
    unknown = sorted(hidden, key=str)
    rows, right = [], []
    for total, parts in sums:
        signs = {total: -1, **dict.fromkeys(parts, 1)}
        rows.append([signs.get(cell, 0) for cell in unknown])
        right.append(-sum(sign * values[cell] for cell, sign in signs.items() if cell not in hidden))
    matrix, found = np.array(rows, float), set()
    least, *_ = np.linalg.lstsq(matrix, np.array(right, float), rcond=None)
    for number, cell in enumerate(unknown):
        alone = np.zeros(len(unknown))
        alone[number] = 1
        if np.linalg.matrix_rank(np.vstack([matrix, alone])) == np.linalg.matrix_rank(matrix):
            assert abs(least[number] - values[cell]) < 1e-6
            found.add(cell)
    return found


@given(TABLES)
def test_no_count_of_few_can_be_worked_out(counts):
    values, sums = table(counts)
    few = few_in(values)
    hidden = hidden_with(few, values, sums)
    assert few <= hidden
    assert not solved(hidden, values, sums) & few


@given(TABLES)
def test_what_can_be_worked_out_is_what_a_solver_finds(counts):
    values, sums = table(counts)
    hidden = few_in(values)
    assert worked_out(hidden, sums) == (solved(hidden, values, sums) if hidden else set())


def test_without_further_hiding_the_number_is_found():
    values, sums = table([[9, 4, 7], [12, 6, 20]])
    assert solved({(0, 1)}, values, sums) == {(0, 1)}
    assert not solved(hidden_with({(0, 1)}, values, sums), values, sums) & {(0, 1)}


def test_a_table_with_nothing_to_hide_is_shown_whole():
    values, sums = table([[9, 0], [12, 6]])
    assert hidden_with(few_in(values), values, sums) == set()


def test_a_nought_is_not_what_hides_another():
    values, sums = table([[3, 0, 8]])
    assert (0, 1) not in hidden_with({(0, 0)}, values, sums) or (0, 2) in hidden_with({(0, 0)}, values, sums)
