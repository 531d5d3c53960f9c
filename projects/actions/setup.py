"""Programmes, cohorts, themes and projects, set up by an administrator."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import F, Max

from accounts.actor import Actor, NotAllowed
from journal.actions import record
from municipalities.models import Municipality
from projects.models import Cohort, MinistryName, Programme, Project, ProjectMunicipality, ProjectTheme, Theme
from projects.revision import touch, touch_programme


class SlugTaken(Exception):
    """Another one already has this address."""


class StaleEdit(Exception):
    """Someone else has changed it since the form was opened."""


class DatesOutOfOrder(Exception):
    """It would end before it starts."""


class StillFollowed(Exception):
    """A project in use must have a start date."""


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """What a programme is."""

    slug: str
    name: str
    description: str = ""
    language: str = "nb"
    ministry: str = ""
    ministry_from: date | None = None


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


def _check_administrator(by: Actor) -> None:
    if by.user is not None and not (by.user.is_active and by.user.is_administrator):
        raise NotAllowed


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
    _check_administrator(by)
    if Programme.objects.filter(slug=plan.slug).exists():
        raise SlugTaken(plan.slug)
    programme = Programme.objects.create(
        slug=plan.slug, name=plan.name, description=plan.description, language=plan.language
    )
    if plan.ministry:
        MinistryName.objects.create(programme=programme, name=plan.ministry, valid_from=plan.ministry_from or by.today)
    _note(by, "programme_created", "programme", programme.pk)
    return programme


@transaction.atomic
def change_programme(*, by: Actor, programme: Programme, version: int, plan: ProgrammePlan) -> None:
    """Change a programme's name, text and ministry; its slug stays. Raises NotAllowed, StaleEdit."""
    _check_administrator(by)
    changed = Programme.objects.filter(pk=programme.pk, version=version).update(
        name=plan.name, description=plan.description, language=plan.language, version=F("version") + 1
    )
    if not changed:
        raise StaleEdit
    if plan.ministry:
        MinistryName.objects.update_or_create(
            programme=programme, valid_from=plan.ministry_from or by.today, defaults={"name": plan.ministry}
        )
    _note(by, "programme_changed", "programme", programme.pk)
    touch_programme(programme.pk)


@transaction.atomic
def create_theme(*, by: Actor, programme: Programme, key: str, name_nb: str, name_nn: str, name_en: str) -> Theme:
    """Add a theme. Raises NotAllowed, SlugTaken."""
    _check_administrator(by)
    if programme.themes.filter(key=key).exists():
        raise SlugTaken(key)
    order = (programme.themes.aggregate(Max("order"))["order__max"] or 0) + 1
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
    _check_administrator(by)
    if ends_on is not None and ends_on <= starts_on:
        raise DatesOutOfOrder
    if programme.cohorts.filter(slug=slug).exists():
        raise SlugTaken(slug)
    cohort = Cohort.objects.create(programme=programme, slug=slug, name=name, starts_on=starts_on, ends_on=ends_on)
    _note(by, "cohort_created", "programme", programme.pk, cohort=cohort.pk)
    return cohort


@transaction.atomic
def create_project(*, by: Actor, cohort: Cohort, plan: ProjectPlan) -> Project:
    """Add a project to a cohort; it is not in use until `start_following`.

    Raises NotAllowed, SlugTaken, DatesOutOfOrder.
    """
    _check_administrator(by)
    _check_dates(plan)
    if Project.objects.filter(slug=plan.slug).exists():
        raise SlugTaken(plan.slug)
    order = (cohort.projects.aggregate(Max("list_order"))["list_order__max"] or 0) + 1
    project = Project.objects.create(
        cohort=cohort,
        slug=plan.slug,
        title=plan.title,
        language=plan.language,
        summary=plan.summary,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        list_order=order,
    )
    _link(project, plan)
    _note(by, "project_created", "project", project.pk)
    return project


@transaction.atomic
def change_project(*, by: Actor, project: Project, version: int, plan: ProjectPlan) -> None:
    """Change a project's frame: title, dates, municipalities, themes; its slug stays.

    Raises NotAllowed, StaleEdit, DatesOutOfOrder, StillFollowed.
    """
    _check_administrator(by)
    _check_dates(plan)
    if project.followed_since and plan.starts_on is None:
        raise StillFollowed
    changed = Project.objects.filter(pk=project.pk, version=version).update(
        title=plan.title,
        language=plan.language,
        summary=plan.summary,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        version=F("version") + 1,
    )
    if not changed:
        raise StaleEdit
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

    Raises NotAllowed, DatesOutOfOrder.
    """
    _check_administrator(by)
    if ends_on is not None and ends_on <= starts_on:
        raise DatesOutOfOrder
    Project.objects.filter(pk=project.pk).update(
        starts_on=starts_on, ends_on=ends_on, followed_since=since or by.today, version=F("version") + 1
    )
    _note(by, "project_followed", "project", project.pk, since=since or by.today)
    touch(project.pk)


@transaction.atomic
def decide_participation(*, by: Actor, project: Project, participation: str, on: date, reason: str) -> None:
    """Confirm or withdraw a project's participation, dated and with a reason. Raises NotAllowed."""
    _check_administrator(by)
    note = f"{project.participation_note}\n{reason}".strip()
    Project.objects.filter(pk=project.pk).update(
        participation=participation,
        participation_decided_on=on,
        participation_note=note,
        version=F("version") + 1,
    )
    _note(by, "participation_decided", "project", project.pk, participation=participation, on=on)
    touch(project.pk)


def _check_dates(plan: ProjectPlan) -> None:
    if plan.starts_on and plan.ends_on and plan.ends_on <= plan.starts_on:
        raise DatesOutOfOrder


def _link(project: Project, plan: ProjectPlan) -> None:
    known = Municipality.objects.in_bulk(plan.municipality_ids)
    ProjectMunicipality.objects.bulk_create(
        ProjectMunicipality(project=project, municipality=known[pk], order=order, is_host=pk == plan.host_id)
        for order, pk in enumerate(plan.municipality_ids)
    )
    ProjectTheme.objects.bulk_create(
        ProjectTheme(project=project, theme_id=pk, source=source) for pk, source in plan.themes.items()
    )
