"""Whom a project touches: groups, never people, with how they look at it over time and what they are answered.

What is registered belongs to the municipality (decision 18f): `StakeholderSharing` says when an adviser may read it.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.models import Project

FEWEST = 5  # people in a group; one that is smaller, or of unknown size, never leaves the project


class StakeholderGroup(models.Model):
    """One group of a project, numbered from 1. `version` guards what is registered about it.

    `name` says which, where the kind alone does not. `removed_at`: it was a mistake, or is no longer touched.
    """

    class Kind(models.TextChoices):
        """The usual groups; `OTHER` has a name of its own."""

        UNION_REPS = "union_reps", _("Tillitsvalgte")
        SAFETY = "safety", _("Verneombud")
        MIDDLE_MANAGERS = "middle_managers", _("Mellomledere")
        STAFF = "staff", _("Ansatte i tjenesten")
        OTHER_STAFF = "other_staff", _("Ansatte i andre tjenester")
        MANAGEMENT = "management", _("Kommunens ledelse")
        POLITICIANS = "politicians", _("Politikere")
        FINANCE = "finance", _("Økonomi")
        PERSONNEL = "personnel", _("Personal")
        USERS = "users", _("Brukere og pårørende")
        INHABITANTS = "inhabitants", _("Innbyggere")
        VOLUNTEERS = "volunteers", _("Frivillige og lag")
        OTHER = "other", pgettext_lazy("stakeholder", "En annen gruppe")

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="stakeholders")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    name = models.CharField(max_length=80, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="stakeholder_number_once"),
            models.UniqueConstraint(
                fields=["project", "kind", "name"], condition=Q(removed_at=None), name="stakeholder_group_once"
            ),
            models.CheckConstraint(condition=~Q(kind="other") | ~Q(name=""), name="stakeholder_other_is_named"),
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())


class StakeholderRegistrationQuerySet(models.QuerySet["StakeholderRegistration"]):
    """Questions about how groups look at a project."""

    def live(self) -> "StakeholderRegistrationQuerySet":
        """What stands as known now."""
        return self.known_at(None)

    def known_at(self, moment: datetime | None) -> "StakeholderRegistrationQuerySet":
        """What was recorded and not yet replaced at a moment; None: now."""
        if moment is None:
            return self.filter(superseded_at=None)
        return self.filter(recorded_at__lte=moment).filter(Q(superseded_at=None) | Q(superseded_at__gt=moment))

    def newest(self) -> "StakeholderRegistrationQuerySet":
        """The last one that stands of each group that is still there."""
        last = StakeholderRegistration.objects.live().filter(group=OuterRef("group")).order_by("-on")
        return self.live().filter(group__removed_at=None, pk=Subquery(last.values("pk")[:1]))


class StakeholderRegistration(models.Model):
    """How a group looks at the project on a date: an immutable row; a correction supersedes it and adds another.

    `size`: how many they are; NULL: not known. `objection`: what those who are against say, in the project's words.
    `confirmed_by`: someone else than the one who registered it sees it in the same way.
    """

    class Attitude(models.IntegerChoices):
        AGAINST = -1, _("Har innvendinger")
        UNDECIDED = 0, _("Avventende")
        IN_FAVOUR = 1, pgettext_lazy("attitude", "Støtter")

    class Influence(models.IntegerChoices):
        LITTLE = 1, pgettext_lazy("influence", "Liten")
        SOME = 2, pgettext_lazy("influence", "Middels")
        MUCH = 3, pgettext_lazy("influence", "Stor")

    group = models.ForeignKey(StakeholderGroup, on_delete=models.PROTECT, related_name="registrations")
    on = models.DateField()
    attitude = models.SmallIntegerField(choices=Attitude.choices)
    influence = models.SmallIntegerField(choices=Influence.choices)
    size = models.PositiveIntegerField(null=True, blank=True)
    objection = models.TextField(blank=True, max_length=1000)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = StakeholderRegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["group", "-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "on"], condition=Q(superseded_at=None), name="one_live_registration_per_group_and_day"
            ),
            models.CheckConstraint(condition=Q(attitude__gte=-1, attitude__lte=1), name="stakeholder_attitude"),
            models.CheckConstraint(condition=Q(influence__gte=1, influence__lte=3), name="stakeholder_influence"),
            models.CheckConstraint(condition=Q(size=None) | Q(size__gt=0), name="stakeholder_size_above_zero"),
            models.CheckConstraint(condition=Q(attitude__gte=0) | ~Q(objection=""), name="stakeholder_objection_said"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.on.isoformat()}"

    @property
    def stays_inside(self) -> bool:
        """Whether so few are behind it, or nobody has said how many, that it never leaves the project."""
        return self.size is None or self.size < FEWEST


class ObjectionAnswerQuerySet(models.QuerySet["ObjectionAnswer"]):
    """Questions about answers to objections."""

    def live(self) -> "ObjectionAnswerQuerySet":
        """What stands as known now."""
        return self.known_at(None)

    def known_at(self, moment: datetime | None) -> "ObjectionAnswerQuerySet":
        """What was recorded and not yet replaced at a moment; None: now."""
        if moment is None:
            return self.filter(superseded_at=None)
        return self.filter(recorded_at__lte=moment).filter(Q(superseded_at=None) | Q(superseded_at__gt=moment))


class ObjectionAnswer(models.Model):
    """What a group is answered, by which role and by when: an immutable row, superseded when corrected or given.

    `promised_on` is when the answer was first planned, `given_on` when the group got it (NULL: not yet).
    """

    group = models.ForeignKey(StakeholderGroup, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(max_length=1000)
    responsible = models.CharField(max_length=80)
    due_on = models.DateField()
    promised_on = models.DateField()
    given_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = ObjectionAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["group", "due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.group_id} {self.due_on.isoformat()}"

    def is_late(self, today: date) -> bool:
        """Whether it should have been given before a day."""
        return self.given_on is None and self.due_on < today


class StakeholderSharingQuerySet(models.QuerySet["StakeholderSharing"]):
    """Questions about sharing."""

    def live(self) -> "StakeholderSharingQuerySet":
        """What is shared now."""
        return self.filter(ended_at=None)


class StakeholderSharing(models.Model):
    """A time in which the programme's advisers may read a project's registrations, of groups that are large enough."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="stakeholder_sharings")
    shared_on = models.DateField()
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = StakeholderSharingQuerySet.as_manager()

    class Meta:
        ordering = ["project", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project"], condition=Q(ended_at=None), name="stakeholders_shared_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.shared_on.isoformat()}"
