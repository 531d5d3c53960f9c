"""«Om tabellen»: what a file is, when it was made, and what each of its columns means, as a table of its own."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from saman import formatting
from saman.sheets.table import Sheet
from saman.words import EXAMPLE_DATA


def demonstration_line() -> str:
    """What the first line of a demonstration's files says."""
    return str(EXAMPLE_DATA)


def heading() -> str:
    """The name of the sheet."""
    return _("Om tabellen")


def columns() -> list[str]:
    """The heads of the description."""
    return [_("Hva"), _("Enhet"), _("Forklaring")]


def lines(sheet: Sheet, at: datetime) -> Iterator[tuple[str, str, str]]:
    """What the table is as a whole, then each column in its order."""
    if settings.DEMO:
        yield _("Eksempeldata"), "", demonstration_line()
    yield _("Tabell"), "", sheet.title
    yield _("Hentet"), "", formatting.moment(at)
    for label, words in sheet.about:
        yield label, "", words
    for column in sheet.columns:
        yield _("Kolonne: %(name)s") % {"name": column.label}, column.unit, column.definition
