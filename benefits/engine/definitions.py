"""What each state means, and its formula, for docs/rules.md. Names in braces are thresholds, filled in there."""

from dataclasses import dataclass

from benefits.engine.verdicts import State


@dataclass(frozen=True, slots=True)
class Definition:
    """`means`: in plain words; `formula`: what is compared."""

    means: str
    formula: str


SYMBOLS = (
    ("y", "the newest comparable measurement, in the indicator's unit"),
    ("b, t", "baseline and target value"),
    ("d", "direction: +1 when higher is better, −1 when lower is"),
    ("a", "attainment, (y − b)/(t − b): baseline- and direction-aware, never capped"),
    ("e", "the planned path at the date of the measurement, never today: milestones, linear, steps or an S"),
    ("σ", "standard deviation of one point, by kind of indicator or from the series itself"),
    ("σ_a", "standard deviation of a: σ/|t − b|, the baseline's own uncertainty added"),
    ("MMC", "minimum meaningful change, declared with the indicator"),
    ("tolerance", "accepted distance behind plan: declared, else max({default_tolerance}, MMC/|t − b|)"),
    ("P, L", "the plateau: mean of all points since the gain was confirmed but the last k; the level now: mean of k"),
    ("m, k", "points in a plateau and in a level: yearly {plateau_points_yearly}, {recent_points_yearly}; quarterly "
             "{plateau_points_quarterly}, {recent_points_quarterly}; monthly {plateau_points_monthly}, "
             "{recent_points_monthly}"),
)  # fmt: skip

