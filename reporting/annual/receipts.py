"""Receipt numbers with check digits, so that a misread one is found out (ISO 7064 MOD 97-10, as in an IBAN)."""

import re

_NUMBER = re.compile(r"SAM-(\d{4})-(\d{4,})-(\d{1,3})-(\d{2})")


def receipt_number(year: int, report_id: int, revision: int) -> str:
    """The number of a submission, such as SAM-2014-0238-1-37."""
    body = f"{year:04d}{report_id:04d}{revision:d}"
    return f"SAM-{year:04d}-{report_id:04d}-{revision:d}-{98 - int(body + '00') % 97:02d}"


def is_receipt_number(text: str) -> bool:
    """Whether a text is a number this system can have given: right form, right check digits."""
    found = _NUMBER.fullmatch(text.strip().upper())
    if found is None:
        return False
    year, report, revision, check = found.groups()
    return int(year + report + revision + check) % 97 == 1
