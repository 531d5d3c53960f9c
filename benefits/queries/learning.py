"""Learning points shown where something is done about them, and nowhere else (decisions 18a)."""

from benefits.models import PitfallWarning
from benefits.wording import action_advice, cause_sentence
from projects.models import Project


def learning_points(project: Project, *causes: str) -> list[tuple[str, str]]:
    """(what was found, what helps) of the project's open findings with one of these causes."""
    found = PitfallWarning.objects.filter(project=project, cause__in=causes, closed_on=None).order_by("pk")
    return [
        (cause_sentence(row.cause, {item["label"]: item["value"] for item in row.evidence}), action_advice(row.action))
        for row in found
    ]
