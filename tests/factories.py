"""The smallest valid object of each kind, written straight to the database; name what the test is about, no more."""

from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from benefits.models import EffectTarget, Measurement, Milestone, PlannedPoint, TargetValue, TargetVersion
from municipalities.models import County, Municipality
from projects.models import Cohort, Programme, Project, ProjectMunicipality, RoleAssignment
from projects.roles import PROGRAMME_ROLES, Role

START = date(2013, 1, 1)
OSLO = ZoneInfo("Europe/Oslo")
_numbers = count(1)


def noon(day: date) -> datetime:
    """Twelve o'clock in Oslo on a date."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=OSLO)


def user(name: str = "", **fields: Any) -> User:
    """Someone who may sign in and has no role."""
    number = next(_numbers)
    fields.setdefault("email", f"person{number}@example.org")
    return User.objects.create_user(name=name or f"Person {number}", **fields)


def municipality(name: str = "", **fields: Any) -> Municipality:
    """A municipality, in a county of its own unless one is given."""
    number = next(_numbers)
    if "county" not in fields:
        county = {"number": f"{number % 100:02}", "valid_from": START}
        fields["county"] = County.objects.get_or_create(**county, defaults={"name": f"Fylke {number}"})[0]
    fields.setdefault("number", f"{number % 10000:04}")
    return Municipality.objects.create(name=name or f"Kommune {number}", **{"valid_from": START, **fields})


def programme(**fields: Any) -> Programme:
    """A programme whose concerns are open to everyone at once."""
    number = next(_numbers)
    defaults = {"slug": f"program-{number}", "name": f"Program {number}"}
    return Programme.objects.create(**{**defaults, "concerns_open": Programme.ConcernsOpen.AT_ONCE, **fields})


def cohort(**fields: Any) -> Cohort:
    """A cohort, in a programme of its own unless one is given."""
    number = next(_numbers)
    if "programme" not in fields:
        fields["programme"] = programme()
    defaults = {"slug": f"pulje-{number}", "name": f"Pulje {number}", "starts_on": START}
    return Cohort.objects.create(**{**defaults, **fields})


def project(*municipalities: Municipality, **fields: Any) -> Project:
    """A project in use since the start of 2013, with one municipality unless others are given."""
    number = next(_numbers)
    if "cohort" not in fields:
        fields["cohort"] = cohort()
    defaults = {"slug": f"prosjekt-{number}", "title": f"Prosjekt {number}", "starts_on": START}
    made = Project.objects.create(**{**defaults, "followed_since": START, **fields})
    for order, place in enumerate(municipalities or [municipality()]):
        ProjectMunicipality.objects.create(project=made, municipality=place, is_host=order == 0, order=order)
    return made


def role(person: User, kind: Role, where: Project | Programme, **fields: Any) -> RoleAssignment:
    """A role without end; those that belong to programmes may be given a project, and land in its programme."""
    if isinstance(where, Project) and kind in PROGRAMME_ROLES:
        where = where.cohort.programme
    place = {"project": where} if isinstance(where, Project) else {"programme": where}
    fields = {"starts_on": START, "recorded_at": noon(START), **fields}
    return RoleAssignment.objects.create(person=person, role=kind, **place, **fields)


def target(
    of: Project | None = None,
    *,
    values: dict[date, Any] | None = None,
    planned: tuple[date, ...] = (),
    is_main: bool = False,
    **version: Any,
) -> EffectTarget:
    """A complete target, sick leave from 10,8 % in 2013 to 9,0 % at the end of 2015; `version` changes what it says."""
    of = of or project()
    made = EffectTarget.objects.create(
        project=of, number=of.targets.count() + 1, is_main=is_main, created_at=noon(START)
    )
    kind = TargetVersion.Kind.ABSENCE_RATE
    defaults = {
        "title": "Lavere sykefravær",
        "valid_from": START,
        "recorded_at": noon(START),
        "kind": kind,
        "unit": "%",
        "direction": TargetVersion.Direction.DOWN,
        "frequency": TargetVersion.Frequency.QUARTERLY,
        "population": 200,
        "mmc": Decimal("0.5"),
        "baseline_value": Decimal("10.8"),
        "baseline_on": START,
        "baseline_points": 4,
    }
    live = TargetVersion.objects.create(target=made, **{**defaults, **version})
    for on, value in ({date(2015, 12, 31): 9} if values is None else values).items():
        TargetValue.objects.create(version=live, on=on, value=Decimal(str(value)))
    for on in planned:
        PlannedPoint.objects.create(version=live, on=on)
    return made


def measurement(of: EffectTarget, on: date, value: Any, **fields: Any) -> Measurement:
    """A registered value, recorded at noon on the day it was measured."""
    defaults = {"recorded_at": noon(on), "source": "Fraværssystemet"}
    return Measurement.objects.create(target=of, measured_on=on, value=Decimal(str(value)), **{**defaults, **fields})


def series(of: EffectTarget, values: dict[date, Any]) -> list[Measurement]:
    """Several registered values."""
    return [measurement(of, on, value) for on, value in values.items()]


def milestone(of: Project, **fields: Any) -> Milestone:
    """A planned milestone."""
    defaults = {"title": "Ny turnus er i drift", "due_on": date(2015, 6, 1), "created_at": noon(START)}
    return Milestone.objects.create(project=of, **{**defaults, **fields})
