"""Wiring: settings, addresses, worker; and leaf helpers that import no app."""

from saman.celery import app as celery_app

__all__ = ["celery_app"]
