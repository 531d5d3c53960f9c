"""What every rule reads: one project's facts with its targets already judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from benefits.engine.codes import CAUSES
from benefits.engine.facts import ProjectFacts, TargetFacts
from benefits.engine.judging import Figures
from benefits.engine.thresholds import Thresholds
from benefits.engine.verdicts import Evidence, Finding, Severity, State, TargetVerdict, Value

# Decisions 18: what may be CRITICAL also in a project's first days.
EXEMPT_FROM_GRACE = frozenset(
    {"effect_without_baseline", "leader_leaving", "project_ending", "benefits_orphaned", "back_to_zero",
     "below_baseline_after_gain", "freed_over_allocated"}
)  # fmt: skip
EFFECTS = frozenset({"effect", "societal"})  # levels that promise an effect; others say what will be done
EXCUSED = frozenset({State.WITHDRAWN, State.NOT_MEASURABLE})


@dataclass(frozen=True, slots=True)
class Case:
    """One project on one date: its facts, its targets' verdicts and figures by target id, and the thresholds."""

    project: ProjectFacts
    verdicts: dict[int, TargetVerdict]
    figures: dict[int, Figures]
    as_of: date
    thresholds: Thresholds

    def is_in_grace(self) -> bool:
        """Whether the project is in its first days, counted from when it began or, if later, was followed."""
        began = max(self.project.starts_on, self.project.followed_since)
        return self.as_of < began + timedelta(days=self.thresholds.grace_days)

    def finding(
        self,
        cause: str,
        *,
        target: int | None = None,
        severity: Severity | None = None,
        evidence: Sequence[Evidence] = (),
        threshold: Mapping[str, Value] | None = None,
        due_on: date | None = None,
    ) -> Finding:
        """A finding with what its cause asks for; the severity is the cause's own unless given, and capped."""
        known = CAUSES[cause]
        worst = known.severity if severity is None else severity
        return Finding(
            rule=known.rule,
            target=target,
            severity=self._capped(cause, worst),
            cause=cause,
            evidence=tuple(evidence),
            threshold=dict(threshold) if threshold else None,
            action=known.action,
            closes_when=known.closes_when,
            due_on=due_on,
        )

    def _capped(self, cause: str, severity: Severity) -> Severity:
        """WATCH at most in the grace period or while the governor holds the rule."""
        is_held = CAUSES[cause].rule in self.thresholds.held_rules
        is_young = self.is_in_grace() and cause not in EXEMPT_FROM_GRACE
        return min(severity, Severity.WATCH) if is_held or is_young else severity


def effect_targets(case: Case) -> list[TargetFacts]:
    """The targets that promise an effect somebody is held to, by number."""
    held = [t for t in case.project.targets if t.level in EFFECTS and case.verdicts[t.id].state not in EXCUSED]
    return sorted(held, key=lambda target: (target.number, target.id))


def no_sign(rule: str, target: int | None = None, evidence: Sequence[Evidence] = ()) -> Finding:
    """Assessed, and no sign."""
    return Finding(rule, target, Severity.NONE, "none", tuple(evidence))


def not_assessable(rule: str, missing: Sequence[str], target: int | None = None) -> Finding:
    """Not assessable, for want of the inputs named."""
    return replace(no_sign(rule, target), severity=None, missing=tuple(missing))
