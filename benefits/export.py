"""Measurements and maps as CSV that a spreadsheet opens safely: no cell is taken for a formula."""

import csv
from decimal import Decimal
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from benefits.queries.benefit_map import BenefitMap
from benefits.queries.target_page import Row, TargetPage
from benefits.wording.maps import kind_words, line_words
from saman import formatting
from saman.words import result_sign

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\u2212")


def write_csv(out: IO[str] | Any, page: TargetPage) -> None:
    """Write the live values, oldest first; what this reader may not see says so. Decimal comma, semicolon between."""
    writer = begin(out)
    heads = [_("Dato"), _("Verdi"), _("Enhet"), _("Antall bak tallet"), _("Kilde"), _("Foreløpig"), _("Merknad")]
    places = [_("Kommune")] if page.municipalities else []
    writer.writerow([*heads, _("Dokumentasjon"), _("Teller"), _("Nevner"), *places])
    for row in reversed(page.rows):
        one = row.measurement
        value = "n < 5" if row.figure.value is None else _plain(row.figure.value)
        texts = [safe(page.version.unit), row.figure.n or "", safe(one.source)]
        marks = [_("Ja") if one.is_preliminary else "", safe(one.note)]
        parts = [safe(one.reference), *(_plain(part) for part in _parts(row))]
        place = [str(one.municipality or "")] if page.municipalities else []
        writer.writerow([formatting.day_input(one.measured_on), value, *texts, *marks, *parts, *place])


def _parts(row: Row) -> tuple[Decimal | None, Decimal | None]:
    """Numerator and denominator, unless the value itself is hidden."""
    one = row.measurement
    return (None, None) if row.figure.value is None else (one.numerator, one.denominator)


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


def write_map(out: IO[str] | Any, read: BenefitMap) -> None:
    """Write every box and what it contributes to, one row for each; the columns as the page's table has them."""
    writer = begin(out)
    writer.writerow([_("Boks"), _("Type"), _("Status"), _("Tall"), _("Bidrar til"), _("Ansvarlig")])
    for box in read.boxes.values():
        word = result_sign(box.status.result).word if box.status.result else ""
        onwards = formatting.joined([line_words(line.leads_to.title, line.link) for line in box.onwards])
        texts = [box.title, kind_words(box.node), str(word), box.status.figure, onwards, box.responsible]
        writer.writerow([safe(text) for text in texts])


def begin(out: IO[str] | Any) -> Any:
    """A table with semicolons between, in a file that says what it is; the first line of a demonstration warns."""
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";")
    if settings.DEMO:
        writer.writerow([_("Eksempeldata: stedsnavnene er ekte, alt annet er oppdiktet")])
    return writer


def safe(text: str) -> str:
    """A text no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
