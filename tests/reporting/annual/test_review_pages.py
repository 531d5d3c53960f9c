"""What an adviser meets: the queue, the report beside last year's, comments, and the two outcomes."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from accounts.actor import Actor
from benefits.models import Measurement
from reporting.annual.actions import decisions, reviews
from reporting.annual.models import Published, Report, Review, Round, Submission
from saman import clock
from tests import factories
from tests.reporting.annual.writing import ANSWERS, a_round, approved, complete, save, send_in, sent_in

pytestmark = pytest.mark.django_db
TODAY = date(2015, 1, 22)


@pytest.fixture(autouse=True)
def _in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, TODAY


@pytest.fixture
def target(project):
    made = factories.target(project, is_main=True)
    factories.measurement(made, date(2014, 12, 31), "9.9")
    return made


@pytest.fixture
def round_(programme, project):
    return a_round(programme)


@pytest.fixture
def submission(project, leader, owner, target, round_):
    return sent_in(project, round_)


@pytest.fixture
def reading(client, adviser):
    client.force_login(adviser)
    return client


def address(name, submission, *more):
    return reverse(name, args=[submission.report.project.cohort.programme.slug, submission.pk, *more])


def read_all(client, submission):
    for section in submission.contents["content"]["sections"]:
        client.post(address("report_section_read", submission), {"section": section["key"]})


def decide(client, submission, **changed):
    seen = decisions.state_of(Review.objects.filter(submission=submission).first())
    sent = {
        "seen": seen,
        "report": "approved",
        "project": "none",
        "note": "",
        "new_deadline": "",
        "leaves_questions": "on",
    }
    sent |= changed
    return client.post(address("report_decide", submission), sent)


def test_the_queue_shows_what_has_come_and_not_how_far_the_drafts_are(reading, submission, other_project, other_leader):
    factories.role(factories.user(), "owner", other_project)
    Report.objects.filter(project=other_project).delete()
    complete(other_project, submission.report.round)
    page = reading.get(reverse("report_queue", args=[other_project.cohort.programme.slug])).content.decode()
    assert "1 av 2 mottatt" in page
    assert "Ikke mottatt" in page
    assert other_project.title in page
    assert "Under arbeid" not in page
    assert "Venter på prosjekteier" not in page
    assert f"versjon {submission.revision}" in page.lower() or "Signert" in page


def test_the_queue_asks_the_database_few_questions(reading, submission, django_assert_max_num_queries):
    # session, person, programme, rounds, reports, submissions, parts, what two have read; the menu
    with django_assert_max_num_queries(11):
        reading.get(reverse("report_queue", args=[submission.report.project.cohort.programme.slug]))


def test_this_year_stands_beside_last_year(reading, project, leader, owner, target, programme, round_, adviser):
    last = a_round(programme, 2013)
    approved(sent_in(project, last, date(2014, 1, 20)), adviser, date(2014, 1, 25))
    report = complete(project, round_)
    section = report.form.sections.filter(questions__type="text", questions__required=True).first()
    question = section.questions.filter(type="text", required=True).first()
    more = f"{ANSWERS['text']} 34 ansatte har fått større stilling."
    save(report, leader, section.key, **{question.key: more})
    new = send_in(report)
    page = reading.get(address("report_review", new), {"del": section.key}).content.decode()
    assert "<ins>34 ansatte har fått større stilling.</ins>" in page
    assert "<h4>2013</h4>" in page
    assert "<h4>2014</h4>" in page
    assert "svar er like fjorårets" in page


def test_the_first_report_has_nothing_to_compare_with(reading, submission):
    page = reading.get(address("report_review", submission)).content.decode()
    assert "første rapporten" in page
    assert "<ins>" not in page


def test_opening_the_page_stores_nothing(reading, submission):
    reading.get(address("report_review", submission))
    assert not Review.objects.exists()


def test_a_comment_is_kept_and_can_be_taken_back(reading, submission):
    key = submission.contents["content"]["sections"][1]["key"]
    reading.post(address("report_comment", submission), {"section": key, "text": "Hva er nullpunktet?"})
    page = reading.get(address("report_review", submission), {"del": key}).content.decode()
    assert "Hva er nullpunktet?" in page
    said = submission.review.comments.get()
    reading.post(address("report_comment_withdraw", submission, said.pk))
    assert "Hva er nullpunktet?" not in reading.get(address("report_review", submission), {"del": key}).content.decode()


def test_an_empty_comment_is_refused_at_its_field(reading, submission):
    key = submission.contents["content"]["sections"][0]["key"]
    response = reading.post(address("report_comment", submission), {"section": key, "text": "  "})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()


def test_approval_waits_until_every_part_is_read(reading, submission):
    response = decide(reading, submission)
    assert response.status_code == 422
    assert "Les alle delene" in response.content.decode()
    assert not Published.objects.exists()


def test_approval_confirms_the_measurements_and_publishes(reading, submission, target):
    read_all(reading, submission)
    assert decide(reading, submission).status_code == 303
    assert Measurement.objects.get(target=target).state == Measurement.State.CONFIRMED
    assert Published.objects.get().targets.get().word == "on_the_way"
    assert Report.objects.get().state == Report.State.APPROVED


def test_a_returned_report_gets_a_new_deadline_and_the_old_version_can_be_read(reading, submission):
    key = submission.contents["content"]["sections"][0]["key"]
    reading.post(address("report_comment", submission), {"section": key, "text": "Hvem har ansvaret?"})
    response = decide(reading, submission, report="returned", project="talk", new_deadline="13.02.2015")
    assert response.status_code == 303
    report = Report.objects.get()
    assert (report.state, report.revision, report.due_on) == ("returned", 2, date(2015, 2, 13))
    again = send_in(report, TODAY)
    old = reading.get(address("report_review", submission), {"del": key}).content.decode()
    assert "Hvem har ansvaret?" in old
    assert "Lagre avgjørelsen" not in old
    assert "Tilby samtale" in old
    new = reading.get(address("report_review", again)).content.decode()
    assert "Lagre avgjørelsen" in new
    assert "Versjon 1" in new


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"new_deadline": ""}, "Skriv når"),
        ({"new_deadline": "22.01.2015"}, "Velg en dag fra 23. januar 2015 til 4. august 2015."),
        ({"new_deadline": "01.01.2099"}, "Velg en dag fra 23. januar 2015 til 4. august 2015."),
        ({"new_deadline": "30.01.2015"}, "Rundens frist er 2. februar 2015."),
        ({"new_deadline": "13.02.2015"}, "Skriv en kommentar"),
        ({"new_deadline": "13.02.2015", "report": ""}, "aria-invalid"),
        ({"new_deadline": "13.02.2015", "project": "nonsense"}, "aria-invalid"),
    ],
)
def test_a_return_says_what_and_by_when(reading, submission, changed, words):
    response = decide(reading, submission, **{"report": "returned", **changed})
    assert response.status_code == 422
    assert words in response.content.decode()
    assert Report.objects.get().state == Report.State.SUBMITTED


def test_the_official_questions_are_asked_of_each_target(reading, submission, target):
    sent = {"seen": "", f"suited-{target.pk}": "partly", f"line-suited-{target.pk}": "Ja, men for lite av det."}
    assert reading.post(address("report_questions", submission), sent).status_code == 303
    page = reading.get(address("report_review", submission), {"del": "sporsmal"}).content.decode()
    assert "Ja, men for lite av det." in page
    assert "1 av 3 besvart" in page


def test_a_line_without_an_answer_is_asked_about(reading, submission, target):
    response = reading.post(address("report_questions", submission), {f"line-suited-{target.pk}": "Bra."})
    assert response.status_code == 422
    assert "Bra." in response.content.decode()


def test_approval_with_questions_left_is_asked_about_first(reading, submission, target):
    read_all(reading, submission)
    reading.post(address("report_questions", submission), {"seen": "", f"suited-{target.pk}": "yes"})
    page = reading.get(address("report_review", submission)).content.decode()
    assert "Godkjenn likevel" not in page, "it is asked when it is needed"
    assert f"2 av 3 spørsmål om målene er ikke besvart: E{target.number} (2)." in page
    returned = decide(reading, submission, report="returned", leaves_questions="")
    assert "Godkjenn likevel" not in returned.content.decode(), "nothing is approved"
    refused = decide(reading, submission, leaves_questions="")
    assert refused.status_code == 422
    assert "2 av 3 spørsmål om målene er ikke besvart. Svar på dem først" in refused.content.decode()
    assert "Godkjenn likevel: 2 av 3 spørsmål om målene er ikke besvart" in refused.content.decode()
    again = decide(reading, submission, project="").content.decode()
    assert "Godkjenn likevel" in again, "what is ticked stays"
    with pytest.raises(decisions.QuestionsLeft):
        decisions.decide(
            by=Actor(submission.review.opened_by, clock.now()),
            submission=submission,
            seen=decisions.state_of(submission.review),
            decision=decisions.Decision("approved", "none"),
        )
    assert not Published.objects.exists()
    assert decide(reading, submission).status_code == 303


def test_a_report_whose_questions_are_answered_is_approved_without_more_ado(reading, submission, target):
    read_all(reading, submission)
    sent = {f"{question}-{target.pk}": "yes" for question in ("operationalised", "suited", "documented")}
    reading.post(address("report_questions", submission), {"seen": "", **sent})
    assert "Godkjenn likevel" not in reading.get(address("report_review", submission)).content.decode()
    assert decide(reading, submission, leaves_questions="").status_code == 303


def test_a_deadline_before_the_rounds_own_is_asked_about(reading, submission):
    sent = {"report": "returned", "new_deadline": "30.01.2015", "note": "Mangler tall."}
    assert "Ja, fristen skal være før rundens egen" in decide(reading, submission, **sent).content.decode()
    assert decide(reading, submission, **sent, is_sooner="on").status_code == 303


@pytest.fixture
def other(programme):
    person = factories.user("Odd Rådgiver")
    factories.role(person, "adviser", programme)
    return Actor(person, clock.now())


def test_nobody_decides_over_a_comment_they_have_not_seen(reading, submission, other):
    read_all(reading, submission)
    seen = decisions.state_of(submission.review)
    key = submission.contents["content"]["sections"][0]["key"]
    reviews.comment(by=other, review=submission.review, section=key, text="Vent litt.")
    response = decide(reading, submission, seen=seen, note="Fint arbeid.")
    page = response.content.decode()
    assert response.status_code == 409
    assert "Vent litt." in reading.get(address("report_review", submission), {"del": key}).content.decode()
    assert "Fint arbeid." in page
    assert not Published.objects.exists()
    assert decide(reading, submission, note="Fint arbeid.").status_code == 303


def test_the_second_adviser_is_told_that_it_is_decided_and_keeps_the_text(reading, submission, other):
    review = reviews.open_review(by=other, submission=submission)
    reviews.return_report(by=other, review=review, new_deadline=TODAY + timedelta(20), note="Mangler tall.")
    key = submission.contents["content"]["sections"][0]["key"]
    response = reading.post(address("report_comment", submission), {"section": key, "text": "En lang kommentar."})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Odd Rådgiver" in page
    assert "En lang kommentar." in page


def test_answers_given_meanwhile_are_shown_beside_the_ones_typed(reading, submission, target, other):
    answers = [(target, "suited", "no", "Feil tiltak.")]
    decisions.answer_all(by=other, submission=submission, seen="", answers=answers)
    response = reading.post(address("report_questions", submission), {"seen": "", f"suited-{target.pk}": "yes"})
    assert response.status_code == 409
    assert "Lagret nå: Nei (Odd Rådgiver)" in response.content.decode()
    assert submission.review.answers.get().answer == "no"


def test_a_measurement_corrected_after_submission_is_pointed_out(reading, submission, target):
    factories.measurement(target, date(2015, 1, 10), "9.1")
    assert "Målingene er endret" in reading.get(address("report_review", submission)).content.decode()


def test_another_programmes_adviser_finds_nothing(client, submission):
    stranger = factories.user("Rar Rådgiver")
    factories.role(stranger, "adviser", factories.programme())
    client.force_login(stranger)
    assert client.get(address("report_review", submission)).status_code == 404
    assert Submission.objects.count() == 1


def test_a_round_that_is_shortened_while_the_decision_is_sent_is_said_at_its_field(reading, submission):
    def shorten(execute, sql, *more):
        if sql.startswith("SAVEPOINT"):
            Round.objects.update(deadline=date(2015, 1, 2))
        return execute(sql, *more)

    sent = {"report": "returned", "project": "talk", "note": "Skriv mer.", "new_deadline": "04.08.2015"}
    with connection.execute_wrapper(shorten):
        answer = decide(reading, submission, **sent)
    assert answer.status_code == 422
    assert "Velg en dag fra 23. januar 2015" in answer.content.decode().replace("\u00a0", " ")
    assert Report.objects.get().state == Report.State.SUBMITTED
