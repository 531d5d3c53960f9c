"""«Utforsk»: from a target and from the dashboard to the analysis of the same, and only for those who may read it."""

import re
from html import unescape

import pytest
from django.urls import reverse

from projects.models import Project
from tests import factories
from tests.reporting.portfolio.reading import text

pytestmark = pytest.mark.django_db


def explored(answer):
    """Where the links called «Utforsk» lead, in their order."""
    links = re.findall(r'<a class="[^"]*" href="([^"]*)">Utforsk<', answer.content.decode())
    return [unescape(link) for link in links]


@pytest.fixture
def target():
    return Project.objects.get(slug="analysert-0").targets.get(number=1)


def test_a_target_leads_its_adviser_to_its_own_comparison(client, adviser, programme, target):
    client.force_login(adviser)
    factories.measurement(target, factories.START, "8.4")
    (link,) = explored(client.get(reverse("target", args=["analysert-0", 1])))
    answer = client.get(link)
    assert '<option value="analysert-0-1" selected>' in answer.content.decode()
    assert "Ikke valgt ennå" not in text(answer.content.decode())


def test_a_target_that_is_not_in_the_analysis_does_not_lead_there(client, adviser, programme, target):
    client.force_login(adviser)
    target.versions.update(level="output")
    assert explored(client.get(reverse("target", args=["analysert-0", 1]))) == []


def test_the_projects_own_people_have_no_link_they_may_not_follow(client, programme, target):
    leader = factories.user()
    factories.role(leader, "leader", target.project)
    client.force_login(leader)
    assert explored(client.get(reverse("target", args=["analysert-0", 1]))) == []
    assert client.get(reverse("analysis_page", args=[programme.slug, "lignende"])).status_code == 404


def test_the_dashboard_carries_its_filters(client, adviser, programme):
    client.force_login(adviser)
    asked = {"fylke": "19", "sorter": "fylke", "alle": "1"}
    links = explored(client.get(reverse("dashboard", args=[programme.slug]), asked))
    here = reverse("analysis", args=[programme.slug])
    assert links == [f"{here}gevinster/?fylke=19", f"{here}fallgruver/?fylke=19"]
    for link in links:
        assert "Viser 3 av 8 prosjekter i bruk" in text(client.get(link).content.decode())


def test_a_past_day_does_not_lead_to_the_figures_of_today(client, adviser, programme):
    client.force_login(adviser)
    assert explored(client.get(reverse("dashboard", args=[programme.slug]), {"per": "2014-12-31"})) == []
    assert 'id="per"' not in client.get(reverse("analysis", args=[programme.slug])).content.decode()
