"""The smallest valid facts, to be changed by the test that needs them otherwise."""

from dataclasses import replace
from datetime import date

import numpy as np

from benefits.engine.assess import assess
from benefits.engine.facts import (
    BaselineFact,
    MeasurementBatch,
    ProjectFacts,
    RoleSpan,
    TargetFacts,
    TargetValueFact,
)
from benefits.engine.thresholds import DEFAULT

START, HALF, END = date(2012, 12, 31), date(2013, 12, 31), date(2014, 12, 31)
BASELINE = BaselineFact(10.0, START)
QUARTERS = [
    date(year, month, day) for year in range(2013, 2019) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))
]
LONG_AGO = date(2011, 1, 1)


def target(**changes):
    """From 10 to 20 in two years, quarterly, exact unless `declared_sd` is given."""
    facts = TargetFacts(
        id=1, number=1, is_main=True, level="effect", definition_version=1, title="Heltid", kind="index", unit="poeng",
        direction=1, frequency="quarterly", mmc=0.5, tolerance=1.0, declared_sd=0.0, population=100, baseline=BASELINE,
        values=(TargetValueFact(END, 20.0),), measurement_responsible=9,
    )  # fmt: skip
    return replace(facts, **changes)


def role(name="leader", person=1, starts_on=LONG_AGO, ends_on=None):
    """One person's role, from long ago and open-ended."""
    return RoleSpan(name, person, starts_on, ends_on)


def project(*targets, **changes):
    """A project long under way with a leader, an owner and someone in the line who measures."""
    roles = (role(), role("owner", 2), role("measurement_responsible", 9))
    facts = ProjectFacts(1, 1, LONG_AGO, None, LONG_AGO, targets, roles, keeps_handovers=True)
    return replace(facts, **changes)


def batch(series, n=np.nan, denominators=None, definitions=1):
    """{target id: [(date, value), …]} as arrays; `denominators` {target id: [...]}, the rest one value for all."""
    ids, offsets = sorted(series), [0]
    points, sizes = [], []
    for key in ids:
        points += sorted(series[key])
        sizes += denominators[key] if denominators else [np.nan] * len(series[key])
        offsets.append(len(points))
    m = len(points)
    return MeasurementBatch(
        np.array(ids, np.int64), np.array(offsets, np.int64), np.array([d.toordinal() for d, _ in points], np.int64),
        np.array([v for _, v in points], float), np.full(m, n, float), np.array(sizes, float),
        np.full(m, definitions, np.int64), np.arange(1, m + 1),
    )  # fmt: skip


def quarters(*values, first=0):
    """Values at the quarters' ends, from the first quarter of 2013."""
    return list(zip(QUARTERS[first:], values, strict=False))


def judge(facts, points, as_of, thresholds=DEFAULT, **more):
    """The verdict of one target measured at `points`."""
    return judge_project(project(facts), {facts.id: points}, as_of, thresholds, **more).targets[0]


def judge_project(facts, series, as_of, thresholds=DEFAULT, **more):
    """The verdict of one project."""
    return assess([facts], batch(series, **more), as_of, thresholds)[0]


def finding(verdict, rule, target=None):
    """The finding of a rule, for a target or the project."""
    return next(f for f in verdict.findings if f.rule == rule and f.target == target)


def codes(verdict):
    """The codes of a verdict's reasons."""
    return [reason.code for reason in verdict.reasons]


def evidence(found, label):
    """The values under one label of a finding's evidence."""
    return [item.value for item in found.evidence if item.label == label]
