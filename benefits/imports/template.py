"""A file to begin with: the headings, and a row for each figure that is due, so that only the figures are missing."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from benefits.imports.verdicts import Known
from benefits.models import TargetVersion
from saman import formatting
from saman.sheets.values import inert
from saman.words import EXAMPLE_DATA

MOST_DUE = 8  # rows of one target and place


def template_rows(known: Known) -> list[list[str]]:
    """The headings and what is due, one row for each date of each target and municipality."""
    is_joint = len(known.municipalities) > 1
    place = [_("Kommune")] if is_joint else []
    heads = [_("Dato"), _("Verdi"), _("Teller"), _("Nevner"), _("Antall bak tallet"), _("Kilde"), _("Foreløpig")]
    rows = [[_("Mål"), *place, *heads, _("Dokumentasjon"), _("Merknad")]]
    places = [(m.pk, m.name) for m in known.municipalities] if is_joint else [(None, "")]
    for version in known.versions:
        name = f"E{version.target.number} {version.title}"
        for pk, municipality in places:
            for on in _due(version, pk, known):
                where = [municipality] if is_joint else []
                rows.append([name, *where, on, "", "", "", "", inert(version.source), "", "", ""])
    return rows


def _due(version: TargetVersion, municipality: int | None, known: Known) -> Sequence[str]:
    """The latest planned days that have come without a figure; one open row where there is none."""
    days = [point.on for point in version.planned.all() if _is_missing(version, municipality, point.on, known)]
    return [formatting.day_input(on) for on in days[-MOST_DUE:]] or [""]


def _is_missing(version: TargetVersion, municipality: int | None, on: date, known: Known) -> bool:
    return on <= known.today and (version.target_id, municipality, on) not in known.live


def as_csv(known: Known) -> bytes:
    """The template as CSV, with a mark so that Excel reads its letters."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerows([*_banner(), *template_rows(known)])
    return ("\ufeff" + out.getvalue()).encode()


def as_workbook(known: Known) -> bytes:
    """The template as an Excel file; every cell is text, so that nothing in it is a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = _("Målinger")
    banner, rows = _banner(), template_rows(known)
    for row in [*banner, *rows]:
        sheet.append(row)
    head = len(banner) + 1
    for place, heading in enumerate(rows[0], start=1):
        sheet.cell(head, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = max(14, len(heading) + 4)
    sheet.column_dimensions["A"].width = 40
    sheet.freeze_panes = sheet.cell(head + 1, 1)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _banner() -> list[list[str]]:
    return [[str(EXAMPLE_DATA)]] if settings.DEMO else []
