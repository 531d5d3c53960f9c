"""Assess projects in the foreground, or show what a past date would have said."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from benefits.assessment import assess_projects, due, judge
from projects.models import Project
from saman import clock


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a date; write YYYY-MM-DD") from error


class Command(BaseCommand):
    """`manage.py assess [--all] [--project SLUG] [--as-of DATE]` prints what changed."""

    help = (
        "Compute statuses and warnings: what is due, all, or one project; --as-of shows a past date, storing nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which projects, and when."""
        parser.add_argument("--all", action="store_true")
        parser.add_argument("--project", metavar="SLUG")
        parser.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD")

    def handle(self, *args: Any, **options: Any) -> None:
        """Store and print changes, or print a past verdict."""
        today = clock.today()
        as_of = options["as_of"] or today
        projects = self._chosen(options, as_of)
        if as_of != today:
            self._show(projects, as_of)
            return
        changes = assess_projects([project.pk for project in projects], as_of=today, now=clock.now())
        for change in changes:
            opened = "".join(f" +{rule}" for rule in change.opened)
            closed = "".join(f" -{rule}" for rule in change.closed)
            self.stdout.write(f"{change.project}: {change.before or '(none)'} -> {change.after}{opened}{closed}")
        self.stdout.write(f"{len(projects)} assessed as of {today.isoformat()}, {len(changes)} changed.")

    def _chosen(self, options: dict[str, Any], as_of: date) -> list[Project]:
        followed = Project.objects.filter(followed_since__lte=as_of)
        if options["project"]:
            chosen = list(followed.filter(slug=options["project"]).select_related("cohort__programme"))
            if not chosen:
                raise CommandError(f"No project in use with slug {options['project']!r}.")
            return chosen
        rows = followed if options["all"] or options["as_of"] else due(as_of)
        return list(rows.select_related("cohort__programme").order_by("pk"))

    def _show(self, projects: list[Project], as_of: date) -> None:
        for project, verdict in zip(projects, judge(projects, as_of), strict=True):
            rules = " ".join(f"{finding.rule}:{finding.severity}" for finding in verdict.findings)
            self.stdout.write(f"{project.slug}: {verdict.result} ({verdict.state}) {rules}")
        self.stdout.write(f"{len(projects)} judged as of {as_of.isoformat()}; nothing stored.")
