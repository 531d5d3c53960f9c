"""Programmes, cohorts, themes and projects, set up by an administrator."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from accounts.actor import Actor, check_administrator
from journal.actions import record
from municipalities.models import Municipality
from projects.facts import DATES
from projects.models import (
    Cohort,
    MinistryName,
    Programme,
    Project,
    ProjectFrame,
    ProjectMunicipality,
    ProjectTheme,
    Theme,
)
from projects.revision import touch, touch_programme


class SlugTaken(Exception):
    """Another one already has this address."""


class StaleEdit(Exception):
    """Someone else has changed it since the form was opened."""


class DatesOutOfOrder(Exception):
    """It would end before it starts."""


class StillFollowed(Exception):
    """A project in use must have a start date."""


class AlreadyFollowed(Exception):
    """The project has been taken into use before."""


class NoPlace(Exception):
    """A project takes place in at least one municipality."""


class ForeignTheme(Exception):
    """The theme belongs to another programme."""


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """What a programme is."""

    slug: str
    name: str
    description: str = ""
    language: str = "nb"
    ministry: str = ""
    ministry_from: date | None = None
    concerns_open: str = Programme.ConcernsOpen.MONDAYS
    head_start_days: int = 0


@dataclass(frozen=True, slots=True)
class ProjectPlan:
    """What a project is. `themes` maps theme id to the source that says so."""

    slug: str
    title: str
    language: str = "nb"
    summary: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    municipality_ids: tuple[int, ...] = ()
    host_id: int | None = None
    themes: dict[int, str] = field(default_factory=dict)


def _note(by: Actor, action: str, kind: str, pk: int, **data: object) -> None:
    record(
        stream=f"{kind}:{pk}",
        action=action,
        obj=(kind, pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data=data,
    )


@transaction.atomic
def create_programme(*, by: Actor, plan: ProgrammePlan) -> Programme:
    """Make a programme. Raises NotAllowed, SlugTaken."""
    check_administrator(by)
    with _slug_taken(plan.slug):
        programme = Programme.objects.create(slug=plan.slug, **_programme_fields(plan))
    _name_ministry(by, programme, plan)
    _note(by, "programme_created", "programme", programme.pk)
    return programme


@transaction.atomic
def change_programme(*, by: Actor, programme: Programme, version: int, plan: ProgrammePlan) -> None:
    """Change all but a programme's slug. Raises NotAllowed, StaleEdit."""
    check_administrator(by)
    changed = Programme.objects.filter(pk=programme.pk, version=version).update(
        **_programme_fields(plan), version=F("version") + 1
    )
    if not changed:
        raise StaleEdit
    _name_ministry(by, programme, plan)
    _note(by, "programme_changed", "programme", programme.pk)
    touch_programme(programme.pk)


@transaction.atomic
def create_theme(*, by: Actor, programme: Programme, key: str, name_nb: str, name_nn: str, name_en: str) -> Theme:
    """Add a theme. Raises NotAllowed, SlugTaken."""
    check_administrator(by)
    order = (programme.themes.aggregate(Max("order"))["order__max"] or 0) + 1
    with _slug_taken(key):
        theme = Theme.objects.create(
            programme=programme, key=key, name_nb=name_nb, name_nn=name_nn, name_en=name_en, order=order
        )
    _note(by, "theme_created", "programme", programme.pk, theme=theme.pk)
    return theme


@transaction.atomic
def create_cohort(
    *, by: Actor, programme: Programme, slug: str, name: str, starts_on: date, ends_on: date | None = None
) -> Cohort:
    """Add a cohort. Raises NotAllowed, SlugTaken, DatesOutOfOrder."""
    check_administrator(by)
    _check_order(starts_on, ends_on)
    with _slug_taken(slug):
        cohort = Cohort.objects.create(programme=programme, slug=slug, name=name, starts_on=starts_on, ends_on=ends_on)
    _note(by, "cohort_created", "programme", programme.pk, cohort=cohort.pk)
    return cohort


@transaction.atomic
def change_cohort(
    *, by: Actor, cohort: Cohort, version: int, name: str, starts_on: date, ends_on: date | None = None
) -> None:
    """Change all but a cohort's slug. Raises NotAllowed, StaleEdit, DatesOutOfOrder."""
    check_administrator(by)
    _check_order(starts_on, ends_on)
    changed = Cohort.objects.filter(pk=cohort.pk, version=version).update(
        name=name, starts_on=starts_on, ends_on=ends_on, version=F("version") + 1
    )
    if not changed:
        raise StaleEdit
    _note(by, "cohort_changed", "programme", cohort.programme_id, cohort=cohort.pk)


@transaction.atomic
def create_project(*, by: Actor, cohort: Cohort, plan: ProjectPlan) -> Project:
    """Add a project to a cohort; it is not in use until `start_following`.

    Raises NotAllowed, SlugTaken, DatesOutOfOrder, NoPlace, ForeignTheme.
    """
    check_administrator(by)
    _check_plan(plan, cohort.programme_id)
    order = (cohort.projects.aggregate(Max("list_order"))["list_order__max"] or 0) + 1
    with _slug_taken(plan.slug):
        project = Project.objects.create(cohort=cohort, slug=plan.slug, list_order=order, **_project_fields(plan))
    _date_frame(by, project.pk, by.today)
    _link(project, plan)
    _note(by, "project_created", "project", project.pk)
    return project


