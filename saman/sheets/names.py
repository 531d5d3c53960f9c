"""Names of files and of their sheets: nothing a file system, a header line or a spreadsheet reads anything into."""

import re
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from saman.sheets.values import clean
from saman.slugs import slug_of

LONGEST_NAME = 31  # characters of a sheet's name, as spreadsheets have it
_REFUSED = re.compile(r"[\[\]:*?/\\\n\t]+")


def file_name(name: str, at: datetime, ending: str) -> str:
    """`prosjekter-2015-01-22.csv`: ASCII letters, digits and hyphens; a demonstration's begins with eksempeldata."""
    demonstration = "eksempeldata-" if settings.DEMO else ""
    return f"{demonstration}{slug_of(name, 80) or 'tabell'}-{at:%Y-%m-%d}.{ending}"


def sheet_names(name: str, about: str) -> Iterator[str]:
    """Names for the sheets a table fills, without end: prosjekter, prosjekter (2), …; none is that of `about`."""
    wanted = _REFUSED.sub(" ", clean(f"{_('Eksempeldata')} {name}" if settings.DEMO else name)).strip(" '=+-@＝＋－＠")
    if wanted.casefold() in {"", "history", about.casefold()}:
        wanted = f"{wanted} ".lstrip() + _("tabell")
    number = 1
    while True:
        ending = f" ({number})" if number > 1 else ""
        yield _cut(wanted, LONGEST_NAME - len(ending)) + ending
        number += 1


def _cut(text: str, longest: int) -> str:
    """The beginning of a text, counted as spreadsheets count: a rare character is two."""
    return text.encode("utf-16-le")[: 2 * longest].decode("utf-16-le", "ignore").rstrip(" '")
