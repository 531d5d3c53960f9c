"""The same arithmetic once more, one series at a time, in plain Python: what the vectorised engine is held to."""

from itertools import groupby, pairwise
from math import comb, log2, sqrt
from statistics import NormalDist, mean, median


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


def student(share, nu):
    """Student's t by Cornish and Fisher's series."""
    z = NormalDist().inv_cdf(share)
    terms = ((z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96, (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384)
    return z + sum(term / nu ** (i + 1) for i, term in enumerate(terms))


def forecast(points, ahead, *, sd, rho):
    """(value, low, high) `ahead` periods after the last of [(periods since the first, value), …], ρ being given."""
    n, curves = len(points), []
    for phi in (1.0, 0.8):
        d = [u if phi == 1 else (1 - phi**u) / (1 - phi) for u, _ in points]
        last = points[-1][0] + ahead
        d0 = last if phi == 1 else (1 - phi**last) / (1 - phi)
        d_bar, y_bar = mean(d), mean(y for _, y in points)
        spread = sum((x - d_bar) ** 2 for x in d)
        slope = sum((x - d_bar) * (y - y_bar) for x, (_, y) in zip(d, points, strict=True)) / spread
        error = sum((y - y_bar - slope * (x - d_bar)) ** 2 for x, (_, y) in zip(d, points, strict=True))
        curves.append((y_bar + slope * (d0 - d_bar), error, 1 / n + (d0 - d_bar) ** 2 / spread))
    tiny = max(error for _, error, _ in curves) * 1e-12 or 1.0
    weights = [max(error, tiny) ** (-(n - 2) / 2) for _, error, _ in curves]
    weights = [weight / sum(weights) for weight in weights]
    centre = sum(w * value for w, (value, _, _) in zip(weights, curves, strict=True))
    v = (1 + rho) / (1 - rho)
    variance = 0.0
    for w, (value, error, leverage) in zip(weights, curves, strict=True):
        own = max(error / max(n - 1 - v, n / 3), (sd / 2) ** 2)
        variance += w * (own * (1 + leverage * v) + (value - centre) ** 2)
    reach = student(0.9, n + 1) * sqrt(variance)
    return centre, centre - reach, centre + reach


def run_chart(values):
    """(longest run, most allowed, crossings, fewest allowed) of the points off the median, or None under ten."""
    middle = median(values)
    sides = [value > middle for value in values if value != middle]
    n = len(sides)
    if n < 10:
        return None
    runs = [len(list(group)) for _, group in groupby(sides)]
    fewest = next(c for c in range(n) if sum(comb(n - 1, i) for i in range(c + 1)) >= 0.05 * 2 ** (n - 1))
    return max(runs), round(log2(n)) + 3, len(runs) - 1, fewest


def limits(values):
    """(low, high) of XmR, or None under twelve points."""
    if len(values) < 12:
        return None
    moved = mean(abs(b - a) for a, b in pairwise(values))
    return mean(values) - 2.66 * moved, mean(values) + 2.66 * moved
