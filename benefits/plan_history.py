"""What a benefit and an initiative have said over time, and what each change was."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from benefits.models import Benefit, BenefitVersion, Initiative, InitiativeVersion
from benefits.plan_content import content_of_benefit, content_of_initiative
from benefits.plan_differences import Lines, benefit_lines, differences, initiative_lines
from benefits.target_history import Difference
from saman import formatting


@dataclass(frozen=True, slots=True)
class Entry:
    """One version and what it changed from the one before; the first says what it began with in `lines`."""

    version: BenefitVersion | InitiativeVersion
    differences: list[Difference]
    lines: Lines
    is_first: bool


def history_of_benefit(benefit: Benefit) -> list[Entry]:
    """All versions of a benefit, newest first."""
    rows = benefit.versions.select_related("recorded_by", "owner", "target", "benefit")
    versions = list(rows.prefetch_related("initiatives", "years").order_by("recorded_at", "pk"))
    return _entries(versions, [_said(row) for row in versions])


def history_of_initiative(initiative: Initiative) -> list[Entry]:
    """All versions of an initiative, newest first."""
    rows = initiative.versions.select_related("recorded_by", "initiative")
    versions = list(rows.prefetch_related("targets").order_by("recorded_at", "pk"))
    return _entries(versions, [initiative_lines(content_of_initiative(row)) for row in versions])


def _said(row: BenefitVersion) -> Lines:
    """What a version of a benefit says, and whether it is out of the plan."""
    lines = benefit_lines(content_of_benefit(row))
    if row.withdrawn_on is None:
        return lines
    return lines | {_("Tatt ut av planen"): formatting.day(row.withdrawn_on), _("Hvorfor"): row.withdrawn_reason}


def _entries(versions: Sequence[BenefitVersion | InitiativeVersion], said: Sequence[Lines]) -> list[Entry]:
    entries = [
        Entry(row, differences(said[index - 1], said[index]) if index else [], said[index], index == 0)
        for index, row in enumerate(versions)
    ]
    return entries[::-1]
