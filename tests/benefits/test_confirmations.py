"""An adviser's yes to an indicator that stands in for what a target is about."""

from datetime import date

import pytest
from django.urls import reverse

from benefits.assessment import refresh
from benefits.facts import load
from benefits.models import PitfallWarning, StandInConfirmation, TargetVersion
from journal.models import AuditEvent
from projects.asked import Asked
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2015, 1, 22)


@pytest.fixture
def target(project):
    """Attendance, measured by certified sick leave, with a reason."""
    return factories.target(
        project, indicator="sykefravaer_legemeldt", concept="naervaer", concept_reason="Det er det vi har tall for."
    )


def url(target, name="target_confirm"):
    return reverse(name, args=[target.project.slug, target.number])


def causes(target):
    refresh(target.project_id)
    return set(PitfallWarning.objects.filter(target=target, rule="V3", closed_on=None).values_list("cause", flat=True))


def test_an_adviser_confirms_once_and_the_note_is_gone(client, adviser, target):
    assert causes(target) == {"concept_unconfirmed"}
    client.force_login(adviser)
    page = client.get(url(target, "target")).content.decode()
    assert "Det er det vi har tall for." in page
    assert "Mer nærvær" in page
    assert "Bekreft at indikatoren kan stå for det" in page
    for _again in range(2):
        assert client.post(url(target)).status_code == 303
    assert causes(target) == set()
    assert StandInConfirmation.objects.count() == AuditEvent.objects.filter(action="stand_in_confirmed").count() == 1
    assert "Bekreft at indikatoren" not in client.get(url(target, "target")).content.decode()


def test_the_past_knows_only_what_was_confirmed_then(client, adviser, target):
    client.force_login(adviser)
    client.post(url(target))
    confirmed = lambda day, moment: load(Asked([target.project_id], day, moment))[target.project_id]["targets"][0]  # noqa: E731
    assert confirmed(TODAY, None).is_stand_in_confirmed
    assert not confirmed(date(2015, 1, 21), None).is_stand_in_confirmed
    assert not confirmed(TODAY, factories.noon(date(2015, 1, 20))).is_stand_in_confirmed


def test_a_yes_lapses_when_the_target_is_about_something_else(client, adviser, target):
    client.force_login(adviser)
    client.post(url(target))
    TargetVersion.objects.filter(target=target).update(concept="trivsel")
    assert causes(target) == {"concept_unconfirmed"}


def test_nothing_is_confirmed_where_nothing_stands_in(client, adviser, leader, target):
    TargetVersion.objects.filter(target=target).update(concept="sykefravaer")
    client.force_login(adviser)
    assert "ikke lenger noe å bekrefte" in client.post(url(target), follow=True).content.decode()
    assert not StandInConfirmation.objects.exists()
    client.force_login(leader)
    assert client.post(url(target)).status_code == 403
