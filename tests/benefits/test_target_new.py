"""The simple path: one sentence with slots becomes a target."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse

from benefits.models import EffectTarget, TargetVersion
from projects.models import ProjectTheme, Theme

pytestmark = pytest.mark.django_db

SENTENCE = {
    "direction": "-1",
    "indicator": "sykefravaer_legemeldt",
    "scope": "pleie og omsorg",
    "baseline_value": "10,8",
    "baseline_on": "2013",
    "target_value": "9,0 %",
    "target_on": "2015",
    "population": "240",
    "measures_after_end": "Leder for pleie og omsorg",
}
OWN = {"indicator": "egen", "own_name": "Ventetid på rådhuset", "own_kind": "mean", "own_unit": "minutter"}


@pytest.fixture
def url(project):
    return reverse("target_new", args=[project.slug])


def post(client, url, **changes):
    return client.post(url, {**SENTENCE, **changes})


def test_nine_fields_make_a_target_and_the_catalogue_fills_the_rest(client, project, leader, url):
    client.force_login(leader)
    answer = post(client, url)
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        reverse("target", args=[project.slug, 1]) + "#tall",
    )
    target = EffectTarget.objects.get()
    said = TargetVersion.objects.live().get(target=target)
    assert target.is_main
    assert said.statement == (
        "Vi vil redusere sykefravær, legemeldt i pleie og omsorg fra 10,8\u00a0% i 2013 til 9,0\u00a0% i 2015."
    )
    assert (said.kind, said.unit, said.direction, said.frequency) == ("absence_rate", "%", -1, "yearly")
    assert (said.baseline_value, said.baseline_on, said.baseline_points) == (D("10.8"), date(2013, 12, 31), 1)
    assert [(value.on, value.value) for value in said.values.all()] == [(date(2015, 12, 31), 9)]
    assert said.mmc
    assert said.source
    assert said.definition
    assert said.planned.filter(kind="follow_up").count() == 2
    assert (said.population, said.measures_after_end) == (240, "Leder for pleie og omsorg")


def test_a_year_is_the_mean_of_its_quarters_when_the_target_is_measured_more_often(client, leader, url):
    client.force_login(leader)
    post(client, url, target_on="2015 K2")
    said = TargetVersion.objects.live().get()
    assert (said.frequency, said.baseline_points) == ("quarterly", 4)
    assert said.values.get().on == date(2015, 6, 30)


def test_the_projects_own_theme_comes_first_and_is_kept(client, project, leader, url):
    themes = [
        Theme.objects.create(programme=project.cohort.programme, key=key, name_nb=key.capitalize(), order=order)
        for order, key in enumerate(["omdomme", "sykefravaer"])
    ]
    ProjectTheme.objects.create(project=project, theme=themes[1])
    client.force_login(leader)
    page = client.get(url).content.decode()
    assert page.index("Sykefravaer") < page.index("Omdomme")
    post(client, url)
    assert TargetVersion.objects.live().get().theme == themes[1]


def test_an_indicator_of_ones_own(client, leader, url):
    client.force_login(leader)
    assert post(client, url, **OWN, baseline_value="12", target_value="8 minutter").status_code == 303
    said = TargetVersion.objects.live().get()
    assert (said.title, said.unit, said.kind, said.indicator) == ("Ventetid på rådhuset", "minutter", "mean", "egen")


def test_the_baseline_may_come_later(client, leader, url):
    client.force_login(leader)
    post(client, url, baseline_value="", baseline_on="", baseline_due_on="01.06.2015")
    said = TargetVersion.objects.live().get()
    assert (said.baseline_value, said.baseline_on, said.baseline_due_on) == (None, None, date(2015, 6, 1))
    assert "ikke målt ennå" in said.statement


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("indicator", {"indicator": ""}),
        ("indicator", {"indicator": "finnes_ikke"}),
        ("direction", {"direction": "1"}),
        ("direction", {"direction": "7"}),
        ("scope", {"scope": ""}),
        ("scope", {"scope": "x" * 121}),
        ("scope", {"scope": "a\x00b"}),
        ("scope", {"scope": "Kari 15076500565"}),
        ("baseline_value", {"baseline_value": "", "baseline_on": ""}),
        ("baseline_value", {"baseline_value": ""}),
        ("baseline_value", {"baseline_value": "ca. 12"}),
        ("baseline_value", {"baseline_value": "108"}),
        ("baseline_value", {"baseline_value": "−3"}),
        ("baseline_value", {"baseline_value": "NaN"}),
        ("baseline_on", {"baseline_on": ""}),
        ("baseline_on", {"baseline_on": "2013 K2"}),
        ("baseline_on", {"baseline_on": "31.02.2014"}),
        ("baseline_on", {"baseline_on": "2015"}),
        ("baseline_due_on", {"baseline_due_on": "01.06.2015"}),
        ("baseline_due_on", {"baseline_value": "", "baseline_on": "", "baseline_due_on": "01.01.2015"}),
        ("target_value", {"target_value": "10,8"}),
        ("target_value", {"target_value": "11"}),
        ("target_value", {"target_value": "1e999"}),
        ("target_value", {"target_value": ""}),
        ("target_on", {"target_on": "2013"}),
        ("target_on", {"target_on": "2099"}),
        ("population", {"population": ""}),
        ("population", {"population": "0"}),
        ("population", {"population": "12,5"}),
        ("population", {"population": "9" * 20}),
        ("own_name", {**OWN, "own_name": ""}),
        ("own_kind", {**OWN, "own_kind": ""}),
        ("target_value", {**OWN, "target_value": "99999999999"}),
        ("baseline_value", {**OWN, "own_unit": "%", "baseline_value": "110"}),
    ],
)
def test_what_cannot_be_right_comes_back_with_everything_typed(client, leader, url, field, changes):
    client.force_login(leader)
    answer = post(client, url, **changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    page = answer.content.decode()
    assert "Leder for pleie og omsorg" in page
    assert f'aria-describedby="id_{field}_error"' in page or f'id="id_{field}_error"' in page
    assert not EffectTarget.objects.exists()


def test_the_preview_says_what_can_be_detected_and_stores_nothing(client, leader, url):
    client.force_login(leader)
    for headers in ({}, {"HX-Request": "true"}):
        page = client.post(url, {**SENTENCE, "preview": "1"}, headers=headers).content.decode()
        assert "kan være tilfeldig" in page
        assert "Målet er mindre enn det" in page
    assert not EffectTarget.objects.exists()


def test_an_unfinished_sentence_is_no_error_while_it_is_being_written(client, leader, url):
    client.force_login(leader)
    data = {"preview": "1", "indicator": "heltidsandel", "direction": "1"}
    answer = client.post(url, data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Andel i heltidsstilling" in answer.content.decode()
    assert "validation" not in answer.content.decode()


def test_a_project_not_in_use_says_so(client, project, leader, url):
    project.followed_since = None
    project.save()
    client.force_login(leader)
    assert "ikke tatt i bruk" in client.get(url).content.decode()
    assert post(client, url).status_code == 200
    assert not EffectTarget.objects.exists()


def test_text_is_shown_as_text(client, project, leader, url):
    client.force_login(leader)
    post(client, url, scope="<script>alert(1)</script>")
    page = client.get(reverse("target", args=[project.slug, 1])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
