"""Someone who is not signed in any more: a page leads to sign-in and back, a part of a page is refused."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_page_leads_to_sign_in_and_back(client, project):
    address = reverse("project_overview", args=[project.slug])
    response = client.get(address)
    assert (response.status_code, response.headers["Location"]) == (302, f"/logg-inn/?next={address}")


def test_a_part_of_a_page_is_refused_so_that_what_is_typed_stays(client, project):
    response = client.post(reverse("project_overview", args=[project.slug]), headers={"HX-Request": "true"})
    assert response.status_code == 401
