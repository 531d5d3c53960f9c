"""What a sign in the matrix rests on: the open findings of one rule in one project, worded."""

from dataclasses import dataclass
from datetime import date

from benefits.discretion import withhold
from benefits.models import Concern, PitfallWarning
from benefits.queries.openness import held_back, is_held
from benefits.wording import action_advice, closes_when_text, evidence_lines, threshold_text
from projects.models import Project


@dataclass(frozen=True, slots=True)
class FindingLines:
    """One finding in words: `subject` is the number of the target it is about, None for the project itself."""

    severity: int
    subject: int | None
    opened_on: date
    due_on: date | None
    evidence: tuple[tuple[str, str], ...]
    threshold: str
    closes_when: str
    action: str


def findings(project: Project, rule: str, today: date) -> list[FindingLines]:
    """The open findings that people outside the project may see, worst first."""
    held = held_back(Concern.objects.filter(project=project), today)
    open_now = PitfallWarning.objects.filter(project=project, rule=rule, closed_on=None).select_related("target")
    shown = [warning for warning in open_now if warning.severity > 1 and not is_held(warning, held)]
    withhold(warnings=shown)
    return [_lines(warning) for warning in shown]


def _lines(warning: PitfallWarning) -> FindingLines:
    return FindingLines(
        severity=warning.severity,
        subject=warning.target.number if warning.target else None,
        opened_on=warning.opened_on,
        due_on=warning.due_on,
        evidence=tuple(evidence_lines(warning.evidence)),
        threshold=threshold_text(warning.cause, warning.threshold),
        closes_when=closes_when_text(warning.closes_when),
        action=action_advice(warning.action),
    )
