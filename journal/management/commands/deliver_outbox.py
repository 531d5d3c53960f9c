"""Deliver what waits in the outbox, in the foreground."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import import_string

from journal import outbox


class Command(BaseCommand):
    """`manage.py deliver_outbox [--again]`: what the worker does each minute; safe beside it."""

    help = "Send what waits to be sent, as the worker does each minute."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--again`: what was given up in the last two weeks, too."""
        parser.add_argument(
            "--again",
            action="store_true",
            help=f"try what was given up, and is under {outbox.AGAIN_DAYS} days old, once more",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Deliver, and say what came of it."""
        if options["again"]:
            self.stdout.write(f"{outbox.try_again()} opened again.")
        done = outbox.deliver_waiting(import_string(settings.OUTBOX_CARRIER))
        self.stdout.write(f"{done.sent} sent, {done.skipped} skipped, {done.failed} failed, {done.given_up} given up.")
