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
PLACES = (
    ConcernKind.MEASUREMENT,
    ConcernKind.PLAN,
    ConcernKind.CONTINUATION,
    ConcernKind.PEOPLE,
    ConcernKind.INITIATIVES,
    ConcernKind.RELAPSE,
)
A, B, C, D, E, F = PLACES
INFO, WATCH, WARN, CRITICAL = Severity.INFO, Severity.WATCH, Severity.WARN, Severity.CRITICAL
LOSS, IRREVERSIBLE, DEADLINE, REST = Urgency.LOSS, Urgency.IRREVERSIBLE, Urgency.DEADLINE, Urgency.REST

CAUSES: dict[str, Cause] = {
    # F1, worst first
    "plan_unapproved": Cause("F1", WARN, "approve_plan", "plan_approved", B, IRREVERSIBLE, LEADER),
    "plan_missing": Cause("F1", WARN, "make_plan", "plan_sent", B, REST, LEADER),
    "plan_incomplete": Cause("F1", WARN, "complete_plan", "plan_complete", B, REST, LEADER),
    "plan_before_phase": Cause("F1", WATCH, "revise_plan", "plan_revised", B, REST, LEADER),
    "plan_outdated": Cause("F1", WATCH, "revise_plan", "plan_revised", B, REST, LEADER),
    # F2, worst first
    "objection_unanswered": Cause("F2", WARN, "answer_objection", "objection_answered", E, REST, LEADER),
    "objections_weigh": Cause("F2", WARN, "answer_objection", "objections_answered", E, REST, LEADER),
    "attitude_fell": Cause("F2", WATCH, "ask_the_group", "group_answered", E, REST, LEADER),
    "answers_promised": Cause("F2", WATCH, "give_answers", "answers_given", E, DEADLINE, LEADER),
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
    "continuation_missing": Cause("F4", WARN, "decide_continuation", "continuation_decided", C, IRREVERSIBLE, OWNER),
    "line_owner_missing": Cause("F4", WARN, "name_line_owner", "line_owner_named", C, IRREVERSIBLE, OWNER),
    "report_unsigned": Cause("F4", WARN, "sign_report", "report_signed", C, DEADLINE, OWNER),
    "warnings_unanswered": Cause("F4", WARN, "answer_warnings", "warnings_answered", C, REST, OWNER),
    # F5, worst first
    "benefits_orphaned": Cause("F5", CRITICAL, "name_responsible", "responsible_named", D, IRREVERSIBLE, OWNER),
    "project_ending": Cause("F5", CRITICAL, "name_responsible", "responsible_named", D, IRREVERSIBLE, OWNER),
    "leader_leaving": Cause("F5", CRITICAL, "name_successor", "successor_named", D, IRREVERSIBLE, OWNER),
    "handover_missing": Cause("F5", WARN, "record_handover", "handover_recorded", D, IRREVERSIBLE, LEADER),
    "leader_vacant": Cause("F5", WARN, "name_leader", "leader_named", D, REST, OWNER),
    "one_person": Cause("F5", WATCH, "share_measuring", "measuring_shared", D, REST, LEADER),
    # F6, worst first
    "freed_over_allocated": Cause("F6", CRITICAL, "correct_use", "use_fits", C, DEADLINE, LEADER),
    "freed_unused": Cause("F6", WARN, "allocate_time", "time_allocated", C, DEADLINE, OWNER),
    "freed_unallocated": Cause("F6", WARN, "allocate_time", "time_allocated", C, DEADLINE, OWNER),
    "cut_without_line": Cause("F6", WARN, "name_budget_line", "budget_line_named", C, DEADLINE, OWNER),
    "freed_not_entered": Cause("F6", WATCH, "enter_freed_time", "freed_time_entered", C, REST, LEADER),
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
    "concept_differs": Cause("V3", WATCH, "justify_indicator", "indicator_fits", A, REST, LEADER),
    "concept_in_part": Cause("V3", WATCH, "justify_indicator", "indicator_fits", A, REST, LEADER),
    "concept_unconfirmed": Cause("V3", INFO, "await_adviser", "stand_in_confirmed", A, REST, LEADER),
    "only_fewer": Cause("V4", WATCH, "explain_denominator", "denominator_explained", A, REST, LEADER),
    "denominator_moved": Cause("V4", WATCH, "explain_denominator", "denominator_explained", A, REST, LEADER),
    "counter_worse": Cause("V5", WATCH, "look_at_counter", "counter_recovers", A, REST, LEADER),
    "no_counter": Cause("V5", INFO, "add_counter", "counter_added", A, REST, LEADER),
    "at_edge": Cause("V6", WATCH, "choose_indicator", "indicator_chosen", A, REST, LEADER),
    "inert": Cause("V6", WATCH, "choose_indicator", "figure_moves", A, REST, LEADER),
    "number_differs": Cause("V7", WARN, "correct_sentence", "sentence_agrees", A, REST, LEADER),
    "date_differs": Cause("V7", WARN, "correct_sentence", "sentence_agrees", A, REST, LEADER),
    "within_chance": Cause("V8", INFO, "widen_target", "change_detectable", A, REST, LEADER),
    # V9, gravest first
    "money_and_time": Cause("V9", WARN, "decide_who_counts", "counted_once", C, REST, LEADER),
    "claimed_twice": Cause("V9", WARN, "decide_who_counts", "counted_once", C, REST, LEADER),
    "claimed_elsewhere": Cause("V9", WATCH, "decide_who_counts", "counted_once", C, REST, LEADER),
    "over_whole": Cause("V9", WATCH, "lower_shares", "shares_within_whole", B, REST, LEADER),
    # learning points
    "few_measured": Cause("L1", WATCH, "measure_more", "measured_twice", A, REST, LINE),
    "short_term": Cause("L2", WATCH, "plan_follow_up", "followed_after_end", C, REST, LEADER),
    "quick_fixes": Cause("L2", WATCH, "plan_lasting", "lasting_planned", C, REST, LEADER),
    "no_step": Cause("L3", INFO, "add_step", "step_planned", A, REST, LEADER),
    "comment_unanswered": Cause("L4", WATCH, "reply_to_comments", "comments_answered", C, DEADLINE, LEADER),
    "no_culture": Cause("L5", INFO, "add_culture_driver", "culture_driver_added", A, REST, LEADER),
    "no_home": Cause("L6", WATCH, "name_home", "home_named", C, REST, LEADER),
    "paid_by_others": Cause("L6", WATCH, "budget_for_it", "paid_by_own", C, REST, LEADER),
    # no sign, or not assessable
    "none": Cause("", Severity.NONE, "", "", A, REST, ()),
}

