"""The app's name."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """See the package's docstring."""

    name = "reporting"
