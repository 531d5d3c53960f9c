"""Assess projects in the foreground, or show what a past date would have said."""

from argparse import ArgumentTypeError
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from benefits.assessment import assess_projects, due, judge
from projects.models import Project
from saman import clock


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a date; write YYYY-MM-DD") from error


def _moment(text: str) -> datetime:
    """A moment in local time; a date alone is the whole of that day."""
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a moment; write YYYY-MM-DD or YYYY-MM-DDTHH:MM") from error
    if len(text) == len("YYYY-MM-DD"):
        read = datetime.combine(read.date(), time.max)
    return read if timezone.is_aware(read) else timezone.make_aware(read)


class Command(BaseCommand):
    """`manage.py assess [--all] [--project SLUG] [--as-of DATE [--known-at MOMENT]]` prints what changed."""

    help = (
        "Compute statuses and warnings: what is due, all, or one project. --as-of shows a past date, storing nothing; "
        "--known-at takes only facts recorded by then, so that it shows what was said at that moment."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Which projects, and when."""
        parser.add_argument("--all", action="store_true")
        parser.add_argument("--project", metavar="SLUG")
        parser.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD")
        parser.add_argument("--known-at", type=_moment, metavar="YYYY-MM-DD[THH:MM]")

    def handle(self, *args: Any, **options: Any) -> None:
        """Store and print changes, or print a past verdict."""
        today = clock.today()
        as_of, known_at = options["as_of"] or today, options["known_at"]
        projects = self._chosen(options, as_of)
        if as_of != today or known_at:
            self._show(projects, as_of, known_at)
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
        rows = followed if options["all"] or options["as_of"] or options["known_at"] else due(as_of)
        return list(rows.select_related("cohort__programme").order_by("pk"))

    def _show(self, projects: list[Project], as_of: date, known_at: datetime | None) -> None:
        for project, verdict in zip(projects, judge(projects, as_of, known_at), strict=True):
            rules = " ".join(f"{finding.rule}:{finding.severity}" for finding in verdict.findings)
            self.stdout.write(f"{project.slug}: {verdict.result} ({verdict.state}) {rules}")
        known = f" as known at {known_at.isoformat()}" if known_at else ""
        self.stdout.write(f"{len(projects)} judged as of {as_of.isoformat()}{known}; nothing stored.")
