"""Pitfalls: projects are counted, and a warning that is open has lasted at least until today."""

from collections import Counter
from datetime import date, timedelta
from types import SimpleNamespace

import numpy as np

from reporting.analysis import pitfalls
from reporting.analysis.facts import Warned
from reporting.portfolio.filters import PITFALLS

TODAY = date(2015, 1, 22)


def project(is_assessed=True, **levels):
    return SimpleNamespace(is_assessed=is_assessed, levels=levels)


def test_each_pitfall_counts_every_project_once():
    rows = [project(F1=4, F3=None), project(F1=2, F3=0), project(F1=1), project(is_assessed=False, F1=0)]
    figure = pitfalls.frequency(rows)
    keys = [column.key for column in figure.columns]
    table = [dict(zip(keys, row, strict=True)) for row in figure.rows]
    assert all(sum(cell for cell in row.values() if isinstance(cell, int)) == 4 for row in table)
    first = Counter(table[PITFALLS.index("F1")])
    assert (first["ikke_vurderbar"], first["alvorlig"], first["folg_med"], first["ingen_tegn"]) == (1, 1, 1, 1)
    assert keys[1] == "ikke_vurderbar"
    assert figure.finding.startswith("Ikke vurderbar: minst én fallgruve i 2 av 4 prosjekter.")


def by_hand(lasted):
    """The day half have closed by, worked out one day at a time."""
    share = 1.0
    for day in sorted({days for days, closed in lasted if closed}):
        at_risk = sum(days >= day for days, _closed in lasted)
        share *= 1 - sum(days == day and closed for days, closed in lasted) / at_risk
        if share <= 0.5 + 1e-12:
            return day
    return None


def test_half_closed_by_is_worked_out_with_the_open_ones_in_it():
    cases = [
        [(10, True), (20, True), (30, False), (40, True), (50, False)],
        [(5, True)] * 3 + [(9, False)] * 7,
        [(7, True)] * 10,
        [(3, False)] * 4,
        [],
        [(day, day % 3 != 0) for day in range(60)],
    ]
    for lasted in cases:
        middle, low, high = pitfalls.Survival(lasted).median
        assert middle == by_hand(lasted)
        assert low is None or middle is None or low <= middle
        assert high is None or middle <= high


def test_leaving_out_the_open_ones_would_have_been_too_hopeful():
    closed, still = [(10, True)] * 5, [(100, False)] * 6
    assert pitfalls.Survival(closed).median[0] == 10
    assert pitfalls.Survival(closed + still).median[0] is None
    assert np.all(np.diff(pitfalls.Survival(closed + still).share) <= 0)


def test_few_warnings_get_no_median():
    warned = [Warned(1, "F1", TODAY - timedelta(days=30), TODAY)] * 4
    row = next(
        row for row, code in zip(pitfalls.time_to_close(warned, TODAY).rows, PITFALLS, strict=True) if code == "F1"
    )
    assert list(row[1:]) == [0, 4, None, None, None]
    assert pitfalls.time_to_close([], TODAY).plot is None
