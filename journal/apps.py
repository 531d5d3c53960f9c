"""The app's name."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """See the package's docstring."""

    name = "journal"
