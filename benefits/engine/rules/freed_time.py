"""F6 «Hvordan skal frigitt tid utnyttes»: time that is freed, and nobody has decided what it is used for.

Source: domain.md §2a. A ledger that is not opened is not in use, and none is missed; but a plan that promises time by
a date is asked about it. Minutes spread over many positions can be nobody's, and are no fault.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from benefits.engine.facts import FreedTimeFact, UseFact
from benefits.engine.freed_time import SCATTERED, SLACK, busiest_day, used_on
from benefits.engine.rules.case import Case, no_sign
from benefits.engine.verdicts import Evidence, Finding, Severity

BUDGET_CUT = "budget_cut"
PROPOSED = 11  # the month the budget is proposed; what is decided from then on is for the budget of the year after next


def find(case: Case) -> list[Finding]:
    """One finding for the project: the worst cause that holds; none where no time is entered or promised."""
    if not case.project.freed_time and not case.project.promised_time:
        return []
    posts = [post for post in case.project.freed_time if post.ends_on is None or post.ends_on >= case.as_of]
    for check in (_over_allocated, _unused, _unallocated, _cut_without_line):
        finding = check(case, posts)
        if finding is not None:
            return [finding]
    return [_not_entered(case) or no_sign("F6")]


def used(post: FreedTimeFact, as_of: date) -> float:
    """How much of a post's time somebody has decided on: what is used on its busiest day from a date on."""
    return sum(used_on(post.uses, busiest_day(post.uses, max(as_of, post.starts_on), post.ends_on)))


def _is_scattered(post: FreedTimeFact) -> bool:
    return bool(post.posts) and post.fte / (post.posts or 1) < SCATTERED


def _over_allocated(case: Case, posts: Sequence[FreedTimeFact]) -> Finding | None:
    """More is used than there is. The page refuses it; what comes in other ways may do it."""
    over = [post for post in posts if used(post, case.as_of) > post.fte + SLACK]
    if not over:
        return None
    worst = max(over, key=lambda post: used(post, case.as_of) - post.fte)
    evidence = [
        Evidence("freed", worst.fte, f"freed_time:{worst.id}"),
        Evidence("allocated", used(worst, case.as_of)),
        *(Evidence("post", post.number, f"freed_time:{post.id}") for post in over),
    ]
    return case.finding("freed_over_allocated", evidence=evidence)


def _unused(case: Case, posts: Sequence[FreedTimeFact]) -> Finding | None:
    """The line says that the time is there, and none of it is used for anything."""
    there = [p for p in posts if p.is_attested and p.starts_on <= case.as_of and not _is_scattered(p)]
    if not there or any(post.uses for post in there):
        return None
    return _waiting(case, "freed_unused", there, {})


def _unallocated(case: Case, posts: Sequence[FreedTimeFact]) -> Finding | None:
    """Time that is free, or soon is, and more than a fifth of it is not decided on."""
    ahead = case.as_of + timedelta(days=case.thresholds.freed_ahead_days)
    near = [post for post in posts if post.starts_on <= ahead and not _is_scattered(post)]
    freed = sum(post.fte for post in near)
    left = sum(max(post.fte - used(post, case.as_of), 0.0) for post in near)
    share = case.thresholds.freed_unallocated_share
    if left <= share * freed + SLACK:
        return None
    lacking = [post for post in near if used(post, case.as_of) + SLACK < post.fte]
    threshold = {"share": share, "days": case.thresholds.freed_ahead_days}
    return _waiting(case, "freed_unallocated", near, threshold, lacking)


def _waiting(
    case: Case,
    cause: str,
    posts: Sequence[FreedTimeFact],
    threshold: dict[str, float],
    lacking: Sequence[FreedTimeFact] = (),
) -> Finding:
    """What is freed, used and left of some posts; said and no more when it is very little."""
    freed, in_use = sum(post.fte for post in posts), sum(used(post, case.as_of) for post in posts)
    first = min(post.starts_on for post in lacking or posts)
    evidence = [
        Evidence("freed", round(freed, 2)),
        Evidence("allocated", round(in_use, 2)),
        Evidence("unallocated", round(freed - in_use, 2)),
        Evidence("freed_from", first),
        *(Evidence("post", post.number, f"freed_time:{post.id}") for post in lacking or posts),
    ]
    severity = Severity.INFO if freed < case.thresholds.freed_small_fte - SLACK else None
    due = first if first > case.as_of else None
    return case.finding(cause, severity=severity, evidence=evidence, threshold=threshold, due_on=due)


def _cut_without_line(case: Case, posts: Sequence[FreedTimeFact]) -> Finding | None:
    """A budget cut was decided, the budget it should be in is adopted, and no line of it is named."""
    missing = [(post, use) for post in posts for use in post.uses if _is_missing_line(use, case.as_of)]
    if not missing:
        return None
    evidence = [
        Evidence("cut_fte", round(sum(use.fte for _, use in missing), 2)),
        Evidence("cut_decided_on", min(use.decided_on for _, use in missing)),
        Evidence("budget_adopted_on", max(_adopted(use.decided_on) for _, use in missing)),
        *(Evidence("post", post.number, f"freed_time:{post.id}") for post, _ in missing),
    ]
    is_little = sum(post.fte for post in posts) < case.thresholds.freed_small_fte - SLACK
    return case.finding("cut_without_line", severity=Severity.INFO if is_little else None, evidence=evidence)


def _is_missing_line(use: UseFact, as_of: date) -> bool:
    return use.use == BUDGET_CUT and not use.has_reference and as_of > _adopted(use.decided_on)


def _adopted(decided_on: date) -> date:
    """By when the budget a decision comes in time for is adopted: proposed in November, adopted in December."""
    return date(decided_on.year + (decided_on.month >= PROPOSED), 12, 31)


def _not_entered(case: Case) -> Finding | None:
    """The plan says that a benefit frees time from a date that is well past, and the ledger does not have it."""
    days = timedelta(days=case.thresholds.freed_entry_days)
    late = [one for one in case.project.promised_time if one.realised_from + days < case.as_of]
    if not late:
        return None
    first = min(late, key=lambda one: (one.realised_from, one.code))
    evidence = [
        Evidence("promised_from", first.realised_from),
        *(Evidence("benefit_code", one.code, f"benefit:{one.id}") for one in late),
    ]
    return case.finding("freed_not_entered", evidence=evidence, threshold={"days": case.thresholds.freed_entry_days})
