"""The rules: each a small function from one project's case to its findings, listed in one registry."""

from benefits.engine.rules import (
    counters,
    fit,
    leadership,
    learning,
    measurability,
    movement,
    ownership,
    relapse,
    sentence,
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
            "F3", "pitfall_measurement", measurability.find, PITFALL,
            ("definition", "baseline", "target_value", "plausible_range", "planned_points", "measurements"),
            (INFO, WATCH, WARN, CRITICAL), "domain 2a F3; statistics «Stale»; decisions 18",
            ("effect_without_baseline_days", "fewest_planned_points", *STALE),
        ),
        Rule(
            "F4", "pitfall_ownership", ownership.find, PITFALL, ("roles", "reports", "warnings"),
            (WATCH, WARN), "domain 2a F4",
            ("vacancy_days", "signature_days", "unanswered_days", "unanswered_warnings"),
        ),
        Rule(
            "F5", "pitfall_leader", leadership.find, PITFALL, ("roles", "project_dates", "planned_points"),
            (WATCH, WARN, CRITICAL), "domain 2a F5; decisions 18",
            ("leaving_days", "vacancy_days", "dependence_share", "dependence_days"),
        ),
        Rule(
            "R0", "pitfall_relapse", relapse.find, PITFALL,
            ("definition", "baseline", "frequency", "noise", "measurements", "fresh_measurement", "roles",
             "project_dates"),
            (WATCH, WARN, CRITICAL), "statistics «R0, relapse»; domain 2b", (*RELAPSE, "vacancy_days", "carrier_days"),
        ),
        Rule("V1", "measure_level", fit.level, MEASURE, ("indicator",), (WATCH, WARN), "domain 2c V1"),
        Rule("V2", "measure_words", fit.words, MEASURE, ("definition",), (INFO,), "domain 2c V2"),
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
            "L1", "learning_measured", learning.measured, LEARNING, ("planned_points", "measurements"),
            (WATCH,), "domain 2d «Måling og kvantifisering»", ("measured_points", "measured_share", *STALE),
        ),
        Rule(
            "L2", "learning_lasting", learning.lasting, LEARNING, ("target_value", "project_dates", "planned_points"),
            (INFO, WATCH), "domain 2d «Jobb langsiktig, ikke quickfix»", ("short_term_days",),
        ),
        Rule(
            "L3", "learning_steps", learning.steps, LEARNING, ("target_value", "milestones"),
            (INFO,), "domain 2d «Gode prosessmål»", ("process_days",),
        ),
        Rule(
            "L4", "learning_answered", learning.answered, LEARNING, ("comments", "reports"),
            (WATCH,), "domain 2d «Hver enkelt vurderer egne justeringer»", ("comment_days",),
        ),
    )
}  # fmt: skip
