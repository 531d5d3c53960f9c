"""Whether what was submitted is still what was received."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from journal.models import AuditEvent
from reporting.annual.models import Published, Submission
from reporting.annual.receipts import receipt_number
from saman.canonical import canonical, digest, parse, sha256


def broken_submissions() -> list[str]:
    """The numbers of submissions that no longer are what was received, or are gone; [] when all are there and whole.

    What was received is told twice: in the row, and in the audit event of its submission, which is in a chain. So
    one who changes a row and works out its checksums anew is found all the same.
    """
    noted = _noted()
    broken = [row.number for row in _all() if noted.pop(row.number, None) != row.sha256 or not is_whole(row)]
    return broken + sorted(noted)


def is_untouched(submission: Submission) -> bool:
    """Whether one submission is what was received: whole, and with the checksum that was noted when it came."""
    noted = AuditEvent.objects.filter(
        action="report_submitted", object_type="report", object_id=str(submission.report_id)
    ).values_list("data", flat=True)
    sums = [data["sha256"] for data in noted if data["number"] == submission.number]
    return sums == [submission.sha256] and is_whole(submission)


def broken_publications() -> list[str]:
    """The numbers of submissions whose public version no longer is what was published, or is gone.

    As with what was received, the checksum stands in the row and in the audit event of the approval. What was approved
    before there was such an event has its row alone.
    """
    rows = Published.objects.select_related("submission").defer("submission__snapshot").order_by("pk")
    events = AuditEvent.objects.filter(action="report_published").values_list("data", flat=True)
    noted = {data["number"]: data["sha256"] for data in events.iterator(chunk_size=100)}
    broken = [
        row.submission.number
        for row in rows.iterator(chunk_size=100)
        if noted.pop(row.submission.number, row.sha256) != row.sha256 or not is_as_published(row)
    ]
    return broken + sorted(noted)


def is_as_published(published: Published) -> bool:
    """Whether a public version agrees with its checksum; what was approved before there was one has neither."""
    return published.sha256 == (sha256(published.contents) if published.contents else "")


def is_whole(submission: Submission) -> bool:
    """Whether a submission's snapshot is canonical and everything beside it agrees with it."""
    try:
        contents = parse(submission.snapshot)
        return (
            canonical(contents) == submission.snapshot
            and sha256(submission.snapshot) == submission.sha256
            and digest(contents["content"]) == submission.content_digest
            and _agrees(submission, contents)
        )
    except (ValueError, KeyError, TypeError):
        return False


def _agrees(row: Submission, contents: dict[str, Any]) -> bool:
    """Whether each column says what the snapshot says."""
    content, signature = contents["content"], row.signature
    signed = (signature.signed_by_id, signature.signed_at) if signature else (None, None)
    # Snapshots from before the deadline was written in them cannot tell it.
    deadline = _moment(contents["deadline"]) if "deadline" in contents else row.deadline
    return (
        (row.report_id, row.revision, row.schema_version)
        == (content["report"], content["revision"], contents["schema"])
        and row.number == receipt_number(content["round"]["year"], row.report_id, row.revision)
        and (row.by_id, row.on_behalf_of_id) == (contents["by"], contents["on_behalf_of"])
        and (row.received_at, row.deadline) == (_moment(contents["received_at"]), deadline)
        and (row.test_round_id is not None) == content["round"].get("is_test", False)
        and row.is_late == (row.received_at >= row.deadline)
        and row.is_signed == (signature is not None)
        and signed == (contents["signed_by"], _moment(contents["signed_at"]))
        and (signature is None or signature.digest == row.content_digest)
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _all() -> Iterator[Submission]:
    return Submission.objects.select_related("signature").order_by("pk").iterator(chunk_size=100)


def _noted() -> dict[str, str]:
    """The checksum of each submission as it was noted when it came, by number, but for what a wiped test round had."""
    events = AuditEvent.objects.filter(action="report_submitted").values_list("data", flat=True)
    wiped = AuditEvent.objects.filter(action="test_round_wiped").values_list("data__numbers", flat=True)
    gone = {number for numbers in wiped for number in numbers}
    return {data["number"]: data["sha256"] for data in events.iterator(chunk_size=100) if data["number"] not in gone}
