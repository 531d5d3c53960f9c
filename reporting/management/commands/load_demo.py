"""Load the demonstration data into an empty installation."""

from datetime import date
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.actor import system
from journal.actions import OtherInstallation, mark_installation
from projects import catalogue
from projects.actions.catalogue import load_catalogue
from projects.models import Programme, Project
from reporting.demo.load import load
from reporting.demo.timeline import at
from saman import clock

SLUG = "saman"
ENTERED = date(2013, 1, 7)  # the day the demonstration's catalogue was entered


class Command(BaseCommand):
    """`manage.py load_demo`: idempotent; refuses a real installation."""

    help = "Load the demonstration data (invented, seeded, marked «Eksempeldata») into an installation of their own."

    def handle(self, *args: Any, **options: Any) -> None:
        """Mark the installation, load the catalogue, then the demonstration once."""
        if not settings.DEMO:
            raise CommandError("Set SAMAN_DEMO=1: demonstration data live in an installation of their own.")
        now = clock.now()
        try:
            mark_installation(mode="demo", now=now)
        except OtherInstallation as error:
            raise CommandError("This is a real installation; demonstration data are never mixed into it.") from error
        load_catalogue(by=system(at(ENTERED, 7)), catalogue=catalogue.read())
        if Project.objects.exclude(followed_since=None).exists():
            self.stdout.write("The demonstration data are loaded already.")
            return
        started = monotonic()
        count = load(programme=Programme.objects.get(slug=SLUG), today=clock.today(), now=now)
        self.stdout.write(f"{count} demonstration projects loaded in {monotonic() - started:.0f} s.")
