"""What benefits and initiatives say on a day. Several loaders of facts need it, and ask through `Asked.once`."""

from django.db.models import Exists, OuterRef

from benefits.models import Benefit, BenefitVersion, Initiative, InitiativeVersion
from projects.asked import Asked


def benefits_said(asked: Asked) -> list[tuple[BenefitVersion, bool]]:
    """Each benefit's version in force, withdrawn or not, and whether any initiative is to bring it about."""
    if not asked.has(Benefit):
        return []
    links = BenefitVersion.initiatives.through.objects.filter(benefitversion=OuterRef("pk"))
    rows = (
        BenefitVersion.objects.in_force(asked.as_of, asked.known_at)
        .filter(benefit__project__in=asked.project_ids)
        .annotate(has_initiative=Exists(links))
        .select_related("benefit")
        .order_by("benefit_id")
    )
    return [(row, row.has_initiative) for row in rows]  # type: ignore[attr-defined]


def initiatives_said(asked: Asked) -> list[InitiativeVersion]:
    """Each initiative's version in force, stopped or not."""
    if not asked.has(Initiative):
        return []
    rows = InitiativeVersion.objects.in_force(asked.as_of, asked.known_at)
    rows = rows.filter(initiative__project__in=asked.project_ids)
    return list(rows.select_related("initiative").order_by("initiative_id"))
