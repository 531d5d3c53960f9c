"""Check that nothing submitted or written in the audit trail has been changed; for a nightly job."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from journal.models import AuditEvent
from journal.queries import broken_events
from reporting.across.integrity import broken_passages
from reporting.annual.integrity import broken_publications, broken_submissions
from reporting.annual.models import Submission


class Command(BaseCommand):
    """See the module's docstring."""

    help = (
        "Checks every submission and public version against its checksum, every passage quoted from a submission, and "
        "every audit stream."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was checked; fail when something does not agree."""
        submissions = broken_submissions()
        publications = broken_publications()
        passages = broken_passages()
        streams = AuditEvent.objects.order_by("stream").values_list("stream", flat=True).distinct()
        events = {stream: broken for stream in streams if (broken := broken_events(stream))}
        self.stdout.write(f"{Submission.objects.count()} submissions and {len(streams)} audit streams checked.")
        if submissions or publications or passages or events:
            raise CommandError(
                f"Changed since they were written: submissions {submissions}, publications {publications}, "
                f"passages {passages}, events {events}"
            )
