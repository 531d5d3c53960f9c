"""What one project counts twice, and what of it is counted elsewhere, as everything stands now."""

from datetime import date

from benefits.counting_facts import load
from benefits.engine.claims import Double, doubles, not_counted
from benefits.engine.facts import PlanFacts, ProjectFacts
from benefits.facts import target_facts
from benefits.freed_time_facts import load as load_freed_time
from benefits.models import BenefitVersion, TargetVersion
from benefits.plan_facts import benefit_fact
from projects.asked import Asked
from projects.models import Project


def doubles_of(project: Project, today: date) -> list[Double]:
    """What a project counts that is counted twice, as everything stands now."""
    return doubles(counted_facts(project, today), today)


def not_counted_in(project: Project, today: date) -> frozenset[str]:
    """Everything of a project that is counted elsewhere, like "benefit:3", also what only follows from it."""
    is_any = project.counted_elsewhere.live().exists()
    return not_counted(counted_facts(project, today)) if is_any else frozenset()


def counted_facts(project: Project, today: date) -> ProjectFacts:
    """What a project counts, as the engine takes it; nothing else of it."""
    began = project.starts_on or date.min
    targets = TargetVersion.objects.live().filter(target__project=project, withdrawn_on=None)
    benefits = BenefitVersion.objects.live().filter(benefit__project=project, withdrawn_on=None)
    asked = Asked([project.pk], today)
    freed_time = load_freed_time(asked).get(project.pk, {}).get("freed_time", ())
    return ProjectFacts(
        id=project.pk,
        programme=0,
        starts_on=began,
        ends_on=project.ends_on,
        followed_since=began,
        targets=tuple(map(target_facts, targets.select_related("target").prefetch_related("values", "planned"))),
        plan=PlanFacts(benefits=tuple(benefit_fact(row, True) for row in benefits.select_related("benefit"))),
        freed_time=freed_time,
        **load(asked).get(project.pk, {}),
    )
