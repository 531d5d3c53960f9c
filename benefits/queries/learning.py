"""Learning points shown where something is done about them, and nowhere else (decisions 18a)."""

from benefits.models import PitfallWarning
from benefits.wording import action_advice, cause_sentence
from projects.models import Project


def learning_points(project: Project, rule: str) -> list[tuple[str, str]]:
    """(what was found, what helps) of one rule's open findings about the project."""
    found = PitfallWarning.objects.filter(project=project, rule=rule, closed_on=None).order_by("pk")
    return [
        (cause_sentence(row.cause, {item["label"]: item["value"] for item in row.evidence}), action_advice(row.action))
        for row in found
    ]
