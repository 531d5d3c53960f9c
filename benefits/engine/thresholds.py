"""Every constant a verdict compares with: named, with its source, and replaceable per programme."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from benefits.engine.threshold_specs import SPEC, Spec, Subject, count, days, points, ratio, share, times, z
from benefits.engine.verdicts import Value


class UnknownThreshold(ValueError):
    """A programme overrides a threshold that does not exist."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The rules' numbers, each declared with what it is, where it comes from and the bounds it may be moved within.

    `statistics`, `domain` and `decisions` are the design papers' pages. `held_rules` is no number anybody chooses.
    """

    # Noise of one point
    posts_changed_per_year: float = share(
        0.20, Subject.NOISE, "share of posts that change hands in a year", "statistics, noise by kind of indicator"
    )
    minimum_response: float = share(
        0.6, Subject.NOISE, "answers of those asked, below which a survey is not used", "statistics, survey_share"
    )
    absence_sd_year: float = ratio(
        0.18,
        Subject.NOISE,
        "spread between employees in the share of agreed days lost in a year",
        "statistics, absence_rate",
        low=0.01,
    )
    absence_sd_quarter: float = ratio(
        0.24, Subject.NOISE, "the same spread in a quarter", "statistics, absence_rate", low=0.01
    )
    absence_sd_month: float = ratio(
        0.30, Subject.NOISE, "the same spread in a month", "our own: carried on from the year and the quarter", low=0.01
    )
    absence_autocorrelation: float = ratio(
        0.3,
        Subject.NOISE,
        "how much a sick leave figure takes after the one before, where it cannot be estimated",
        "statistics, autocorrelation",
        high=0.9,
    )
    autocorrelation_points: int = points(
        12,
        Subject.NOISE,
        "points at one level before autocorrelation is estimated",
        "statistics, autocorrelation",
        low=6,
        high=60,
    )
    autocorrelation_z: float = z(
        2.0,
        Subject.NOISE,
        "an estimate below this many 1/sqrt(n) is taken for chance where none is expected",
        "our own",
    )
    ranges_for_own_noise: int = points(
        5,
        Subject.NOISE,
        "changes from point to point before a series tells its own noise",
        "domain 2b: six points",
        low=3,
        high=60,
    )
    denominator_change: float = share(
        0.15,
        Subject.NOISE,
        "a larger change of the denominator is another unit: the series is broken",
        "statistics, R0",
        low=0.05,
    )

    # Behind, realised, sustained
    certainty_z: float = z(
        1.28,
        Subject.PROGRESS,
        "how sure we are before a difference is not chance: 1.28 is 90 % one-sided",
        "statistics, attainment, expected, behind",
    )
    default_tolerance: float = share(
        0.10,
        Subject.PROGRESS,
        "of the way to the target, accepted behind plan when the target declares nothing",
        "domain 1e",
        high=0.5,
    )
    pace_ratio: float = times(
        2.0,
        Subject.PROGRESS,
        "at risk when the required pace is more than this times the achieved",
        "statistics, at risk",
    )
    pace_points: int = points(
        3,
        Subject.PROGRESS,
        "points, the baseline among them, before a pace is judged",
        "statistics, run charts and forecast",
        low=2,
    )
    sustained_share: float = share(
        0.80, Subject.PROGRESS, "of the gain that must be held", "statistics, sustained", low=0.5
    )
    sustained_days: int = days(365, Subject.PROGRESS, "after the target date it must be held", "statistics, sustained")
    sustained_points: int = points(2, Subject.PROGRESS, "points that must show it", "statistics, sustained")

    # Fresh and stale
    follow_up_days: int = days(
        730,
        Subject.FRESHNESS,
        "measurements are expected this long after the project's end",
        "statistics, R0: 24 months",
        high=3650,
    )
    stale_days_monthly: int = days(
        30, Subject.FRESHNESS, "after the planned date a monthly measurement is stale", "statistics, stale", high=366
    )
    stale_days_quarterly: int = days(
        45, Subject.FRESHNESS, "after the planned date a quarterly measurement is stale", "statistics, stale", high=366
    )
    stale_days_yearly: int = days(
        90, Subject.FRESHNESS, "after the planned date a yearly measurement is stale", "statistics, stale", high=366
    )
    early_days_monthly: int = days(
        10, Subject.FRESHNESS, "this early a monthly measurement counts for its planned date", "our own", high=25
    )
    early_days_quarterly: int = days(
        30, Subject.FRESHNESS, "this early a quarterly measurement counts for its planned date", "our own", high=80
    )
    early_days_yearly: int = days(
        60, Subject.FRESHNESS, "this early a yearly measurement counts for its planned date", "our own", high=300
    )

    # Run charts and forecast
    run_chart_points: int = points(
        10, Subject.TREND, "points off the median before a run chart is read", "statistics, run charts", low=8
    )
    limit_points: int = points(12, Subject.TREND, "points before limits are drawn", "statistics, run charts", low=8)
    firm_limit_points: int = points(
        20, Subject.TREND, "points before the limits are no longer preliminary", "statistics, run charts", high=60
    )
    limit_ranges: float = times(
        2.66, Subject.TREND, "mean moving ranges from the mean to a limit", "domain 1d: XmR", low=2.0, high=4.0
    )
    forecast_points: int = points(6, Subject.TREND, "points before a forecast is made", "statistics, forecast", low=6)
    forecast_periods: int = points(
        4, Subject.TREND, "periods ahead a forecast reaches at most", "statistics, forecast", high=4
    )
    forecast_window: int = points(
        24, Subject.TREND, "latest points a forecast is made from", "our own: performance 1a", low=6, high=60
    )
    forecast_damping: float = ratio(
        0.8,
        Subject.TREND,
        "what is left of a levelling trend's pace after a period",
        "our own: with the straight line beside it the interval covers what statistics demands",
        low=0.5,
        high=0.95,
    )
    forecast_autocorrelation: float = ratio(
        0.29,
        Subject.TREND,
        "how much a point takes after the one before, until twelve points tell: between the 0 and 0.5 demanded",
        "our own: the interval covers 75-85 % of both (simulate_rules)",
        high=0.7,
    )
    forecast_steadiness: float = ratio(
        0.8, Subject.TREND, "autocorrelation above which no forecast is made", "our own", low=0.4, high=0.9
    )
    forecast_interval: float = share(
        0.80, Subject.TREND, "of what comes that the interval should cover", "statistics, forecast", low=0.5, high=0.95
    )
    forecast_very_unlikely: float = share(
        0.10,
        Subject.TREND,
        "chance below which the word is «svært lite sannsynlig»",
        "our own: IPCC's words",
        high=0.2,
        low=0.01,
    )
    forecast_unlikely: float = share(
        0.33,
        Subject.TREND,
        "chance below which the word is «lite sannsynlig»",
        "our own: IPCC's words",
        high=0.5,
        low=0.01,
    )
    forecast_likely: float = share(
        0.67, Subject.TREND, "chance from which the word is «sannsynlig»", "our own: IPCC's words", low=0.5, high=0.99
    )

    # R0
    gain_share: float = share(
        0.25, Subject.RELAPSE, "of the way to the target that makes a gain", "statistics, R0", low=0.05
    )
    relapse_share: float = share(
        0.5, Subject.RELAPSE, "of the plateau that is left when it is a relapse", "statistics, R0", low=0.1, high=0.9
    )
    zero_share: float = share(
        0.25, Subject.RELAPSE, "of the plateau below which it is «back to zero»", "statistics, R0", high=0.5
    )
    relapse_z: float = z(
        2.0, Subject.RELAPSE, "how far outside chance a fall is, yearly and quarterly", "statistics, R0", low=1.0
    )
    relapse_z_monthly: float = z(2.5, Subject.RELAPSE, "the same, monthly", "statistics, R0", low=1.0)
    plateau_points_yearly: int = points(2, Subject.RELAPSE, "yearly points that make a plateau (m)", "statistics, R0")
    plateau_points_quarterly: int = points(
        4, Subject.RELAPSE, "quarterly points that make a plateau (m)", "statistics, R0"
    )
    plateau_points_monthly: int = points(6, Subject.RELAPSE, "monthly points that make a plateau (m)", "statistics, R0")
    recent_points_yearly: int = points(
        1, Subject.RELAPSE, "yearly points the level now is read from (k)", "statistics, R0"
    )
    recent_points_quarterly: int = points(
        2, Subject.RELAPSE, "quarterly points the level now is read from (k)", "statistics, R0"
    )
    recent_points_monthly: int = points(
        3, Subject.RELAPSE, "monthly points the level now is read from (k)", "statistics, R0"
    )

    # F3
    effect_without_baseline_days: int = days(
        90, Subject.MEASURABILITY, "initiatives may work this long before a missing baseline is grave", "domain 2a, F3"
    )

    fewest_planned_points: int = points(
        3, Subject.MEASURABILITY, "points a target needs, the baseline among them", "domain 2a, F3", low=2, high=12
    )

    # «Måler vi målet?»
    side_door_change: float = share(
        0.10, Subject.MEASURABILITY, "a larger change of who is counted may be what moved a share", "domain 2c, V4",
        high=0.5,
    )  # fmt: skip
    edge_share: float = share(
        0.05, Subject.MEASURABILITY, "this near 0 or 100 % a share has little left to gain", "domain 2c, V6", high=0.2
    )
    inert_points: int = points(
        3, Subject.MEASURABILITY, "points in a row without movement", "domain 2c, V6", low=2, high=12
    )
    inert_days: int = days(
        365, Subject.MEASURABILITY, "after the effect began a figure should have moved", "our own, of domain 2c, V6"
    )
    inert_expected: float = share(
        0.5, Subject.MEASURABILITY, "of the way that should be behind by then", "domain 2c, V6"
    )

    # F1
    plan_days: int = days(
        180, Subject.PLAN, "a project may run before a plan has been sent to the owner", "domain 2a, F1", low=30
    )
    plan_end_days: int = days(90, Subject.PLAN, "before the end the plan has to be approved", "domain 2a, F1")
    plan_share: float = share(0.6, Subject.PLAN, "of what the plan is asked for that has to be said", "domain 2a, F1")
    plan_old_days: int = days(365, Subject.PLAN, "an approved plan may stand unrevised", "domain 2a, F1", low=90)
    plan_phase_days: int = days(
        30, Subject.PLAN, "after a phase is over the plan has to be revised", "our own, of domain 2a, F1"
    )

    # F6
    freed_ahead_days: int = days(
        90, Subject.PLAN, "before time is free its use should be decided", "domain 2a, F6", high=365
    )
    freed_unallocated_share: float = share(
        0.2, Subject.PLAN, "of the freed time that may be without a decided use", "domain 2a, F6"
    )
    freed_small_fte: float = ratio(
        0.2, Subject.PLAN, "årsverk in all, below which it is said and no more", "domain 2a, F6", high=5.0
    )
    freed_entry_days: int = days(
        90, Subject.PLAN, "after time was promised the ledger is asked for it", "our own, of domain 2a, F6", low=30
    )

    # F4; a vacancy is as long as F5's
    signature_days: int = days(
        60, Subject.LEADERSHIP, "after submission the owner has to sign a report", "domain 2a, F4"
    )

    continuation_days: int = days(
        180, Subject.LEADERSHIP, "before the end it must be decided whether the project goes on", "domain 2a, F4"
    )
    unanswered_days: int = days(
        45, Subject.LEADERSHIP, "a warning may be open without anybody saying they have seen it", "domain 2a, F4"
    )
    unanswered_warnings: int = count(
        2, Subject.LEADERSHIP, "such warnings before it is said", "domain 2a, F4", low=1, high=20
    )

    # F5
    leaving_days: int = days(
        60,
        Subject.LEADERSHIP,
        "before a role or the project ends somebody must be named to take over",
        "decisions 18; domain 2a, F5",
    )
    vacancy_days: int = days(
        30, Subject.LEADERSHIP, "a project may be without a leader or an owner", "domain 2a, F4 and F5"
    )
    dependence_share: float = share(
        0.5, Subject.LEADERSHIP, "of the measurements to come that may rest on one person", "domain 2a, F5", low=0.2
    )
    dependence_days: int = days(180, Subject.LEADERSHIP, "ahead, within which that person's role ends", "domain 2a, F5")

    # F2
    resistance_influence: int = count(
        3, Subject.INVOLVEMENT, "influence from which a group's objection must have an answer", "domain 2a, F2", low=1,
        high=3,
    )  # fmt: skip
    resistance_share: float = share(
        0.33, Subject.INVOLVEMENT, "of the influence of all groups that those who object may have", "domain 2a, F2",
        low=0.1,
    )  # fmt: skip
    resistance_fall: int = count(
        1, Subject.INVOLVEMENT, "steps a group may fall between two registrations", "domain 2a, F2", low=1, high=2
    )
    resistance_fresh_days: int = days(
        365, Subject.INVOLVEMENT, "a registration says something about how a group looks at it", "our own", low=30
    )

    # R0's leading signals
    carrier_days: int = days(
        183, Subject.RELAPSE, "since the owner or leader left without anybody after them", "domain 2b", low=30
    )

    # Learning points
    measured_points: int = points(2, Subject.LEARNING, "measurements a target should have had", "domain 2d", high=6)
    measured_share: float = share(0.5, Subject.LEARNING, "of the targets that should have had them", "domain 2d")
    short_term_days: int = days(
        180,
        Subject.LEARNING,
        "before the end, from which nothing measured after it is watched",
        "our own, of domain 2d",
    )
    quick_fix_share: float = share(
        0.6, Subject.LEARNING, "of the initiatives that may be short-lived", "domain 2d", low=0.2
    )
    quick_fix_days: int = days(183, Subject.LEARNING, "an initiative at most this long is short-lived", "domain 2d")
    quick_fix_fewest: int = count(
        2, Subject.LEARNING, "initiatives before it is said that most are short-lived", "our own, of domain 2d", low=1
    )
    home_days: int = days(
        180, Subject.LEARNING, "before the end, an initiative must have a home in daily operation", "domain 2d"
    )
    process_days: int = days(
        183, Subject.LEARNING, "within which a process target or a milestone should be due", "domain 2d", low=30
    )
    comment_days: int = days(
        7,
        Subject.LEARNING,
        "before a returned report is due, its comments should have a reply",
        "our own, of domain 2d",
    )

    # Severity
    grace_days: int = days(
        180, Subject.SEVERITY, "a project's first days, in which little rises above WATCH", "decisions 18"
    )
    held_rules: tuple[str, ...] = ()  # rules the governor holds at WATCH until someone has looked

    def __post_init__(self) -> None:
        """A programme's own values come from JSON, where a tuple is a list."""
        object.__setattr__(self, "held_rules", tuple(self.held_rules))

    def with_overrides(self, overrides: Mapping[str, Value]) -> "Thresholds":
        """These thresholds with a programme's own values; raises UnknownThreshold for a name that does not exist."""
        unknown = sorted(set(overrides) - {f.name for f in fields(self)})
        if unknown:
            raise UnknownThreshold(", ".join(unknown))
        return replace(self, **overrides)  # type: ignore[arg-type]

    def stale_days(self, period: int) -> int:
        """Days after a planned date before it is stale; `period` is points a year (12, 4 or 1)."""
        return {12: self.stale_days_monthly, 4: self.stale_days_quarterly, 1: self.stale_days_yearly}[period]

    def early_days(self, period: int) -> int:
        """Days before a planned date from which a measurement covers it; `period` is points a year (12, 4 or 1)."""
        return {12: self.early_days_monthly, 4: self.early_days_quarterly, 1: self.early_days_yearly}[period]


DEFAULT = Thresholds()
SPECS: dict[str, Spec] = {f.name: f.metadata[SPEC] for f in fields(Thresholds) if SPEC in f.metadata}
