"""Programmes, cohorts, themes, projects and roles. Facts a verdict depends on carry two times (decision 10)."""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality
from projects.roles import PROGRAMME_ROLES, Role

LANGUAGES = [("nb", _("Bokmål")), ("nn", _("Nynorsk"))]


class Programme(models.Model):
    """A programme of locally run projects. `revision` grows when thresholds, rounds or rules change."""

    class ConcernsOpen(models.TextChoices):
        """When people outside a project see its new concerns (decision 18c)."""

        MONDAYS = "mondays", _("Mandager")
        AT_ONCE = "at_once", _("Straks")

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=160)
    description = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nb")
    concerns_open = models.CharField(max_length=8, choices=ConcernsOpen.choices, default=ConcernsOpen.MONDAYS)
    head_start_days = models.PositiveSmallIntegerField(default=0)
    claimed_projects = models.PositiveIntegerField(null=True, blank=True)
    claimed_municipalities = models.PositiveIntegerField(null=True, blank=True)
    claim_source = models.CharField(max_length=200, blank=True)
    revision = models.PositiveBigIntegerField(default=1)
    revised_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return self.name


class MinistryName(models.Model):
    """What the responsible ministry is called from a year on: names are data, per programme and year (decision 4)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="ministry_names")
    valid_from = models.DateField()
    name = models.CharField(max_length=120)
    abbreviation = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["valid_from"]
        constraints = [models.UniqueConstraint(fields=["programme", "valid_from"], name="ministry_name_once_per_start")]

    def __str__(self) -> str:
        return self.name


class Cohort(models.Model):
    """A group of projects admitted together (pulje)."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["starts_on", "name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="cohort_slug_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="cohort_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Theme(models.Model):
    """What projects in a programme work on. `key` ties it to the indicator catalogue; names are in three languages."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="themes")
    key = models.SlugField(max_length=40)
    name_nb = models.CharField(max_length=80)
    name_nn = models.CharField(max_length=80, blank=True)
    name_en = models.CharField(max_length=80, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "key"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="theme_key_once")]

    def __str__(self) -> str:
        return getattr(self, f"name_{get_language() or 'nb'}", "") or self.name_nb


class ProjectQuerySet(models.QuerySet["Project"]):
    """Questions about projects."""

    def taking_part(self, day: date) -> "ProjectQuerySet":
        """Those that have not left their programme by a day; one that does not say when it left, never took part."""
        stays = ~Q(participation=Project.Participation.WITHDRAWN)
        return self.filter(stays | Q(participation_decided_on__gt=day))


class Project(models.Model):
    """A locally run project. `followed_since` NULL: in the catalogue only, «Ikke i bruk», no rule runs (decision 2).

    `revision` grows with every change a verdict depends on, last at `revised_at` by the database's clock; `version`
    guards edits of this row.
    """

    class Participation(models.TextChoices):
        """Whether the project takes part in its cohort."""

        CONFIRMED = "confirmed", _("Bekreftet")
        UNRESOLVED = "unresolved", _("Uavklart")
        WITHDRAWN = "withdrawn", _("Trukket")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="projects")
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=160)
    catalogue_name = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nb")
    summary = models.TextField(blank=True, max_length=2000)
    municipalities = models.ManyToManyField(Municipality, through="ProjectMunicipality", related_name="projects")
    themes = models.ManyToManyField(Theme, through="ProjectTheme", related_name="projects")
    participation = models.CharField(max_length=10, choices=Participation.choices, default=Participation.CONFIRMED)
    participation_note = models.TextField(blank=True)
    participation_decided_on = models.DateField(null=True, blank=True)
    list_order = models.PositiveSmallIntegerField(default=0)
    followed_since = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    revision = models.PositiveBigIntegerField(default=1)
    revised_at = models.DateTimeField(db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["list_order", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="project_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(followed_since=None) | Q(starts_on__isnull=False), name="followed_project_has_start"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProjectFrameQuerySet(models.QuerySet["ProjectFrame"]):
    """Questions about projects' dates."""

    def known_at(self, moment: datetime | None) -> "ProjectFrameQuerySet":
        """Every version recorded by a moment; None: now. The one in force is the newest of those valid by a date."""
        return self if moment is None else self.filter(recorded_at__lte=moment)


class ProjectFrame(models.Model):
    """What a project's dates were from a date on. `Project` carries the live ones; a verdict reads these (decision 10).

    Never overwritten: a change sets `superseded_at` and adds a row.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="frames")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    followed_since = models.DateField(null=True, blank=True)
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = ProjectFrameQuerySet.as_manager()

    class Meta:
        ordering = ["project", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(superseded_at=None), name="one_live_frame_per_project"
            ),
        ]


class ProjectMunicipality(models.Model):
    """A municipality taking part in a project; one may be the host of a joint project."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="participations")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="participations")
    is_host = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["project", "municipality"], name="municipality_once_per_project"),
            models.UniqueConstraint(fields=["project"], condition=Q(is_host=True), name="one_host_per_project"),
        ]


class ProjectTheme(models.Model):
    """A theme of a project, with the public source that says so."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="theme_links")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="project_links")
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "theme"], name="theme_once_per_project")]


class RoleAssignmentQuerySet(models.QuerySet["RoleAssignment"]):
    """Questions about roles."""

    def known_at(self, moment: datetime | None) -> "RoleAssignmentQuerySet":
        """What was recorded and not yet replaced at a moment; None: now."""
        if moment is None:
            return self.filter(superseded_at=None)
        return self.filter(recorded_at__lte=moment).filter(Q(superseded_at=None) | Q(superseded_at__gt=moment))

    def active_on(self, day: date) -> "RoleAssignmentQuerySet":
        """Roles people have on a date, as known now."""
        return self.filter(superseded_at=None, starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))


class RoleAssignment(models.Model):
    """One person's role in a project or a programme, for a time, perhaps for one municipality of a joint project.

    Never overwritten: a change sets `superseded_at` and adds a row.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="role_assignments")
    role = models.CharField(max_length=32, choices=Role.choices)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, null=True, blank=True, related_name="roles")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="roles")
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, related_name="role_assignments"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "id"]
        indexes = [
            models.Index(fields=["person", "role"], condition=Q(superseded_at=None), name="role_live_by_person"),
            models.Index(fields=["project", "role"], condition=Q(superseded_at=None), name="role_live_by_project"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(project__isnull=False, programme=None) | Q(project=None, programme__isnull=False),
                name="role_in_project_or_programme",
            ),
            models.CheckConstraint(
                condition=Q(programme=None) | Q(role__in=sorted(r.value for r in PROGRAMME_ROLES)),
                name="role_fits_programme",
            ),
            models.CheckConstraint(
                condition=Q(project=None) | ~Q(role__in=sorted(r.value for r in PROGRAMME_ROLES)),
                name="role_fits_project",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="role_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["person", "role", "project", "starts_on"],
                condition=Q(superseded_at=None, municipality=None, project__isnull=False),
                name="project_role_live_once",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "project", "municipality", "starts_on"],
                condition=Q(superseded_at=None, municipality__isnull=False, project__isnull=False),
                name="municipal_role_live_once",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "programme", "starts_on"],
                condition=Q(superseded_at=None, programme__isnull=False),
                name="programme_role_live_once",
            ),
        ]
