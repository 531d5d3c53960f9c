"""Rows as they were stored before versions were kept, written and read inside an installation at that migration."""

from datetime import UTC, date, datetime

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("benefits", "0007_assessment_attempts"), ("projects", "0002_remove_programme_thresholds")]
MADE = datetime(2014, 3, 4, 11, tzinfo=UTC)
START, END = date(2014, 1, 1), date(2015, 12, 31)


def fill():
    """Two projects with dates, one of them with a main target and another target."""
    apps = MigrationExecutor(connection).loader.project_state(BEFORE).apps

    def make(app, model, **fields):
        return apps.get_model(app, model).objects.create(**fields)

    programme = make("projects", "Programme", slug="p", name="P")
    cohort = make("projects", "Cohort", programme=programme, slug="c", name="C", starts_on=START)
    dates = {"starts_on": START, "ends_on": END, "followed_since": START}
    first = make("projects", "Project", cohort=cohort, slug="forste", title="Første", **dates)
    make("projects", "Project", cohort=cohort, slug="andre", title="Andre")
    for number in (1, 2):
        make("benefits", "EffectTarget", project=first, number=number, is_main=number == 1, created_at=MADE)


def check():
    """Every project has its dates and the main target its choice, as one live version each."""
    from benefits.models import GovernorHold, MainTarget
    from projects.models import Programme, ProjectFrame

    frames = ProjectFrame.objects.filter(superseded_at=None).order_by("project__slug")
    rows = list(frames.values_list("project__slug", "starts_on", "ends_on", "followed_since"))
    assert rows == [("andre", None, None, None), ("forste", START, END, START)], rows
    choice = MainTarget.objects.get()
    assert (choice.target.number, choice.project.slug, choice.recorded_at) == (1, "forste", MADE)
    assert choice.valid_from == MADE.date()
    held = {"rule": "F3", "ground": "false", "part": 3, "whole": 10, "held_on": START, "recorded_at": MADE}
    GovernorHold.objects.create(programme=Programme.objects.get(), **held)
