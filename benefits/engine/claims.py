"""What a project counts as its own, and where the same is counted twice (source: domain.md §4, feature 14).

Two claims are one too many when they are of the same indicator in the same unit at the same time, of the same kind of
value measured by the same target, or kroner and hours from the same time. Of two that are really different, such as
two departments or two kinds of value, nothing is said. A claim somebody has decided is counted elsewhere is left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from benefits.engine.facts import BenefitFact, FreedTimeFact, ProjectFacts, TargetFacts

EFFECTS = frozenset({"effect", "societal"})
BUDGET, TIME_SAVED, BUDGET_CUT = "budget", "time_saved", "budget_cut"
PRICED = frozenset({"budget", "alternative", "elsewhere"})  # what has no price is in no sum


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that is counted. `source`: "target:7"; `code`: E1, Ø2, F3; `project`: the title of another project."""

    source: str
    code: str
    title: str = ""
    project: str = ""

    @property
    def name(self) -> str:
        """What people know it by."""
        return f"{self.code} ({self.project})" if self.project else f"{self.code} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Double:
    """Two claims to the same. `cause`: a code of rule V9; the second may be another project's."""

    cause: str
    claim: Claim
    other: Claim


def doubles(project: ProjectFacts, as_of: date) -> list[Double]:
    """Everything a project counts that is counted twice on a day, gravest first."""
    gone = not_counted(project)
    return [*_money_and_time(project, as_of, gone), *_twice(project, as_of, gone), *_elsewhere(project, as_of, gone)]


def not_counted(project: ProjectFacts) -> frozenset[str]:
    """Everything of a project that is counted elsewhere: what was said, and what comes from it.

    A benefit goes with the target that measures it, and a post of the ledger with what its time comes from; but where
    kroner give way to hours, the hours stay.
    """
    said = project.not_counted
    if not said:
        return frozenset()
    benefits = project.plan.benefits if project.plan else ()
    follows = {f"benefit:{one.id}" for one in benefits if f"target:{one.target}" in said}
    takes_along = follows | {one for one, other in said.items() if not other.startswith("freed_time:")}
    return (
        frozenset(said) | follows | {f"freed_time:{one.id}" for one in project.freed_time if one.source in takes_along}
    )


def unit_of(scope: str) -> str:
    """Where a target holds, so that two ways of typing it are the same; empty: everywhere."""
    return " ".join(scope.casefold().split())


def _twice(project: ProjectFacts, as_of: date, gone: frozenset[str]) -> list[Double]:
    targets = _targets(project.targets, as_of, gone)
    found = [Double("claimed_twice", _target(a), _target(b)) for a, b in combinations(targets, 2) if _same(a, b)]
    priced = [one for one in _benefits(project, gone) if one.form in PRICED and one.target and not one.is_dis_benefit]
    alike = [(a, b) for a, b in combinations(priced, 2) if a.kind and _value(a) == _value(b)]
    return found + [Double("claimed_twice", _benefit(a), _benefit(b)) for a, b in alike]


def _elsewhere(project: ProjectFacts, as_of: date, gone: frozenset[str]) -> list[Double]:
    """Only indicators of the catalogue are known to be the same in two projects."""
    own = [one for one in _targets(project.targets, as_of, gone) if one.is_catalogued]
    return [
        Double("claimed_elsewhere", _target(one), Claim(f"target:{other.id}", f"E{other.number}", "", near.title))
        for one in own
        for near in project.neighbours
        for other in _targets(near.targets, as_of, frozenset())
        if _same(one, other)
    ]


def _money_and_time(project: ProjectFacts, as_of: date, gone: frozenset[str]) -> list[Double]:
    """Saved time taken out in the budget, and put to another use in the ledger.

    A post of the benefit itself, or one that only names the target while the benefit has no post of its own.
    """
    posts = [one for one in project.freed_time if _is_redeployed(one, as_of) and f"freed_time:{one.id}" not in gone]
    money = [one for one in _benefits(project, gone) if one.form == BUDGET and one.kind == TIME_SAVED]
    entered = {one.source for one in project.freed_time}
    found = []
    for benefit in money:
        own = f"benefit:{benefit.id}"
        sources = {own} if own in entered else {f"target:{benefit.target}"}
        found += [Double("money_and_time", _benefit(benefit), _post(one)) for one in posts if one.source in sources]
    return found


def _targets(targets: Iterable[TargetFacts], as_of: date, gone: frozenset[str]) -> list[TargetFacts]:
    """Targets that promise a change somebody is to gain from."""
    return [
        one
        for one in sorted(targets, key=lambda target: target.number)
        if one.level in EFFECTS
        and one.is_measurable
        and one.values
        and one.indicator
        and not one.is_kept
        and (one.withdrawn_on is None or one.withdrawn_on > as_of)
        and f"target:{one.id}" not in gone
    ]


def _benefits(project: ProjectFacts, gone: frozenset[str]) -> list[BenefitFact]:
    every = project.plan.benefits if project.plan else ()
    return [one for one in every if f"benefit:{one.id}" not in gone]


def _same(one: TargetFacts, other: TargetFacts) -> bool:
    """The same indicator, in the same unit, at the same time."""
    return (
        _indicator(one) == _indicator(other)
        and unit_of(one.scope) == unit_of(other.scope)
        and _begins(one) < max(value.on for value in other.values)
        and _begins(other) < max(value.on for value in one.values)
    )


def _indicator(target: TargetFacts) -> tuple[str, str]:
    """One's own indicator is known by its name."""
    return target.indicator, "" if target.is_catalogued else target.title.casefold()


def _begins(target: TargetFacts) -> date:
    """From when the change is counted; where nobody has said, always."""
    return (target.baseline.on if target.baseline else None) or target.effect_starts_on or date.min


def _value(benefit: BenefitFact) -> tuple[object, ...]:
    """What a priced benefit is worth something for: two that agree in all of it, and say it, are the same money."""
    return benefit.target, benefit.form, benefit.kind, benefit.arises


def _is_redeployed(post: FreedTimeFact, as_of: date) -> bool:
    """Whether any of a post's time is, or is to be, used for something else than a budget cut."""
    return (post.ends_on is None or post.ends_on >= as_of) and any(one.use != BUDGET_CUT for one in post.uses)


def _target(one: TargetFacts) -> Claim:
    return Claim(f"target:{one.id}", f"E{one.number}", one.title)


def _benefit(one: BenefitFact) -> Claim:
    return Claim(f"benefit:{one.id}", one.code, one.title)


def _post(one: FreedTimeFact) -> Claim:
    return Claim(f"freed_time:{one.id}", f"F{one.number}", one.title)
