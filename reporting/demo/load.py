"""Loads the demonstration: every fact through the product's own actions, in the order of time.

No status, warning or trend is written here: the engine is run at each month end on the facts known then (decision 30).
"""

import random
from datetime import date, datetime

from django.db import transaction

from accounts.actions import create_user
from accounts.actor import system
from journal import outbox
from journal.actions import mark_installation
from projects.actions import roles
from projects.models import Programme, Project
from projects.revision import left_due
from projects.roles import Role
from reporting.demo import across, answers, grants, municipality_facts, people, reports, second_readings, stories
from reporting.demo.lives import SEED, Life
from reporting.demo.plans import Planning
from reporting.demo.timeline import Timeline, at

FIRST_MONTH = date(2013, 3, 1)


@transaction.atomic
def load(*, programme: Programme, today: date, now: datetime) -> int:
    """Fill an installation that has the catalogue and nothing else; the number of projects taken into use."""
    mark_installation(mode="demo", now=now)
    timeline, crowd = Timeline(today), people.invent(random.Random(SEED))
    themes = {theme.key: theme for theme in programme.themes.all()}
    with left_due():
        _staff(programme)
        municipality_facts.tell(programme)
        projects = {project.catalogue_name: project for project in _projects(programme)}
        for story in stories.STORIES:
            life = Life(timeline, projects[story.name], story, themes[story.theme])
            life.tell(crowd)
            Planning(life).tell()
        reports.tell(timeline, programme, list(projects.values()))
        second_readings.tell(timeline, programme)
        grants.tell(timeline, list(projects.values()))
        answers.tell(timeline, programme)
        across.tell(timeline, programme)
        timeline.run(FIRST_MONTH, now)
    outbox.call_sent()  # what was told in the years before today is not sent today
    return len(stories.STORIES)


def _projects(programme: Programme) -> list[Project]:
    rows = Project.objects.filter(cohort__programme=programme)
    return list(rows.prefetch_related("participations", "theme_links"))


def _staff(programme: Programme) -> None:
    """The ministry's people and the administrator."""
    by = system(at(date(2013, 1, 7), 8))
    staff = (
        ("Ingrid Solheim", "radgiver@demo.example", "seniorrådgiver", Role.ADVISER),
        ("Even Rostad", "radgiver2@demo.example", "rådgiver", Role.ADVISER),
        ("Jon Lunde", "leser@demo.example", "forsker", Role.READER),
        ("Tora Vinje", "nettverksleder@demo.example", "nettverksleder", Role.NETWORK_LEADER),
        ("Arvid Stene", "vurderer@demo.example", "forsker", Role.EXTERNAL_REVIEWER),
    )
    for name, email, title, role in staff:
        person = create_user(by=by, email=email, name=name, title=title)
        roles.assign(by=by, person=person, role=role, starts_on=by.today, programme=programme)
    create_user(
        by=by,
        email="administrator@demo.example",
        name="Hanne Tveit",
        title="programadministrator",
        is_administrator=True,
    )
