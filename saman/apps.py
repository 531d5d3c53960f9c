"""The wiring as an app, for its template tags and start-up checks."""

from django.apps import AppConfig


class SamanConfig(AppConfig):
    """Leaf helpers and wiring."""

    name = "saman"