@transaction.atomic
def change_project(*, by: Actor, project: Project, version: int, plan: ProjectPlan) -> None:
    """Change a project's frame: title, dates, municipalities, themes; its slug stays.

    Raises NotAllowed, StaleEdit, DatesOutOfOrder, NoPlace, ForeignTheme, StillFollowed.
    """
    check_administrator(by)
    _check_plan(plan, project.cohort.programme_id)
    if project.followed_since and plan.starts_on is None:
        raise StillFollowed
    changed = Project.objects.filter(pk=project.pk, version=version).update(
        **_project_fields(plan), version=F("version") + 1
    )
    if not changed:
        raise StaleEdit
    _date_frame(by, project.pk, by.today)
    project.participations.all().delete()
    project.theme_links.all().delete()
    _link(project, plan)
    _note(by, "project_changed", "project", project.pk)
    touch(project.pk)


@transaction.atomic
def start_following(
    *, by: Actor, project: Project, starts_on: date, ends_on: date | None, since: date | None = None
) -> None:
    """Take a catalogue entry into use: from now on it has duties, a status and warnings.

    Raises NotAllowed, DatesOutOfOrder, AlreadyFollowed.
    """
    check_administrator(by)
    _check_order(starts_on, ends_on)
    changed = Project.objects.filter(pk=project.pk, followed_since=None).update(
        starts_on=starts_on, ends_on=ends_on, followed_since=since or by.today, version=F("version") + 1
    )
    if not changed:
        raise AlreadyFollowed
    _date_frame(by, project.pk, min(since or by.today, by.today))
    _note(by, "project_followed", "project", project.pk, since=since or by.today)
    touch(project.pk)


@transaction.atomic
def decide_participation(
    *, by: Actor, project: Project, version: int, participation: str, on: date, reason: str
) -> None:
    """Confirm or withdraw a project's participation, dated and with a reason, below what was noted before.

    Raises NotAllowed, StaleEdit.
    """
    check_administrator(by)
    note = f"{project.participation_note}\n{reason}".strip()
    changed = Project.objects.filter(pk=project.pk, version=version).update(
        participation=participation,
        participation_decided_on=on,
        participation_note=note,
        version=F("version") + 1,
    )
    if not changed:
        raise StaleEdit
    _note(by, "participation_decided", "project", project.pk, participation=participation, on=on)
    touch(project.pk)
    near = ProjectMunicipality.objects.filter(municipality__projects=project).exclude(project=project)
    for neighbour in near.values_list("project", flat=True).distinct():  # what they count may have become the only one
        transaction.on_commit(partial(touch, neighbour))


def _programme_fields(plan: ProgrammePlan) -> dict[str, Any]:
    return {
        "name": plan.name,
        "description": plan.description,
        "language": plan.language,
        "concerns_open": plan.concerns_open,
        "head_start_days": plan.head_start_days,
    }


def _name_ministry(by: Actor, programme: Programme, plan: ProgrammePlan) -> None:
    """Add the ministry's name from a date on, or correct the one from that very date."""
    if plan.ministry:
        MinistryName.objects.update_or_create(
            programme=programme, valid_from=plan.ministry_from or by.today, defaults={"name": plan.ministry}
        )


def _project_fields(plan: ProjectPlan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "language": plan.language,
        "summary": plan.summary,
        "starts_on": plan.starts_on,
        "ends_on": plan.ends_on,
    }


def _date_frame(by: Actor, project_id: int, valid_from: date) -> None:
    """Keep the project's dates as a version of their own, unless they are the live version's already."""
    dates = Project.objects.values(*DATES).get(pk=project_id)
    live = ProjectFrame.objects.filter(project=project_id, superseded_at=None)
    if live.values(*DATES).first() == dates:
        return
    live.update(superseded_at=by.now)
    ProjectFrame.objects.create(
        project_id=project_id, valid_from=valid_from, recorded_at=by.now, recorded_by=by.user, **dates
    )


@contextmanager
def _slug_taken(slug: str) -> Iterator[None]:
    """Turn the database's refusal of a second row with a slug into SlugTaken, also when two come at once."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise SlugTaken(slug) from error


def _check_order(starts_on: date | None, ends_on: date | None) -> None:
    if starts_on and ends_on and ends_on <= starts_on:
        raise DatesOutOfOrder


def _check_plan(plan: ProjectPlan, programme_id: int) -> None:
    _check_order(plan.starts_on, plan.ends_on)
    if not plan.municipality_ids:
        raise NoPlace
    if Theme.objects.filter(pk__in=plan.themes).exclude(programme=programme_id).exists():
        raise ForeignTheme


def _link(project: Project, plan: ProjectPlan) -> None:
    known = Municipality.objects.in_bulk(plan.municipality_ids)
    ProjectMunicipality.objects.bulk_create(
        ProjectMunicipality(project=project, municipality=known[pk], order=order, is_host=pk == plan.host_id)
        for order, pk in enumerate(plan.municipality_ids)
    )
    ProjectTheme.objects.bulk_create(
        ProjectTheme(project=project, theme_id=pk, source=source) for pk, source in plan.themes.items()
    )
