"""The addresses of a project's archives as a form, and what became of the copies of a submission."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from journal.models import OutboxMessage
from municipalities.models import Municipality
from projects.forms.refusals import Refusable
from projects.models import Project
from reporting.annual.actions.archive import KIND, StaleAddresses, set_addresses, version_of
from reporting.annual.models import ArchiveAddress, Submission


class AddressForm(Refusable):
    """An address for each municipality of a project."""

    def __init__(self, *args: Any, places: Iterable[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in places:
            self.fields[f"email_{place.pk}"] = forms.EmailField(
                label=_("Postmottaket til %(municipality)s") % {"municipality": place.name},
                help_text=_(
                    "Som regel adressen til kommunens postmottak. La feltet stå tomt hvis kommunen ikke skal ha kopi."
                ),
                required=False,
                max_length=254,
            )

    def emails(self) -> dict[int, str]:
        """What was typed, by municipality."""
        data = self.cleaned_data
        return {int(name.removeprefix("email_")): data[name] for name in data if name.startswith("email_")}

    def store(self, **who: Any) -> bool:
        """Set the addresses; False when someone else was first."""
        try:
            set_addresses(version=self.based_on, emails=self.emails(), **who)
        except StaleAddresses:
            self.is_stale = True
        return not self.is_stale


def address_values(project: Project) -> dict[str, Any]:
    """The stored addresses as the form's values."""
    rows = list(project.archive_addresses.all())
    return {"version": version_of(rows), **{f"email_{row.municipality_id}": row.email for row in rows}}


@dataclass(frozen=True, slots=True)
class Copy:
    """The copy of a submission to one municipality: `outcome` "" while it waits, None where no copy was asked for.

    `at`: when it was done with, by real time; a demonstration, whose date stands still, does not tell it.
    """

    place: Municipality
    email: str
    outcome: str | None
    at: datetime | None


def copies_of(submission: Submission) -> list[Copy]:
    """What became of the copy to each municipality of the project. Three queries."""
    messages = OutboxMessage.objects.filter(kind=KIND, key__startswith=f"{submission.pk}:")
    sent = {row.payload["municipality"]: row for row in messages}
    addresses = ArchiveAddress.objects.filter(project=submission.report.project_id)
    emails = dict(addresses.values_list("municipality", "email"))
    return [
        Copy(
            place,
            emails.get(place.pk, ""),
            sent[place.pk].outcome if place.pk in sent else None,
            sent[place.pk].done_at if place.pk in sent and not settings.DEMO else None,
        )
        for place in submission.report.project.municipalities.order_by("participations__order")
    ]
