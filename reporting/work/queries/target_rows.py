"""A project's targets as rows of a table: the line so far, the value now, and how far from baseline to target."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from benefits import wording
from benefits.facts import target_facts
from benefits.indicators import indicator
from benefits.joint import seen_together
from benefits.models import Measurement, TargetStatus, TargetVersion
from benefits.precision import decimals_of
from benefits.queries.target_page import path_at
from benefits.suppression import is_baseline_of_few
from projects.models import Project
from saman import formatting
from saman.charts import bar, sparkline

STALE = frozenset({"unknown"})


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target. `value` is None when hidden, as `now` is a dash. `as_of`: which day a status is of that is not new.

    `figures` are the live values by measurement id as the reader may see them, None when hidden.
    """

    version: TargetVersion
    status: TargetStatus | None
    url: str
    about: str
    spark: SafeString
    bar: SafeString
    now: str
    value: float | None
    measured_on: date | None
    baseline: str
    goal: str
    state: str
    reasons: list[str]
    is_hidden: bool
    next_due_on: date | None
    as_of: str
    figures: dict[int, float | None]

    @property
    def is_old(self) -> bool:
        """Whether the value is so old that its date must be said."""
        is_stale = self.status is not None and self.status.state in STALE
        return self.measured_on is not None and (is_stale or bool(self.as_of))

    def value_in_words(self, measurement_id: str) -> str:
        """A live value with its unit; nothing when it is hidden or no longer live."""
        value = self.figures.get(int(measurement_id))
        return "" if value is None else formatting.with_unit(value, self.version.unit)


def target_rows(versions: Sequence[TargetVersion], project: Project, inside: bool, today: date) -> list[TargetRow]:
    """The rows of a project's targets, with one query for all their measurements."""
    measured: dict[int, list[Measurement]] = defaultdict(list)
    live = Measurement.objects.live().exclude(state=Measurement.State.DRAFT).filter(target__project=project)
    for measurement in live.order_by("measured_on", "pk"):
        measured[measurement.target_id].append(measurement)
    return [_row(version, measured[version.target_id], project, inside, today) for version in versions]


def _row(
    version: TargetVersion, measured: Sequence[Measurement], project: Project, inside: bool, today: date
) -> TargetRow:
    status: TargetStatus | None = getattr(version.target, "status", None)
    told = seen_together(measured, version.kind, is_inside=inside)
    figures = {pk: _float(figure.value) for pk, figure in told.items()}
    # The baseline is mostly about the same people, and is hidden with a figure, as a figure is with it.
    hidden = any(value is None for value in figures.values()) or (not inside and is_baseline_of_few(version))
    goals = sorted(version.values.all(), key=lambda value: value.on)
    latest = next((figures[row.pk] for row in reversed(measured) if row.municipality_id is None), None)
    value = status.value if status and status.value is not None else latest
    if any(row.municipality_id for row in measured):  # one figure worked out from the parts' sums
        value = _rounded(value)
    said = [goal.value for goal in goals] + [row.value for row in measured]
    decimals = _decimals([*said, version.baseline_value, value])
    due = status.next_due_on if status else None
    as_of = wording.as_of_words(status.result, status.measured_on, due, today) if status else ""
    return TargetRow(
        version=version,
        status=status,
        url=reverse("target", args=[project.slug, version.target.number]),
        about=_about(version, project.language),
        spark=SafeString("") if hidden else _spark(version, measured, figures, status, due if as_of else None),
        bar=SafeString("") if hidden or _is_kept(version) else _bar(status),
        value=None if hidden else value,
        now=formatting.UNKNOWN if hidden else formatting.number(value, decimals),
        measured_on=status.measured_on if status else None,
        baseline=formatting.UNKNOWN if hidden else formatting.number(version.baseline_value, decimals),
        goal=_goal(version, goals[-1].value if goals else None, decimals),
        state=wording.state_word(status.state) if status else "",
        reasons=[] if hidden or not status else wording.reason_sentences(status.reasons, version.unit),
        is_hidden=hidden,
        next_due_on=due,
        as_of=as_of,
        figures=figures,
    )


