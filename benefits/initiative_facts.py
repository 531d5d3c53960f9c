"""What the engine needs to know of the initiatives: how long each lasts, and where it will live afterwards."""

from collections import defaultdict
from typing import Any

from benefits.engine.facts import InitiativeFact
from benefits.models import InitiativeVersion
from benefits.said import initiatives_said
from projects.asked import Asked


def load(asked: Asked) -> dict[int, dict[str, Any]]:
    """The initiatives that are not stopped, per project; a project without any has none here."""
    facts: dict[int, list[InitiativeFact]] = defaultdict(list)
    for row in asked.once(initiatives_said):
        if row.stopped_on is None or row.stopped_on > asked.as_of:
            facts[row.initiative.project_id].append(initiative_fact(row))
    return {pk: {"initiatives": tuple(ones)} for pk, ones in facts.items()}


def initiative_fact(row: InitiativeVersion) -> InitiativeFact:
    """One version of an initiative, as the engine takes it."""
    return InitiativeFact(
        id=row.initiative_id,
        code=str(row.initiative),
        is_one_off=row.kind in InitiativeVersion.ONE_OFF,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        has_home=row.has_home,
        is_in_budget=row.home_kind == InitiativeVersion.Home.BUDGET,
        external_share=row.external_share,
    )
