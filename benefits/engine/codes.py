"""Every code the engine may answer with, and the values that come with it; each must be worded in every language.

States, results, severities and concern kinds are the enumerations of `verdicts`.
"""

from dataclasses import dataclass

from benefits.engine.verdicts import ConcernKind, Severity, Urgency

# Reasons of target states: code -> names of its values. Shares are of the way from baseline to target (1.0 = there).
REASONS: dict[str, tuple[str, ...]] = {
    "withdrawn": ("on",),
    "not_measurable": (),
    "slot_what_missing": (),
    "slot_how_much_missing": (),
    "slot_when_missing": (),
    "target_equals_baseline": ("baseline", "target", "direction"),
    "target_wrong_direction": ("baseline", "target", "direction"),
    "baseline_missing": (),
    "baseline_planned": ("due_on",),
    "baseline_overdue": ("due_on",),
    "baseline_one_season": ("points", "needed"),
    "effect_not_started": ("starts_on",),
    "first_measurement_not_due": ("due_on",),
    "measured_before_effect": ("measured_on", "starts_on"),
    "season_incomplete": ("points", "needed"),
    "never_measured": ("due_on", "latest"),
    "measurement_stale": ("measured_on", "due_on", "latest"),
    "last_known": ("state", "measured_on"),
    "too_few_answers": ("points",),
    "other_definition": ("points",),
    "series_break": ("breaks",),
    "unit_changed": ("on",),
    "season_pooled": ("years",),
    "on_plan": ("attainment", "expected", "tolerance", "attainment_sd"),
    "within_uncertainty": ("attainment", "expected", "tolerance", "attainment_sd"),
    "noise_unknown": ("attainment", "expected", "tolerance", "attainment_sd"),
    "behind_plan": ("attainment", "expected", "tolerance", "attainment_sd"),
    "behind_twice": (
        "attainment", "expected", "tolerance", "attainment_sd", "attainment_before", "expected_before",
    ),
    "below_baseline": ("attainment", "expected", "tolerance", "attainment_sd"),
    "pace_too_slow": ("required", "achieved", "ratio"),
    "forecast_very_unlikely": ("on", "low", "high"),
    **dict.fromkeys(
        ("band_inside", "band_perhaps_outside", "band_outside", "band_outside_twice", "band_inside_once", "band_kept",
         "band_nearly_kept", "band_not_kept", "band_sustained"),
        ("value", "low", "high", "inside", "points"),
    ),
    "reached_once": ("attainment",),  # and what it was compared with
    "reached": ("mean", "points"),
    "reached_held": ("attainment", "mean", "margin", "share"),
    "not_held": ("attainment", "mean", "margin", "share"),
    "nearly_reached": ("attainment", "mean", "margin"),
    "not_reached": ("attainment", "mean", "margin"),
    "sustained": ("mean", "points", "share"),
    "possible_relapse": ("plateau", "recent", "needed", "since"),
    "relapse_confirmed": ("plateau", "recent", "needed", "since"),
    "back_to_zero": ("plateau", "recent", "needed", "since"),
    "below_baseline_after_gain": ("plateau", "recent", "needed", "since"),
    # Reasons of a project's result; followed by the reasons of the target it was taken from.
    "by_main_target": ("number",),
    "by_worst": ("verdicts", "targets"),
    "under_half_judged": ("verdicts", "targets"),
    "none_started": ("verdicts", "targets"),
    "no_targets": (),
}  # fmt: skip

# What run chart, limits and, under six points, pace say: code -> names of its values. Levels are in the unit.
SIGNALS: dict[str, tuple[str, ...]] = {
    "run_better_latest": ("run", "most", "useful"),
    "run_worse_latest": ("run", "most", "useful"),
    "run_same_latest": ("run", "most", "useful"),
    "run_long": ("run", "most", "useful"),
    "few_crossings": ("crossings", "fewest", "useful"),
    "run_calm": ("useful",),
    "limits": ("low", "high", "points"),
    "limits_preliminary": ("low", "high", "points"),
    "outside_limits": ("on", "value"),
    "near_limit": ("on", "value"),
    "pace": ("achieved", "required"),
    "pace_wrong": ("achieved", "required"),
}

# Why there is no forecast, where the page says so.
NO_FORECAST: tuple[str, ...] = ("past", "break", "relapse", "few_points", "unsteady")


@dataclass(frozen=True, slots=True)
class Cause:
    """What a finding with this cause weighs, asks for, and who is asked: the first of `roles` that someone holds."""

    rule: str
    severity: Severity
    action: str
    closes_when: str
    kind: ConcernKind
    urgency: Urgency
    roles: tuple[str, ...]


