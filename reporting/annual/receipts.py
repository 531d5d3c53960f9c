"""Receipt numbers with check digits, so that a misread one is found out (ISO 7064 MOD 97-10, as in an IBAN)."""

import re

_NUMBER = re.compile(r"SAM-(\d{4})-(\d{4,9})-(\d{1,3})-(\d{2})", re.ASCII)
_JOINED = re.compile(r"SAM(\d{4})(\d{5,12})(\d{2})", re.ASCII)
_BETWEEN = re.compile(r"[\s\u2010-\u2015\u2212-]+")


def receipt_number(year: int, report_id: int, revision: int) -> str:
    """The number of a submission, such as SAM-2014-0238-1-38."""
    body = f"{year:04d}{report_id:04d}{revision:d}"
    return f"SAM-{year:04d}-{report_id:04d}-{revision:d}-{98 - int(body + '00') % 97:02d}"


def numbers_in(text: str) -> list[str]:
    """The numbers as they are kept that a typed or copied one may be; [] for a text that has not their form.

    In whatever groups, with blanks, dashes or nothing between them, and small letters. Where the dashes stand as they
    are kept, that is the one; else there may be two, with the same check digits: 1234-56 or 12345-6.
    """
    plain = _BETWEEN.sub("-", text.strip().upper())
    if _NUMBER.fullmatch(plain):
        return [plain]
    found = _JOINED.fullmatch(plain.replace("-", ""))
    if found is None:
        return []
    year, middle, check = found.groups()
    split = [(middle[:-length], middle[-length:]) for length in (1, 2, 3)]
    return [f"SAM-{year}-{report}-{revision}-{check}" for report, revision in split if _may_be(report, revision)]


def is_receipt_number(text: str) -> bool:
    """Whether a text is a number this system can have given: right form, right check digits."""
    return any(int("".join(filter(str.isdigit, number))) % 97 == 1 for number in numbers_in(text)[:1])


def _may_be(report: str, revision: str) -> bool:
    """Whether the id of a report and its revision are ever written so: the id in at least four digits."""
    return 4 <= len(report) <= 9 and (len(report) == 4 or report[0] != "0") and revision[0] != "0"
