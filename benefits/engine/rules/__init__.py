"""The rules: each a small function from one project's case to its findings, listed in one registry."""

from benefits.engine.rules import (
    concepts,
    counters,
    double,
    drivers,
    fit,
    freed_time,
    leadership,
    learning,
    measurability,
    movement,
    ownership,
    permanence,
    planning,
    relapse,
    resistance,
    sentence,
    side_door,
)
from benefits.engine.rules.registry import Family, Rule
from benefits.engine.verdicts import Severity

__all__ = ["RULES", "Family", "Rule"]

PITFALL, MEASURE, LEARNING = Family
_, INFO, WATCH, WARN, CRITICAL = Severity
STALE = ("stale_days_monthly", "stale_days_quarterly", "stale_days_yearly", "follow_up_days")
RELAPSE = ("gain_share", "relapse_share", "zero_share", "relapse_z", "relapse_z_monthly", "certainty_z")

RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            "F1", "pitfall_plan", planning.find, PITFALL,
            ("plan", "project_dates", "milestones", "definition", "baseline", "target_value", "planned_points"),
            (WATCH, WARN), "domain 2a F1; decisions 18, 18d, 18e",
            ("plan_days", "plan_end_days", "plan_share", "plan_phase_days", "plan_old_days"),
        ),
        Rule(
            "F2", "pitfall_resistance", resistance.find, PITFALL,
            ("stakeholders", "fresh_stakeholders", "roles", "project_dates"),
            (WATCH, WARN, CRITICAL), "domain 2a F2; decisions 18d, 18f",
            ("resistance_influence", "resistance_share", "resistance_fall", "resistance_fresh_days"),
            is_optional=True,
        ),
        Rule(
            "F3", "pitfall_measurement", measurability.find, PITFALL,
            ("definition", "baseline", "target_value", "plausible_range", "planned_points", "measurements"),
            (INFO, WATCH, WARN, CRITICAL), "domain 2a F3; statistics «Stale»; decisions 18",
            ("effect_without_baseline_days", "fewest_planned_points", *STALE),
        ),
        Rule(
            "F4", "pitfall_ownership", ownership.find, PITFALL,
            ("roles", "reports", "warnings", "project_dates", "continuation"),
            (WATCH, WARN, CRITICAL), "domain 2a F4; decisions 18",
            ("vacancy_days", "signature_days", "unanswered_days", "unanswered_warnings", "continuation_days",
             "leaving_days"),
        ),
        Rule(
            "F5", "pitfall_leader", leadership.find, PITFALL, ("roles", "project_dates", "planned_points"),
            (WATCH, WARN, CRITICAL), "domain 2a F5; decisions 18",
            ("leaving_days", "vacancy_days", "dependence_share", "dependence_days"),
        ),
        Rule(
            "F6", "pitfall_freed_time", freed_time.find, PITFALL, ("freed_time",),
            (INFO, WATCH, WARN, CRITICAL), "domain 2a F6; decisions 18, 18d",
            ("freed_ahead_days", "freed_unallocated_share", "freed_small_fte", "freed_entry_days"), is_optional=True,
        ),
        Rule(
            "R0", "pitfall_relapse", relapse.find, PITFALL,
            ("definition", "baseline", "frequency", "noise", "measurements", "fresh_measurement", "roles",
             "project_dates"),
            (WATCH, WARN, CRITICAL), "statistics «R0, relapse»; domain 2b", (*RELAPSE, "vacancy_days", "carrier_days"),
        ),
        Rule("V1", "measure_level", fit.level, MEASURE, ("indicator",), (WATCH, WARN), "domain 2c V1"),
        Rule("V2", "measure_words", fit.words, MEASURE, ("definition",), (INFO,), "domain 2c V2"),
        Rule("V3", "measure_concept", concepts.find, MEASURE, ("indicator",), (INFO, WATCH), "domain 2c V3"),
        Rule(
            "V4", "measure_side_door", side_door.find, MEASURE, ("denominators", "measurements"), (WATCH,),
            "domain 2c V4", ("side_door_change",),
        ),
        Rule(
            "V5", "measure_counter", counters.find, MEASURE, ("indicator", "counters", "measurements"),
            (INFO, WATCH), "domain 2c V5", ("certainty_z",),
        ),
        Rule(
            "V6", "measure_movement", movement.inert, MEASURE, ("baseline", "target_value", "noise", "measurements"),
            (WATCH,), "domain 2c V6; decisions 18d",
            ("edge_share", "inert_points", "inert_days", "inert_expected", "certainty_z"),
        ),
        Rule(
            "V7", "measure_sentence", sentence.find, MEASURE, ("statement", "target_value", "baseline"),
            (WATCH, WARN), "domain 2c V7",
        ),
        Rule(
            "V8", "measure_detectable", movement.detectable, MEASURE,
            ("definition", "baseline", "target_value", "frequency", "noise"), (INFO,),
            "domain 2c V8; statistics «Detectability»",
        ),
        Rule(
            "V9", "measure_counted_once", double.find, MEASURE,
            ("indicator", "target_value", "plan", "freed_time", "neighbours", "map_shares"), (WATCH, WARN),
            "domain 4, feature 14",
        ),
        Rule(
            "L1", "learning_measured", learning.measured, LEARNING, ("planned_points", "measurements"),
            (WATCH,), "domain 2d «Måling og kvantifisering»", ("measured_points", "measured_share", *STALE),
        ),
        Rule(
            "L2", "learning_lasting", learning.lasting, LEARNING,
            ("target_value", "project_dates", "planned_points", "initiatives"),
            (INFO, WATCH), "domain 2d «Jobb langsiktig, ikke quickfix»",
            ("short_term_days", "quick_fix_share", "quick_fix_days", "quick_fix_fewest"),
        ),
        Rule(
            "L3", "learning_steps", learning.steps, LEARNING, ("target_value", "milestones"),
            (INFO,), "domain 2d «Gode prosessmål»", ("process_days",),
        ),
        Rule(
            "L4", "learning_answered", learning.answered, LEARNING, ("comments", "reports"),
            (WATCH,), "domain 2d «Hver enkelt vurderer egne justeringer»", ("comment_days",),
        ),
        Rule(
            "L5", "learning_culture", drivers.culture, LEARNING, ("map_drivers", "indicator"),
            (INFO,), "domain 2d «Kulturelementer under drivere»",
        ),
        Rule(
            "L6", "learning_permanent", permanence.find, LEARNING, ("initiatives", "project_dates", "continuation"),
            (WATCH,), "domain 2d «Permanent i organisasjonen»", ("home_days", "follow_up_days"),
        ),
    )
}  # fmt: skip
