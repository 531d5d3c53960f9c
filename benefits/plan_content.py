"""The whole plan as data: what is frozen when it is sent to the owner, and compared with the version before.

Codes and values, never words of the reader's language, so that the checksum does not depend on who reads.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from benefits.actions.benefits import COLUMNS as BENEFIT_COLUMNS
from benefits.actions.benefits import Profile, profile_of
from benefits.actions.initiatives import COLUMNS as INITIATIVE_COLUMNS
from benefits.actions.initiatives import InitiativePlan
from benefits.actions.initiatives import plan_of as initiative_plan_of
from benefits.models import BenefitVersion, InitiativeVersion, PlanText, TargetVersion
from projects.models import Project

SCHEMA = 1
LEFT_OUT = frozenset({"owner_id", "target_id", "withdrawn_on", "withdrawn_reason"})  # ids, and what is not in a plan


def content_of(project: Project) -> dict[str, Any]:
    """What a project's plan says now, as `saman.canonical` takes it."""
    text = PlanText.objects.live().filter(plan__project=project).first()
    return assembled(project, text, benefits_of(project), initiatives_of(project), targets_of(project))


def assembled(
    project: Project,
    text: PlanText | None,
    benefits: Sequence[BenefitVersion],
    initiatives: Sequence[InitiativeVersion],
    targets: Sequence[TargetVersion],
) -> dict[str, Any]:
    """The content from rows that have been loaded."""
    return {
        "schema": SCHEMA,
        "project": project.pk,
        "path": text.path if text else "",
        "summary": text.summary if text else "",
        "assumptions": text.assumptions if text else "",
        "kept_elsewhere": text.kept_elsewhere if text else "",
        "benefits": [content_of_benefit(row) for row in benefits],
        "initiatives": [content_of_initiative(row) for row in initiatives],
        "targets": [_target(row) for row in targets],
    }


def benefits_of(project: Project) -> list[BenefitVersion]:
    """The project's live benefits in the order they were added, those withdrawn left out."""
    rows = BenefitVersion.objects.live().filter(benefit__project=project, withdrawn_on=None)
    related = rows.select_related("benefit", "owner", "target").prefetch_related("initiatives", "years")
    return list(related.order_by("benefit__pk"))


def initiatives_of(project: Project) -> list[InitiativeVersion]:
    """The project's live initiatives, by number, those stopped among them."""
    rows = InitiativeVersion.objects.live().filter(initiative__project=project)
    return list(rows.select_related("initiative").prefetch_related("targets").order_by("initiative__number"))


def targets_of(project: Project) -> list[TargetVersion]:
    """What the project's targets say now, by number, those withdrawn left out."""
    rows = TargetVersion.objects.live().filter(target__project=project, withdrawn_on=None)
    related = rows.select_related("target__status", "measurement_responsible").prefetch_related("values", "planned")
    return list(related.order_by("target__number"))


def benefit_content(
    profile: Profile, *, code: str, owner: str, target: int | None, initiatives: Sequence[int]
) -> dict[str, Any]:
    """One benefit; owner by name, target and initiatives by number."""
    return {
        "code": code,
        **{name: getattr(profile, name) for name in BENEFIT_COLUMNS if name not in LEFT_OUT},
        "owner": owner,
        "target": target,
        "initiatives": sorted(initiatives),
        "years": [
            {"year": year.year, **{name: _plain(getattr(year, name)) for name in ("gross", "net", "low", "high")}}
            for year in profile.years
        ],
    }


def initiative_content(plan: InitiativePlan, *, number: int, targets: Sequence[int]) -> dict[str, Any]:
    """One initiative; targets by number."""
    columns = {name: getattr(plan, name) for name in INITIATIVE_COLUMNS}
    return {"number": number, **columns, "cost": _plain(plan.cost), "targets": sorted(targets)}


def content_of_benefit(row: BenefitVersion) -> dict[str, Any]:
    """One benefit, from a row with its owner, target, initiatives and years."""
    return benefit_content(
        profile_of(row),
        code=row.benefit.code,
        owner=row.owner.name if row.owner else "",
        target=row.target.number if row.target else None,
        initiatives=[one.number for one in row.initiatives.all()],
    )


def content_of_initiative(row: InitiativeVersion) -> dict[str, Any]:
    """One initiative, from a row with its targets."""
    return initiative_content(
        initiative_plan_of(row), number=row.initiative.number, targets=[one.number for one in row.targets.all()]
    )


def _target(row: TargetVersion) -> dict[str, Any]:
    return {
        "number": row.target.number,
        "title": row.title,
        "unit": row.unit,
        "baseline_value": _plain(row.baseline_value),
        "baseline_on": row.baseline_on,
        "values": [{"on": value.on, "value": _plain(value.value)} for value in row.values.all()],
        "frequency": row.frequency,
        "responsible": row.measurement_responsible.name if row.measurement_responsible else "",
    }


def _plain(value: Decimal | None) -> Decimal | None:
    """A number without the digits the database adds."""
    return None if value is None else value.normalize() + 0
