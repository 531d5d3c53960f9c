"""When a warning closes: on one hit it opens, but only a full evaluation with newer facts closes it.

Source: domain.md §2, the warning contract. It is worked out from facts alone, so any past date gives the same. Where
the rule sees no sign today, it is asked again on the day of the project's newest fact, or on the day the warning opened
if nothing has happened since. A sign there says that only the calendar has moved, and the warning stays open. A
confirmed relapse is also asked with the closing thresholds, so that noise around the limit does not close it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from benefits.engine.codes import CAUSES
from benefits.engine.facts import OpenWarning, ProjectFacts
from benefits.engine.thresholds import Thresholds
from benefits.engine.verdicts import Evidence, Finding, Severity

CLOSING_SHARE = 1.2  # a confirmed relapse closes when this much more is left than what opened it (our choice)
CLOSING_CERTAINTY = 0.8  # and the fall is inside this share of what chance could explain (our choice)
DAY = timedelta(days=1)
Ask = Callable[[date, Thresholds], Sequence[Finding]]


def held_open(
    project: ProjectFacts, findings: Sequence[Finding], as_of: date, thresholds: Thresholds, ask: Ask
) -> list[Finding]:
    """Findings of open warnings that the rules see no sign of on `as_of`, and that nothing new has cleared.

    `ask(day, thresholds)` gives the rules' findings on an earlier day from the same facts. INFO is not held:
    nobody is shown it as a warning.
    """
    seen = {(f.rule, f.target) for f in findings if f.severity}
    blind = {(f.rule, f.target): f for f in findings if f.severity is None}
    shown = [w for w in project.open_warnings if w.severity >= Severity.WATCH and w.opened_on < as_of]
    waiting = sorted((w for w in shown if (w.rule, w.target) not in seen), key=_key)
    if not waiting:
        return []
    newest = _newest_fact(project, as_of)
    held = []
    for warning in waiting:
        key, day = (warning.rule, warning.target), max(newest or warning.opened_on, warning.opened_on)
        if key in blind:
            held.append(_not_assessable(warning, blind[key], day))
        elif finding := _still_seen(warning, day, as_of, thresholds, ask):
            held.append(finding)
    return held


def _key(warning: OpenWarning) -> tuple[str, int]:
    return warning.rule, -1 if warning.target is None else warning.target


def _still_seen(warning: OpenWarning, day: date, as_of: date, thresholds: Thresholds, ask: Ask) -> Finding | None:
    """The finding that keeps a warning open: the calendar alone has moved, or a relapse is not clearly regained."""
    found = _of(ask(day, thresholds), warning) if day < as_of else None
    if found is None and warning.rule == "R0" and warning.severity >= Severity.WARN:
        found = _of(ask(as_of, for_closing(thresholds)), warning)
    if found is None:
        return None
    severity = min(found.severity or Severity.NONE, Severity(warning.severity))
    evidence = (*found.evidence, Evidence("nothing_new_since", day)) if day < as_of else found.evidence
    return replace(found, severity=severity, evidence=evidence, is_held=True)


def _not_assessable(warning: OpenWarning, finding: Finding, day: date) -> Finding:
    """A warning whose rule can no longer be answered stays: taking the inputs away is no way to close it."""
    cause = CAUSES.get(warning.cause)
    return replace(
        finding,
        severity=Severity(warning.severity),
        cause=warning.cause,
        evidence=(*(Evidence("lacks", missing) for missing in finding.missing), Evidence("last_seen_on", day)),
        missing=(),
        action=cause.action if cause else "",
        closes_when=cause.closes_when if cause else "",
        is_held=True,
    )


def _of(findings: Iterable[Finding], warning: OpenWarning) -> Finding | None:
    """The sign of a warning's own rule and subject."""
    return next((f for f in findings if (f.rule, f.target) == (warning.rule, warning.target) and f.severity), None)


def _newest_fact(project: ProjectFacts, as_of: date) -> date | None:
    """The newest day a fact was recorded or took effect: a role began or was over, the project began or ended."""
    days = [project.changed_on, project.starts_on, _after(project.ends_on)]
    days += [day for span in project.roles for day in (span.starts_on, _after(span.ends_on))]
    days += [target.withdrawn_on for target in project.targets]
    return max((day for day in days if day is not None and day <= as_of), default=None)


def _after(day: date | None) -> date | None:
    return None if day is None else day + DAY


def for_closing(thresholds: Thresholds) -> Thresholds:
    """The thresholds with the stricter limits of relapse that a confirmed one must clear to close."""
    return replace(
        thresholds,
        relapse_share=min(thresholds.relapse_share * CLOSING_SHARE, 1.0),
        relapse_z=thresholds.relapse_z * CLOSING_CERTAINTY,
        relapse_z_monthly=thresholds.relapse_z_monthly * CLOSING_CERTAINTY,
    )
