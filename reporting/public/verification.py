"""«Kontroller en kvittering»: whether a number is one of ours, and whether what came then is what is stored now."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reporting.annual.integrity import is_untouched
from reporting.annual.models import Submission
from reporting.annual.receipts import is_receipt_number, numbers_in
from saman.fields import TextInput

SHA256_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Verified:
    """What is known of a receipt. `is_same`: whether a checksum that was typed is the stored one; None: none.

    `newer_on`: when the newest version of the report came, where this one has been replaced.
    """

    submission: Submission
    is_untouched: bool
    is_same: bool | None
    newer_on: date | None


class VerifyForm(forms.Form):
    """A receipt's number, and perhaps the checksum that is printed on it or worked out from a file."""

    nummer = TextInput(
        limit=40, label=_("Referanse"), help_text=_("Den står på kvitteringen, for eksempel SAM-2014-0238-1-38.")
    )
    sjekksum = TextInput(
        limit=120,
        required=False,
        label=_("Sjekksum"),
        help_text=_("Den står på kvitteringen og i PDF-en, og er SHA-256 av JSON-filen i arkivpakken."),
    )

    def clean_nummer(self) -> list[str]:
        """The number as it is kept, or those it may be; ValidationError for one this system cannot have given."""
        number = self.cleaned_data["nummer"]
        if not numbers_in(number):
            raise ValidationError(_("Skriv hele referansen, for eksempel SAM-2014-0238-1-38."))
        if not is_receipt_number(number):
            raise ValidationError(
                _("Kontrollsifrene i referansen stemmer ikke. Se etter feil siffer eller sifre som har byttet plass.")
            )
        return numbers_in(number)

    def clean_sjekksum(self) -> str:
        """The 64 hexadecimal digits without space and the name of the method, or nothing."""
        text = "".join(str(self.cleaned_data["sjekksum"]).lower().split()).removeprefix("sha256:")
        if text and (len(text) != SHA256_LENGTH or set(text) - set("0123456789abcdef")):
            raise ValidationError(_("En sjekksum har 64 tegn, bare sifre og bokstavene a til f."))
        return text

    def verified(self) -> Verified | None:
        """The receipt the form asks for; None when there is none with that number, or only a trial's."""
        later = Submission.objects.filter(report=OuterRef("report"), revision__gt=OuterRef("revision"))
        rows = Submission.objects.select_related("report__project", "report__round", "signature").annotate(
            newer_at=Subquery(later.order_by("-revision").values("received_at")[:1])
        )
        found = rows.filter(number__in=self.cleaned_data["nummer"], test_round=None).order_by("revision", "pk").first()
        if found is None:
            return None
        typed: Any = self.cleaned_data["sjekksum"]
        is_same = typed in (found.sha256, found.content_digest) if typed else None
        newer_on = timezone.localtime(found.newer_at).date() if found.newer_at else None
        return Verified(found, is_untouched(found), is_same, newer_on)
