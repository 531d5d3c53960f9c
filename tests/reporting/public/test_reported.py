"""Who has reported, for everybody: project, municipality and the day, and nothing else."""

from datetime import date

import pytest
from django.urls import reverse

from projects.models import Project
from tests import factories
from tests.reporting.annual.writing import a_round, begun, filled, signed, submitted

pytestmark = pytest.mark.django_db
BUDGET = 8  # programme, rounds, submissions, reports, the catalogue's four


@pytest.fixture(autouse=True)
def _in_february(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 2, 12)


@pytest.fixture
def round_(project, other_project, programme):
    factories.target(project)
    return a_round(programme)


def page(client, programme, query=""):
    return client.get(reverse("reported", args=[programme.slug]) + query).content.decode()


def test_each_project_with_the_day_or_not_received(
    client, programme, project, other_project, round_, leader, django_assert_max_num_queries
):
    submitted(filled(begun(project, leader, round_), leader), leader, date(2015, 2, 5))
    with django_assert_max_num_queries(BUDGET):
        said = page(client, programme)
    assert "1 av 2 rapporter er mottatt per 12. februar 2015" in said
    assert "5. feb. 2015" in said
    assert "etter fristen" in said
    assert said.count("ikke mottatt") == 1
    assert "Lise" not in said


def test_what_has_not_come_says_nothing_of_how_far_it_is(client, programme, project, round_, leader):
    begun(project, leader, round_)
    said = page(client, programme)
    assert said.count("ikke mottatt") == 2
    assert "Under arbeid" not in said


def test_a_test_round_is_not_there(client, programme, project, leader, owner):
    trial = a_round(programme, is_test=True)
    report = filled(begun(project, leader, trial), leader)
    signed(report, owner)
    submitted(report, leader)
    assert "Ingen rapportrunder er åpnet ennå" in page(client, programme, "?runde=2014-prove")


def test_a_project_that_has_withdrawn_owes_nothing(client, programme, other_project, round_):
    Project.objects.filter(pk=other_project.pk).update(participation=Project.Participation.WITHDRAWN)
    assert "0 av 1 rapporter" in page(client, programme)


def test_an_unknown_round_is_answered_with_the_newest(client, programme, round_):
    assert "Årsrapport 2014" in page(client, programme, "?runde=1999")


def test_the_newest_round_in_which_somebody_has_reported_is_opened(
    client, programme, project, round_, leader, django_assert_max_num_queries
):
    a_round(programme, 2015, opens_on=date(2015, 1, 1))
    assert '<h2 id="runde">Årsrapport 2015' in page(client, programme)
    submitted(filled(begun(project, leader, round_), leader), leader, date(2015, 2, 5))
    with django_assert_max_num_queries(BUDGET + 1):  # which round to open
        said = page(client, programme)
    assert '<h2 id="runde">Årsrapport 2014' in said
    assert '<h2 id="runde">Årsrapport 2015' in page(client, programme, "?runde=2015")


def test_the_file_says_which_programme_and_by_which_deadline(client, programme, round_):
    about = client.get(reverse("reported_download", args=[programme.slug, "om"])).getvalue().decode()
    assert programme.name in about
    assert "fristen som gjaldt da rapporten kom" in about


def test_something_sent_to_a_page_that_is_read_is_not_told_of_a_button(client, programme, round_):
    answer = client.post(reverse("reported", args=[programme.slug])).content.decode()
    assert "Denne siden kan bare leses" in answer
    assert "med en knapp" not in answer
