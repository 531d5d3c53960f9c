"""Answers to warnings: they silence or delay, by the right people, with a reason; only new facts close."""

from datetime import date

import pytest
from django.urls import reverse

from benefits.models import Concern, PitfallWarning, WarningEvent
from tests import factories
from tests.reporting.work.assessing import assess

pytestmark = pytest.mark.django_db


@pytest.fixture
def warning(project, leader, owner):
    """An open finding: the main target has no baseline."""
    factories.target(project, is_main=True, baseline_value=None, baseline_on=None)
    assess(project)
    return PitfallWarning.objects.get(rule="F3")


@pytest.fixture
def answer(client, project, warning, django_capture_on_commit_callbacks):
    """Post an answer as a person; the project is assessed anew after the commit."""

    def answered(person, name, **data):
        client.force_login(person)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(reverse(name, args=[project.slug, warning.pk]), data, follow=True)

    return answered


def test_an_action_is_shown_with_the_concern_and_closes_nothing(answer, project, warning, leader):
    data = {"note": "Vi henter tallet fra lønnssystemet.", "until": "15.02.2015"}
    text = answer(leader, "warning_action", **data).content.decode()
    assert "Tiltak registrert av Lise Leder 22. januar 2015, ferdig innen 15. februar 2015" in text
    assert "Vi henter tallet fra lønnssystemet." in text
    assert Concern.objects.get().answered_on == date(2015, 1, 22)
    warning.refresh_from_db()
    assert warning.closed_on is None


def test_an_owner_accepts_until_a_date_and_the_concern_is_silent(answer, project, warning, owner):
    text = answer(owner, "warning_accept", note="Vi venter på ny turnus.", until="01.03.2015").content.decode()
    assert not Concern.objects.exists()
    assert "Godtatt til 1. mars 2015 av Eirik Eier 22. januar 2015" in text
    assert "Vi venter på ny turnus." in text
    assess(project, on=date(2015, 3, 2))
    assert Concern.objects.get().cause == "baseline_missing", "it comes back by itself"


def test_a_false_warning_is_said_to_be_one(answer, warning, leader):
    text = answer(leader, "warning_false", note="Nullpunktet står i årsrapporten.").content.decode()
    assert "Meldt som feil varsel av Lise Leder" in text
    assert not Concern.objects.exists()


def test_an_adviser_sees_that_it_is_answered_but_not_by_whom(client, answer, project, warning, owner, adviser):
    answer(owner, "warning_accept", note="Vi venter på ny turnus.", until="01.03.2015")
    client.force_login(adviser)
    text = client.get(reverse("project_overview", args=[project.slug])).content.decode()
    assert "Godtatt til 1. mars 2015 av prosjektet 22. januar 2015" in text


def test_one_answer_holds_for_every_target_of_the_concern(
    client, project, leader, owner, django_capture_on_commit_callbacks
):
    for _number in range(2):
        factories.target(project, baseline_value=None, baseline_on=None)
    assess(project)
    client.force_login(leader)
    first = PitfallWarning.objects.filter(rule="F3").first()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("warning_false", args=[project.slug, first.pk]), {"note": "Står i planen."})
    assert WarningEvent.objects.filter(kind="false_positive").count() == 2
    assert not Concern.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("warning_action", {"note": ""}, "note"),
        ("warning_action", {"note": "a\x00b"}, "note"),
        ("warning_action", {"note": "Vi ordner det", "until": "31.02.2015"}, "until"),
        ("warning_action", {"note": "Vi ordner det", "until": "21.01.2015"}, "until"),
        ("warning_accept", {"note": "Vi venter", "until": ""}, "until"),
        ("warning_accept", {"note": "Vi venter", "until": "22.01.2015"}, "until"),
        ("warning_accept", {"note": "Vi venter", "until": "22.02.2016"}, "until"),
        ("warning_accept", {"note": " ", "until": "01.03.2015"}, "note"),
        ("warning_false", {"note": "x" * 2001}, "note"),
    ],
)
def test_an_answer_that_cannot_be_stored_comes_back(answer, warning, leader, owner, name, data, field):
    back = answer(owner, name, **data)
    assert back.status_code == 422
    assert list(back.context["form"].errors) == [field]
    assert not WarningEvent.objects.filter(kind__in=WarningEvent.ANSWERS).exists()


def test_a_leader_does_not_accept_deviations(answer, warning, leader):
    assert answer(leader, "warning_accept", note="Vi venter", until="01.03.2015").status_code == 403


def test_an_answer_to_something_new_facts_closed_keeps_the_text(answer, warning, leader):
    PitfallWarning.objects.update(closed_on=date(2015, 1, 22))
    back = answer(leader, "warning_action", note="Vi henter tallet.")
    assert back.status_code == 409
    assert "Vi henter tallet." in back.content.decode()


def test_a_warning_of_another_project_is_not_found(client, warning, other_project, other_leader):
    client.force_login(other_leader)
    assert client.get(reverse("warning_action", args=[other_project.slug, warning.pk])).status_code == 404


def test_htmx_gets_the_form_in_the_place_of_the_buttons(client, project, warning, leader):
    client.force_login(leader)
    address = reverse("warning_action", args=[project.slug, warning.pk])
    fragment = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert f'id="svar-{warning.pk}"' in fragment
    assert "<html" in client.get(address).content.decode()
