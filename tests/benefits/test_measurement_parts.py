"""A value given by its numerator and denominator, and joint projects' municipalities with a series each."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse

from benefits.facts import measurements
from benefits.figures import chart_points
from benefits.models import Measurement
from tests import factories

pytestmark = pytest.mark.django_db

VALUE = {"measured_on": "31.12.2014", "value": "9,6", "source": "Lønnssystemet", "note": "Etter ny turnus"}


@pytest.fixture
def target(project):
    """A yearly target from 10,8 % at the end of 2012 to 9,0 % at the end of 2015, with one value."""
    made = factories.target(
        project,
        is_main=True,
        frequency="yearly",
        baseline_on=date(2012, 12, 31),
        baseline_points=1,
        plausible_min=D("0.5"),
        plausible_max=D(30),
    )
    factories.measurement(made, date(2013, 12, 31), "10.2")
    return made


def url(name, target, *args):
    return reverse(name, args=[target.project.slug, target.number, *args])


def live(target):
    return {row.measured_on: row.value for row in Measurement.objects.live().filter(target=target)}


def test_a_value_is_worked_out_from_its_parts_and_says_where_it_can_be_found(client, leader, target):
    client.force_login(leader)
    parts = {**VALUE, "value": "", "numerator": "21", "denominator": "200", "reference": "sak 14/1234"}
    assert client.post(url("measurement_new", target), parts).status_code == 303
    row = Measurement.objects.get(measured_on=date(2014, 12, 31))
    assert (row.value, row.numerator, row.denominator, row.reference) == (D("10.5"), 21, 200, "sak 14/1234")
    page = client.get(url("target", target)).content.decode()
    assert "21 av 200" in page
    assert "sak 14/1234" in page


@pytest.mark.parametrize(
    ("parts", "field", "said"),
    [
        ({"value": "", "numerator": "", "denominator": ""}, "value", "Skriv et tall"),
        ({"value": "", "numerator": "21", "denominator": ""}, "denominator", "Skriv både teller og nevner"),
        ({"value": "", "numerator": "", "denominator": "200"}, "numerator", "Skriv både teller og nevner"),
        ({"value": "", "numerator": "21", "denominator": "0"}, "denominator", "Nevneren må være over 0."),
        ({"value": "12", "numerator": "21", "denominator": "200"}, "value", "teller og nevner gir 10,5\u00a0%"),
        ({"value": "", "numerator": "210", "denominator": "200"}, "numerator", "kan ikke være over 100"),
        ({"value": "", "numerator": "2", "denominator": "200"}, "value", "Er dette riktig?"),
    ],
)
def test_parts_that_make_no_value_are_told_at_the_field(client, leader, target, parts, field, said):
    client.force_login(leader)
    answer = client.post(url("measurement_new", target), {**VALUE, **parts})
    assert answer.status_code == 422
    assert said in " ".join(answer.context["form"].errors[field])
    assert date(2014, 12, 31) not in live(target)


def test_a_typed_value_may_be_its_parts_rounded(client, leader, target):
    client.force_login(leader)
    assert (
        client.post(
            url("measurement_new", target), {**VALUE, "value": "10,7", "numerator": "32", "denominator": "300"}
        ).status_code
        == 303
    )
    assert live(target)[date(2014, 12, 31)] == D("10.6667")


def test_pasted_lines_may_hold_parts_and_how_many_stand_behind(client, leader, target):
    client.force_login(leader)
    lines = {"text": "2014; 21/200; 180\n2012 22/200", "store": "1"}
    client.post(url("measurements_paste", target), lines)
    rows = {row.measured_on.year: row for row in Measurement.objects.filter(target=target)}
    assert (rows[2014].value, rows[2014].numerator, rows[2014].denominator, rows[2014].n) == (D("10.5"), 21, 200, 180)
    assert (rows[2012].value, rows[2012].n) == (11, None)
    for wrong in ("2011; 21/0", "2011; 1/2/3", "2011; 9; 0", "2011; 9; 2,5", "2011; 9; 10; 11", "2011; /"):
        answer = client.post(url("measurements_paste", target), {"text": wrong})
        assert answer.status_code == 422, wrong


@pytest.fixture
def joint(programme, leader):
    """A yearly target of a project of two municipalities, each with figures of its own."""
    places = [factories.municipality("Flakstad"), factories.municipality("Værøy")]
    project = factories.project(*places, cohort=factories.cohort(programme=programme))
    factories.role(leader, "leader", project)
    return factories.target(
        project,
        kind="register_share",
        direction=1,
        baseline_value=40,
        baseline_on=date(2012, 12, 31),
        frequency="yearly",
        values={date(2015, 12, 31): 60},
    )


def test_a_joint_projects_municipalities_each_have_a_series_and_only_together_a_figure(client, leader, joint):
    client.force_login(leader)
    flakstad, vaeroy = joint.project.municipalities.order_by("name")
    parts = {**VALUE, "value": "", "numerator": "30", "denominator": "100"}
    client.post(url("measurement_new", joint), {**parts, "municipality": flakstad.pk})
    assert measurements([joint.project_id], date(2015, 1, 22), None).values.tolist() == []  # one of two says nothing

    lines = {"text": "2014 25/50", "municipality": vaeroy.pk, "store": "1"}
    client.post(url("measurements_paste", joint), lines)
    batch = measurements([joint.project_id], date(2015, 1, 22), None)
    assert batch.values.tolist() == [pytest.approx(100 * 55 / 150)]  # of the people, never the mean of 30 and 50
    page = client.get(url("target", joint)).context["page"]
    assert [(row.measurement.municipality.name, row.figure.value) for row in page.rows] == [
        ("Værøy", 50),
        ("Flakstad", 30),
    ]
    assert [point.value for point in chart_points(page)] == [pytest.approx(36.6667)]

    client.post(url("measurement_new", joint), {**VALUE, "value": "37"})  # a figure for the whole goes before its parts
    assert measurements([joint.project_id], date(2015, 1, 22), None).values.tolist() == [37]


def test_a_municipalitys_value_is_held_against_its_own_series(client, leader, joint):
    client.force_login(leader)
    flakstad, _vaeroy = joint.project.municipalities.order_by("name")
    factories.measurement(joint, date(2013, 12, 31), 4, municipality=flakstad)
    typed = {**VALUE, "value": "40", "municipality": flakstad.pk}
    assert "Er dette riktig?" in client.post(url("measurement_new", joint), typed).content.decode()
    assert client.post(url("measurement_new", joint), {**VALUE, "value": "40"}).status_code == 303
    row = Measurement.objects.get(municipality=flakstad)
    answer = client.post(url("measurement_edit", joint, row.pk), {**VALUE, "value": "40", "reason": "x"})
    assert answer.status_code == 422
    assert "Er dette riktig?" in answer.content.decode()  # with nothing else in its series, against what it corrects
    near = client.post(url("measurement_edit", joint, row.pk), {**VALUE, "value": "5", "reason": "x"})
    assert near.status_code == 303


def test_someone_elses_municipality_is_no_choice(client, leader, joint, target):
    client.force_login(leader)
    elsewhere = target.project.municipalities.get()
    assert client.post(url("measurement_new", joint), {**VALUE, "municipality": elsewhere.pk}).status_code == 422
