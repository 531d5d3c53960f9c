"""Receipt numbers with check digits, so that a misread one is found out (ISO 7064 MOD 97-10, as in an IBAN)."""

import re

_NUMBER = re.compile(r"SAM-(\d{4})-(\d{4,9})-(\d{1,3})-(\d{2})", re.ASCII)
_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*|\s+")


def receipt_number(year: int, report_id: int, revision: int) -> str:
    """The number of a submission, such as SAM-2014-0238-1-38."""
    body = f"{year:04d}{report_id:04d}{revision:d}"
    return f"SAM-{year:04d}-{report_id:04d}-{revision:d}-{98 - int(body + '00') % 97:02d}"


def tidied(text: str) -> str:
    """A number as it is kept, from one that was typed or copied: capitals, and plain dashes also for spaces."""
    return _DASHES.sub("-", text.strip().upper())


def looks_like_a_number(text: str) -> bool:
    """Whether a text has the form of a receipt number, whatever its digits say."""
    return _NUMBER.fullmatch(tidied(text)) is not None


def is_receipt_number(text: str) -> bool:
    """Whether a text is a number this system can have given: right form, right check digits."""
    found = _NUMBER.fullmatch(tidied(text))
    if found is None:
        return False
    year, report, revision, check = found.groups()
    return int(year + report + revision + check) % 97 == 1
