"""What an administrator meets: rounds copied from last year's, and forms that never change under a report."""

from datetime import date

import pytest
from django.urls import reverse

from reporting.annual.models import FormVersion, Report, Round
from tests.reporting.annual.writing import a_round, begun

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.fixture
def setting_up(client, admin):
    client.force_login(admin)
    return client


def address(name, programme, *more):
    return reverse(name, args=[programme.slug, *more])


def values(response):
    """The form of a page as a browser would send it."""
    form = response.context["form"]
    found = {name: form[name].value() for name in form.fields}
    shown = {name: form.fields[name].prepare_value(value) for name, value in found.items()}
    return {name: value for name, value in shown.items() if value not in (None, False)}


def test_the_next_round_is_last_years_a_year_later(setting_up, programme, project):
    a_round(programme, 2013, grace_days=3)
    page = setting_up.get(address("setup_round_new", programme))
    sent = values(page)
    assert (sent["year"], sent["deadline"]) == ("2014", "01.02.2015")
    assert setting_up.post(address("setup_round_new", programme), sent).status_code == 303
    made = Round.objects.get(year=2014)
    assert (made.grace_days, made.period_end) == (3, date(2014, 12, 31))
    assert made.reports.get().project == project


@pytest.mark.parametrize("typed", ["20155", "abc"])
def test_what_is_no_year_is_said_at_its_field_and_stays_in_it(setting_up, programme, typed):
    sent = {**values(setting_up.get(address("setup_round_new", programme))), "year": typed}
    refused = setting_up.post(address("setup_round_new", programme), sent)
    assert refused.status_code == 422
    assert refused.context["form"].errors["year"] == ["Skriv året med fire siffer, for eksempel 2015."]
    assert f'value="{typed}"' in refused.content.decode()
    assert not Round.objects.exists()


def test_the_next_round_skips_a_year_whose_deadline_has_passed(setting_up, programme, project):
    dates = {"opens_on": date(2013, 4, 2), "deadline": date(2013, 5, 15)}
    a_round(programme, 2013, kind="start_up", **dates)
    sent = values(setting_up.get(address("setup_round_new", programme) + "?slag=start_up"))
    assert (sent["year"], sent["opens_on"], sent["deadline"]) == ("2015", "02.04.2015", "15.05.2015")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nb", "Fristen er allerede passert. Velg i dag eller en senere dag."),
        ("nn", "Fristen er alt passert. Vel i dag eller ein seinare dag."),
        ("en", "The deadline has already passed. Choose today or a later day."),
    ],
)
def test_a_new_round_with_a_passed_deadline_is_refused_at_the_deadline(
    setting_up, programme, admin, project, language, words
):
    type(admin).objects.filter(pk=admin.pk).update(language=language)
    new = address("setup_round_new", programme) + "?slag=start_up"
    sent = values(setting_up.get(new)) | {"opens_on": "02.04.2014", "deadline": "21.01.2015"}
    response = setting_up.post(new, sent)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["deadline"]
    assert words in response.content.decode()
    assert not Round.objects.exists()
    assert setting_up.post(new, {**sent, "deadline": "22.01.2015"}).status_code == 303


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"period_end": "01.01.2013"}, "period_end", "Perioden må slutte etter at den starter."),
        ({"deadline": "01.11.2014"}, "deadline", "Fristen kan ikke være før runden åpner."),
        ({"deadline": "01.02.2099"}, "deadline", "Fristen kan ikke være senere enn 24. juli 2015."),
    ],
)
def test_each_date_that_cannot_be_has_its_own_error(setting_up, programme, project, changed, field, words):
    new = address("setup_round_new", programme)
    page = setting_up.get(new)
    assert "Senest et halvt år etter at perioden er slutt" in page.content.decode()
    response = setting_up.post(new, {**values(page), **changed})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert words in response.content.decode().replace("\u00a0", " ")
    assert not Round.objects.exists()


