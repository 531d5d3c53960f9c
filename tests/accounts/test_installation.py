"""A process refuses to start on a database of the other kind."""

import importlib

import pytest
from celery.signals import beat_init, worker_init
from django.core.exceptions import ImproperlyConfigured

from journal.installation import refuse_other_kind
from saman import celery


def test_a_demonstration_is_not_served_as_real(demonstration, settings):
    refuse_other_kind()
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured, match="holds demonstration data"):
        refuse_other_kind()


def test_a_real_installation_is_not_served_as_a_demonstration(real, settings):
    refuse_other_kind()
    settings.DEMO = True
    with pytest.raises(ImproperlyConfigured, match="is a real installation"):
        refuse_other_kind()


@pytest.mark.parametrize("demo", [True, False])
@pytest.mark.django_db
def test_a_database_nobody_has_marked_is_either(settings, demo):
    settings.DEMO = demo
    refuse_other_kind()


def test_web_worker_and_clock_ask_before_they_start(demonstration, settings):
    wsgi = importlib.import_module("saman.wsgi")
    settings.DEMO = False
    with pytest.raises(ImproperlyConfigured):
        importlib.reload(wsgi)
    for signal in (worker_init, beat_init):
        assert celery.refuse_other_kind in [receiver() for _key, receiver in signal.receivers]
    with pytest.raises(SystemExit):
        celery.refuse_other_kind()
