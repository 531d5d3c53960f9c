"""What a plan is asked for, and what of it has been said (source: domain.md §2a F1, decisions 18e)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benefits.engine.facts import BenefitFact, PlanFacts, ProjectFacts, TargetFacts
from benefits.engine.paths import final_value

# Everything a full plan says of a benefit, in the order its sheet asks; the simple path asks for less.
FULL: tuple[str, ...] = (
    "description", "kind", "line_owner", "indicator", "baseline", "target_value", "realised_from", "initiative",
    "assumption", "measured_after",
)  # fmt: skip
SIMPLE: tuple[str, ...] = ("line_owner", "indicator", "baseline", "target_value", "realised_from", "measured_after")
UNWANTED = ("description", "line_owner")  # of a dis-benefit: nobody plans to reach it


@dataclass(frozen=True, slots=True)
class Completeness:
    """How much of what is asked for has been said: `asked` items, and the codes of those missing."""

    asked: int
    missing: tuple[str, ...]

    @property
    def said(self) -> int:
        """How many items have been said."""
        return self.asked - len(self.missing)

    @property
    def share(self) -> float:
        """The part said; 1 where nothing is asked for."""
        return self.said / self.asked if self.asked else 1.0


def of_benefit(plan: PlanFacts, benefit: BenefitFact, project: ProjectFacts) -> Completeness:
    """What one benefit says of what the plan's path asks for."""
    target = next((one for one in project.targets if one.id == benefit.target), None)
    asked: tuple[str, ...] = UNWANTED if benefit.is_dis_benefit else SIMPLE if plan.is_simple else FULL
    if project.ends_on is None:
        asked = tuple(item for item in asked if item != "measured_after")
    return Completeness(len(asked), tuple(i for i in asked if not _is_said(i, benefit, target, project.ends_on)))


def of_target(plan: PlanFacts, target: TargetFacts, project: ProjectFacts) -> Completeness:
    """What the plan says of the benefits a target measures: the fullest of them; nothing where it has none."""
    own = [b for b in plan.benefits if b.target == target.id and not b.is_dis_benefit]
    if not own:
        asked = SIMPLE if plan.is_simple else FULL
        return Completeness(len(asked), asked)
    return max((of_benefit(plan, benefit, project) for benefit in own), key=lambda one: one.share)


def of_plan(plan: PlanFacts, project: ProjectFacts) -> Completeness:
    """All benefits of the plan together; the missing items of each in turn."""
    every: Sequence[Completeness] = [of_benefit(plan, benefit, project) for benefit in plan.benefits]
    return Completeness(sum(one.asked for one in every), tuple(item for one in every for item in one.missing))


def _is_said(item: str, benefit: BenefitFact, target: TargetFacts | None, end: date | None) -> bool:
    match item:
        case "description":
            return benefit.has_description
        case "kind":
            return benefit.has_kind
        case "line_owner":
            return benefit.has_line_owner
        case "realised_from":
            return benefit.realised_from is not None
        case "initiative":
            return benefit.has_initiative
        case "assumption":
            return benefit.has_assumption
        case "measured_after":
            return _is_measured_after(benefit, target, end)
    return target is not None and _is_measured_by(item, target)


def _is_measured_by(item: str, target: TargetFacts) -> bool:
    """Whether the target says its indicator, baseline or target value; one without numbers is asked for none."""
    if not target.is_measurable:
        return True
    if item == "indicator":
        return bool(target.kind and target.unit)
    if item == "baseline":
        return target.baseline is not None or target.is_kept
    return final_value(target) is not None


def _is_measured_after(benefit: BenefitFact, target: TargetFacts | None, end: date | None) -> bool:
    """Whether a measurement after the project's end is dated, on the benefit itself or on its target."""
    if benefit.first_measured_after_end is not None:
        return True
    return target is not None and end is not None and any(point.on > end for point in target.planned)
