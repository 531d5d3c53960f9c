"""Registering, correcting, withdrawing and pasting measurements from the target's page."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse

from benefits.models import Measurement, TargetVersion
from tests import factories

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
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


def test_a_value_is_on_the_page_with_its_status_in_the_answer_that_saved_it(
    client, leader, target, django_capture_on_commit_callbacks
):
    client.force_login(leader)
    # The request's own commit is what starts the assessment; inside a test it must be made to happen.
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("measurement_new", target), VALUE)
    answer = client.get(url("target", target))
    page = answer.content.decode()
    assert "9,6\u00a0%" in page
    assert "I rute" in page
    assert "Målt 67\u00a0% av veien" in page
    assert "Etter ny turnus" in page
    assert "gikk fra nullpunktet 10,8\u00a0%" in page


def test_without_javascript_the_person_lands_on_the_saved_row(client, leader, target):
    client.force_login(leader)
    answer = client.post(url("measurement_new", target), VALUE)
    row = Measurement.objects.get(measured_on=date(2014, 12, 31))
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{url('target', target)}?lagret={row.pk}#maling-{row.pk}"
    page = client.get(answer.headers["Location"].split("#")[0]).content.decode()
    assert f'<tr id="maling-{row.pk}" class="just-saved">' in page
    assert (row.source, row.note, row.recorded_by) == ("Lønnssystemet", "Etter ny turnus", leader)


def test_htmx_gets_the_part_below_the_breadcrumbs(client, leader, target):
    client.force_login(leader)
    answer = client.post(url("measurement_new", target), VALUE, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<html" not in page
    assert 'id="effektmal"' in page
    assert "Målingen er lagret." in page
    assert "just-saved" in page


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("12,5 %", "12.5"),
        ("12,5\u00a0%", "12.5"),
        ("+9", "9"),
        ("0010,5", "10.5"),
        (" 9,6 ", "9.6"),
    ],
)
def test_numbers_are_read_as_people_write_them(client, leader, target, typed, value):
    client.force_login(leader)
    assert client.post(url("measurement_new", target), {**VALUE, "value": typed}).status_code == 303
    assert live(target)[date(2014, 12, 31)] == D(value)


def test_large_numbers_have_spaces_between_thousands(client, leader, project):
    target = factories.target(project, kind="mean", unit="søkere", direction=1, baseline_value=1100)
    client.force_login(leader)
    client.post(url("measurement_new", target), {**VALUE, "value": "1 234,5 søkere"})
    assert live(target)[date(2014, 12, 31)] == D("1234.5")
    TargetVersion.objects.update(unit="%")  # a mean of shares is no more than the whole
    answer = client.post(url("measurement_new", target), {**VALUE, "measured_on": "2013", "value": "1 234,5"})
    assert "Tallet kan ikke være over 100\u00a0%." in answer.content.decode()


@pytest.mark.parametrize("when", ["2014", "2014 K4", "31.12.2014", "2014-12-31", "31122014", "31. desember 2014"])
def test_dates_and_periods_are_read_as_people_write_them(client, leader, target, when):
    client.force_login(leader)
    assert client.post(url("measurement_new", target), {**VALUE, "measured_on": when}).status_code == 303
    assert date(2014, 12, 31) in live(target)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("value", ""),
        ("value", " "),
        ("value", "ca. 12"),
        ("value", "12-15"),
        ("value", "NaN"),
        ("value", "Infinity"),
        ("value", "1e999"),
        ("value", "1e3"),
        ("value", "0x10"),
        ("value", "−3"),
        ("value", "104"),
        ("value", "1.234"),
        ("value", "9" * 40),
        ("value", "12,123456"),
        ("value", "12\x00"),
        ("measured_on", ""),
        ("measured_on", "31.02.2014"),
        ("measured_on", "29.2.2013"),
        ("measured_on", "2014-13-01"),
        ("measured_on", "01/02/14"),
        ("measured_on", "2015"),
        ("measured_on", "23.01.2015"),
        ("source", ""),
        ("source", "x" * 121),
        ("note", "x" * 2001),
        ("note", "\u202eevil"),
        ("note", "Kari, 15076500565, er sykmeldt"),
        ("n", "0"),
        ("n", "mange"),
    ],
)
def test_what_cannot_be_stored_comes_back_with_the_error_at_the_field(client, leader, target, field, typed):
    client.force_login(leader)
    answer = client.post(url("measurement_new", target), {**VALUE, field: typed})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert "Etter ny turnus" in page or field == "note"
    assert len(live(target)) == 1


@pytest.mark.parametrize("typed", ["96", "0,96", "0,4", "35"])
def test_a_value_that_looks_like_a_slip_waits_as_a_draft_once_it_is_said_to_be_right(client, leader, target, typed):
    client.force_login(leader)
    data = {**VALUE, "value": typed}
    answer = client.post(url("measurement_new", target), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Er dette riktig?" in page
    assert f'value="{typed}"' in page
    assert len(live(target)) == 1
    confirmation = answer.context["form"].confirmation
    answer = client.post(url("measurement_new", target), {**data, "confirmed": confirmation}, follow=True)
    assert "lagret som utkast" in answer.content.decode()
    assert "1 utkast venter på å bli registrert" in answer.content.decode()
    assert [row.measurement.measured_on for row in answer.context["page"].rows] == [date(2013, 12, 31)]
    draft = Measurement.objects.get(measured_on=date(2014, 12, 31))
    assert draft.state == Measurement.State.DRAFT
    assert not Measurement.objects.counting(date(2015, 1, 22)).filter(pk=draft.pk).exists()
    drafts = reverse("measurement_drafts", args=[target.project.slug])
    assert "Er dette riktig?" in client.get(drafts).content.decode()
    client.post(drafts, {"id": [draft.pk], "register": "1"})
    counting = Measurement.objects.live().counting(date(2015, 1, 22))
    assert counting.filter(measured_on=date(2014, 12, 31)).exists()


def test_saying_one_value_is_right_says_nothing_about_another(client, leader, target):
    client.force_login(leader)
    first = client.post(url("measurement_new", target), {**VALUE, "value": "96"})
    data = {**VALUE, "value": "98", "confirmed": first.context["form"].confirmation}
    assert client.post(url("measurement_new", target), data).status_code == 422


def test_a_double_click_stores_once_and_is_no_error(client, leader, target):
    client.force_login(leader)
    for _click in range(2):
        answer = client.post(url("measurement_new", target), VALUE, follow=True)
        assert answer.status_code == 200
    assert "allerede lagret" in answer.content.decode()
    assert Measurement.objects.filter(measured_on=date(2014, 12, 31)).count() == 1


def test_a_taken_date_offers_to_correct_what_stands_there(client, leader, target):
    client.force_login(leader)
    answer = client.post(url("measurement_new", target), {**VALUE, "measured_on": "2013", "value": "9,9"})
    row = Measurement.objects.get()
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "10,2\u00a0% er lagret 31. desember 2013 fra før" in page
    assert url("measurement_edit", target, row.pk) in page


def test_a_correction_keeps_what_was_said_before(client, leader, target):
    client.force_login(leader)
    row = Measurement.objects.get()
    form = client.get(url("measurement_edit", target, row.pk)).content.decode()
    assert 'value="10,2"' in form
    data = {"measured_on": "31.12.2013", "value": "10,4", "source": "Lønnssystemet", "reason": "Nye tall fra lønn"}
    assert client.post(url("measurement_edit", target, row.pk), data).status_code == 303
    page = client.get(url("target", target)).content.decode()
    assert live(target) == {date(2013, 12, 31): D("10.4")}
    assert "Rettet fra 10,2\u00a0% av Lise Leder 22. januar 2015" in page
    assert "«Nye tall fra lønn»" in page


def test_a_correction_says_why(client, leader, target):
    client.force_login(leader)
    row = Measurement.objects.get()
    data = {"measured_on": "31.12.2013", "value": "10,4", "source": "Lønn", "reason": ""}
    answer = client.post(url("measurement_edit", target, row.pk), data)
    assert answer.status_code == 422
    assert 'id="rett_reason_error"' in answer.content.decode()
    assert 'value="10,4"' in answer.content.decode()


@pytest.mark.parametrize(("typed", "baseline"), [("108", D("10.8")), ("1080", None), ("1,08", D("10.8"))])
def test_a_correction_that_looks_like_a_slip_is_asked_about_too(client, leader, target, typed, baseline):
    TargetVersion.objects.update(kind="index", plausible_min=None, plausible_max=None, baseline_value=baseline)
    client.force_login(leader)
    page = url("measurement_edit", target, Measurement.objects.get().pk)
    data = {"measured_on": "31.12.2013", "value": typed, "source": "Lønn", "reason": "Feil"}
    answer = client.post(page, data)
    assert answer.status_code == 422
    assert "Er dette riktig?" in answer.content.decode()
    assert live(target) == {date(2013, 12, 31): D("10.2")}
    confirmed = {**data, "confirmed": answer.context["shown"].correction.confirmation}
    assert client.post(page, confirmed).status_code == 303
    assert live(target) == {date(2013, 12, 31): D(typed.replace(",", "."))}


def test_a_value_someone_else_has_corrected_shows_both(client, leader, target):
    client.force_login(leader)
    row = Measurement.objects.get()
    data = {"measured_on": "31.12.2013", "value": "10,4", "source": "Lønn", "reason": "Feil"}
    client.post(url("measurement_edit", target, row.pk), data)
    answer = client.post(url("measurement_edit", target, row.pk), {**data, "value": "10,5"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Du skrev 10,5" in page
    assert ">10,4<" in page


def test_a_withdrawn_value_leaves_the_series_but_not_the_history(client, leader, target):
    client.force_login(leader)
    row = Measurement.objects.get()
    assert client.post(url("measurement_withdraw", target, row.pk)).status_code == 303
    page = client.get(url("target", target)).content.decode()
    assert live(target) == {}
    assert "1 trukket måling" in page
    assert client.post(url("measurement_withdraw", target, row.pk)).status_code == 409


def test_a_value_of_another_target_is_not_found(client, leader, target, other_project):
    other = factories.measurement(factories.target(other_project), date(2014, 1, 1), 5)
    client.force_login(leader)
    assert client.get(url("measurement_edit", target, other.pk)).status_code == 404
    assert client.post(url("measurement_withdraw", target, other.pk)).status_code == 404


FOUR = "2010 11,4\n2011\t11,0\n2012;10,8 %\n\n2014: 9,6\n"


def test_pasted_lines_are_said_back_before_anything_is_stored(client, leader, target):
    client.force_login(leader)
    answer = client.post(url("measurements_paste", target), {"text": FOUR})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Lagre 4 målinger" in page
    assert page.count("Klar") == 4
    assert len(live(target)) == 1
    client.post(url("measurements_paste", target), {"text": FOUR, "store": "1"})
    assert live(target)[date(2011, 12, 31)] == 11
    assert len(live(target)) == 5


def test_pasting_the_same_again_changes_nothing_and_says_so(client, leader, target):
    client.force_login(leader)
    client.post(url("measurements_paste", target), {"text": FOUR, "store": "1"})
    before = list(Measurement.objects.values_list("pk", flat=True))
    answer = client.post(url("measurements_paste", target), {"text": FOUR, "store": "1"}, follow=True)
    assert "Ingenting er endret" in answer.content.decode()
    assert list(Measurement.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("2014 ca. 12", "Skriv bare tallet"),
        ("i fjor 12", "Skriv et år"),
        ("2015 9,0", "ikke over ennå"),
        ("2014 104", "ikke være over"),
        ("2014 NaN1", "Skriv bare tallet"),
        ("31.02.2014 9", "finnes ikke"),
        ("2013 9,9", "Rett tallet i tabellen"),
        ("2014", "Skriv et tall"),
    ],
)
def test_one_wrong_line_stops_them_all(client, leader, target, line, says):
    client.force_login(leader)
    answer = client.post(url("measurements_paste", target), {"text": f"2011 11,0\n{line}", "store": "1"})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "1 linje må rettes" in answer.content.decode()
    assert len(live(target)) == 1


def test_the_same_day_twice_is_wrong(client, leader, target):
    client.force_login(leader)
    answer = client.post(url("measurements_paste", target), {"text": "2011 11,0\n31.12.2011 10,9", "store": "1"})
    assert "Samme dato som linje 1" in answer.content.decode()


def test_pasted_slips_are_asked_about(client, leader, target):
    client.force_login(leader)
    data = {"text": "2011 1,1\n2014 9,6", "store": "1"}
    answer = client.post(url("measurements_paste", target), data)
    assert answer.status_code == 422
    assert "Ja, tallene er riktige" in answer.content.decode()
    assert len(live(target)) == 1
    answer = client.post(url("measurements_paste", target), {**data, "confirmed": "on"}, follow=True)
    assert "1 av dem skiller seg ut" in answer.content.decode()
    states = Measurement.objects.live().filter(target=target).order_by("measured_on").values_list("state", flat=True)
    assert list(states) == ["draft", "registered", "registered"]


def test_a_year_is_too_coarse_for_quarterly_sick_leave(client, leader, target):
    TargetVersion.objects.filter(target=target).update(frequency="quarterly")
    client.force_login(leader)
    answer = client.post(url("measurements_paste", target), {"text": "2014 9,6", "store": "1"})
    assert "Skriv kvartal" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "bare ord", "\x00", "2" * 20_001, "\n".join(["2014 9,6"] * 300)])
def test_what_is_no_list_of_figures_is_refused(client, leader, target, text):
    client.force_login(leader)
    assert client.post(url("measurements_paste", target), {"text": text, "store": "1"}).status_code == 422
    assert len(live(target)) == 1


def test_one_who_measures_registers_but_does_not_change_the_target(client, benefit_owner, target):
    client.force_login(benefit_owner)
    page = client.get(url("target", target)).content.decode()
    assert url("measurement_new", target) in page
    assert url("target_edit", target) not in page
    assert client.post(url("measurement_new", target), VALUE).status_code == 303
    assert client.get(url("target_edit", target)).status_code == 403


@pytest.mark.parametrize("who", ["owner", "adviser"])
def test_those_who_only_read_see_no_forms(client, who, target, request):
    client.force_login(request.getfixturevalue(who))
    page = client.get(url("target", target)).content.decode()
    assert "10,2" in page
    for name in ("measurement_new", "measurements_paste", "target_edit"):
        assert url(name, target) not in page
    assert client.post(url("measurement_new", target), VALUE).status_code == 403
    assert len(live(target)) == 1


def test_few_people_behind_a_figure_are_hidden_from_the_adviser_everywhere(client, leader, adviser, target):
    factories.measurement(target, date(2014, 12, 31), "23.7", n=3)
    client.force_login(adviser)
    page = client.get(url("target", target)).content.decode()
    assert "n\u00a0&lt;\u00a05" in page.replace("&nbsp;", "\u00a0")
    table = client.get(url("measurements_download", target, "csv")).getvalue().decode()
    assert "2014-12-31;skjult (gjelder få);%;skjult (gjelder få);" in table
    for text in (page, table):
        assert "23,7" not in text
        assert "23.7" not in text
    client.force_login(leader)
    assert "23,7" in client.get(url("target", target)).content.decode()


def test_the_spreadsheet_holds_no_formula_and_says_it_is_an_example(client, leader, target):
    factories.measurement(target, date(2014, 12, 31), "9.6", source="=HYPERLINK()", note="@x")
    client.force_login(leader)
    answer = client.get(url("measurements_download", target, "csv"))
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Eksempeldata")
    assert lines[2].startswith("2013-12-31;10,2;%")
    assert "'=HYPERLINK()" in lines[3]
    assert "'@x" in lines[3]
