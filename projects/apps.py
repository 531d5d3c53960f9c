"""The app's name."""

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """See the package's docstring."""

    name = "projects"
