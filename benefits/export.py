"""A target's measurements as CSV that a spreadsheet opens safely: no cell is taken for a formula."""

import csv
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from benefits.queries.target_page import TargetPage
from saman import formatting

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\u2212")


def write_csv(out: IO[str] | Any, page: TargetPage) -> None:
    """Write the live values, oldest first; what this reader may not see says so. Decimal comma, semicolon between."""
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    if settings.DEMO:
        writer.writerow([_("Eksempeldata: stedsnavnene er ekte, alt annet er oppdiktet")])
    heads = [_("Dato"), _("Verdi"), _("Enhet"), _("Antall bak tallet"), _("Kilde"), _("Foreløpig"), _("Merknad")]
    writer.writerow(heads)
    for row in reversed(page.rows):
        one = row.measurement
        value = "n < 5" if row.figure.value is None else f"{row.figure.value.normalize():f}"
        texts = [safe(page.version.unit), row.figure.n or "", safe(one.source)]
        marks = [_("Ja") if one.is_preliminary else "", safe(one.note)]
        writer.writerow([formatting.day_input(one.measured_on), value.replace(".", ","), *texts, *marks])


def safe(text: str) -> str:
    """A text no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
