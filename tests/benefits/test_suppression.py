"""Figures about few people stay with the project, also where they could be worked out."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from benefits.assessment import refresh
from benefits.models import Concern, PitfallWarning
from benefits.suppression import hidden_targets, must_hide
from projects.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2014, 12, 31)


@pytest.mark.parametrize(
    ("kind", "value", "behind", "hidden"),
    [
        ("register_share", 50, {"n": 4}, True),
        ("register_share", 50, {"n": 5}, True),
        ("register_share", 40, {"n": 12}, True),
        ("register_share", 50, {"n": 10}, False),
        ("register_share", 50, {"n": 0}, False),
        ("absence_rate", 8, {"n": 1}, True),
        ("absence_rate", 8, {"n": 19}, True),
        ("absence_rate", 8, {"n": 20}, False),
        ("mean", 70, {"n": 4}, True),
        ("count", 3, {"n": 4}, False),
        ("register_share", 40, {"numerator": Decimal(4), "denominator": Decimal(10)}, True),
        ("register_share", 50, {"numerator": Decimal(5), "denominator": Decimal(10)}, False),
        ("register_share", 100, {"n": 9}, True),
        ("register_share", 0, {"n": 9}, True),
        ("register_share", 100, {"n": 10}, False),
        ("register_share", 50, {}, False),
    ],
)
def test_what_is_hidden(kind, value, behind, hidden):
    measurement = factories.measurement(factories.target(kind=kind), DAY, value, **behind)
    assert must_hide(measurement, kind) is hidden
    assert hidden_targets([measurement.target_id]) == ({measurement.target_id} if hidden else set())


def test_of_long_series_only_what_may_be_about_few_is_fetched(project, django_assert_num_queries):
    few, many, unknown = (factories.target(project, kind="survey_share") for _ in range(3))
    for year in range(2000, 2014):
        factories.measurement(few, date(year, 12, 31), 50, n=1000)
        factories.measurement(many, date(year, 12, 31), 50, n=1000)
    factories.measurement(few, DAY, "0.4", n=1000)
    factories.measurement(many, DAY, "0.5", n=1000)
    factories.measurement(unknown, DAY, 50)
    with django_assert_num_queries(1):
        assert hidden_targets([few.pk, many.pk, unknown.pk]) == {few.pk}
    with django_assert_num_queries(0):
        assert hidden_targets([]) == set()


@pytest.fixture
def relapse(project):
    """A target about four people, with a finding whose evidence tells its figures."""
    target = factories.target(project, kind="register_share", title="Heltid")
    factories.measurement(target, DAY, "41.7", n=4)
    evidence = [
        {"label": label, "value": 41.7, "source": "", "on": None, "unit": "%"} for label in ("plateau", "recent")
    ]
    return PitfallWarning.objects.create(
        project=project, rule="R0", target=target, severity=3, cause="relapse_confirmed", evidence=evidence,
        opened_on=DAY, last_seen_on=DAY,
    )  # fmt: skip


def test_an_adviser_cannot_work_the_figure_out_from_a_warnings_evidence(client, adviser, project, relapse):
    client.force_login(adviser)
    programme = project.cohort.programme.slug
    evidence = reverse("dashboard_evidence", args=[programme, project.slug, "R0"])
    pages = [
        client.get(reverse("project_overview", args=[project.slug])),
        client.get(reverse("target", args=[project.slug, 1])),
        client.get(reverse("dashboard", args=[programme])),
        client.get(evidence, headers={"HX-Request": "true"}),
    ]
    assert [page.status_code for page in pages] == [200] * 4
    assert not [page for page in pages if "41,7" in page.content.decode()]


def test_an_older_small_figure_hides_what_is_worked_out_with_it(client, adviser, leader, project):
    target = factories.target(project, is_main=True, kind="register_share", direction=1, baseline_value=20, values={
        date(2015, 12, 31): 60}, frequency="yearly")  # fmt: skip
    factories.measurement(target, date(2013, 12, 31), 75, n=4)
    factories.measurement(target, DAY, 55, n=40)
    refresh(project.pk)
    page = reverse("target", args=[project.slug, 1])
    client.force_login(leader)
    assert "av veien" in client.get(page).content.decode()
    client.force_login(adviser)
    text = client.get(page).content.decode()
    assert "55" in text
    assert "av veien" not in text


def test_a_second_role_in_the_programme_lets_nobody_into_the_project(client, adviser, project, relapse):
    factories.role(adviser, Role.READER, project)
    client.force_login(adviser)
    for name, args in (("project_overview", []), ("target", [1]), ("project_history", [])):
        assert "41,7" not in client.get(reverse(name, args=[project.slug, *args])).content.decode()


def test_the_projects_own_people_see_what_they_registered(client, leader, project, relapse):
    client.force_login(leader)
    assert "41,7" in client.get(reverse("target", args=[project.slug, 1])).content.decode()


def test_nor_from_the_sentence_of_a_concern(client, adviser, leader, project, relapse):
    """Where only the newest figure is of few, what was lost of the plateau would tell it."""
    Concern.objects.create(
        project=project, kind="A", target=relapse.target, severity=3, cause="relapse_confirmed",
        action="act_on_relapse", urgency=0, rules=["R0"], order=0, opened_on=DAY, visible_on=DAY,
        values={"lost_share": 0.42, "numbers": "1", "targets": 1, "since": "2014-12-31"},
    )  # fmt: skip
    relapse.events.create(kind="opened", on=DAY, recorded_at=factories.noon(DAY), severity=3, cause=relapse.cause)
    addresses = [reverse("project_overview", args=[project.slug]), reverse("my_work")]
    addresses += [reverse("dashboard", args=[project.cohort.programme.slug])]
    addresses += [reverse("warning", args=[project.slug, relapse.pk])]
    client.force_login(leader)
    assert "42\u00a0%" in client.get(addresses[0]).content.decode()
    client.force_login(adviser)
    for address in addresses:
        page = client.get(address).content.decode()
        assert "42\u00a0%" not in page, address
        assert "Mye av framgangen i effektmål 1 har gått tapt" in page, address
