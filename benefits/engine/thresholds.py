"""Every constant a verdict compares with: named, with its source, and replaceable per programme."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from benefits.engine.verdicts import Value


class UnknownThreshold(ValueError):
    """A programme overrides a threshold that does not exist."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The rules' numbers. `statistics`, `domain` and `decisions` in the comments are the design papers' pages.

    Shares are in parts of one, times in days unless the name says otherwise, z in standard deviations.
    """

    # Noise of one point (statistics, the table of indicator kinds)
    posts_changed_per_year: float = 0.20  # share of posts that change hands in a year
    minimum_response: float = 0.6  # answers / asked below which a survey share is not used
    absence_sd_year: float = 0.18  # spread between employees of the share of agreed days lost in a year
    absence_sd_quarter: float = 0.24  # the same in a quarter
    absence_sd_month: float = 0.30  # the same in a month: our extrapolation of the two above
    absence_autocorrelation: float = 0.3  # default where it cannot be estimated
    autocorrelation_points: int = 12  # points at one level before autocorrelation is estimated
    autocorrelation_z: float = 1.645  # an estimate below this many 1/sqrt(n) is taken for chance (our choice)
    ranges_for_own_noise: int = 5  # moving ranges before a series tells its own noise: six points (domain 2b)
    denominator_change: float = 0.15  # a larger change is another unit: the series is broken (statistics R0)

    # Behind, realised, sustained (statistics «Attainment, expected, behind»)
    certainty_z: float = 1.28  # 90 % one-sided
    default_tolerance: float = 0.10  # of the way to the target, when none is declared (domain 1e)
    pace_ratio: float = 2.0  # at risk when the required pace is more than this times the achieved
    pace_points: int = 3  # points, the baseline among them, before a pace is judged («fewer: nothing»)
    sustained_share: float = 0.80  # of the gain that must be held
    sustained_days: int = 365  # after the target date
    sustained_points: int = 2
    follow_up_days: int = 730  # measurements are expected this long after the end (statistics R0: 24 months)
    stale_days_monthly: int = 30  # planned date + this many days is stale (statistics «Stale»)
    stale_days_quarterly: int = 45
    stale_days_yearly: int = 90
    early_days_monthly: int = 10  # a point measured this early counts for its planned date (our choice)
    early_days_quarterly: int = 30
    early_days_yearly: int = 60

    # R0 (statistics «R0, relapse»)
    gain_share: float = 0.25  # of the way to the target that makes a gain
    relapse_share: float = 0.5  # of the plateau that must be lost
    zero_share: float = 0.25  # of the plateau that is «back to zero»
    relapse_z: float = 2.0  # yearly and quarterly
    relapse_z_monthly: float = 2.5
    plateau_points_yearly: int = 2
    plateau_points_quarterly: int = 4
    plateau_points_monthly: int = 6
    recent_points_yearly: int = 1
    recent_points_quarterly: int = 2
    recent_points_monthly: int = 3

    # F3 (domain 2a)
    effect_without_baseline_days: int = 90

    # F4 (domain 2a); a vacancy is as long as F5's
    signature_days: int = 60  # after submission

    # F5 (domain 2a, decisions 18)
    leaving_days: int = 60
    vacancy_days: int = 30
    dependence_share: float = 0.5
    dependence_days: int = 180

    # Severity (decisions 18, 18c)
    grace_days: int = 180  # a project's first days, in which only what decisions 18 lists rises above WATCH
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
