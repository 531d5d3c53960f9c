"""What the public may know of an approved report: four words and figures nobody can be recognised in."""

from datetime import date
from decimal import Decimal
from typing import Any

from benefits.engine.verdicts import Result
from benefits.models import Measurement, TargetVersion
from benefits.suppression import must_hide
from reporting.annual.models import Published, PublishedTarget, Submission

Word = PublishedTarget.Word


def rows(submission: Submission, published: Published) -> list[PublishedTarget]:
    """The targets of a submission as they are published, unsaved; withdrawn ones are left out."""
    snapshot = submission.contents
    results = {row["target"]: row["result"] for row in snapshot["observed"]["results"]}
    facts = [row for row in snapshot["content"]["targets"] if row["withdrawn_on"] is None]
    hidden = _hidden(facts)
    return [_row(published, fact, results.get(fact["id"], ""), fact["id"] in hidden) for fact in facts]


def word(fact: dict[str, Any], result: str) -> str:
    """The public's word for a target, from its figures and the engine's result at submission; never a forecast."""
    baseline, latest = _value(fact["baseline"]), _value(fact["latest"])
    if baseline is None or latest is None or fact["goal"] is None or fact["direction"] is None:
        return Word.NOT_MEASURED
    if result == Result.ACHIEVED:
        return Word.REACHED
    is_better = (latest - baseline) * fact["direction"] > 0
    return Word.ON_THE_WAY if is_better and result != Result.NOT_ACHIEVED else Word.NOT_REACHED


def _row(published: Published, fact: dict[str, Any], result: str, is_hidden: bool) -> PublishedTarget:
    return PublishedTarget(
        published=published,
        target_id=fact["id"],
        number=fact["number"],
        is_main=fact["is_main"],
        title=fact["title"],
        unit=fact["unit"],
        word=word(fact, result),
        baseline_value=_value(fact["baseline"]),
        baseline_on=_day(fact["baseline"]),
        value=None if is_hidden else _value(fact["latest"]),
        measured_on=_day(fact["latest"]),
        target_value=_value(fact["goal"]),
        target_on=_day(fact["goal"]),
        is_suppressed=is_hidden,
    )


def _hidden(facts: list[dict[str, Any]]) -> set[int]:
    """The targets whose newest value is about so few that someone could be recognised."""
    kinds = {row.pk: row.kind for row in TargetVersion.objects.filter(pk__in=[fact["version"] for fact in facts])}
    newest = {fact["id"]: (fact["latest"]["on"], kinds[fact["version"]]) for fact in facts if fact["latest"]}
    reported = [pk for fact in facts for pk in fact["measurements"]]
    measured = Measurement.objects.filter(pk__in=reported)
    return {
        row.target_id
        for row in measured
        if row.target_id in newest
        and row.measured_on.isoformat() == newest[row.target_id][0]
        and must_hide(row, newest[row.target_id][1])
    }


def _value(point: dict[str, str] | None) -> Decimal | None:
    return None if point is None else Decimal(point["value"])


def _day(point: dict[str, str] | None) -> date | None:
    return None if point is None else date.fromisoformat(point["on"])
