"""One target's page, its full sheet and its history."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse

from benefits.actions.targets import definition_of
from benefits.assessment import refresh
from benefits.forms.target_sheet import initial_of
from benefits.models import EffectTarget, TargetVersion
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


def url(name, target, *args):
    return reverse(name, args=[target.project.slug, target.number, *args])


def sheet(target, **changes):
    """The full sheet as the browser would send it."""
    version = TargetVersion.objects.live().prefetch_related("values", "planned").get(target=target)
    data = initial_of(definition_of(version), EffectTarget.objects.get(pk=target.pk).version)
    given = {name: value for name, value in data.items() if value not in (None, False, "")}
    return {name: str(value) for name, value in {**given, **changes}.items()}


def test_the_page_shows_where_the_target_stands_and_why(client, owner, target):
    client.force_login(owner)
    page = client.get(url("target", target)).content.decode()
    assert "Siste måling, 31. desember 2014" in page
    assert "Ned 0,5\u00a0prosentpoeng siden 31. desember 2013" in page
    assert "Målt 67\u00a0% av veien" in page
    assert 'role="img"' in page
    assert "5 av 7" in page
    assert "Mål også «Turnover" in page


@pytest.mark.parametrize("rows", [2, 40])
def test_the_page_asks_few_questions_however_long_the_series(
    client, leader, target, rows, django_assert_max_num_queries
):
    for year in range(rows):
        factories.measurement(target, date(1970 + year, 6, 30), 10)
    client.force_login(leader)
    with django_assert_max_num_queries(17):
        client.get(url("target", target))


def test_old_measurements_are_one_link_away(client, leader, target):
    for year in range(1995, 2010):
        factories.measurement(target, date(year, 6, 30), 10)
    client.force_login(leader)
    page = client.get(url("target", target)).content.decode()
    assert "Vis 9 eldre målinger" in page
    assert page.count('<tr id="maling-') == 8
    assert client.get(url("target", target) + "?alle=1").content.decode().count('<tr id="maling-') == 17


def test_a_target_with_nothing_yet_still_has_a_page(client, leader, project):
    bare = factories.target(project, values={}, kind="", unit="", direction=None, frequency="", baseline_value=None)
    TargetVersion.objects.filter(target=bare).update(baseline_on=None, population=None, mmc=None)
    refresh(project.pk)
    client.force_login(leader)
    page = client.get(url("target", bare)).content.decode()
    assert "Mangler nullpunkt" in page
    assert "Mangler tallfestet mål" in page
    assert "Ingen målinger ennå" in page


@pytest.mark.parametrize("number", [2, 10**30])
def test_a_number_the_project_does_not_have_is_not_found(client, leader, project, number):
    client.force_login(leader)
    assert client.get(reverse("target", args=[project.slug, number])).status_code == 404


def test_a_stranger_finds_nothing(client, stranger, target):
    client.force_login(stranger)
    for name in ("target", "target_history", "target_edit", "measurements_paste"):
        assert client.get(url(name, target)).status_code == 404
    assert client.get(url("measurements_download", target, "csv")).status_code == 404


def test_a_removed_baseline_opens_the_warning_and_set_again_closes_it(
    client, leader, target, django_capture_on_commit_callbacks
):
    client.force_login(leader)

    def save(**changes):
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(url("target_edit", target), sheet(target, **changes))
        assert answer.status_code == 303, answer.context["form"].errors
        return client.get(answer.headers["Location"]).content.decode()

    page = save(baseline_value="", reason="Nullpunktet var feil")
    assert "Nullpunkt mangler" in page
    assert "Varselet lukkes når" in page
    assert "Mangler måling" in page
    page = save(baseline_value="10,8", baseline_on="2012", reason="Funnet igjen")
    assert "Nullpunkt mangler" not in page
    assert "I rute" in page


def test_a_changed_promise_says_why(client, leader, target):
    client.force_login(leader)
    answer = client.post(url("target_edit", target), sheet(target, target_value="9,5"))
    assert answer.status_code == 422
    assert "reason" in answer.context["form"].errors
    assert TargetVersion.objects.filter(target=target).count() == 1
    assert client.post(url("target_edit", target), sheet(target, title="Nærvær")).status_code == 303


def test_a_baseline_said_for_the_first_time_changes_nothing_that_was_promised(client, leader, project):
    target = factories.target(project, baseline_value=None, baseline_on=None)
    client.force_login(leader)
    said = sheet(target, baseline_value="10,8", baseline_on="2012")
    assert client.post(url("target_edit", target), said).status_code == 303
    again = sheet(target, baseline_value="10,1", baseline_on="2012")
    assert "reason" in client.post(url("target_edit", target), again).context["form"].errors


def test_the_history_tells_what_was_changed_by_whom_and_why(client, leader, owner, target):
    client.force_login(leader)
    client.post(url("target_edit", target), sheet(target, target_value="9,5", reason="Nytt budsjett"))
    client.force_login(owner)
    page = client.get(url("target_history", target)).content.decode()
    assert "«Nytt budsjett»" in page
    assert "Lise Leder" in page
    assert "31. desember 2015: 9,5 %" in page
    assert "31. desember 2015: 9 %" in page


def test_a_new_target_date_plans_the_measurements_anew(client, leader, target):
    client.force_login(leader)
    client.post(url("target_edit", target), sheet(target, target_on="2016", reason="Utsatt"))
    said = TargetVersion.objects.live().get(target=target)
    assert said.planned.get(kind="end").on == date(2016, 12, 31)


def test_the_dates_to_measure_on_are_typed_one_a_line_and_kept_in_the_history(client, leader, target):
    client.force_login(leader)
    typed = "31.12.2014 midtveis\n2015 slutt\n31.12.2016 oppfølging"
    answer = client.post(url("target_edit", target), sheet(target, planned=typed, line_owner="Leder for omsorg"))
    assert answer.status_code == 303
    said = TargetVersion.objects.live().get(target=target)
    kinds = list(said.planned.values_list("kind", flat=True))
    assert (kinds, said.line_owner) == (["midway", "end", "follow_up"], "Leder for omsorg")
    page = client.get(url("target", target)).content.decode()
    assert "Leder for omsorg" in page
    assert "3 datoer" in page
    assert "31.12.2016 oppfølging" in client.get(url("target_edit", target)).content.decode()
    client.post(url("target_edit", target), sheet(target, planned="2015 slutt"))
    history = client.get(url("target_history", target)).content.decode()
    assert "31.12.2014 midtveis; 31.12.2016 oppfølging" in history
    assert TargetVersion.objects.filter(target=target).count() == 3


def test_dates_typed_by_hand_stay_when_the_target_moves(client, leader, target):
    client.force_login(leader)
    moved = sheet(target, target_on="2016", reason="Utsatt", planned="2016 slutt")
    client.post(url("target_edit", target), moved)
    said = TargetVersion.objects.live().get(target=target)
    assert list(said.planned.values_list("on", "kind")) == [(date(2016, 12, 31), "end")]


def test_a_date_to_measure_on_that_cannot_be_read_is_told_at_the_field(client, leader, target):
    client.force_login(leader)
    answer = client.post(url("target_edit", target), sheet(target, planned="2015 slutt\nneste vår"))
    assert answer.status_code == 422
    assert "«neste vår»" in str(answer.context["form"].errors["planned"])
    assert "neste vår" in answer.content.decode()
    assert TargetVersion.objects.filter(target=target).count() == 1


def test_steps_on_the_way_are_one_a_line(client, leader, target):
    client.force_login(leader)
    client.post(url("target_edit", target), sheet(target, steps="2013 10,2\n30.06.2014 9,8", reason="Delmål"))
    said = TargetVersion.objects.live().get(target=target)
    assert [value.value for value in said.values.all()] == [D("10.2"), D("9.8"), 9]
    answer = client.post(url("target_edit", target), sheet(target, steps="snart 9,8", reason="Delmål"))
    assert "steps" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("title", "x" * 121),
        ("baseline_value", "108"),
        ("baseline_value", "ca. 12"),
        ("baseline_on", ""),
        ("baseline_on", "2015"),
        ("target_on", ""),
        ("target_on", "2011"),
        ("target_on", "2099"),
        ("target_value", "NaN"),
        ("kind", "guess"),
        ("direction", "3"),
        ("population", "0"),
        ("plausible_max", "-5"),
        ("plausible_max", "1"),
        ("steps", "2014 999999999999999"),
        ("steps", "2014 9,12345"),
        ("measurement_responsible", "999999"),
        ("theme", "999999"),
        ("effect_starts_on", "31.02.2014"),
    ],
)
def test_what_cannot_be_right_on_the_sheet_stands_at_its_field(client, leader, target, field, typed):
    client.force_login(leader)
    data = sheet(target, plausible_min="1", reason="Fordi", **{field: typed})
    answer = client.post(url("target_edit", target), data)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert TargetVersion.objects.filter(target=target).count() == 1


def test_a_role_that_ends_while_the_sheet_is_sent_is_no_longer_enough(client, leader, project, target, monkeypatch):
    leader.role_assignments.update(ends_on=date(2015, 1, 22))
    monkeypatch.setattr("saman.clock.today", lambda: date(2015, 1, 22))
    monkeypatch.setattr("saman.clock.now", lambda: factories.noon(date(2015, 1, 23)))
    client.force_login(leader)
    assert client.post(url("target_edit", target), sheet(target, title="For sent")).status_code == 403
    assert TargetVersion.objects.filter(target=target).count() == 1


def test_a_sheet_sent_twice_is_one_version(client, leader, target):
    client.force_login(leader)
    mine = sheet(target, title="Min tekst")
    assert [client.post(url("target_edit", target), mine).status_code for _ in range(2)] == [303, 303]
    assert TargetVersion.objects.filter(target=target).count() == 2


def test_a_stale_sheet_shows_both_texts_and_keeps_mine(client, leader, target):
    client.force_login(leader)
    mine = sheet(target, title="Min tekst")
    client.post(url("target_edit", target), sheet(target, title="Din tekst"))
    answer = client.post(url("target_edit", target), mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Din tekst" in page
    assert 'value="Min tekst"' in page
    again = {**mine, "version": str(EffectTarget.objects.get(pk=target.pk).version)}
    assert client.post(url("target_edit", target), again).status_code == 303
    assert TargetVersion.objects.live().get(target=target).title == "Min tekst"


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "99"])
def test_a_sheet_without_its_version_changes_nothing(client, leader, target, version):
    client.force_login(leader)
    answer = client.post(url("target_edit", target), sheet(target, title="Ny", version=version))
    assert answer.status_code in {400, 409}
    assert TargetVersion.objects.filter(target=target).count() == 1


def test_the_main_target_can_be_chosen(client, leader, project, target):
    other = factories.target(project)
    client.force_login(leader)
    client.post(url("target_main", other))
    assert list(EffectTarget.objects.filter(is_main=True)) == [other]


def test_a_target_is_withdrawn_with_a_reason_and_can_be_taken_up_again(client, leader, target):
    client.force_login(leader)
    assert client.post(url("target_withdraw", target), {"version": "1", "reason": ""}).status_code == 422
    client.post(url("target_withdraw", target), {"version": "1", "reason": "Slått sammen med mål 2"})
    page = client.get(url("target", target)).content.decode()
    assert "Målet er trukket" in page
    assert "Slått sammen med mål 2" in page
    assert url("measurement_new", target) not in page
    client.post(url("target_withdraw", target), {"version": "2", "reason": "Likevel ikke"})
    assert TargetVersion.objects.live().get(target=target).withdrawn_on is None


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_page_answers_in_every_language(client, leader, target, language):
    leader.language = language
    leader.save()
    client.force_login(leader)
    for name in ("target", "target_edit", "target_history", "measurements_paste"):
        assert f'<html lang="{language}"' in client.get(url(name, target)).content.decode()


def test_a_forecast_is_a_word_and_a_fan_and_none_where_a_figure_is_hidden(client, owner, reader, project):
    quarters = [date(year, month, day) for year in (2013, 2014) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))]
    made = factories.target(
        project, is_main=True, kind="index", unit="poeng", direction=1, baseline_value=D(10), baseline_points=1,
        baseline_on=date(2012, 12, 31), values={date(2015, 6, 30): 19}, declared_sd=D("0.2"),
    )  # fmt: skip
    factories.series(made, dict(zip(quarters, ("11", "12.2", "13", "14.1", "15", "16.2", "17", "18.1"), strict=True)))
    refresh(project.pk)
    client.force_login(owner)
    page = client.get(url("target", made)).content.decode()
    assert "Sjanse for å nå målet" in page
    assert "Sannsynlig</p>" in page
    assert "80\u00a0% av gangene havner målingen mellom" in page
    assert "80\u00a0% av gangene havner målingen i feltet" in page
    assert 'class="fig-fan"' in page
    few = factories.target(
        project, kind="survey_share", unit="%", direction=1, baseline_value=D(10), baseline_points=1,
        baseline_on=date(2012, 12, 31), values={date(2015, 6, 30): 20}, population=5,
    )  # fmt: skip
    for on, value in zip(quarters, ("11", "12.2", "13", "14.1", "15", "16.2", "17", "18.1"), strict=True):
        factories.measurement(few, on, value, n=3)
    refresh(project.pk)
    assert 'class="fig-fan"' in client.get(url("target", few)).content.decode()  # inside, people see what they have
    client.force_login(reader)
    hidden = client.get(url("target", few)).content.decode()
    assert "18,1" not in hidden
    assert 'class="fig-fan"' not in hidden
    assert "Sjanse for å nå målet" not in hidden


def test_the_sheet_grows_from_the_simple_path_and_says_everything(client, leader, target):
    other = factories.target(target.project, title="Turnover")
    client.force_login(leader)
    more = {
        "need": "Mange slutter i pleie og omsorg.",
        "need_figure": "62 av 140 arbeider deltid",
        "method": "Tas ut av lønnssystemet hver januar.",
        "disaggregation": "enhet",
        "counter": other.number,
        "rationale": "Nabokommunen klarte det.",
        "baseline_is_retrospective": "on",
        "baseline_low": "10,2",
        "baseline_high": "11,4",
        "concept": "naervaer",
        "concept_reason": "Fraværet er det vi har tall for.",
    }
    assert client.post(url("target_edit", target), sheet(target, **more)).status_code == 303
    said = definition_of(TargetVersion.objects.live().prefetch_related("values", "planned").get(target=target))
    assert (said.need_figure, said.method, said.counter) == (more["need_figure"], more["method"], other.number)
    assert (said.baseline_low, said.baseline_high, said.concept) == (D("10.2"), D("11.4"), "naervaer")
    assert said.rationale == "Nabokommunen klarte det."
    page = client.get(url("target", target)).content.decode()
    for shown in (more["need"], more["method"], more["rationale"], "trolig fra 10,2 til 11,4", f"E{other.number}</a>"):
        assert shown in page
    history = client.get(url("target_history", target)).content.decode()
    assert "Mer nærvær" in history
    assert "Hvorfor akkurat så mye?" in history
    again = client.get(url("target_edit", target)).content.decode()  # nothing needs to be typed twice
    assert "Tas ut av lønnssystemet hver januar." in again
    assert "Nabokommunen klarte det." in again


@pytest.mark.parametrize(
    ("low", "high", "field"),
    [("11", "10", "baseline_high"), ("10,9", "", "baseline_low"), ("", "10,7", "baseline_high")],
)
def test_a_baseline_lies_within_what_it_is_said_to(client, leader, target, low, high, field):
    client.force_login(leader)
    answer = client.post(url("target_edit", target), sheet(target, baseline_low=low, baseline_high=high))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


def test_the_sheet_says_live_what_can_be_seen_and_what_another_target_would_mean(client, leader, target):
    client.force_login(leader)
    preview = sheet(target, target_value="8,0", preview="1")
    page = client.post(url("target_edit", target), preview, headers={"HX-Request": "true"}).content.decode()
    assert "kan være tilfeldig" in page
    assert "om lag 5,6 årsverk mer på jobb" in page  # 2.8 % of 200
