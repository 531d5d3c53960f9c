"""The rules: each a small function from one project's case to its findings, listed in one registry."""

from benefits.engine.rules import counters, fit, leadership, measurability, movement, ownership, relapse, sentence
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
            ("effect_without_baseline_days", *STALE),
        ),
        Rule(
            "F4", "pitfall_ownership", ownership.find, PITFALL, ("roles", "reports"),
            (WATCH, WARN), "domain 2a F4", ("vacancy_days", "signature_days"),
        ),
        Rule(
            "F5", "pitfall_leader", leadership.find, PITFALL, ("roles", "project_dates", "planned_points"),
            (WATCH, WARN, CRITICAL), "domain 2a F5; decisions 18",
            ("leaving_days", "vacancy_days", "dependence_share", "dependence_days"),
        ),
        Rule(
            "R0", "pitfall_relapse", relapse.find, PITFALL,
            ("definition", "baseline", "frequency", "noise", "measurements", "fresh_measurement"),
            (WATCH, WARN, CRITICAL), "statistics «R0, relapse»; domain 2b", RELAPSE,
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
    )
}  # fmt: skip
