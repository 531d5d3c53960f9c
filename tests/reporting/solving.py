"""What somebody with a solver finds in the sums that are shown."""

import numpy as np


def told(equations, hidden):
    """The hidden figures that follow from equations, each the figures one shown number is the sum of.

    A figure follows exactly when its unit vector lies in the space the equations span.
    """
    every = sorted({one for sum_ in equations for one in sum_} | set(hidden))
    rows = np.array([[one in sum_ for one in every] for sum_ in equations], float).reshape(-1, len(every))
    rank = np.linalg.matrix_rank(rows) if rows.size else 0
    units = {one: np.eye(len(every))[every.index(one)] for one in hidden}
    return {one for one in hidden if np.linalg.matrix_rank(np.vstack([rows, units[one]])) == rank}
