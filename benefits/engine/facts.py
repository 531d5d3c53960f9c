"""What a verdict depends on, as frozen values: one dataclass per kind of fact, one batch of arrays for measurements.

Every field that may be unknown is None and stays None: unknown is never zero. Dates are calendar dates (Europe/Oslo).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from benefits.engine.stakeholders import StakeholderFact


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
    and for which theme first of all (`indicator_theme`), and by which other `indicator`s a gain that was only moved
    would show (`counters`); `counter` is the number of a target the project itself has chosen for that. `concept` is
    what the target is about, empty where it is what the indicator measures; `measured_by` are the indicators that
    measure it, only together where it `needs_all`; `is_justified`: the project has said why its own will do,
    `is_stand_in_confirmed`: an adviser agrees. `keep_min`, `keep_max`: limits to stay within, in the unit, one of
    which may be open (None); both None: a value to reach. A target to keep needs neither baseline nor direction; the
    date of its last value is how long it is to be kept.
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
    indicator_theme: str | None = None
    counters: tuple[str, ...] = ()
    counter: int | None = None
    concept: str = ""
    measured_by: tuple[str, ...] = ()
    needs_all: bool = False
    is_justified: bool = False
    is_stand_in_confirmed: bool = False
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
class BenefitFact:
    """One benefit of the plan, and whether each thing a plan is asked for has been said.

    `target`: the effect target whose indicator measures it (None: none chosen). `form`, `kind` and `arises` are codes
    of `BenefitVersion`.
    """

    id: int
    code: str
    target: int | None = None
    is_dis_benefit: bool = False
    has_description: bool = False
    has_kind: bool = False
    has_line_owner: bool = False
    realised_from: date | None = None
    has_initiative: bool = False
    has_assumption: bool = False
    first_measured_after_end: date | None = None
    title: str = ""
    form: str = ""
    kind: str = ""
    arises: str = ""


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A project's benefits realisation plan. None: it has not happened.

    `sent_on` is when the plan was first sent to the owner, `approved_on` when one was last approved. `is_elsewhere`: it
    is said to be kept in another place, where nothing can be counted. `is_simple`: it is asked for the least.
    `phase_changed_on` is the newest day a phase of the project was over, `realising_since` the day the last of them
    before the benefits are taken out was.
    """

    sent_on: date | None = None
    approved_on: date | None = None
    is_elsewhere: bool = False
    is_simple: bool = False
    benefits: tuple[BenefitFact, ...] = ()
    phase_changed_on: date | None = None
    realising_since: date | None = None


@dataclass(frozen=True, slots=True)
class InitiativeFact:
    """One initiative that is not stopped.

    `is_one_off`: a course or a campaign; `has_home`: it is said where it will live in daily operation, and who keeps it
    there; `is_in_budget`: that is a line of the budget. `external_share`: the per cent of its cost that others pay.
    """

    id: int
    code: str
    is_one_off: bool = False
    starts_on: date | None = None
    ends_on: date | None = None
    has_home: bool = False
    is_in_budget: bool = False
    external_share: int | None = None


@dataclass(frozen=True, slots=True)
class UseFact:
    """What a part of a post's freed time is used for: a code of `Allocation.Use`, in årsverk."""

    use: str
    fte: float
    starts_on: date
    ends_on: date | None = None
    decided_on: date = date.min
    has_reference: bool = True


@dataclass(frozen=True, slots=True)
class FreedTimeFact:
    """One post of the ledger of freed time, in årsverk. `posts`: how many positions share it (None: not said).

    `source` is what the time comes from, "benefit:3" or "target:7" ("": not said). `municipality`: where it was freed,
    None in a project of one.
    """

    id: int
    number: int
    fte: float
    starts_on: date
    ends_on: date | None = None
    is_attested: bool = False
    posts: int | None = None
    uses: tuple[UseFact, ...] = ()
    title: str = ""
    source: str = ""
    municipality: int | None = None


@dataclass(frozen=True, slots=True)
class TimePromise:
    """A benefit of the plan that frees time from a date, and that no post of the ledger is of."""

    id: int
    code: str
    realised_from: date


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another project in one of the same municipalities, with those of its targets that may count the same."""

    title: str
    targets: tuple[TargetFacts, ...]


@dataclass(frozen=True, slots=True)
class FullBox:
    """A box of the benefit map whose lines stand for more than the whole of it. `share`: what they say, in per cent."""

    id: int
    title: str
    share: int


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """Everything about one project but its measurements. `ends_on` None: no end agreed.

    `changed_on`: the newest day, by the date looked at, on which a fact was recorded (None: not said); answers to
    warnings are no such facts. `open_milestones`: when the milestones that are not signed off are due.
    `map_drivers`: what each driver on the benefit map is, «structure» or «culture»; none where there is no map.
    `keeps_handovers`: whether handovers are recorded at all; where they are not, none can be missed.
    `keeps_decisions`: likewise for continuation decisions; `continuation_decided_on`: when the one in force was made,
    `goes_on` whether it says to go on. `benefits_without_owner`: how many benefits name nobody in the line.
    `handover_recorded_on`: when the newest handover of a leader was accepted by all who receive something,
    `handover_waits_since` when one that is not was recorded.
    `plan` None: plans are not kept, and none is missed. `not_counted`: what the project has decided is counted
    elsewhere, like "target:7", and in what. `stakeholders`: groups with something registered by the date; none where
    that room is not opened.
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
    map_drivers: tuple[str, ...] = ()
    keeps_handovers: bool = False
    handover_recorded_on: date | None = None
    handover_waits_since: date | None = None
    keeps_decisions: bool = False
    continuation_decided_on: date | None = None
    goes_on: bool = True
    benefits_without_owner: int = 0
    plan: PlanFacts | None = None
    initiatives: tuple[InitiativeFact, ...] = ()
    freed_time: tuple[FreedTimeFact, ...] = ()
    promised_time: tuple[TimePromise, ...] = ()
    stakeholders: tuple[StakeholderFact, ...] = ()
    not_counted: Mapping[str, str] = field(default_factory=dict)
    neighbours: tuple[Neighbour, ...] = ()
    over_whole: tuple[FullBox, ...] = ()


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
