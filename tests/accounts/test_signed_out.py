"""Someone who is not signed in any more: a page leads to sign-in and back, a part of a page is refused."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from benefits.models import Milestone

pytestmark = pytest.mark.django_db


def test_a_page_leads_to_sign_in_and_back(client, project):
    address = reverse("project_overview", args=[project.slug])
    response = client.get(address)
    assert (response.status_code, response.headers["Location"]) == (302, f"/logg-inn/?next={address}")


def test_a_part_of_a_page_is_refused_so_that_what_is_typed_stays(client, project):
    response = client.post(reverse("project_overview", args=[project.slug]), headers={"HX-Request": "true"})
    assert response.status_code == 401


OWN = {"Origin": "http://testserver"}


def test_a_form_sent_by_one_who_is_signed_out_comes_back_with_what_was_typed(client, project):
    address = reverse("milestone_new", args=[project.slug]) + "?fra=plan"
    typed = {"title": "Ny «turnus» <b>", "unit": ["1", "2"], "csrfmiddlewaretoken": "gammelt"}
    response = client.post(address, typed, headers=OWN)
    page = response.content.decode()
    assert response.status_code == 401
    assert response.headers["Cache-Control"] == "private, no-store"
    assert f'action="{address}"' in page
    assert 'name="title" value="Ny «turnus» &lt;b&gt;"' in page
    assert page.count('name="unit"') == 2
    assert "gammelt" not in page
    assert not Milestone.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://ond.example"}, {"Origin": "null"}])
def test_what_another_site_sends_is_not_kept(client, project, headers):
    response = client.post(reverse("milestone_new", args=[project.slug]), {"title": "Ny turnus"}, headers=headers)
    assert response.status_code == 302
    assert "turnus" not in response.content.decode()


def test_a_file_must_be_chosen_anew(client, project):
    chosen = {"file": SimpleUploadedFile("tall.csv", b"a;b")}
    assert client.post(reverse("measurements_import", args=[project.slug]), chosen, headers=OWN).status_code == 302


def test_a_form_from_before_one_signed_in_is_kept_too_and_another_sites_is_not(leader, project):
    client = Client(enforce_csrf_checks=True)
    client.force_login(leader)
    address = reverse("milestone_new", args=[project.slug])
    kept = client.post(address, {"title": "Ny turnus"}, headers=OWN)
    assert (kept.status_code, 'value="Ny turnus"' in kept.content.decode()) == (403, True)
    assert "Nå er du logget inn som Lise Leder." in kept.content.decode()
    other = client.post(address, {"title": "Ny turnus"}, headers={"Origin": "https://ond.example"})
    assert (other.status_code, "turnus" in other.content.decode()) == (403, False)
