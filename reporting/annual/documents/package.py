"""A submission as a package for an archive: the stored bytes, the PDF, what they are, and a checksum of each.

A ZIP without compression and with fixed dates, so the same submission gives the same bytes. It unpacks to one folder
named after the receipt, where `sha256sum -c SHA256SUMS` says whether everything is whole.
"""

import hashlib
import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import translation

from reporting.annual.documents.pdf import pdf, title_of
from reporting.annual.models import Submission
from reporting.annual.openness import ground_of, is_public

SCHEMA = 1
_FORMATS = {"innhold.json": "application/json", "rapport.pdf": "application/pdf; PDF/A-2a, PDF/UA-1"}


def package(submission: Submission, *, is_demo: bool) -> bytes:
    """The package of one submission, as ZIP."""
    files = files_of(submission, is_demo=is_demo)
    out, moment = BytesIO(), submission.received_at.astimezone(UTC)
    with ZipFile(out, "w", ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(_entry(f"{submission.number}/{name}", moment), content)
    return out.getvalue()


def files_of(submission: Submission, *, is_demo: bool) -> dict[str, bytes]:
    """What is handed over, by name: the stored bytes, the PDF, what they are, and the checksum of each."""
    files = {"innhold.json": submission.snapshot.encode(), "rapport.pdf": pdf(submission, is_demo=is_demo)}
    about = _metadata(submission, files, is_demo)
    files["metadata.json"] = (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode()
    files["SHA256SUMS"] = sums(files)
    return files


def sums(files: dict[str, bytes]) -> bytes:
    """A checksum file for `sha256sum -c`."""
    return "".join(f"{_sha256(content)}  {name}\n" for name, content in files.items()).encode()


def _metadata(submission: Submission, files: dict[str, bytes], is_demo: bool) -> dict[str, Any]:
    """What an archive asks of a document, with what of it is public and the ground for the rest."""
    content = submission.contents["content"]
    with translation.override(content["language"]):
        title = title_of(content)
    places = sorted(submission.report.project.municipalities.all(), key=lambda place: place.number)
    return {
        "schema": SCHEMA,
        "title": f"{title} – {content['project']['title']}",
        "project": content["project"],
        "municipalities": [
            {"number": place.number, "name": place.name, "is_host": place.pk == submission.on_behalf_of_id}
            for place in places
        ],
        "receipt_number": submission.number,
        "received_at": submission.received_at.astimezone(UTC).isoformat(),
        "is_late": submission.is_late,
        "revision": submission.revision,
        "signature": _signature(submission),
        "language": content["language"],
        "round": content["round"],
        "form": content["form"],
        "access": [
            {"section": section["key"], "public": is_public(section), "ground": ground_of(section)}
            for section in content["sections"]
        ],
        "is_test": submission.test_round_id is not None,
        "is_example": is_demo,
        "files": [
            {"name": name, "format": _FORMATS[name], "bytes": len(said), "sha256": _sha256(said)}
            for name, said in files.items()
        ],
    }


def _signature(submission: Submission) -> dict[str, Any] | None:
    """Who signed, as the part they have in the project, and when: also what was signed after the submission."""
    signed = submission.signature or submission.late_signature
    if signed is None:
        return None
    return {
        "role": "owner",
        "signed_at": signed.signed_at.astimezone(UTC).isoformat(),
        "after_submission": not submission.is_signed,
    }


def _entry(name: str, moment: datetime) -> ZipInfo:
    entry = ZipInfo(name, (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second))
    entry.create_system, entry.external_attr = 3, 0o100644 << 16  # Unix, readable: whatever machine makes it
    return entry


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
