"""Whether what was submitted is still what was received."""

from collections.abc import Iterator
from datetime import datetime

from reporting.annual.canonical import canonical, digest, parse, sha256
from reporting.annual.models import Submission
from reporting.annual.receipts import is_receipt_number


def broken_submissions() -> list[str]:
    """The numbers of submissions whose snapshot, checksum, signature or number no longer agree; [] when all do."""
    return [row.number for row in _all() if not is_whole(row)]


def is_whole(submission: Submission) -> bool:
    """Whether a submission's snapshot is canonical and everything beside it agrees with it."""
    try:
        contents = parse(submission.snapshot)
        content = contents["content"]
        is_canonical = canonical(contents) == submission.snapshot
    except (ValueError, KeyError, TypeError):
        return False
    return (
        is_canonical
        and sha256(submission.snapshot) == submission.sha256
        and digest(content) == submission.content_digest
        and (content["report"], content["revision"]) == (submission.report_id, submission.revision)
        and datetime.fromisoformat(contents["received_at"]) == submission.received_at
        and submission.is_late == (submission.received_at >= submission.deadline)
        and is_receipt_number(submission.number)
        and (submission.signature is None or submission.signature.digest == submission.content_digest)
    )


def _all() -> Iterator[Submission]:
    return Submission.objects.select_related("signature").order_by("pk").iterator(chunk_size=100)
