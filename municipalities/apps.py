"""The app's name."""

from django.apps import AppConfig


class MunicipalitiesConfig(AppConfig):
    """See the package's docstring."""

    name = "municipalities"
