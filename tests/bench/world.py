"""Projects by the thousand, straight into the tables: seeded, so that every run meets the same ones.

Each has five targets with 12 to 60 points, monthly, quarterly or yearly, and a leader, an owner and someone who
measures. Of ten targets one has no baseline, one was moved by its first measurements only, one fell back.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from django.conf import settings
from django.db import connection, models
from django.test import Client

from accounts.models import User
from benefits.models import EffectTarget, Measurement, PlannedPoint, TargetValue, TargetVersion
from projects.models import Cohort, Programme, Project, RoleAssignment
from projects.roles import Role
from tests.factories import noon

TARGETS = 5
FEWEST, MOST = 12, 60
START = date(2010, 1, 1)
END = date(2016, 12, 31)
TODAY = date(2015, 1, 22)
STEPS = {"monthly": 30.4, "quarterly": 91.3, "yearly": 365.25}
BATCH = 2000
WATCHED = "sett"  # the programme whose pages are measured
COLUMNS = ("target_id", "measured_on", "value", "n", "definition_version", "state", "is_preliminary", "recorded_at")
# A text left blank is no NULL, and rows set in past the model have no default.
BLANK = tuple(
    field.column
    for field in Measurement._meta.concrete_fields
    if isinstance(field, models.CharField | models.TextField) and not field.null and field.column not in COLUMNS
)


def grow(projects: int) -> None:
    """Add projects until there are so many."""
    cohort = _cohort()
    here = Project.objects.count()
    people = [User(email=f"bench{n}@example.org", name=f"Person {n}") for n in range(3 * here, 3 * projects)]
    User.objects.bulk_create(people, BATCH)
    made = Project.objects.bulk_create(
        [
            Project(
                cohort=cohort,
                slug=f"bench-{n}",
                title=f"Prosjekt {n}",
                starts_on=START,
                ends_on=END,
                followed_since=START,
            )
            for n in range(here, projects)
        ],
        BATCH,
    )
    roles = (Role.LEADER, Role.OWNER, Role.MEASUREMENT_RESPONSIBLE)
    RoleAssignment.objects.bulk_create(
        [
            RoleAssignment(
                person=people[3 * i + k], role=role, project=project, starts_on=START, recorded_at=noon(START)
            )
            for i, project in enumerate(made)
            for k, role in enumerate(roles)
        ],
        BATCH,
    )
    for start in range(0, len(made), BATCH):
        _targets(made[start : start + BATCH], np.random.default_rng([2014, here + start]))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def watch() -> None:
    """Let the projects there are be a programme of their own, which an adviser watches while others grow."""
    Project.objects.update(cohort=_cohort(WATCHED))
    person = User.objects.create(email="adviser@example.org", name="Randi Rådgiver")
    programme = Programme.objects.get(slug=WATCHED)
    RoleAssignment.objects.create(
        person=person, role=Role.ADVISER, programme=programme, starts_on=START, recorded_at=noon(START)
    )


def adviser() -> User:
    """Who watches."""
    return User.objects.get(email="adviser@example.org")


def adviser_cookie() -> str:
    """A session of the adviser's, as a browser sends it."""
    client = Client()
    client.force_login(adviser())
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def _cohort(slug: str = "bench") -> Cohort:
    programme, _ = Programme.objects.get_or_create(slug=slug, defaults={"name": slug.capitalize()})
    return Cohort.objects.get_or_create(
        programme=programme, slug=slug, defaults={"name": slug.capitalize(), "starts_on": START}
    )[0]


def _targets(projects: list[Project], chance: np.random.Generator) -> None:
    targets = EffectTarget.objects.bulk_create(
        [
            EffectTarget(project=project, number=n, is_main=n == 1, created_at=noon(START))
            for project in projects
            for n in range(1, TARGETS + 1)
        ],
        BATCH,
    )
    versions = TargetVersion.objects.bulk_create([_version(target, chance) for target in targets], BATCH)
    TargetValue.objects.bulk_create(
        [TargetValue(version=row, on=END, value=Decimal(20 if row.direction > 0 else 5)) for row in versions], BATCH
    )
    PlannedPoint.objects.bulk_create([PlannedPoint(version=row, on=END) for row in versions], BATCH)
    _insert(_points(versions, chance))


def _version(target: EffectTarget, chance: np.random.Generator) -> TargetVersion:
    has_baseline = chance.random() > 0.1
    return TargetVersion(
        target=target,
        valid_from=START,
        recorded_at=noon(START),
        title=f"Mål {target.number}",
        kind=str(chance.choice(["absence_rate", "register_share", "mean"])),
        unit="%",
        direction=int(chance.choice([-1, 1])),
        frequency=str(chance.choice(list(STEPS), p=[0.3, 0.6, 0.1])),
        population=200,
        mmc=Decimal("0.5"),
        tolerance=Decimal("1"),
        declared_sd=Decimal("0.4"),
        baseline_value=Decimal(10) if has_baseline else None,
        baseline_on=START if has_baseline else None,
        baseline_points=4,
    )


def _points(versions: list[TargetVersion], chance: np.random.Generator) -> Iterator[tuple[object, ...]]:
    """Rows of measurements: a way towards the target with noise, some stopping, some falling back."""
    now = noon(TODAY)
    for row in versions:
        count = int(chance.integers(FEWEST, MOST + 1))
        step = min(STEPS[row.frequency], (TODAY - START).days / (count + 1))
        share = np.linspace(0, chance.uniform(0.2, 1.1), count)
        fate = chance.random()
        if fate < 0.1:
            share[count // 3 :] = share[count // 3]
        elif fate < 0.2:
            share[-count // 4 :] = share[0]
        way = 10.0 if row.direction > 0 else -5.0
        values = np.round(10 + way * share + chance.normal(0, 0.3, count), 4)
        for k in range(count):
            on = START + timedelta(days=int(step * (k + 1)))
            yield row.target_id, on, Decimal(str(values[k])), 200, 1, "registered", False, now, *("" for _ in BLANK)


def _insert(rows: Iterator[tuple[object, ...]]) -> None:
    """Measurements into their table the fastest way the database has."""
    columns = COLUMNS + BLANK
    table, names = Measurement._meta.db_table, ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        places = ", ".join(["%s"] * len(columns))
        as_text = ([str(value) if isinstance(value, date | Decimal) else value for value in row] for row in rows)
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", list(as_text))