STATES: dict[State, Definition] = {
    State.WITHDRAWN: Definition(
        "The target is withdrawn; it is kept, and not counted.", "withdrawn_on ≤ date looked at"
    ),
    State.NOT_MEASURABLE: Definition("The project says it cannot be measured in numbers.", "said by the project"),
    State.NOT_DEFINED: Definition(
        "The target does not say what, how much or when, or has no way to go.",
        "a slot is empty, or d·(t − b) ≤ 0",
    ),
    State.NO_BASELINE: Definition(
        "Nobody knows where it started; sick leave within the year also needs a baseline of a whole year.",
        "b unknown and not planned ahead, or fewer points behind b than a year has",
    ),
    State.UNKNOWN: Definition(
        "Nothing measured, or too long ago. Neither red nor green; what was known last is kept beside it.",
        "date looked at > planned date + {stale_days_monthly} / {stale_days_quarterly} / {stale_days_yearly} days for "
        "monthly / quarterly / yearly points",
    ),
    State.PLANNED: Definition(
        "The baseline is to be measured by a date to come, or the effect has not begun.",
        "baseline due ≥ date looked at and effect not begun, or effect start > date looked at",
    ),
    State.TOO_EARLY: Definition(
        "The first measurement is not due, was made before the effect began, or does not make a whole season yet.",
        "no comparable point, and nothing overdue",
    ),
    State.ON_TRACK: Definition("As planned or better, or within the tolerance.", "a ≥ e − tolerance"),
    State.WITHIN_UNCERTAINTY: Definition(
        "Beyond the tolerance, by so little that it may be chance; counted as on track.",
        "a < e − tolerance, but a + {certainty_z}·σ_a ≥ e − tolerance",
    ),
    State.ACHIEVED_UNCONFIRMED: Definition(
        "The newest measurement is at the target; one more must confirm it.", "a ≥ 1 once, mean of the last two < 1"
    ),
    State.BEHIND: Definition(
        "Surely behind the planned path.",
        "a + {certainty_z}·σ_a < e − tolerance; or two points in a row beyond the tolerance whose mean is beyond it by "
        "{certainty_z} of its own σ",
    ),
    State.AT_RISK: Definition(
        "Behind, and the pace will not do.",
        "behind, and required pace > {pace_ratio} × achieved pace (a pace ≤ 0 counts), from {pace_points} points, or "
        "the forecast says «very unlikely»",
    ),
    State.BELOW_BASELINE: Definition(
        "Worse than where it started, without ever having gained.",
        "L < −MMC and L + {certainty_z}·σ·√(1/k + 1/n_b) < 0, no gain confirmed",
    ),
    State.RELAPSE: Definition(
        "A confirmed gain is half lost, beyond chance, at two points.",
        "L ≤ {relapse_share}·P and P − L > z·σ·√(1/k + 1/n_P), again at the next point; z = {relapse_z}, monthly "
        "{relapse_z_monthly}",
    ),
    State.BACK_TO_ZERO: Definition(
        "A relapse with almost nothing left.", "relapse, and L + {certainty_z}·σ·√(1/k + 1/n_b) < {zero_share}·P"
    ),
    State.BELOW_BASELINE_AFTER_GAIN: Definition(
        "A relapse to something worse than the start.",
        "relapse, L < −MMC and L + {certainty_z}·σ·√(1/k + 1/n_b) < 0",
    ),
    State.REALISED: Definition(
        "The target is reached and confirmed.",
        "mean of the last two comparable points ≥ 1; once reached, also while that mean ≥ {sustained_share}",
    ),
    State.NEARLY_REACHED: Definition(
        "At the target date short by less than matters or can be told from chance.",
        "at the target date, level ≥ 1 − max(MMC/|t − b|, {certainty_z}·σ_a)",
    ),
    State.SUSTAINED: Definition(
        "Reached, and the gain is kept long after.",
        "≥ {sustained_points} points after the target date, the last ≥ {sustained_days} days after it, their mean ≥ "
        "{sustained_share}",
    ),
    State.NOT_ACHIEVED: Definition(
        "The target date has come and been measured, and the target is not reached or was not held.",
        "at the target date, level < 1 − max(MMC/|t − b|, {certainty_z}·σ_a)",
    ),
}

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "From target to project to portfolio",
        (
            "A project's result is that of its main target, with «3 of 5 targets on track, 1 lacks a measurement» "
            "beside it. Where no main target is chosen it is the worst of relapse, at risk, not achieved and behind; "
            "else missing when under half of the targets that have started have a verdict; else the least good of the "
            "rest. Withdrawn targets do not count.",
            "A project's risk is the worst severity of the pitfalls. It never moves the result, and the result never "
            "moves it. Where an input is missing and nothing else speaks, the risk is «not assessable», which is never "
            "«no sign».",
            "The portfolio counts projects by result and by risk. Percentages of unlike units are never averaged; sums "
            "are made over numerators and denominators only, and money is shown only where a budget was changed.",
        ),
    ),
    (
        "Noise",
        (
            "register_share: √(2·p(1−p)·τ/n) for a change over τ years, τ = {posts_changed_per_year} of the posts "
            "changed a year. survey_share: √(p(1−p)/k · (1 − k/N)), used when k/N ≥ {minimum_response}. absence_rate: "
            "own same-quarter differences (mean moving range / (1.128·√2)), without history s/√n with s = "
            "{absence_sd_year} for a year, {absence_sd_quarter} for a quarter, {absence_sd_month} for a month. mean: "
            "s/√n. count: √y. index: declared.",
            "A series tells its own noise from {ranges_for_own_noise} changes on. σ is multiplied by √((1+ρ)/(1−ρ)); ρ "
            "is estimated from {autocorrelation_points} points at one level, else {absence_autocorrelation} for "
            "absence_rate and 0 otherwise.",
        ),
    ),
    (
        "Season and series breaks",
        (
            "Sick leave measured within the year is compared with the same quarters of another year; a baseline of a "
            "single quarter is refused. Where the season cannot be taken out otherwise, points are put together to "
            "whole years.",
            "A new definition, a merger, or a denominator that changes by more than {denominator_change} breaks the "
            "series: nothing is compared across it, and trend and relapse start anew.",
        ),
    ),
    (
        "R0: can we avoid going back to zero?",
        (
            "g = d·(y − b), sick leave on the same quarters. A gain is confirmed when m points in a row average at "
            "least max({gain_share}·|t − b|, z·σ·√(1/m + 1/n_b)). P is the mean of all points from the first confirmed "
            "gain to the last k, not of the best window. A first hit (L ≤ {relapse_share}·P and P − L > "
            "z·σ·√(1/k + 1/n_P)) is «possible relapse»; the next point confirms it or clears it.",
            "R0 goes on after the project's end, as long as measurements are expected: {follow_up_days} days. Yearly "
            "figures cannot protect against relapse, and every finding on them says so.",
        ),
    ),
    (
        "Run charts, limits and forecast",
        (
            "A run chart is read from {run_chart_points} points off the median (Anhøj): a run longer than "
            "round(log2 n) + 3, or fewer crossings than chance would give. Limits are drawn from {limit_points} points "
            "at the mean ± {limit_ranges} mean moving ranges, and are preliminary below {firm_limit_points}. Two "
            "points alone never get an arrow.",
            "A forecast is a damped trend from {forecast_points} points, at most half the series and "
            "{forecast_periods} periods ahead; none after a relapse or a break. It is shown as an interval that covers "
            "{forecast_interval} and one of four words: very unlikely below {forecast_very_unlikely}, unlikely below "
            "{forecast_unlikely}, likely from {forecast_likely}, uncertain between. Where its assumptions do not hold "
            "it declines. Three to five points give only the pace against the pace required; fewer give nothing.",
        ),
    ),
    (
        "Concerns",
        (
            "A finding is evidence; people see concerns. A concern is one cause, one sentence, one action, one "
            "responsible and one date. Findings with the same cause are one concern; each relapse is one of its own. "
            "An open F3 silences R0 and V1–V8 on the same target unless they are graver.",
            "Rank: a loss under way, then what cannot be undone within {leaving_days} days, then what blocks the next "
            "deadline, then the rest; unanswered first, then what the reader's role can do, the nearest date, the "
            "newest. In a project's first {grace_days} days nothing rises above WATCH but what is marked «at once».",
        ),
    ),
)
