"""The rules: each a small function from one project's case to its findings, listed in one registry."""

from benefits.engine.rules import leadership, measurability, ownership, relapse
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
    )
}  # fmt: skip
