"""«Hvorfor var det grønt i mars?»: one day as it was shown then, and as it is judged with what is known now."""

from datetime import date

import pytest
from django.urls import reverse

from benefits.models import Measurement, TargetVersion
from tests import factories
from tests.factories import noon
from tests.reporting.work.assessing import assess

pytestmark = pytest.mark.django_db
MARCH = date(2014, 3, 31)


@pytest.fixture
def target(project, leader):
    """In line in March 2014; in September nothing newer has come."""
    target = factories.target(project, is_main=True, kind=TargetVersion.Kind.REGISTER_SHARE)
    factories.measurement(target, date(2013, 12, 31), 10.3)
    factories.measurement(target, MARCH, 10.2)
    assess(project, on=MARCH)
    assess(project, on=date(2014, 9, 1))
    return target


@pytest.fixture
def look(client, project):
    def get(person, **query):
        client.force_login(person)
        answer = client.get(reverse("project_history", args=[project.slug]), query)
        return answer, " ".join(answer.content.decode().split())

    return get


def asked(text):
    """The part about the chosen day: what was shown, and what is said now."""
    part = text[text.index('id="da"') : text.index("Alle endringene")]
    return part.split('id="naa"')


def test_a_day_reads_as_it_was_shown_with_its_reasons_and_numbers(look, target, leader):
    _answer, text = look(leader, dato="15.05.2014")
    shown, now = asked(text)
    assert "Dette sto det 15. mai 2014" in shown
    assert "Vurderingen gjaldt fra 31. mars 2014." in shown
    assert "I rute" in shown
    assert "%" in shown, "the numbers that were compared"
    assert "Det samme." in now
    assert "registrert eller rettet senere" not in now


def test_what_has_been_learnt_since_stands_beside_it(look, target, leader):
    """A correction of the value of March, made in October, says that it was not in line after all."""
    Measurement.objects.filter(target=target, measured_on=MARCH).update(superseded_at=noon(date(2014, 10, 1)))
    corrected = noon(date(2014, 10, 1))
    factories.measurement(target, MARCH, 12.9, recorded_at=corrected)
    factories.measurement(target, date(2014, 2, 28), 12.9, recorded_at=corrected)
    shown, now = asked(look(leader, dato="15.05.2014")[1])
    assert "I rute" in shown
    assert "Med opplysningene vi har nå" in now
    assert "I rute" not in now
    assert "2 målinger for tiden fram til denne dagen er registrert eller rettet senere." in now


def test_before_the_first_assessment_nothing_had_been_said(look, target, leader):
    shown, _now = asked(look(leader, dato="15.02.2014")[1])
    assert "Prosjektet var ikke vurdert ennå." in shown


@pytest.mark.parametrize("typed", ["31.02.2014", "i mars", "01.01.1999", "01.01.2030", "", "\x00"])
def test_a_day_that_is_none_comes_back_at_the_field(look, target, leader, typed):
    answer, text = look(leader, dato=typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["dato"]
    assert "Dette sto det" not in text


def test_the_strip_has_one_period_for_each_result(look, target, leader):
    answer, text = look(leader)
    assert [(period.result, period.since) for period in answer.context["periods"]] == [
        ("on_track", MARCH),
        ("missing", date(2014, 9, 1)),
    ]
    assert "31. mars 2014 til 1. sep. 2014" in text or "31. mars 2014 til 1. sept. 2014" in text


def test_an_adviser_reads_no_reasons_of_figures_too_small_to_show(look, target, adviser):
    Measurement.objects.update(n=5)
    TargetVersion.objects.update(kind=TargetVersion.Kind.SURVEY_SHARE)
    assert look(adviser, dato="15.05.2014")[0].status_code == 200


def test_a_day_costs_few_questions(client, project, target, leader, django_assert_max_num_queries):
    client.force_login(leader)
    with django_assert_max_num_queries(44):
        client.get(reverse("project_history", args=[project.slug]), {"dato": "15.05.2014"})


def test_breaks_stand_beside_the_status_with_the_day_they_were_registered(look, target, leader):
    assert "Brudd i seriene" not in look(leader)[1]
    target.breaks.create(
        on=date(2014, 1, 1), kind="reorganisation", note="To soner ble én.", recorded_at=noon(date(2014, 9, 8))
    )
    gone = {"superseded_at": noon(date(2014, 9, 8)), "recorded_at": noon(date(2014, 9, 7))}
    target.breaks.create(on=date(2014, 2, 1), kind="other", note="Skrevet på feil mål.", **gone)
    text = look(leader)[1]
    part = text[text.index("Brudd i seriene") : text.index("Se tilbake på en dag")]
    for said in (
        "1. januar 2014",
        "Enheten er omorganisert",
        "To soner ble én.",
        "Registrert 8. september 2014 kl. 12.00",
    ):
        assert said in part, said
    assert "Skrevet på feil mål." not in part
