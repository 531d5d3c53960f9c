"""What the public may know of an approved report: four words and figures nobody can be recognised in."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from benefits.counting_facts import not_counted
from benefits.engine.verdicts import Result, State
from benefits.models import Measurement, TargetVersion
from benefits.suppression import is_baseline_of_few, must_hide
from reporting.annual.models import Published, PublishedTarget, Submission

Word = PublishedTarget.Word
# Results that decide the word alone. The others (on track, behind, at risk) weigh the pace ahead, which the public is
# not told of: there the figures decide.
_SAYS = {
    Result.ACHIEVED: Word.REACHED,
    Result.NOT_ACHIEVED: Word.NOT_REACHED,
    Result.RELAPSE: Word.NOT_REACHED,
    Result.MISSING: Word.NOT_MEASURED,
    Result.NOT_STARTED: Word.NOT_MEASURED,
}


def rows(submission: Submission, published: Published) -> list[PublishedTarget]:
    """The targets of a submission as they are published, unsaved; withdrawn ones are left out."""
    snapshot = submission.contents
    observed = snapshot["observed"]
    verdicts = {row["target"]: row for row in observed["results"]}
    facts = [row for row in snapshot["content"]["targets"] if row["withdrawn_on"] is None]
    hidden, as_of = _hidden(facts), date.fromisoformat(observed["as_of"])
    words = {fact["id"]: word(fact, verdicts.get(fact["id"], {}), as_of) for fact in facts}
    made = [_row(published, fact, words[fact["id"]], fact["id"] in hidden) for fact in facts]
    gone = not_counted([published.project_id], as_of, None).get(published.project_id, {})
    for row in made:
        row.is_counted = f"target:{row.target_id}" not in gone
    return made


def word(fact: dict[str, Any], verdict: Mapping[str, str], as_of: date) -> str:
    """The public's word for a target, from its figures and the engine's verdict at submission; never a forecast.

    A goal that has been passed once is «på vei» while its date lies ahead, since one point may be chance, and «nådd»
    when the date has come: being just short of it would then have been. A gain that is being lost is not «på vei».
    `verdict` is {"result", "state"}; empty for a target that was not judged, whose figures then speak alone.
    """
    baseline, latest = _value(fact["baseline"]), _value(fact["latest"])
    if any(limit is not None for limit in fact.get("keep", ())):
        return _kept_word(verdict, is_measured=latest is not None)
    if baseline is None or latest is None or fact["goal"] is None or fact["direction"] is None:
        return Word.NOT_MEASURED
    result = verdict.get("result", "")
    if result in _SAYS:
        return _SAYS[Result(result)]
    if verdict.get("state") == State.ACHIEVED_UNCONFIRMED:
        return Word.REACHED if date.fromisoformat(fact["goal"]["on"]) <= as_of else Word.ON_THE_WAY
    return Word.ON_THE_WAY if (latest - baseline) * fact["direction"] > 0 else Word.NOT_REACHED


def _kept_word(verdict: Mapping[str, str], *, is_measured: bool) -> str:
    """The public's word for a figure that is to be kept within limits: outside them it is not reached."""
    result = verdict.get("result", "")
    if not is_measured or not result:
        return Word.NOT_MEASURED
    if result in _SAYS:
        return _SAYS[Result(result)]
    return Word.ON_THE_WAY if result == Result.ON_TRACK else Word.NOT_REACHED


def _row(published: Published, fact: dict[str, Any], said: str, is_hidden: bool) -> PublishedTarget:
    return PublishedTarget(
        published=published,
        target_id=fact["id"],
        number=fact["number"],
        is_main=fact["is_main"],
        title=fact["title"],
        unit=fact["unit"],
        word=said,
        baseline_value=None if is_hidden else _value(fact["baseline"]),
        baseline_on=_day(fact["baseline"]),
        value=None if is_hidden else _value(fact["latest"]),
        measured_on=_day(fact["latest"]),
        target_value=_value(fact["goal"]),
        target_on=_day(fact["goal"]),
        is_suppressed=is_hidden,
    )


def _hidden(facts: list[dict[str, Any]]) -> set[int]:
    """The targets whose newest value or baseline is about so few that someone could be recognised.

    Both are hidden then: how many a baseline is about is often not known, and mostly it is the same people. For the
    same reason a baseline that was hidden in an earlier report is not told by a later one.
    """
    versions = TargetVersion.objects.in_bulk([fact["version"] for fact in facts])
    newest = {fact["id"]: (fact["latest"]["on"], versions[fact["version"]].kind) for fact in facts if fact["latest"]}
    reported = [pk for fact in facts for pk in fact["measurements"]]
    measured = Measurement.objects.filter(pk__in=reported)
    before = {fact["id"] for fact in facts if is_baseline_of_few(versions[fact["version"]])}
    return (
        before
        | _hidden_before(facts, versions)
        | {
            row.target_id
            for row in measured
            if row.target_id in newest
            and row.measured_on.isoformat() == newest[row.target_id][0]
            and must_hide(row, newest[row.target_id][1])
        }
    )


def _hidden_before(facts: list[dict[str, Any]], versions: Mapping[int, TargetVersion]) -> set[int]:
    """The targets whose baseline an earlier report has hidden, where nobody has said that it is about many."""
    unsaid = {fact["id"]: fact["baseline"] for fact in facts if versions[fact["version"]].baseline_n is None}
    rows = PublishedTarget.objects.filter(target__in=unsaid, is_suppressed=True).values_list("target", "baseline_on")
    return {target for target, on in rows if on is not None and on == _day(unsaid[target])}


def _value(point: dict[str, str] | None) -> Decimal | None:
    return None if point is None else Decimal(point["value"])


def _day(point: dict[str, str] | None) -> date | None:
    return None if point is None else date.fromisoformat(point["on"])
