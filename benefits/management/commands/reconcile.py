"""The nightly reconciliation in the foreground: recompute everything, compare with what is stored, repair."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from benefits.reconciliation import reconcile, summed
from benefits.sweep import Day, chunks
from projects.models import Project
from saman import clock


class Command(BaseCommand):
    """`manage.py reconcile` prints what had drifted; the exit code is 1 when anything had, or could not be compared."""

    help = "Compare every stored verdict with what its facts say now, repair what differs and tell what it was."

    def handle(self, *args: Any, **options: Any) -> None:
        """Reconcile all projects in use, in chunks."""
        day = Day(clock.today(), clock.now())
        slugs = dict(Project.objects.filter(followed_since__lte=day.today).order_by("pk").values_list("pk", "slug"))
        outcome = summed(reconcile(chunk, day) for chunk in chunks(list(slugs)))
        for found in outcome["drifted"]:
            self.stdout.write(f"{slugs[found['project']]}: {', '.join(found['what'])}")
        self.stdout.write(
            f"{outcome['projects']} projects: {outcome['assessed']} were due, {outcome['drift']} had drifted and are "
            f"repaired, {outcome['failed']} could not be assessed."
        )
        if outcome["drift"] or outcome["failed"]:
            raise CommandError("Not everything was as its facts say.")