LEADER = ("leader", "owner")
LINE = ("measurement_responsible", "benefit_owner", "leader")
OWNER = ("owner", "leader")
PLACES = (ConcernKind.MEASUREMENT, ConcernKind.CONTINUATION, ConcernKind.PEOPLE, ConcernKind.RELAPSE)
A, C, D, F = PLACES
INFO, WATCH, WARN, CRITICAL = Severity.INFO, Severity.WATCH, Severity.WARN, Severity.CRITICAL
LOSS, IRREVERSIBLE, DEADLINE, REST = Urgency.LOSS, Urgency.IRREVERSIBLE, Urgency.DEADLINE, Urgency.REST

CAUSES: dict[str, Cause] = {
    # F3, worst first: the first that holds is the finding's cause
    "effect_without_baseline": Cause("F3", CRITICAL, "set_baseline", "baseline_set", A, IRREVERSIBLE, LEADER),
    "no_targets": Cause("F3", WARN, "define_target", "target_defined", A, REST, LEADER),
    "target_undefined": Cause("F3", WARN, "complete_target", "target_defined", A, REST, LEADER),
    "target_equals_baseline": Cause("F3", WARN, "correct_target", "target_differs", A, REST, LEADER),
    "target_wrong_direction": Cause("F3", WARN, "correct_target", "target_differs", A, REST, LEADER),
    "baseline_one_season": Cause("F3", WARN, "extend_baseline", "baseline_whole_year", A, REST, LEADER),
    "baseline_overdue": Cause("F3", WARN, "set_baseline", "baseline_set", A, DEADLINE, LEADER),
    "baseline_missing": Cause("F3", WARN, "set_baseline", "baseline_set", A, REST, LEADER),
    "target_outside_range": Cause("F3", WARN, "correct_target", "target_in_range", A, REST, LEADER),
    "never_measured": Cause("F3", WATCH, "register_measurement", "measured", A, DEADLINE, LINE),
    "measurement_stale": Cause("F3", WATCH, "register_measurement", "measured", A, DEADLINE, LINE),
    "few_points": Cause("F3", WATCH, "plan_points", "points_planned", A, REST, LEADER),
    "not_measurable": Cause("F3", INFO, "use_scale", "made_measurable", A, REST, LEADER),
    # F4, worst first
    "owner_vacant": Cause("F4", WARN, "name_owner", "owner_named", D, REST, OWNER),
    "owner_is_leader": Cause("F4", WARN, "name_owner", "owner_apart", D, REST, OWNER),
    "report_unsigned": Cause("F4", WARN, "sign_report", "report_signed", C, DEADLINE, OWNER),
    "warnings_unanswered": Cause("F4", WARN, "answer_warnings", "warnings_answered", C, REST, OWNER),
    # F5, worst first
    "benefits_orphaned": Cause("F5", CRITICAL, "name_responsible", "responsible_named", D, IRREVERSIBLE, OWNER),
    "project_ending": Cause("F5", CRITICAL, "name_responsible", "responsible_named", D, IRREVERSIBLE, OWNER),
    "leader_leaving": Cause("F5", CRITICAL, "name_successor", "successor_named", D, IRREVERSIBLE, OWNER),
    "handover_missing": Cause("F5", WARN, "record_handover", "handover_recorded", D, IRREVERSIBLE, LEADER),
    "leader_vacant": Cause("F5", WARN, "name_leader", "leader_named", D, REST, OWNER),
    "one_person": Cause("F5", WATCH, "share_measuring", "measuring_shared", D, REST, LEADER),
    # R0
    "below_baseline_after_gain": Cause("R0", CRITICAL, "act_on_relapse", "level_regained", F, LOSS, LEADER),
    "back_to_zero": Cause("R0", CRITICAL, "act_on_relapse", "level_regained", F, LOSS, LEADER),
    "relapse_confirmed": Cause("R0", WARN, "act_on_relapse", "level_regained", F, LOSS, LEADER),
    "possible_relapse": Cause("R0", WATCH, "measure_again", "next_point_clears", F, REST, LINE),
    "measuring_stopped": Cause("R0", WATCH, "register_measurement", "measured", A, LOSS, LINE),
    "carrier_left": Cause("R0", WATCH, "name_responsible", "carrier_named", D, LOSS, OWNER),
    # «Måler vi målet?»
    "measures_activity": Cause("V1", WARN, "set_level", "effect_measured", A, REST, LEADER),
    "sounds_like_activity": Cause("V2", INFO, "reword_indicator", "indicator_reworded", A, REST, LEADER),
    "counter_worse": Cause("V5", WATCH, "look_at_counter", "counter_recovers", A, REST, LEADER),
    "no_counter": Cause("V5", INFO, "add_counter", "counter_added", A, REST, LEADER),
    "at_edge": Cause("V6", WATCH, "choose_indicator", "indicator_chosen", A, REST, LEADER),
    "inert": Cause("V6", WATCH, "choose_indicator", "figure_moves", A, REST, LEADER),
    "number_differs": Cause("V7", WARN, "correct_sentence", "sentence_agrees", A, REST, LEADER),
    "date_differs": Cause("V7", WARN, "correct_sentence", "sentence_agrees", A, REST, LEADER),
    "within_chance": Cause("V8", INFO, "widen_target", "change_detectable", A, REST, LEADER),
    # learning points
    "few_measured": Cause("L1", WATCH, "measure_more", "measured_twice", A, REST, LINE),
    "short_term": Cause("L2", WATCH, "plan_follow_up", "followed_after_end", C, REST, LEADER),
    "no_step": Cause("L3", INFO, "add_step", "step_planned", A, REST, LEADER),
    "comment_unanswered": Cause("L4", WATCH, "reply_to_comments", "comments_answered", C, DEADLINE, LEADER),
    # no sign, or not assessable
    "none": Cause("", Severity.NONE, "", "", A, REST, ()),
}

