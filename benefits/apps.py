"""The app's name."""

from django.apps import AppConfig


class BenefitsConfig(AppConfig):
    """See the package's docstring."""

    name = "benefits"
