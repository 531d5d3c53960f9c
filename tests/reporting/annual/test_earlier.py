"""What was answered about version 1 stands beside the questions of version 2, and is proposed where nothing changed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from reporting.annual.actions import decisions, reviews, second_readings
from reporting.annual.models import Report, TargetAnswer
from tests import factories
from tests.reporting.annual.writing import TODAY, act, save, send_in, sent_in

pytestmark = pytest.mark.django_db
QUESTIONS = TargetAnswer.Question.values


@pytest.fixture(autouse=True)
def _in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, TODAY


@pytest.fixture
def other(programme):
    person = factories.user("Odd Rådgiver")
    factories.role(person, "adviser", programme)
    return person


@pytest.fixture
def returned(project, leader, owner, target, round_, adviser, other):
    """Version 1: answered by one, read independently by another, and sent back."""
    submission = sent_in(project, round_)
    answers = [(target, question, "partly", "For få enheter.") for question in QUESTIONS]
    review = decisions.answer_all(by=act(adviser), submission=submission, seen="", answers=answers)
    own = [(target, question, "no", "Egen lesning.") for question in QUESTIONS]
    second_readings.save_reading(by=act(other), submission=submission, answers=own)
    reviews.return_report(by=act(adviser), review=review, new_deadline=TODAY + timedelta(14), note="Skriv mer.")
    return submission


def again(submission, leader, **changed):
    report = Report.objects.get(pk=submission.report_id)
    if changed:
        save(report, leader, "tiltak", **changed)
    return send_in(report)


def address(name, submission):
    return reverse(name, args=[submission.report.round.programme.slug, submission.pk])


def page(client, submission):
    return " ".join(client.get(address("report_review", submission), {"del": "sporsmal"}).content.decode().split())


def test_unchanged_targets_have_their_answers_proposed_and_not_counted(client, returned, leader, adviser, target):
    new = again(returned, leader, forklaring="Nå med mer om hvorfor.")
    client.force_login(adviser)
    shown = page(client, new)
    assert "3 av dem er fylt ut for deg" in shown
    assert "Endret i rapporten siden versjon 1: «Hva har endret seg, og hva forklarer det?»." in shown
    assert shown.count('Fra versjon 1, uendret mål: <b class="strong">Delvis</b>') == 3
    assert "0 av 3 besvart" in shown
    assert not TargetAnswer.objects.filter(review__submission=new).exists()
    form = client.get(address("report_review", new), {"del": "sporsmal"}).context["questions"]
    sent = {name: form[name].value() or "" for name in form.fields}
    assert client.post(address("report_questions", new), sent).status_code == 303
    assert list(new.review.answers.values_list("answer", "line")) == [("partly", "For få enheter.")] * 3
    assert "3 av 3 besvart" in page(client, new)


def test_a_target_with_a_new_figure_shows_the_answer_and_proposes_none(client, returned, leader, adviser, target):
    factories.measurement(target, date(2015, 1, 10), "9.1", n=200)
    new = again(returned, leader)
    client.force_login(adviser)
    shown = page(client, new)
    assert "Målet er rapportert annerledes nå." in shown
    assert "Ingen av dem er fylt ut for deg" in shown
    assert "Fra versjon 1, uendret" not in shown
    form = client.get(address("report_review", new), {"del": "sporsmal"}).context["questions"]
    assert not any(form[f"{question}-{target.pk}"].value() for question in QUESTIONS)


def test_the_second_reading_of_version_1_is_shown_on_version_2(client, returned, leader, adviser):
    new = again(returned, leader)
    client.force_login(adviser)
    shown = page(client, new)
    assert "Versjon 1 ble lest uavhengig av Odd Rådgiver" in shown
    assert "Egen lesning." in shown


def test_one_who_reads_independently_sees_only_their_own(client, returned, leader, adviser, other, target):
    new = again(returned, leader)
    answers = [(target, question, "yes", "") for question in QUESTIONS]
    decisions.answer_all(by=act(adviser), submission=new, seen="", answers=answers)
    client.force_login(other)
    shown = page(client, new)
    assert "Les uavhengig" in shown
    assert "For få enheter." not in shown
    assert "ble lest uavhengig av" not in shown
    assert 'Fra versjon 1, uendret mål: <b class="strong">Nei</b>' in shown


def test_two_targets_with_one_title_are_told_apart(client, project, leader, owner, target, round_, adviser):
    twin = factories.target(project)
    twin.versions.update(title=target.versions.get().title)
    new = sent_in(project, round_)
    client.force_login(adviser)
    shown = page(client, new)
    for row in (target, twin):
        assert f"Er hovedtiltaket egnet til å nå målet? (E{row.number})" in shown
        assert f'<span class="code">E{row.number}</span>' in shown


def test_the_page_of_a_second_version_asks_few_questions(
    client, returned, leader, adviser, django_assert_max_num_queries
):
    new = again(returned, leader)
    client.force_login(adviser)
    with django_assert_max_num_queries(40):
        page(client, new)
