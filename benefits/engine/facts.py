"""What a verdict depends on, as frozen values: one dataclass per kind of fact, one batch of arrays for measurements.

Every field that may be unknown is None and stays None: unknown is never zero. Dates are calendar dates (Europe/Oslo).
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """One person's role in a project over time. `role`: a code of `projects.roles.Role`; `ends_on` None: open-ended."""

    role: str
    person: int
    starts_on: date
    ends_on: date | None = None
    municipality: int | None = None


@dataclass(frozen=True, slots=True)
class BaselineFact:
    """The zero point: `value` in the indicator's unit, measured on `on`.

    `n` is the number of units behind the value (answers, employees). `points` is the number of points averaged, counted
    in the indicator's own frequency: a whole year of a quarterly indicator is 4, of a monthly one 12, of a yearly 1.
    """

    value: float
    on: date
    n: int | None = None
    points: int = 1
    is_retrospective: bool = False


@dataclass(frozen=True, slots=True)
class TargetValueFact:
    """A value the project has promised to reach on a date. The last one is the target itself."""

    on: date
    value: float


@dataclass(frozen=True, slots=True)
class PlannedPoint:
    """A date on which a measurement is planned. `kind`: baseline, midway, end, follow_up or regular."""

    on: date
    kind: str = "regular"


@dataclass(frozen=True, slots=True)
class BreakFact:
    """A day from which the figures are of something else. `kind`: definition, reorganisation, merger or other."""

    on: date
    kind: str = "other"


@dataclass(frozen=True, slots=True)
class TargetFacts:
    """One effect target as it was defined at the time looked at.

    `kind` is an indicator kind of `statistics` (register_share, survey_share, absence_rate, mean, count, index);
    `direction` +1 when higher is better, -1 when lower is better; `frequency` monthly, quarterly or yearly;
    `level` societal, effect, output or process; `trajectory` linear, stepwise, s_curve or milestones;
    `mmc` the minimum meaningful change and `tolerance` the accepted distance behind plan, both in the unit;
    `population` the number of employees or units the indicator covers. Shares and rates are in per cent when `unit`
    begins with "%" or "prosent", else in parts of one. `declared_sd` is the spread between units for a mean, else the
    standard deviation of one point. `effect_starts_on` is when the initiatives behind the target began (or begin) to
    work; None: not said. The order of `values`, `planned` and `breaks` does not matter.
    `statement` is the target as a sentence, `definition` what the indicator counts and `scope` where. `is_catalogued`:
    the indicator is one of the catalogue's, which knows what it measures (`indicator_level`: effect, output or process)
    and by which other `indicator`s a gain that was only moved would show (`counters`). `keep_min`, `keep_max`: limits
    to stay within, in the unit, one of which may be open (None); both None: a value to reach. A target to keep needs
    neither baseline nor direction; the date of its last value is how long it is to be kept.
    """

    id: int
    number: int
    is_main: bool
    level: str
    definition_version: int
    title: str = ""
    kind: str | None = None
    unit: str = ""
    direction: int | None = None
    frequency: str | None = None
    mmc: float | None = None
    tolerance: float | None = None
    plausible_min: float | None = None
    plausible_max: float | None = None
    declared_sd: float | None = None
    population: int | None = None
    baseline: BaselineFact | None = None
    baseline_due_on: date | None = None
    values: tuple[TargetValueFact, ...] = ()
    trajectory: str = "linear"
    planned: tuple[PlannedPoint, ...] = ()
    effect_starts_on: date | None = None
    is_measurable: bool = True
    withdrawn_on: date | None = None
    measurement_responsible: int | None = None
    statement: str = ""
    definition: str = ""
    scope: str = ""
    indicator: str = ""
    is_catalogued: bool = False
    indicator_level: str | None = None
    counters: tuple[str, ...] = ()
    breaks: tuple[BreakFact, ...] = ()
    keep_min: float | None = None
    keep_max: float | None = None

    @property
    def is_kept(self) -> bool:
        """Whether the figure is to stay within limits, not to be moved."""
        return self.keep_min is not None or self.keep_max is not None


@dataclass(frozen=True, slots=True)
class WarningAnswer:
    """What people have answered to an open warning. `kind`: action, accepted or false_positive.

    `cause` is the finding's cause when the answer was given ("" answers every cause): another cause is a new question.
    """

    rule: str
    target: int | None
    kind: str
    on: date
    until: date | None = None
    cause: str = ""


@dataclass(frozen=True, slots=True)
class OpenWarning:
    """A warning that was open before the date looked at: what it said last, since when, and when somebody had seen it.

    Known from earlier dates only, so that judging a date again gives the same. `acknowledged_on`: the first day someone
    answered this cause or said that they had seen it; None: nobody yet.
    """

    rule: str
    target: int | None
    cause: str
    severity: int
    opened_on: date
    acknowledged_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReportFact:
    """The newest submission of one report: when it was received, and when the owner signed it (None: not yet)."""

    id: int
    year: int
    received_on: date
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class CommentFact:
    """An adviser's comment nobody has replied to, on the newest return of a report that is not approved.

    `round` is the address of the report's round; `due_on` the new deadline (None: none was given), `resubmitted_on` the
    day the report came in again (None: not yet).
    """

    id: int
    report: int
    year: int
    round: str
    returned_on: date
    due_on: date | None = None
    resubmitted_on: date | None = None


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """Everything about one project but its measurements. `ends_on` None: no end agreed.

    `changed_on`: the newest day, by the date looked at, on which a fact was recorded (None: not said); answers to
    warnings are no such facts. `open_milestones`: when the milestones that are not signed off are due.
    `keeps_handovers`: whether handovers are recorded at all; where they are not, none can be missed.
    """

    id: int
    programme: int
    starts_on: date
    ends_on: date | None
    followed_since: date
    targets: tuple[TargetFacts, ...] = ()
    roles: tuple[RoleSpan, ...] = ()
    answers: tuple[WarningAnswer, ...] = ()
    reports: tuple[ReportFact, ...] = ()
    comments: tuple[CommentFact, ...] = ()
    open_milestones: tuple[date, ...] = ()
    open_warnings: tuple[OpenWarning, ...] = ()
    changed_on: date | None = None
    keeps_handovers: bool = False
    handover_recorded_on: date | None = None


Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MeasurementBatch:
    """Measured values of many targets, sorted by target and then by day, with one value per target and day.

    `target_ids` has shape (s,); `offsets` shape (s+1,), so series i is the slice offsets[i]:offsets[i+1] of the arrays
    of shape (m,): `days` (proleptic ordinals, `date.toordinal`), `values` (the indicator's unit), `n` (answers or
    employees behind the value, NaN when not given), `denominators` (NaN when not given), `definitions` (the definition
    version each value was measured under) and `ids` (the measurement's row, for evidence).
    """

    target_ids: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    offsets: Ints = field(default_factory=lambda: np.zeros(1, np.int64))
    days: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    values: Floats = field(default_factory=lambda: np.empty(0))
    n: Floats = field(default_factory=lambda: np.empty(0))
    denominators: Floats = field(default_factory=lambda: np.empty(0))
    definitions: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    ids: Ints = field(default_factory=lambda: np.empty(0, np.int64))
