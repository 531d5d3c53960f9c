"""Which reader a file needs, told by what it holds."""

from django.utils.translation import gettext_lazy as _

from saman.formatting import number
from saman.tables import LARGEST_FILE, Table, Unreadable
from saman.tables.text_files import table_of_text
from saman.tables.workbooks import table_of_workbook

_ZIP = b"PK\x03\x04"
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"<!DOCTYPE", b"<html", b"<?xml", b"\x1f\x8b")


def read_table(content: bytes) -> Table:
    """The table in a CSV or XLSX file. Raises Unreadable."""
    if not content.strip():
        raise Unreadable("empty", _("Filen er tom."))
    if len(content) > LARGEST_FILE:
        words = _("Filen er for stor. Den kan være på høyst %(size)s kB.") % {"size": number(LARGEST_FILE // 1000)}
        raise Unreadable("too_large", words)
    if content.startswith(_ZIP):
        return table_of_workbook(content)
    if content.startswith(_OLD_OR_LOCKED):
        raise Unreadable(
            "old_or_locked",
            _("Filen er låst med passord, eller er et gammelt Excel-format (.xls). Lagre den som .xlsx uten passord."),
        )
    if content[:64].lstrip().lower().startswith(tuple(sign.lower() for sign in _OTHERS)):
        raise Unreadable("wrong_type", _("Dette er ikke en CSV- eller Excel-fil (.xlsx). Velg en slik fil."))
    return table_of_text(content)
