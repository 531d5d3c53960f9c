"""Check that nothing submitted or written in the audit trail has been changed; for a nightly job."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from journal.models import AuditEvent
from journal.queries import broken_events
from reporting.annual.integrity import broken_submissions
from reporting.annual.models import Submission


class Command(BaseCommand):
    """See the module's docstring."""

    help = "Checks every submission against its checksum and every audit stream against its chain."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was checked; fail when something does not agree."""
        submissions = broken_submissions()
        streams = AuditEvent.objects.order_by("stream").values_list("stream", flat=True).distinct()
        events = {stream: broken for stream in streams if (broken := broken_events(stream))}
        self.stdout.write(f"{Submission.objects.count()} submissions and {len(streams)} audit streams checked.")
        if submissions or events:
            raise CommandError(f"Changed since they were written: submissions {submissions}, events {events}")
