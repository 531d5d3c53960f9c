"""The smallest valid object of each kind, written straight to the database; name what the test is about, no more."""

from datetime import date, datetime
from decimal import Decimal
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from accounts.models import User
from benefits.models import (
    Allocation,
    CountedElsewhere,
    EffectTarget,
    FreedTime,
    FreedTimeVersion,
    HandoverRecord,
    MapLink,
    MapNode,
    Measurement,
    Milestone,
    ObjectionAnswer,
    Plan,
    PlanDecision,
    PlannedPoint,
    PlanText,
    PlanVersion,
    StakeholderGroup,
    StakeholderRegistration,
    TargetValue,
    TargetVersion,
)
from benefits.plan_content import content_of
from municipalities.models import County, Municipality
from projects.models import Cohort, Programme, Project, ProjectMunicipality, RoleAssignment
from projects.roles import PROGRAMME_ROLES, Role
from reporting.portfolio.models import SavedView
from saman.canonical import canonical, sha256

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
    fields.setdefault("number", f"{6000 + number % 3000}")  # no real one lies there
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


def approved_plan(of: Project, on: date = date(2015, 1, 2)) -> PlanVersion:
    """A plan that is kept elsewhere, sent long ago and approved on a date: nothing about the plan is missed."""
    made = Plan.objects.create(project=of, created_at=noon(START))
    dated = {"valid_from": START, "recorded_at": noon(START)}
    PlanText.objects.create(plan=made, kept_elsewhere="Sak 13/1842", **dated)
    content = canonical(content_of(of))
    sent = {"submitted_on": START, "submitted_at": noon(START)}
    version = PlanVersion.objects.create(project=of, number=1, content=content, digest=sha256(content), **sent)
    PlanDecision.objects.create(plan_version=version, is_approved=True, decided_on=on, decided_at=noon(on))
    return version


def milestone(of: Project, **fields: Any) -> Milestone:
    """A planned milestone."""
    defaults = {"title": "Ny turnus er i drift", "due_on": date(2015, 6, 1), "created_at": noon(START)}
    return Milestone.objects.create(project=of, **{**defaults, **fields})


def handover(of: Project, giver: User, receiver: User, **fields: Any) -> HandoverRecord:
    """A leader's handover that waits for its receiver, of nothing in particular."""
    defaults = {"role": Role.LEADER, "on": date(2015, 2, 28), "recorded_at": noon(date(2015, 1, 20))}
    return HandoverRecord.objects.create(project=of, from_person=giver, to_person=receiver, **{**defaults, **fields})


def freed_time(of: Project, used: Any = 1, **version: Any) -> tuple[FreedTime, Allocation | None]:
    """A post of 2,4 årsverk from the new year, and what `used` of them (None: nothing) are used for."""
    made = FreedTime.objects.create(project=of, number=of.freed_time.count() + 1, created_at=noon(START))
    facts = {"title": "Ny turnus", "amount": Decimal("2.4"), "starts_on": date(2015, 1, 1), "valid_from": START}
    facts = {**facts, "recorded_at": noon(START), **version}
    facts.setdefault("fte", facts["amount"])
    live = FreedTimeVersion.objects.create(freed_time=made, **facts)
    return made, None if used is None else allocation(made, used, starts_on=live.starts_on)


def allocation(of: FreedTime, fte: Any = 1, **fields: Any) -> Allocation:
    """A use of a post's time, decided in the summer of 2014."""
    facts = {"use": "quality", "unit": "fte", "starts_on": date(2015, 1, 1), "recorded_at": noon(date(2014, 6, 1))}
    facts |= {"decided_by": "Ledermøtet", "decided_on": date(2014, 6, 1), **fields}
    amount = Decimal(str(fte))
    return Allocation.objects.create(freed_time=of, amount=amount, fte=amount, **facts)


def stakeholder(of: Project, attitude: int = 0, influence: int = 2, **fields: Any) -> StakeholderRegistration:
    """A group of forty with how it looked at the project at the end of 2014, and an objection if it had one."""
    number = of.stakeholders.count() + 1
    kind, name = fields.pop("kind", "other"), fields.pop("name", f"Gruppe {number}")
    group = StakeholderGroup.objects.create(project=of, number=number, kind=kind, name=name, created_at=noon(START))
    return seen(group, date(2014, 12, 1), attitude, influence, **fields)


def seen(
    group: StakeholderGroup, on: date, attitude: int, influence: int = 2, **fields: Any
) -> StakeholderRegistration:
    """How a group looks at the project on a day."""
    said = {"size": 40, "recorded_at": noon(on), "objection": "Det blir flere helger." if attitude < 0 else ""}
    return StakeholderRegistration.objects.create(
        group=group, on=on, attitude=attitude, influence=influence, **{**said, **fields}
    )


def objection_answer(group: StakeholderGroup, due_on: date = date(2015, 3, 1), **fields: Any) -> ObjectionAnswer:
    """An answer promised to a group at the end of 2014."""
    said = {"text": "Vi prøver en mindre ordning først.", "responsible": "Enhetsleder", "due_on": due_on}
    said |= {"promised_on": date(2014, 12, 10), "recorded_at": noon(date(2014, 12, 10)), **fields}
    return ObjectionAnswer.objects.create(group=group, **said)


def saved_view(of: Programme, person: User, name: str = "De i Troms", **fields: Any) -> SavedView:
    """A view of the dashboard somebody has saved."""
    said = {"name": name, "name_key": name.casefold(), "query": "fylke=19", "saved_at": noon(date(2015, 1, 20))}
    return SavedView.objects.create(programme=of, person=person, **{**said, **fields})


def counted_elsewhere(claim: EffectTarget, counted_in: EffectTarget, **fields: Any) -> CountedElsewhere:
    """The decision that a target is counted in another."""
    facts = {"reason": "Samme tall", "decided_on": date(2015, 1, 20), "recorded_at": noon(date(2015, 1, 20)), **fields}
    return CountedElsewhere.objects.create(project=claim.project, target=claim, in_target=counted_in, **facts)


def map_box(of: Project, **fields: Any) -> MapNode:
    """A box of the project's map, an initiative with a title of its own unless told otherwise."""
    shows = any(name in fields for name in MapNode.REFERENCES)
    defaults = {"kind": "initiative", "title": "" if shows else f"Boks {next(_numbers)}", "created_at": noon(START)}
    if shows:
        defaults["refers_since"] = noon(START)
    return MapNode.objects.create(project=of, **{**defaults, **fields})


def map_link(origin: MapNode, leads_to: MapNode, **fields: Any) -> MapLink:
    """A line between two boxes, assumed."""
    where = {"project": origin.project, "origin": origin, "leads_to": leads_to}
    return MapLink.objects.create(**where, **{"created_at": noon(START), **fields})
