"""Assessments by the worker that have begun and not succeeded."""

from django.db import models

from projects.models import Project


class AssessmentAttempt(models.Model):
    """Written before the worker assesses a project and removed when it has succeeded, so what is left tells of trouble.

    `error` empty: the worker was stopped, or died, before it came to an answer. Until `next_at` (real time) the project
    is left alone, unless its facts, its programme's rules or the engine have changed since.
    """

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="attempt")
    revision = models.PositiveBigIntegerField()
    programme_revision = models.PositiveBigIntegerField()
    rule_version = models.PositiveIntegerField()
    attempts = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    started_at = models.DateTimeField()
    next_at = models.DateTimeField()
    error = models.CharField(max_length=300, blank=True)