WITHHELD = "withheld"  # a cause and an action shown to those who may not read the grounds; the engine never says it

# Labels of evidence: what the value is. Concerns carry the same names in `values`, and `targets` and `numbers`.
EVIDENCE: tuple[str, ...] = (
    "plan_sent_on",  # date a plan was first sent to the owner
    "plan_approved_on",  # date one was last approved
    "realising_since",  # date the last phase before the benefits are taken out was over
    "project_began_on",  # date
    "days_without_plan",  # int, since then
    "benefits",  # int, in the plan
    "days_unrevised",  # int, since the plan was approved
    "phase_changed_on",  # date the newest phase was over
    "items_asked",  # int, things the plan is asked about a target's benefit
    "items_said",  # int, of those
    "item_missing",  # str of plan.FULL; one row for each
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
    "project_ended_on",  # date
    "days_left",  # int
    "days_vacant",  # int
    "days_without_owner",  # int
    "report_year",  # str, the year an unsigned report is about
    "received_on",  # date it was submitted
    "days_unsigned",  # int, since then
    "unrealised",  # int, targets not yet achieved
    "orphans",  # int, of those, targets nobody in the line measures
    "orphan",  # int, a target's number; one row for each
    "unowned_benefits",  # int, benefits that name nobody in the line
    "open_points",  # int, measurements still planned
    "persons_points",  # int, of those, the ones on one person
    "person_ends_on",  # date
    "handover_recorded_on",  # date or None
    "handover_waits_since",  # date a handover was recorded that not everyone has accepted
    "nothing_new_since",  # date of the newest fact, where a warning is held open though the sign is gone
    "lacks",  # str of INPUTS: what the rule can no longer be answered for want of
    "last_seen_on",  # date up to which such a rule could be answered
    "indicator_name",  # str
    "indicator_level",  # str: output or process
    "concept",  # str, a key of the concepts
    "missing_indicator",  # str, a key of the catalogue; one row for each
    "gain",  # float, the unit: how far the figure has moved the right way
    "denominator_before",  # int, those counted at the first comparable point
    "denominator_after",  # int, those counted at the newest
    "counted_before",  # int, of those, the ones that are as the target wants them
    "counted_after",  # int, likewise
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
    "structural_drivers",  # int, on the benefit map
    "initiatives",  # int, those it is about
    "short_lived",  # int, of them
    "initiative_code",  # str, one row for each
    "round",  # str, the address of the report's round
    "returned_on",  # date
    "freed",  # float, årsverk
    "allocated",  # float, årsverk of those
    "unallocated",  # float, årsverk of those
    "freed_from",  # date the time is free from
    "post",  # int, a post of the ledger; one row for each
    "cut_fte",  # float, årsverk
    "cut_decided_on",  # date
    "budget_adopted_on",  # date by which the budget the cut should be in was adopted
    "promised_from",  # date the plan says time is free from
    "benefit_code",  # str, one row for each
    "objections",  # int, groups with much influence that object and wait for an answer
    "group",  # str, a group's own name, or a code of StakeholderGroup.Kind; one row for each
    "groups_fallen",  # int, groups that look at it with less favour than last time
    "judged_by",  # str: leader, or others
    "beside",  # str, the code of another rule that is open
    "influence_against",  # float, of the influence of all groups
    "groups",  # int, with a registration that is not too old
    "claim",  # str, what counts something that is counted twice
    "claim_too",  # str, what else counts it
    "claims_more",  # int, other pairs that count the same twice
    "box",  # str, a box on the benefit map
    "box_share",  # float, what its lines say they stand for of it
    "boxes_more",  # int, other boxes like it
)

# What rules read. Where a rule's severity is None (not assessable), some of its inputs are named as missing.
INPUTS: tuple[str, ...] = (
    "definition",
    "indicator",
    "counters",
    "denominators",
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
    "continuation",
    "reports",
    "warnings",
    "comments",
    "map_drivers",
    "milestones",
    "freed_time",
    "stakeholders",
    "fresh_stakeholders",
    "plan",
    "neighbours",
    "map_shares",
    "initiatives",
)

ACTIONS: tuple[str, ...] = tuple(sorted({cause.action for cause in CAUSES.values() if cause.action}))
CLOSES_WHEN: tuple[str, ...] = tuple(sorted({cause.closes_when for cause in CAUSES.values() if cause.closes_when}))
CONCERN_VALUES: tuple[str, ...] = (*EVIDENCE, "targets", "numbers", "unit")
