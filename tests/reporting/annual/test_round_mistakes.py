"""A round made by mistake is removed or opened again, and its dates agree with each other."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.actor import NotAllowed
from journal.models import AuditEvent
from reporting.annual.actions import reviews, rounds, wiping
from reporting.annual.actions.forms import is_ground
from reporting.annual.models import Report, Round
from reporting.annual.round_forms import RemoveForm
from saman.formatting import day
from tests.reporting.annual.writing import PLAN, TODAY, a_round, act, read, sent_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, TODAY


def address(name, round_):
    return reverse(name, args=[round_.programme.slug, round_.pk])


def test_a_round_nobody_has_written_in_is_removed_and_it_is_noted(client, admin, round_):
    client.force_login(admin)
    assert "Slett runden" in client.get(address("setup_round", round_)).content.decode()
    assert client.post(address("setup_round_remove", round_), {"version": round_.version}).status_code == 303
    assert not Round.objects.exists()
    assert not Report.objects.exists()
    assert AuditEvent.objects.filter(action="round_removed").count() == 1


def test_drafts_go_only_when_it_is_said(client, admin, report):
    client.force_login(admin)
    round_ = report.round
    refused = client.post(address("setup_round_remove", round_), {"version": round_.version})
    assert refused.status_code == 422
    assert f"Slett også utkastene til {report.project.title}" in refused.content.decode()
    assert Report.objects.filter(pk=report.pk).exists()
    sent = {"version": round_.version, "takes_drafts": "on"}
    assert client.post(address("setup_round_remove", round_), sent).status_code == 303
    assert not Round.objects.exists()


def test_a_round_somebody_has_submitted_in_stays(client, admin, leader, owner, project, round_):
    sent_in(project, round_)
    for person, refusal in ((admin, wiping.AlreadySubmitted), (leader, NotAllowed)):
        with pytest.raises(refusal):
            wiping.remove_round(by=act(person), round_=round_, version=round_.version, takes_drafts=True)
    client.force_login(admin)
    shown = client.get(address("setup_round_remove", round_))
    refused = client.post(address("setup_round_remove", round_), {"version": round_.version})
    assert (shown.status_code, refused.status_code) == (200, 422)
    for page in (shown.content.decode(), refused.content.decode()):
        assert "Noen har signert eller sendt inn i runden." in page
        assert f"<li>{project.title}</li>" in page
        assert 'name="version"' not in page, "no form that would be refused"
    assert Round.objects.get() == round_


def test_a_closed_round_says_who_is_missing_and_is_opened_again(client, admin, leader, project, report):
    round_ = report.round
    client.force_login(admin)
    shown = " ".join(client.get(address("setup_round", round_)).content.decode().split())
    assert (
        f'1 prosjekt har ikke levert, og blir ikke spurt lenger:</p><ul class="ds-list small"><li>{project.title}'
        in shown
    )
    rounds.close_round(by=act(admin, TODAY - timedelta(3)), round_=round_, version=round_.version)
    round_.refresh_from_db()
    assert not Report.objects.get().is_asked_for(TODAY)
    assert "Åpne runden igjen" in client.get(address("setup_round", round_)).content.decode()
    sent = {"version": round_.version, "deadline": "21.01.2015"}
    assert client.post(address("setup_round_reopen", round_), sent).status_code == 422
    assert client.post(address("setup_round_reopen", round_), {**sent, "deadline": "16.02.2015"}).status_code == 303
    round_.refresh_from_db()
    assert (round_.closed_on, round_.deadline) == (None, date(2015, 2, 16))
    assert Report.objects.get().is_asked_for(TODAY)
    assert AuditEvent.objects.filter(action="round_reopened").count() == 1


@pytest.mark.parametrize("last", [date(2015, 7, 2), date(2015, 7, 3), date(2099, 1, 1)])
def test_a_round_is_due_within_half_a_year_of_its_period(programme, admin, last):
    by, latest = act(admin, date(2014, 12, 1)), date(2015, 7, 2)
    if last <= latest:
        assert rounds.create_round(by=by, programme=programme, plan=replace(PLAN, deadline=last)).deadline == last
        return
    with pytest.raises(rounds.DeadlineTooLate) as refused:
        rounds.create_round(by=by, programme=programme, plan=replace(PLAN, deadline=last))
    assert refused.value.latest == latest
    made = a_round(programme)
    with pytest.raises(rounds.DeadlineTooLate):
        rounds.change_round(by=by, round_=made, version=1, plan=replace(PLAN, deadline=last))
    made.refresh_from_db()
    assert made.deadline == PLAN.deadline


def test_a_round_of_a_year_far_ahead_is_a_slip(programme, admin):
    plan = replace(
        PLAN, year=2099, period_start=date(2099, 1, 1), period_end=date(2099, 12, 31), opens_on=date(2099, 12, 1),
        deadline=date(2100, 2, 1),
    )  # fmt: skip
    with pytest.raises(rounds.DeadlineTooLate) as refused:
        rounds.create_round(by=act(admin), programme=programme, plan=plan)
    assert refused.value.latest == date(2018, 1, 22)


def test_a_deadline_far_ahead_is_refused_at_its_field_when_a_round_is_opened_again(client, admin, round_):
    rounds.close_round(by=act(admin, TODAY - timedelta(3)), round_=round_, version=round_.version)
    client.force_login(admin)
    assert "Senest et halvt år fra i dag" in client.get(address("setup_round_reopen", round_)).content.decode()
    sent = {"version": round_.version + 1, "deadline": "01.02.2099"}
    refused = client.post(address("setup_round_reopen", round_), sent)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["deadline"]
    latest = reviews.latest_return(round_, TODAY)
    assert f"Fristen kan ikke være senere enn {day(latest)}." in refused.content.decode()
    round_.refresh_from_db()
    assert round_.closed_on
    assert (
        client.post(address("setup_round_reopen", round_), {**sent, "deadline": f"{latest:%d.%m.%Y}"}).status_code
        == 303
    )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"year": 2019}, rounds.YearNotInPeriod),
        ({"opens_on": date(2013, 12, 31)}, rounds.OpensOutsidePeriod),
        ({"opens_on": date(2016, 1, 2), "deadline": date(2016, 2, 1)}, rounds.OpensOutsidePeriod),
    ],
)
def test_year_period_and_opening_agree(programme, admin, changes, refusal):
    with pytest.raises(refusal):
        a_round(programme, **{"period_start": PLAN.period_start, "period_end": PLAN.period_end, **changes})


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("offentleglova § 13 første ledd", True), ("offl. § 23", True), ("forvaltningsloven §§ 13 og 13 a", True),
        ("x", False), ("13", False), ("§ 13", False), ("offentleglova", False), ("", False),
    ],
)  # fmt: skip
def test_a_ground_names_a_law_and_a_paragraph(text, is_one):
    assert is_ground(text) is is_one


def test_a_report_is_returned_within_the_rounds_time(project, leader, owner, round_, adviser):
    review = read(sent_in(project, round_), adviser)
    with pytest.raises(reviews.DeadlineTooLate) as refused:
        reviews.return_report(by=act(adviser), review=review, new_deadline=date(2099, 1, 1), note="Skriv mer.")
    assert refused.value.latest == round_.due_on + reviews.LONGEST_RETURN


def test_the_projects_of_a_round_are_by_title_and_all_are_taken_out_at_once(
    client, admin, programme, project, other_project
):
    round_ = a_round(programme)
    type(project).objects.filter(pk=project.pk).update(title="Åre")
    type(project).objects.filter(pk=other_project.pk).update(title="Bodø")
    client.force_login(admin)
    page = client.get(address("setup_round_projects", round_), {"velg": "ingen"})
    field = page.context["form"]["projects"]
    assert [title for _pk, title in field.field.choices] == ["Bodø", "Åre"]
    assert field.value() == []


def test_one_who_begins_after_the_page_was_shown_is_asked_about(report):
    form = RemoveForm({"version": report.round.version}, initial={"version": report.round.version}, begun=[])
    assert form.is_valid()

    def refuse():
        raise wiping.DraftsLeft([report.project.title])

    form.attempt(refuse)
    assert report.project.title in form["takes_drafts"].label
    assert form["takes_drafts"].errors
