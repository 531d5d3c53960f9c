"""What the grant record has said before: rows that were corrected or taken out."""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.utils.translation import gettext as _

from reporting.grants.kinds import KINDS
from reporting.grants.models import Entry, GrantAccount, GrantCondition, GrantPayment, GrantPromise, OtherFunding
from reporting.grants.wording import kroner


@dataclass(frozen=True, slots=True)
class Past:
    """A row that no longer counts. `now` is what replaced it; "" when it was taken out."""

    kind: str
    said: str
    now: str
    at: datetime
    who: str
    because: str


def history_of(project_id: int) -> list[Past]:
    """Every superseded row of a project, the newest change first; one query for each kind of row."""
    found: list[Past] = []
    names = {
        "promise": _("Tilsagn"),
        "condition": _("Vilkår"),
        "payment": _("Utbetaling"),
        "funding": _("Annen finansiering"),
        "account": _("Regnskap"),
    }
    for kind in KINDS.values():
        model: Any = kind.model
        rows = model.objects.filter(project=project_id).exclude(superseded_at=None)
        for row in rows.select_related("superseded_by", "replaced_by"):
            new = getattr(row, "replaced_by", None)
            assert row.superseded_at is not None
            found.append(
                Past(
                    names[kind.key],
                    in_short(row),
                    in_short(new) if new else "",
                    row.superseded_at,
                    str(row.superseded_by or ""),
                    row.ended_because,
                )
            )
    return sorted(found, key=attrgetter("at"), reverse=True)


def in_short(row: Entry) -> str:
    """What a row says, on one line."""
    if isinstance(row, GrantCondition):
        return row.text
    if isinstance(row, OtherFunding):
        return f"{row.source}, {kroner(row.amount)}"
    if isinstance(row, GrantAccount):
        return f"{row.year}: {kroner(row.spent)}"
    assert isinstance(row, GrantPromise | GrantPayment)
    return f"{kroner(row.amount)}, {row.reference}"
