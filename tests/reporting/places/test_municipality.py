"""A municipality's page: only what the reader may open, each hour once, and only what was freed there."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from benefits.assessment import assess_projects
from benefits.models import Allocation, FreedTimeVersion
from projects.models import Project
from projects.roles import Role
from reporting.places.queries import place_page
from tests import factories
from tests.factories import noon
from tests.reporting.portfolio.reading import text as words

pytestmark = pytest.mark.django_db
TODAY, BEFORE = date(2015, 1, 22), date(2014, 9, 1)
THERE = {"starts_on": BEFORE, "attested_on": BEFORE}


def assess():
    assess_projects(Project.objects.values_list("pk", flat=True), as_of=TODAY, now=noon(TODAY))


def text(answer):
    return words(answer.content.decode().split("<main", 1)[-1]).replace("\u00a0", " ")


def url(place):
    return reverse("municipality", args=[place.number])


@pytest.fixture
def place(project):
    return project.municipalities.get()


@pytest.fixture
def joint(project, place):
    """A joint project of the municipality and another: time freed in each, and some that nobody has said where."""
    other = factories.municipality("Time")
    made = factories.project(place, other, cohort=project.cohort, title="Felles turnus")
    for where, amount in ((place, "1.5"), (other, "0.75"), (None, "0.25")):
        factories.freed_time(made, None, **THERE, municipality=where, amount=Decimal(amount))
    factories.freed_time(project, Decimal("1.25"), **THERE)
    assess()
    return made


def test_the_sum_is_that_of_the_rows(joint, place, adviser):
    found = place_page(place.number, adviser, TODAY)
    posts = FreedTimeVersion.objects.filter(superseded_at=None, attested_on__isnull=False)
    here = [row for row in posts if row.municipality_id == place.pk or row.freed_time.project_id != joint.pk]
    used = sum(use.fte for use in Allocation.objects.filter(freed_time__in=[row.freed_time_id for row in here]))
    assert (
        (found.total.freed, found.total.used)
        == (sum(row.fte for row in here), used)
        == (Decimal("3.9"), Decimal("1.25"))
    )
    assert (found.total.ledgers, found.total.projects) == (2, 2)


def test_a_joint_project_is_split_and_what_is_not_is_said(client, joint, place, adviser):
    client.force_login(adviser)
    page = text(client.get(url(place)))
    assert "1,25 av 3,9 årsverk" in page
    assert "fellesprosjekt" in page
    assert "0,25 årsverk er frigitt i fellesprosjektet uten at kommunen er oppgitt" in page
    other = joint.municipalities.exclude(pk=place.pk).get()
    assert "0 av 0,75 årsverk" in text(client.get(url(other)))


def test_only_what_the_reader_may_open(client, joint, place, project, leader, stranger, reader):
    client.force_login(leader)
    page = text(client.get(url(place)))
    assert "Felles turnus" not in page
    assert "1 av 1 prosjekt fører" in page
    factories.role(leader, Role.LEADER, joint)
    assert "Felles turnus" in text(client.get(url(place)))
    for person in (stranger, reader):
        client.force_login(person)
        assert client.get(url(place)).status_code == 404
    client.force_login(leader)
    assert client.get(reverse("municipality", args=["0000"])).status_code == 404


def test_unknown_is_not_zero(client, project, place, adviser):
    assess()
    client.force_login(adviser)
    page = text(client.get(url(place)))
    assert "Ikke i bruk: ingen av prosjektene fører frigitt tid." in page
    assert "0 årsverk" not in page


def test_a_project_that_is_not_judged_yet(client, project, place, adviser):
    client.force_login(adviser)
    assert "Ikke vurdert ennå" in text(client.get(url(place)))


def test_few_positions_are_for_those_inside(client, project, place, leader, adviser):
    factories.freed_time(project, 1, **THERE, posts=4)
    assess()
    client.force_login(adviser)
    page = text(client.get(url(place)))
    assert "Skjult, fordi tiden er fordelt på færre enn fem stillinger." in page
    assert "Skjult, fordi tiden i minst ett av prosjektene er fordelt på færre enn fem stillinger." in page
    assert "2,4" not in page
    client.force_login(leader)
    assert "1 av 2,4 årsverk" in text(client.get(url(place)))


def test_a_sum_does_not_tell_what_is_hidden_beside_it(client, joint, place, project, adviser):
    FreedTimeVersion.objects.filter(freed_time__project=project).update(posts=3)
    assess()
    client.force_login(adviser)
    page = text(client.get(url(place)))
    assert "1,5" in page
    assert "3,9" not in page


def test_few_who_wait_for_it_or_stand_beside_others_are_hidden_too(client, project, place, leader, adviser):
    """Time nobody has attested, and a post of one beside a post that does not say how many."""
    factories.freed_time(project, None, starts_on=BEFORE, posts=1, amount=Decimal("0.3"))
    assess()
    client.force_login(adviser)
    assert "0,3" not in text(client.get(url(place)))
    FreedTimeVersion.objects.update(attested_on=BEFORE)
    factories.freed_time(project, None, **THERE, amount=Decimal("0.5"))
    assess()
    page = text(client.get(url(place)))
    assert "0,8" not in page
    assert "Skjult" in page
    client.force_login(leader)
    assert "0 av 0,8 årsverk" in text(client.get(url(place)))


def test_few_in_a_joint_project_that_do_not_say_where(client, joint, place, adviser):
    FreedTimeVersion.objects.filter(freed_time__project=joint, municipality=None).update(posts=2)
    assess()
    client.force_login(adviser)
    page = text(client.get(url(place)))
    assert "0,25" not in page
    assert "Det som er frigitt uten at kommunen er oppgitt, er skjult" in page
    assert "1,25 av 3,9 årsverk" in page


def test_the_projects_pages_lead_there(client, project, place, leader):
    client.force_login(leader)
    pages = [reverse(name, args=[project.slug]) for name in ("project_overview", "freed_time")]
    assert all(url(place) in client.get(page).content.decode() for page in pages)
    project.participation = Project.Participation.WITHDRAWN
    project.save()
    assert not any(url(place) in client.get(page).content.decode() for page in pages)  # no municipality counts it


def test_the_page_asks_few_questions(client, joint, place, project, adviser, django_assert_max_num_queries):
    for number in range(8):
        factories.project(place, cohort=project.cohort, title=f"Enda et {number}")
    assess()
    client.force_login(adviser)
    with django_assert_max_num_queries(14):
        client.get(url(place))


def test_what_is_no_number_is_no_municipality(client, adviser):
    client.force_login(adviser)
    for end in ("", "last-ned/csv/"):
        assert client.get(f"/arbeid/kommune/%00/{end}").status_code == 404
