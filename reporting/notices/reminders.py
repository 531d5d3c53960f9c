"""Reminders by the clock: before and after a deadline, to those whose report has not come. One mail for each person."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from accounts.actor import Actor
from journal import outbox
from projects.models import Project, RoleAssignment
from projects.roles import Role
from reporting.annual.models import Report
from reporting.notices.kinds import Kind
from reporting.notices.models import Reminder
from reporting.notices.telling import LEADING, OWNING

STEPS = (-21, -14, -7, -1, 1, 7, 14, 21)  # days from the deadline
PATIENCE_DAYS = 6  # a step nobody was reminded at is made up for so long, and only the latest one


def step_on(due_on: date, today: date) -> int | None:
    """The latest step that has come, while it is no more than PATIENCE_DAYS old; None when there is none."""
    come = [step for step in STEPS if due_on + timedelta(days=step) <= today]
    if not come or today > due_on + timedelta(days=come[-1] + PATIENCE_DAYS):
        return None
    return come[-1]


def outstanding(today: date, among: Sequence[int] | None = None) -> list[Report]:
    """Reports that are owed on a day and have not come, the nearest deadline first; `among`: of those ids only.

    A project that has withdrawn from the programme owes none; a test round, and one that does not remind, none either.
    A closed round asks nobody to begin.
    """
    rows = Report.objects.filter(round__opens_on__lte=today, state__in=Report.WRITABLE)
    still_taken = Q(round__closed_on__gte=today) & ~Q(state=Report.State.NOT_STARTED)
    rows = rows.filter(Q(round__closed_on=None) | still_taken | Q(revision__gt=1))
    rows = rows.filter(round__reminds=True, round__is_test=False)
    rows = rows.exclude(project__participation=Project.Participation.WITHDRAWN)
    rows = rows if among is None else rows.filter(pk__in=among)
    found = rows.select_related("round", "project").order_by("project__title", "pk")
    return sorted(found, key=lambda report: report.due_on)


def asked(report: Report) -> frozenset[Role]:
    """Whose turn it is to do something about a report that has not come."""
    return LEADING | OWNING if report.state == Report.State.AWAITING_SIGNATURE else LEADING


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Leave the day's reminders in the outbox; how many people get one.

    Idempotent: whoever has been reminded of a report's deadline at a step, is not reminded of it at that step again.
    """
    letters = []
    for person, rows in _wanted(by).items():
        reminders = Reminder.objects.bulk_create(rows)
        payload = {"reports": [row.report_id for row in rows], "on": by.today.isoformat()}
        letters.append(outbox.Letter(Kind.REMINDER, f"{person}:{reminders[0].pk}", person, payload))
    outbox.put(letters)
    return len(letters)


def _wanted(by: Actor) -> dict[int, list[Reminder]]:
    """The reminders that are due and not given, by person."""
    due = [(report, step) for report in outstanding(by.today) if (step := step_on(report.due_on, by.today))]
    people = _people([report.project_id for report, _step in due], by.today)
    given = set(
        Reminder.objects.filter(report__in=[report.pk for report, _step in due]).values_list(
            "report", "due_on", "person", "step"
        )
    )
    wanted: dict[int, list[Reminder]] = defaultdict(list)
    for report, step in due:
        for person in sorted({person for person, role in people[report.project_id] if role in asked(report)}):
            if (report.pk, report.due_on, person, step) not in given:
                row = Reminder(report=report, due_on=report.due_on, person_id=person, step=step, at=by.now)
                wanted[person].append(row)
    return wanted


def _people(projects: Iterable[int], on: date) -> dict[int, list[tuple[int, str]]]:
    """Who leads and owns each project on a day, with the role, of those who may sign in."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = RoleAssignment.objects.active_on(on).filter(
        project__in=projects, role__in=LEADING | OWNING, person__is_active=True
    )
    for project, person, role in rows.values_list("project", "person", "role"):
        found[project].append((person, role))
    return found
