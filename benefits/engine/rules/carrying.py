"""R0's leading signals, before the number falls: nobody measures any more, or nobody carries the gain (domain §2b)."""

from datetime import date

from benefits.engine.due import next_due
from benefits.engine.facts import TargetFacts
from benefits.engine.judging import EPSILON, Figures
from benefits.engine.roles import LEADING, LINE, OWNING, held
from benefits.engine.rules.case import Case
from benefits.engine.verdicts import Evidence, Finding


def has_gain(case: Case, figures: Figures) -> bool:
    """Whether the newest comparable point shows a gain that could be lost."""
    return bool(figures.attainments) and figures.attainments[-1] >= case.thresholds.gain_share - EPSILON


def measuring_stopped(case: Case, target: TargetFacts, figures: Figures) -> Finding | None:
    """A gain was measured while the project ran, and nobody has measured it since the end though they should have."""
    end = case.project.ends_on
    if end is None or end >= case.as_of or figures.measured_on is None or figures.measured_on > end:
        return None
    if not has_gain(case, figures):
        return None
    due = next_due(target, case.project, figures.measured_on, case.thresholds)
    evidence = [
        Evidence("project_ends_on", end),
        Evidence("measured_on", figures.measured_on, f"target:{target.id}"),
        Evidence("due_on", due.on, f"target:{target.id}"),
    ]
    return case.finding("measuring_stopped", target=target.id, evidence=evidence, due_on=due.on)


def carrier_left(case: Case) -> Finding | None:
    """The owner or the leader left within six months, nobody came after, and there is a gain to lose.

    After the project somebody in the line is enough. A vacancy of a month is none.
    """
    own = [case.figures[target.id] for target in case.project.targets if target.id in case.figures]
    if not any(has_gain(case, figures) for figures in own):
        return None
    is_over = case.project.ends_on is not None and case.project.ends_on < case.as_of
    if is_over and held(case.project, LINE, case.as_of):
        return None
    left = [end for roles in (OWNING, LEADING) if (end := _left_on(case, roles))]
    if not left:
        return None
    days = (case.as_of - min(left)).days
    evidence = [Evidence("carrier_left_on", min(left)), Evidence("since", min(left)), Evidence("days_alone", days)]
    return case.finding("carrier_left", evidence=evidence, threshold={"days": case.thresholds.carrier_days})


def _left_on(case: Case, roles: frozenset[str]) -> date | None:
    """The day the last of these roles was held, when that is over a month and at most six months ago."""
    if held(case.project, roles, case.as_of):
        return None
    ends = [s.ends_on for s in case.project.roles if s.role in roles and s.ends_on and s.ends_on < case.as_of]
    last, t = max(ends, default=None), case.thresholds
    if last is None or not t.vacancy_days < (case.as_of - last).days <= t.carrier_days:
        return None
    return last
