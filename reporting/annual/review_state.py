"""What a review says now, as a short text that changes with every comment and answer: what a decision was based on."""

from collections.abc import Iterable

from reporting.annual.models import ReviewComment, TargetAnswer


def review_state(comments: Iterable[ReviewComment], answers: Iterable[TargetAnswer]) -> str:
    """The state of a review that has begun; `comments` are those that stand."""
    return f"{'.'.join(map(str, sorted(row.pk for row in comments)))}-{answers_text(answers)}"


def answers_text(answers: Iterable[TargetAnswer]) -> str:
    """What the official questions are answered by; "" before the first."""
    return ".".join(f"{pk}:{at.timestamp():.6f}" for pk, at in sorted((row.pk, row.at) for row in answers))
