"""Loads the real catalogue: names and places of pulje 2, and nothing else about the projects."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.actor import system
from projects import catalogue
from projects.actions.catalogue import load_catalogue
from saman import clock


class Command(BaseCommand):
    """`manage.py load_catalogue` adds what is missing and prints what it did; a second run adds nothing."""

    help = "Load the catalogue of programmes, municipalities and projects; what is there already is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, in one transaction, and say what was added."""
        outcome = load_catalogue(by=system(clock.now()), catalogue=catalogue.read())
        if not outcome.changes:
            self.stdout.write("Catalogue: nothing to add.")
            return
        for name in ("counties", "municipalities"):
            loaded = getattr(outcome, name)
            self.stdout.write(f"{name}: {loaded.added} added, {loaded.changed} changed")
        for name in ("programmes", "cohorts", "themes", "projects"):
            self.stdout.write(f"{name}: {getattr(outcome, name)} added")