# Labels of evidence: what the value is. Concerns carry the same names in `values`, and `targets` and `numbers`.
EVIDENCE: tuple[str, ...] = (
    "slot_missing",  # str: what, how_much or when; one row for each empty slot
    "baseline",  # float, the unit
    "baseline_points",  # int, points behind the baseline
    "baseline_needed",  # int, points a whole year has
    "baseline_due_on",  # date
    "target",  # float, the unit
    "target_on",  # date
    "plausible_min",  # float, the unit
    "plausible_max",  # float, the unit
    "effect_starts_on",  # date
    "days_since_effect",  # int
    "measured_on",  # date of the latest measurement
    "due_on",  # date the measurement was due
    "days_late",  # int, after the last day it was not stale
    "plateau",  # float, the unit: the gain that was held
    "recent",  # float, the unit: the gain now
    "needed_fall",  # float, the unit: what a fall had to exceed not to be chance
    "lost_share",  # float, of the plateau
    "frequency",  # str; "yearly" says that yearly data cannot protect against relapse
    "since",  # date it began
    "role_ends_on",  # date the leader's role ends
    "project_ends_on",  # date
    "days_left",  # int
    "days_vacant",  # int
    "days_without_owner",  # int
    "report_year",  # str, the year an unsigned report is about
    "received_on",  # date it was submitted
    "days_unsigned",  # int, since then
    "unrealised",  # int, targets not yet achieved
    "orphans",  # int, of those, targets nobody in the line measures
    "orphan",  # int, a target's number; one row for each
    "open_points",  # int, measurements still planned
    "persons_points",  # int, of those, the ones on one person
    "person_ends_on",  # date
    "handover_recorded_on",  # date or None
    "nothing_new_since",  # date of the newest fact, where a warning is held open though the sign is gone
    "lacks",  # str of INPUTS: what the rule can no longer be answered for want of
    "last_seen_on",  # date up to which such a rule could be answered
    "indicator_name",  # str
    "indicator_level",  # str: output or process
    "activity_words",  # str, as the definition says them
    "counter",  # int, the number of the target that is a counter-indicator
    "counter_name",  # str
    "counter_baseline",  # float, the counter's unit
    "counter_value",  # float, the counter's unit
    "counter_loss",  # float, the counter's unit: how much worse than its baseline
    "counter_mmc",  # float, the counter's unit: what matters
    "furthest",  # float, the unit: the largest distance from the baseline
    "movement_limit",  # float, the unit: what a movement had to exceed
    "still_points",  # int
    "expected_share",  # float, of the way, at the newest of them
    "said_number",  # str, as the sentence says it
    "said_date",  # str, as the sentence says it
    "promised_change",  # float, the unit
    "chance_change",  # float, the unit: a smaller change may be chance
    "seen_change",  # float, the unit: a larger change is nearly always seen
    "population",  # int
    "points_planned",  # int, the baseline among them
    "unanswered",  # int, warnings nobody has said they have seen
    "days_unanswered",  # int, the oldest of them; July and an election autumn do not count
    "carrier_left_on",  # date the owner or leader left
    "days_alone",  # int, since then
    "targets_due",  # int, targets that should have been measured twice
    "measured_twice",  # int, of those
    "target_number",  # int, a target it is about; one row for each
    "last_target_on",  # date the last target is to be reached
    "step_due_on",  # date
    "comments",  # int, without reply
    "round",  # str, the address of the report's round
    "returned_on",  # date
)

# What rules read. Where a rule's severity is None (not assessable), some of its inputs are named as missing.
INPUTS: tuple[str, ...] = (
    "definition",
    "indicator",
    "counters",
    "statement",
    "baseline",
    "target_value",
    "frequency",
    "noise",
    "plausible_range",
    "planned_points",
    "measurements",
    "fresh_measurement",
    "project_dates",
    "roles",
    "reports",
    "warnings",
    "comments",
    "milestones",
)

ACTIONS: tuple[str, ...] = tuple(sorted({cause.action for cause in CAUSES.values() if cause.action}))
CLOSES_WHEN: tuple[str, ...] = tuple(sorted({cause.closes_when for cause in CAUSES.values() if cause.closes_when}))
CONCERN_VALUES: tuple[str, ...] = (*EVIDENCE, "targets", "numbers", "unit")
