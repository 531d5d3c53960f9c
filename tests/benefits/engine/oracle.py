"""The same arithmetic once more, one series at a time, in plain Python: what the vectorised engine is held to."""

from math import sqrt


def expected(day, start, baseline, promised, trajectory):
    """The planned value on an ordinal day; `promised` is [(day, value), …] after `start`, in order."""
    before_day, before = start, baseline
    for after_day, after in promised:
        if day <= before_day:
            return before
        if day < after_day:
            u = (day - before_day) / (after_day - before_day)
            way = {"linear": u, "milestones": u, "stepwise": 0.0, "s_curve": 3 * u**2 - 2 * u**3}[trajectory]
            return before + way * (after - before)
        before_day, before = after_day, after
    return before


def relapse(gains, *, sd, span, mmc, n_b, m, k, z):
    """R0 at the last of `gains`: none, watch, confirmed, back_to_zero or below_baseline."""
    needed_gain = max(0.25 * span, z * sd * sqrt(1 / m + 1 / n_b))
    start = confirmed = plateau = None
    n_p = streak = 0
    recent = 0.0
    for i in range(len(gains)):
        recent = sum(gains[max(i + 1 - k, 0) : i + 1]) / k
        if start is None and i + 1 >= m and sum(gains[i + 1 - m : i + 1]) / m >= needed_gain:
            start, confirmed = i + 1 - m, i
        if start is None or i - k < confirmed:
            continue
        if streak == 0:
            window = gains[start : i + 1 - k]
            plateau, n_p = sum(window) / len(window), len(window)
        is_hit = recent <= plateau / 2 and plateau - recent > z * sd * sqrt(1 / k + 1 / n_p)
        streak = streak + 1 if is_hit else 0
    if streak < 2:
        return "watch" if streak else "none"
    upper = recent + 1.28 * sd * sqrt(1 / k + 1 / n_b)
    if recent < -mmc and upper < 0:
        return "below_baseline"
    return "back_to_zero" if upper < 0.25 * plateau else "confirmed"
