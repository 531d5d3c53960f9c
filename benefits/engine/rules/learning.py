"""The learning points whose facts exist: each INFO or WATCH, and never a pitfall (source: domain.md §2d)."""

from datetime import date, timedelta

from benefits.engine.due import add_months, period_of
from benefits.engine.facts import CommentFact, InitiativeFact, TargetFacts
from benefits.engine.noise import PERIODS
from benefits.engine.paths import final_value, path_start
from benefits.engine.rules.case import Case, effect_targets, no_sign, not_assessable
from benefits.engine.verdicts import Evidence, Finding, Severity, State


def measured(case: Case) -> list[Finding]:
    """L1 «Måling og kvantifisering»: under half of the effect targets have been measured twice when they should."""
    due = [target for target in effect_targets(case) if _should_be_measured_twice(case, target)]
    if not due:
        return [no_sign("L1")]
    twice = [target for target in due if case.figures[target.id].measured >= case.thresholds.measured_points]
    if len(twice) >= case.thresholds.measured_share * len(due):
        return [no_sign("L1")]
    lacking = [target for target in due if target not in twice]
    evidence = [
        Evidence("targets_due", len(due)),
        Evidence("measured_twice", len(twice)),
        *(Evidence("target_number", target.number, f"target:{target.id}") for target in lacking),
    ]
    share = case.thresholds.measured_share
    return [case.finding("few_measured", evidence=evidence, threshold={"share": share})]


def _should_be_measured_twice(case: Case, target: TargetFacts) -> bool:
    """Whether the second measurement is not only due but late; a target that is not ready to be measured is F3's."""
    if target.id not in case.figures:
        return False
    second = _second_due(target)
    return second is not None and second + timedelta(days=case.thresholds.stale_days(period_of(target))) < case.as_of


def _second_due(target: TargetFacts) -> date | None:
    """The day the second measurement after the baseline is planned for, or would come."""
    start = path_start(target)
    if start is None or target.frequency not in PERIODS:
        return None
    planned = sorted({point.on for point in target.planned if point.kind != "baseline" and point.on > start})
    if planned:
        return planned[1] if len(planned) > 1 else None
    return add_months(start, 2 * 12 // period_of(target))


def lasting(case: Case) -> list[Finding]:
    """L2 «Jobb langsiktig, ikke quickfix»: nothing is measured after the end, or else most initiatives are brief."""
    found = _short_term(case)
    return [found if found.severity is Severity.WATCH else _quick_fixes(case) or found]


def _quick_fixes(case: Case) -> Finding | None:
    """More than 60 % of the initiatives are courses, campaigns or brief, and will not live on in daily operation."""
    ones, t, end = case.project.initiatives, case.thresholds, case.project.ends_on
    short = [one for one in ones if _is_short_lived(one, t.quick_fix_days)]
    is_over = end is not None and end < case.as_of
    if is_over or len(ones) < t.quick_fix_fewest or len(short) <= t.quick_fix_share * len(ones):
        return None
    evidence = [
        Evidence("initiatives", len(ones)),
        Evidence("short_lived", len(short)),
        *(Evidence("initiative_code", one.code, f"initiative:{one.id}") for one in short),
    ]
    return case.finding("quick_fixes", evidence=evidence, threshold={"share": t.quick_fix_share})


def _is_short_lived(one: InitiativeFact, days: int) -> bool:
    """Whether it passes: a course, a campaign or something brief, with no home to live on in."""
    is_brief = one.starts_on is not None and one.ends_on is not None and (one.ends_on - one.starts_on).days <= days
    return not one.has_home and (one.is_one_off or is_brief)


def _short_term(case: Case) -> Finding:
    """Every effect target is due by the project's end, and none is measured after."""
    targets, end = effect_targets(case), case.project.ends_on
    finals = [final for target in targets if (final := final_value(target))]
    if not targets or len(finals) < len(targets):
        return no_sign("L2") if not targets else not_assessable("L2", ["target_value"])
    if end is None:
        return not_assessable("L2", ["project_dates"])
    if any(on > end for on, _ in finals) or any(_is_followed_after(target, end) for target in targets):
        return no_sign("L2")
    evidence = [
        Evidence("project_ends_on", end),
        Evidence("last_target_on", max(on for on, _ in finals)),
        Evidence("target_number", targets[0].number, f"target:{targets[0].id}"),
    ]
    days = case.thresholds.short_term_days
    severity = Severity.WATCH if case.as_of >= end - timedelta(days=days) else Severity.INFO
    return case.finding("short_term", severity=severity, evidence=evidence, threshold={"days": days}, due_on=end)


def _is_followed_after(target: TargetFacts, end: date) -> bool:
    """Whether it is measured after the end: on a planned date, or as often as it says where no dates are planned."""
    return any(point.on > end for point in target.planned) if target.planned else target.frequency in PERIODS


def steps(case: Case) -> list[Finding]:
    """L3 «Gode prosessmål»: nothing on the way to the effect is due within six months. It is said, never a concern."""
    ahead = case.as_of + timedelta(days=case.thresholds.process_days)
    open_targets = [t for t in effect_targets(case) if (final := final_value(t)) and final[0] > ahead]
    if case.as_of < case.project.starts_on or not open_targets:
        return [no_sign("L3")]
    due = [on for on in case.project.open_milestones if on <= ahead]
    for target in case.project.targets:
        final, state = final_value(target), case.verdicts[target.id].state
        is_step = target.level in ("process", "output") and state is not State.WITHDRAWN
        if is_step and final and case.as_of <= final[0] <= ahead:
            due.append(final[0])
    if due:
        return [no_sign("L3", None, [Evidence("step_due_on", min(due))])]
    return [case.finding("no_step", threshold={"days": case.thresholds.process_days})]


def answered(case: Case) -> list[Finding]:
    """L4 «Hver enkelt vurderer egne justeringer»: an adviser's comment has no reply when the report is due again."""
    waiting = [comment for comment in case.project.comments if _is_late(case, comment)]
    if not waiting:
        return [no_sign("L4")]
    first = min(waiting, key=lambda comment: (comment.returned_on, comment.id))
    evidence = [
        Evidence("comments", len(waiting)),
        Evidence("report_year", str(first.year), f"report:{first.report}"),
        Evidence("round", first.round, f"report:{first.report}"),
        Evidence("returned_on", first.returned_on),
        Evidence("since", first.returned_on),
    ]
    days = case.thresholds.comment_days
    return [case.finding("comment_unanswered", evidence=evidence, threshold={"days": days}, due_on=first.due_on)]


def _is_late(case: Case, comment: CommentFact) -> bool:
    """Whether the report has come in again, or will within days; without a date to come in, some weeks after."""
    if comment.returned_on > case.as_of:
        return False
    if comment.resubmitted_on is not None and comment.resubmitted_on <= case.as_of:
        return True
    days = timedelta(days=case.thresholds.comment_days)
    return case.as_of >= (comment.due_on - days if comment.due_on else comment.returned_on + 2 * days)