def _is_kept(version: TargetVersion) -> bool:
    """Whether the figure is to stay within limits: there is no way to have gone a part of."""
    return version.keep_min is not None or version.keep_max is not None


def _goal(version: TargetVersion, value: Decimal | None, decimals: int) -> str:
    """The value to reach, or the limits to keep: 4,0–6,0, ≥ 95 or ≤ 6."""
    low, high = version.keep_min, version.keep_max
    if low is not None and high is not None:
        return f"{formatting.number(low, decimals)}–{formatting.number(high, decimals)}"
    if low is not None or high is not None:
        return ("≥ " if high is None else "≤ ") + formatting.number(low if high is None else high, decimals)
    return formatting.number(value, decimals)


def _about(version: TargetVersion, language: str) -> str:
    """What is measured, where and in which unit, in the project's language; what the title says is not repeated."""
    known = indicator(version.indicator)
    name = known.name.in_language(language) if known else version.definition
    parts = (name if name != version.title else "", version.scope, version.unit)
    return ", ".join(part for part in parts if part)


def _decimals(values: Sequence[Decimal | float | None]) -> int:
    """The decimals all values of a target are shown with, as on its own page."""
    return min(decimals_of(*(Decimal(str(value)) for value in values if value is not None)), 2)


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _by_day(measured: Sequence[Measurement], figures: dict[int, float | None]) -> dict[date, float | None]:
    """One value a day: where several municipalities measured, their numerators over their denominators."""
    days: dict[date, list[Measurement]] = defaultdict(list)
    for row in measured:
        days[row.measured_on].append(row)
    return {on: figures[rows[0].pk] if len(rows) == 1 else _together(rows, figures) for on, rows in days.items()}


def _together(rows: Sequence[Measurement], figures: dict[int, float | None]) -> float | None:
    parts = [(row.numerator, row.denominator) for row in rows if figures[row.pk] is not None]
    if len(parts) < len(rows) or any(n is None or d is None for n, d in parts):
        return None
    return 100 * float(sum(n for n, _d in parts if n)) / float(sum(d for _n, d in parts if d))


def _spark(
    version: TargetVersion,
    measured: Sequence[Measurement],
    figures: dict[int, float | None],
    status: TargetStatus | None,
    missing_on: date | None,
) -> SafeString:
    """The line so far beside the planned path, from the baseline on; a gap at the end for what is missing."""
    days = _by_day(measured, figures)
    known = [(on, value) for on, value in sorted(days.items()) if value is not None]
    if not known:
        return SafeString("")
    plan: list[float | None] = path_at(
        target_facts(version), [on for on, _value in known] + ([missing_on] if missing_on else [])
    )
    baseline = _float(version.baseline_value)
    values: list[float | None] = [*(value for _on, value in known), *([None] if missing_on else [])]
    label = _("Fra %(first)s til %(last)s") % {
        "first": formatting.number(baseline if baseline is not None else known[0][1]),
        "last": formatting.with_unit(_rounded(known[-1][1]), version.unit),
    }
    return sparkline(
        [baseline, *values],
        plan=[baseline, *plan] if any(value is not None for value in plan) else (),
        baseline=baseline,
        status=status.result if status else None,
        label=label,
    )


def _bar(status: TargetStatus | None) -> SafeString:
    """How far from baseline to target; nothing where that cannot be said."""
    if status is None or status.attainment is None:
        return SafeString("")
    label = _("%(reached)s av veien til målet, planen var %(expected)s") % {
        "reached": formatting.percent(status.attainment),
        "expected": formatting.percent(status.expected),
    }
    return bar(status.attainment, status.expected, status.best, status.result, label)
