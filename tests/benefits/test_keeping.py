"""Targets to keep a figure within limits, from the sentence in the form to the page."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse
from django.utils import translation

from benefits.actions.targets import Definition, definition_of
from benefits.assessment import refresh
from benefits.forms.target_sheet import initial_of
from benefits.keeping import limits_words, stored_value
from benefits.models import EffectTarget, TargetStatus, TargetVersion
from benefits.sentences import statement_of
from reporting.annual.publishing import word
from tests import factories

pytestmark = pytest.mark.django_db
GIVEN = {
    "direction": "0",
    "indicator": "sykefravaer_legemeldt",
    "scope": "pleie og omsorg",
    "target_on": "2015",
    "keep_min": "4",
    "keep_max": "6",
    "population": "240",
}


def live():
    return TargetVersion.objects.live().prefetch_related("values", "planned").select_related("target").get()


def save(client, project, **changes):
    data = {name: value for name, value in {**GIVEN, **changes}.items() if value is not None}
    return client.post(reverse("target_new", args=[project.slug]), data)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({}, "mellom 4 og 6\u00a0% ut 2015."),
        ({"keep_max": ""}, "på minst 4\u00a0% ut 2015."),
        ({"keep_min": "", "target_on": "30.06.2015"}, "på høyst 6\u00a0% til 30. juni 2015."),
    ],
)
def test_the_sentence_says_what_is_to_be_kept(client, leader, project, limits, said):
    client.force_login(leader)
    assert save(client, project, **limits).status_code == 303
    version = live()
    assert version.statement.startswith("Vi vil holde ")
    assert version.statement.endswith(said)
    assert statement_of(definition_of(version), "nb") == version.statement
    assert version.baseline_value is None


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"keep_min": "", "keep_max": ""}, "Skriv minst én grense"),
        ({"keep_min": "7"}, "«Høyst» må være mer enn «minst»."),
        ({"target_value": "5"}, "La dette stå tomt"),
        ({"keep_max": "140"}, "Tallet må være mellom 0 og 100."),
        ({"direction": "-1", "target_value": "5", "baseline_value": "9", "baseline_on": "2013"}, "Velg «holde»"),
        ({"direction": "-1", "keep_min": "", "keep_max": ""}, "Skriv et tall, for eksempel 12,5"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(client, leader, project, changes, said):
    client.force_login(leader)
    answer = save(client, project, **changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not EffectTarget.objects.exists()


@pytest.fixture
def kept(project):
    """Kept between 4 and 6 per cent of full-time posts until the end of 2015, with one quarter outside."""
    made = factories.target(
        project, is_main=True, values={date(2015, 12, 31): 5}, kind="index", direction=None, keep_min=4, keep_max=6,
        baseline_value=None, baseline_on=None, frequency="quarterly", declared_sd=D("0.1"), scope="hele kommunen",
    )  # fmt: skip
    quarters = [date(2014, 3, 31), date(2014, 6, 30), date(2014, 9, 30), date(2014, 12, 31)]
    factories.series(made, dict(zip(quarters, ("5.1", "7.0", "5.4", "5.0"), strict=True)))
    refresh(project.pk)
    return made


def test_the_page_shows_limits_and_how_many_are_within(client, leader, kept):
    client.force_login(leader)
    page = client.get(reverse("target", args=[kept.project.slug, kept.number])).content.decode()
    status = TargetStatus.objects.get()
    assert (status.state, status.attainment, status.forecast) == ("on_track", 0.75, [])
    assert "3 av 4 målinger" in page
    assert "Målt 5\u00a0%. Tallet skal holdes mellom 4 og 6\u00a0%, og er innenfor." in page
    assert "Skal holdes mellom" in page
    assert "Trenger ikke nullpunkt" in page
    assert "Av veien fra nullpunkt til mål" not in page
    assert ">Minst 4,0\u00a0%</text>" in page
    overview = client.get(reverse("project_overview", args=[kept.project.slug])).content.decode()
    assert "4,0–6,0" in overview


def test_the_sheet_turns_one_into_a_value_to_reach_and_back(client, leader, kept):
    client.force_login(leader)

    def post(version, **changes):
        data = initial_of(definition_of(live()), version)
        given = {name: value for name, value in data.items() if value not in (None, False, "")}
        sent = {**{name: str(value) for name, value in given.items()}, "reason": "Nytt vedtak", **changes}
        return client.post(reverse("target_edit", args=[kept.project.slug, kept.number]), sent)

    assert post(1, target_value="5").status_code == 422
    assert post(1, keep_min="", keep_max="", target_value="3", direction="-1").status_code == 303
    assert live().keep_max is None
    assert [row.value for row in live().values.all()] == [3]
    assert post(2, keep_max="6", target_value="").status_code == 303
    assert (live().keep_max, [row.value for row in live().values.all()]) == (6, [6])


@pytest.mark.parametrize(
    ("limits", "language", "said"),
    [
        ((D(4), D(6)), "nb", "mellom 4 og 6\u00a0%"),
        ((D(95), None), "nn", "på minst 95\u00a0%"),
        ((None, D(6)), "en", "at no more than 6\u00a0%"),
        ((None, None), "nb", ""),
    ],
)
def test_limits_in_words(limits, language, said):
    with translation.override(language):
        assert limits_words(limits, "%") == said


def test_the_value_of_the_last_day():
    assert stored_value(D(4), D(6)) == 5
    assert stored_value(None, D(6)) == 6
    assert stored_value(D(95), None) == 95
    assert not Definition("x").is_kept


@pytest.mark.parametrize(
    ("result", "said"),
    [("on_track", "on_the_way"), ("behind", "not_reached"), ("achieved", "reached"), ("not_achieved", "not_reached"),
     ("missing", "not_measured"), ("", "not_measured")],
)  # fmt: skip
def test_the_public_word(result, said):
    point = {"on": "2015-12-31", "value": "5"}
    fact = {"keep": ["4", None], "baseline": None, "latest": point, "goal": point, "direction": None}
    assert word(fact, {"result": result} if result else {}, date(2015, 1, 1)) == said
