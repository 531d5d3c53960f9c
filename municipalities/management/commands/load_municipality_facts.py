"""Loads published figures about municipalities from a CSV or Excel file: all of it, or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actor import system
from municipalities.actions import load_facts
from municipalities.fact_files import BadRows, read_facts
from saman import clock
from saman.tables import LARGEST_FILE, Unreadable
from saman.tables.reading import read_table


class Command(BaseCommand):
    """`manage.py load_municipality_facts FILE` adds and corrects figures; a second run with the same file adds none."""

    help = (
        "Load figures about municipalities from a file with the columns number, year, kind (population, share_67, "
        "centrality), value, unit (people, per_cent, index, class) and source. A file with a bad row changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, in one transaction, and say what was added; or say each bad line."""
        path: Path = options["file"]
        try:
            with path.open("rb") as source:
                content = source.read(LARGEST_FILE + 1)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}") from error
        try:
            units = read_facts(read_table(content))
        except Unreadable as error:
            raise CommandError(f"{path}: {error.message}") from error
        except BadRows as error:
            lines = "\n".join(f"line {line}: {words}" for line, words in error.faults)
            raise CommandError(f"Nothing was loaded.\n{lines}") from error
        loaded = load_facts(by=system(clock.now()), units=units)
        self.stdout.write(f"Municipality facts: {loaded.added} added, {loaded.changed} changed, of {len(units)}.")