def test_the_first_round_needs_no_other(setting_up, programme, project):
    sent = values(setting_up.get(address("setup_round_new", programme)))
    assert setting_up.post(address("setup_round_new", programme), sent).status_code == 303
    assert Report.objects.get().form.kind == "full"


def test_two_rounds_of_a_kind_and_year_are_refused_at_the_year(setting_up, programme):
    round_ = a_round(programme)
    sent = {**values(setting_up.get(address("setup_round_edit", programme, round_.pk))), "version": ""}
    response = setting_up.post(address("setup_round_new", programme), sent)
    assert response.status_code == 422
    assert "allerede en slik runde" in response.content.decode()


def test_someone_elses_change_is_shown_beside_ones_own(setting_up, programme):
    round_ = a_round(programme)
    sent = values(setting_up.get(address("setup_round_edit", programme, round_.pk)))
    setting_up.post(address("setup_round_edit", programme, round_.pk), {**sent, "deadline": "09.02.2015"})
    response = setting_up.post(address("setup_round_edit", programme, round_.pk), {**sent, "deadline": "16.02.2015"})
    assert response.status_code == 409
    assert "09.02.2015" in response.content.decode()
    assert Round.objects.get().deadline == date(2015, 2, 9)


def question(round_):
    return round_.form.sections.order_by("order")[1].questions.filter(type="text").first()


def test_a_preview_stores_nothing(setting_up, programme):
    round_ = a_round(programme)
    asked = question(round_)
    place = address("setup_round_question", programme, round_.pk, "full", asked.section.key, asked.key)
    sent = {**values(setting_up.get(place)), "title_nb": "Hva er nytt?", "title_nn": "Kva er nytt?", "title_en": ""}
    page = setting_up.post(place, {**sent, "do": "preview"}).content.decode()
    assert "Kva er nytt?" in page
    assert "bokmål vises i stedet" in page
    asked.refresh_from_db()
    assert asked.title["nb"] != "Hva er nytt?"


def test_a_form_in_use_gets_a_new_version_and_the_begun_report_keeps_its_own(
    setting_up, programme, project, leader, other_project
):
    round_ = a_round(programme)
    report = begun(project, leader, round_)
    asked = question(round_)
    place = address("setup_round_question", programme, round_.pk, "full", asked.section.key, asked.key)
    sent = {**values(setting_up.get(place)), "title_nb": "Hva er nytt?"}
    assert setting_up.post(place, sent).status_code == 303
    report.refresh_from_db()
    asked.refresh_from_db()
    assert (report.form.number, asked.title["nb"] == "Hva er nytt?") == (1, False)
    assert Round.objects.get().form.number == 2
    assert Report.objects.get(project=other_project).form.number == 2


def test_a_section_not_in_use_is_changed_where_it_is(setting_up, programme):
    round_ = a_round(programme)
    section = round_.form.sections.first()
    place = address("setup_round_section", programme, round_.pk, "full", section.key)
    assert setting_up.post(place, {**values(setting_up.get(place)), "title_nb": "Om oss"}).status_code == 303
    assert "Om oss" in setting_up.get(address("setup_round", programme, round_.pk)).content.decode()
    assert FormVersion.objects.filter(kind="full").count() == 1


def test_a_text_without_bokmal_is_refused_at_its_field(setting_up, programme):
    round_ = a_round(programme)
    section = round_.form.sections.first()
    place = address("setup_round_section", programme, round_.pk, "full", section.key)
    response = setting_up.post(place, {"version": round_.version, "title_nb": " ", "title_nn": "Om oss"})
    assert response.status_code == 422
    assert "Om oss" in response.content.decode()


def test_a_closed_round_says_so(setting_up, programme):
    round_ = a_round(programme)
    setting_up.post(address("setup_round_close", programme, round_.pk), {"version": round_.version})
    assert "Stengt" in setting_up.get(address("setup_round", programme, round_.pk)).content.decode()
