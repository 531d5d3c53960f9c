"""What the engine answers: states, reasons, findings and concerns, as codes and values. Wording happens when read."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

Value = float | int | str | date | None


class State(StrEnum):
    """The fine state of one effect target."""

    WITHDRAWN = "withdrawn"
    NOT_MEASURABLE = "not_measurable"
    NOT_DEFINED = "not_defined"
    NO_BASELINE = "no_baseline"
    UNKNOWN = "unknown"
    PLANNED = "planned"
    TOO_EARLY = "too_early"
    ON_TRACK = "on_track"
    WITHIN_UNCERTAINTY = "within_uncertainty"
    ACHIEVED_UNCONFIRMED = "achieved_unconfirmed"
    BEHIND = "behind"
    AT_RISK = "at_risk"
    BELOW_BASELINE = "below_baseline"
    RELAPSE = "relapse"
    BACK_TO_ZERO = "back_to_zero"
    BELOW_BASELINE_AFTER_GAIN = "below_baseline_after_gain"
    REALISED = "realised"
    NEARLY_REACHED = "nearly_reached"
    SUSTAINED = "sustained"
    NOT_ACHIEVED = "not_achieved"


class Result(StrEnum):
    """The word on the screen that a state belongs to."""

    NOT_STARTED = "not_started"
    MISSING = "missing"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    AT_RISK = "at_risk"
    RELAPSE = "relapse"
    ACHIEVED = "achieved"
    NOT_ACHIEVED = "not_achieved"
    WITHDRAWN = "withdrawn"


RESULT_OF: dict[State, Result] = {
    State.WITHDRAWN: Result.WITHDRAWN,
    State.NOT_MEASURABLE: Result.MISSING,
    State.NOT_DEFINED: Result.MISSING,
    State.NO_BASELINE: Result.MISSING,
    State.UNKNOWN: Result.MISSING,
    State.PLANNED: Result.NOT_STARTED,
    State.TOO_EARLY: Result.NOT_STARTED,
    State.ON_TRACK: Result.ON_TRACK,
    State.WITHIN_UNCERTAINTY: Result.ON_TRACK,
    State.ACHIEVED_UNCONFIRMED: Result.ON_TRACK,
    State.BEHIND: Result.BEHIND,
    State.AT_RISK: Result.AT_RISK,
    State.BELOW_BASELINE: Result.AT_RISK,
    State.RELAPSE: Result.RELAPSE,
    State.BACK_TO_ZERO: Result.RELAPSE,
    State.BELOW_BASELINE_AFTER_GAIN: Result.RELAPSE,
    State.REALISED: Result.ACHIEVED,
    State.NEARLY_REACHED: Result.ACHIEVED,
    State.SUSTAINED: Result.ACHIEVED,
    State.NOT_ACHIEVED: Result.NOT_ACHIEVED,
}


class Chance(StrEnum):
    """The word for the chance of reaching a target; never a percentage (statistics «Run charts and forecast»)."""

    VERY_UNLIKELY = "very_unlikely"
    UNLIKELY = "unlikely"
    UNCERTAIN = "uncertain"
    LIKELY = "likely"


class Severity(IntEnum):
    """How much a finding matters. NONE is an assessed «no sign»; «not assessable» is None where a severity is asked."""

    NONE = 0
    INFO = 1
    WATCH = 2
    WARN = 3
    CRITICAL = 4


class ConcernKind(StrEnum):
    """What a concern is about: one cause, one action."""

    MEASUREMENT = "A"
    PLAN = "B"
    CONTINUATION = "C"
    PEOPLE = "D"
    INITIATIVES = "E"
    RELAPSE = "F"


class Urgency(IntEnum):
    """The first key of the one ranking: lower comes first."""

    LOSS = 0
    IRREVERSIBLE = 1
    DEADLINE = 2
    REST = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """One labelled value a finding rests on. `label` is a code; `source` names the object, like "target:7"."""

    label: str
    value: Value
    source: str = ""
    on: date | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a state holds: a code and the numbers that were compared, worded when read."""

    code: str
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer about one subject. `severity` None: not assessable, with the inputs that are `missing`.

    `is_held`: the rule sees no sign today, but nothing has been learnt that would close the warning (`hysteresis`).
    """

    rule: str
    target: int | None
    severity: Severity | None
    cause: str
    evidence: tuple[Evidence, ...] = ()
    threshold: dict[str, Value] | None = None
    missing: tuple[str, ...] = ()
    action: str = ""
    closes_when: str = ""
    due_on: date | None = None
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class Concern:
    """What people see: one cause, one action, one responsible role, one date. `rules` are its evidence, worst first.

    `target` is the only target it is about, else None; `targets` are all of them. `since` is the date of the fact that
    opened it, `answered_on` the day someone registered an action against it.
    """

    kind: ConcernKind
    target: int | None
    severity: Severity
    cause: str
    action: str
    responsible: str
    urgency: Urgency
    due_on: date | None
    rules: tuple[str, ...]
    values: dict[str, Value]
    targets: tuple[int, ...] = ()
    since: date | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class ForecastStep:
    """Where a series is heading by a date: the value foreseen and its 80 % interval, in the unit, without season."""

    on: date
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TargetVerdict:
    """One effect target judged. `attainment` and `expected` are shares of the way from baseline to target (1.0 =
    there), both at `measured_on`; `expected_value` is the planned path at that date, `expected_today` at the date
    looked at, in the unit; `sd` the standard deviation of one point in the unit; `best` the highest attainment so far.
    `forecast` goes one step a period, no further than the target date; `chance` is the word for reaching the target
    then, None where the forecast does not reach that far; `no_forecast` says why there is none ("" otherwise).
    Of a target to keep, `attainment` is the share of points within its limits, and there is no path or forecast.
    `signals` are what run chart and limits say, as codes and values; none where there are too few points.
    """

    target: int
    state: State
    result: Result
    reasons: tuple[Reason, ...]
    value: float | None = None
    measured_on: date | None = None
    points: int = 0
    attainment: float | None = None
    attainment_sd: float | None = None
    expected: float | None = None
    expected_value: float | None = None
    expected_today: float | None = None
    best: float | None = None
    sd: float | None = None
    forecast: tuple[ForecastStep, ...] = ()
    chance: Chance | None = None
    no_forecast: str = ""
    signals: tuple[Reason, ...] = ()
    next_due_on: date | None = None


@dataclass(frozen=True, slots=True)
class FreedTotal:
    """What a project has freed in one municipality (`place` None: not said), in årsverk, on the date looked at.

    `freed` is what the line has attested, `used` what of it somebody has decided on, `unattested` what is entered and
    not attested. `positions`: how many the attested post of the fewest is spread over, None where no post says;
    `positions_unattested` likewise.
    """

    place: int | None
    freed: float
    used: float
    unattested: float
    positions: int | None
    positions_unattested: int | None


@dataclass(frozen=True, slots=True)
class ProjectVerdict:
    """One project judged: result from measurements only, risk from pitfalls only, never mixed.

    `pitfalls` holds every rule that is a pitfall, with its worst severity; None where it could not be assessed, and an
    optional room nobody has opened is left out. What other rules found («Måler vi målet?», learning points) is in
    `findings`, and is no risk. `freed_time`: one sum for each municipality; none where there is no ledger.
    """

    project: int
    result: Result
    state: State | None
    reasons: tuple[Reason, ...]
    risk: Severity | None
    pitfalls: dict[str, Severity | None]
    targets: tuple[TargetVerdict, ...]
    findings: tuple[Finding, ...]
    concerns: tuple[Concern, ...]
    counts: dict[str, int]
    freed_time: tuple[FreedTotal, ...] = ()
