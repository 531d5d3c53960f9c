"""What a target's page says of how sure its figures are, and of which day."""

import re
from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse

from benefits.assessment import refresh
from benefits.detectability import Detectability
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def target(project):
    """A target on its way: from 10,8 % at the end of 2012 to 9,0 % at the end of 2015."""
    made = factories.target(
        project,
        is_main=True,
        indicator="sykefravaer_legemeldt",
        frequency="yearly",
        baseline_on=date(2012, 12, 31),
        baseline_points=1,
        scope="hele kommunen",
    )
    factories.series(made, {date(2013, 12, 31): "10.1", date(2014, 12, 31): "9.6"})
    refresh(project.pk)
    return made


def url(name, target):
    return reverse(name, args=[target.project.slug, target.number])


def test_a_baseline_of_everybody_is_not_called_a_chance_of_nothing(client, owner, project):
    made = factories.target(
        project, kind="survey_share", baseline_value=D("36.6"), baseline_n=613, population=613, frequency="yearly"
    )
    factories.measurement(made, date(2013, 12, 31), 30, n=478)
    refresh(project.pk)
    client.force_login(owner)
    page = client.get(url("target", made)).content.decode()
    assert "Nullpunktet er fra alle det gjelder." in page
    assert "under 0,0" not in page


@pytest.mark.parametrize(("chance", "said"), [(6.24, "under 6,2 "), (0.04, "under 0,04 "), (0.003, "under 0,003 ")])
def test_a_small_chance_is_said_with_decimals_enough(chance, said):
    assert said in Detectability(chance, chance * 1.5, None, "%").sentence


LATE = "per 31. des. 2013, ny måling mangler siden 31. des. 2014"


def test_a_status_whose_next_measurement_is_late_says_which_day_it_is_of(client, owner, target, project):
    client.force_login(owner)
    assert "ny måling mangler siden" not in client.get(url("target", target)).content.decode()
    late = factories.target(project, frequency="yearly", baseline_on=date(2012, 12, 31), baseline_points=1)
    factories.series(late, {date(2013, 12, 31): "10.1"})
    refresh(project.pk)
    page = client.get(url("target", late)).content.decode()
    assert page.count(LATE) == 2  # beside the title, and where the status is explained
    overview = client.get(reverse("project_overview", args=[project.slug])).content.decode()
    row = next(row for row in overview.split("<tr>") if url("target", late) in row and "<td" in row)
    assert "I rute" in row
    assert LATE in row
    assert "des. 2013" in row or "desember 2013" in row
    dot = float(re.search(r'class="spark-dot"[^>]*cx="([\d.]+)"', row)[1])
    assert dot < 100  # of 132: the line does not end where today is


@pytest.fixture
def of_few(project):
    """From 41,3 % to 20 %, where three answered at the newest measurement; how many the baseline is of is not said."""
    made = factories.target(
        project, is_main=True, kind="survey_share", baseline_value=D("41.3"), baseline_on=date(2012, 12, 31),
        frequency="yearly", statement="Fra 41,3 % til 20 %", values={date(2015, 12, 31): 20},
    )  # fmt: skip
    factories.measurement(made, date(2013, 12, 31), "37.7", n=40)
    factories.measurement(made, date(2014, 12, 31), "33.3", n=3)
    refresh(project.pk)
    return made


PAGES = ("target", "target_history", "project_overview")


def pages_of(client, target):
    """What the pages that tell of a target say, and its file."""
    slug = target.project.slug
    yield from (client.get(url(name, target)).content.decode() for name in PAGES[:2])
    yield client.get(reverse(PAGES[2], args=[slug])).content.decode()
    yield client.get(reverse("targets_download", args=[slug, "csv"])).getvalue().decode()


def test_a_baseline_is_hidden_from_outside_with_the_figures_after_it(client, owner, adviser, of_few):
    client.force_login(owner)
    assert all("41,3" in page for page in pages_of(client, of_few))
    client.force_login(adviser)
    for page in pages_of(client, of_few):
        assert "41,3" not in page
        assert "33,3" not in page
    page = client.get(url("target", of_few)).content.decode()
    assert "Mangler nullpunkt" not in page
    assert "Har nullpunkt" in page
    assert "av veien" not in page


def test_a_baseline_of_few_hides_what_it_could_be_worked_out_from(client, owner, adviser, of_few):
    of_few.versions.update(baseline_n=4)
    of_few.measurements.filter(n=3).delete()
    refresh(of_few.project_id)
    client.force_login(adviser)
    assert all("41,3" not in page for page in pages_of(client, of_few))
    assert "av veien" not in client.get(url("target", of_few)).content.decode()


def test_a_target_that_is_achieved_is_so_in_one_word(client, owner, project):
    made = factories.target(
        project, frequency="yearly", baseline_on=date(2011, 12, 31), values={date(2014, 12, 31): 9}, is_main=True
    )
    factories.series(made, {date(2012, 12, 31): "9.5", date(2013, 12, 31): "8.9", date(2014, 12, 31): "8.8"})
    refresh(project.pk)
    client.force_login(owner)
    page = client.get(url("target", made)).content.decode()
    standing = page.split('id="k4"')[1].split("</section>")[0]
    assert "Oppnådd" in standing
    assert "Nådd" not in standing
