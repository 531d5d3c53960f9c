"""The adviser's review: read, comment, answer the official questions, return or approve; and what is published."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.actor import NotAllowed
from benefits.actions.measurements import Value, register
from benefits.models import Measurement
from reporting.annual.actions import reviews
from reporting.annual.models import Published, PublishedTarget, Report, Review, Submission, TargetAnswer
from tests import factories
from tests.reporting.annual.writing import a_round, act, begun, filled, read, save, signed, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(report, leader, owner):
    signed(filled(report, leader), owner)
    return submitted(report, leader)


@pytest.fixture
def review(submission, adviser):
    return reviews.open_review(by=act(adviser), submission=submission)


def test_a_returned_report_becomes_the_next_revision_and_the_first_one_stays(review, report, leader, adviser, owner):
    reviews.comment(by=act(adviser), review=review, section="gevinster", text="Hvor mye skyldes heltid?")
    returned = reviews.return_report(by=act(adviser), review=review, new_deadline=date(2015, 3, 6))
    assert (returned.state, returned.revision, returned.due_on) == (Report.State.RETURNED, 2, date(2015, 3, 6))
    save(report, leader, "gevinster", gevinster="34 ansatte har fått større stilling.")
    signed(report, owner)
    second = submitted(report, leader)
    assert [row.revision for row in Submission.objects.order_by("revision")] == [1, 2]
    assert not second.is_late
    assert second.number != review.submission.number
    assert Submission.objects.get(revision=1).contents == review.submission.contents


def test_the_new_deadline_decides_what_is_late(review, report, leader, adviser):
    reviews.return_report(by=act(adviser), review=review, new_deadline=date(2015, 3, 6), note="Se kommentarene.")
    assert submitted(report, leader, date(2015, 3, 7)).is_late


def test_a_report_is_not_returned_without_a_word(review, adviser):
    with pytest.raises(reviews.NothingSaid):
        reviews.return_report(by=act(adviser), review=review, new_deadline=date(2015, 3, 6))
    taken_back = reviews.comment(by=act(adviser), review=review, section="videre", text="Nei.")
    reviews.withdraw_comment(by=act(adviser), comment=taken_back)
    with pytest.raises(reviews.NothingSaid):
        reviews.return_report(by=act(adviser), review=review, new_deadline=date(2015, 3, 6))


def test_the_new_deadline_lies_ahead(review, adviser):
    with pytest.raises(reviews.DeadlinePassed):
        reviews.return_report(by=act(adviser), review=review, new_deadline=date(2015, 1, 22), note="Se her.")


def test_the_official_questions_are_answered_per_target_and_can_be_answered_anew(review, target, adviser):
    for given in ("no", "partly"):
        reviews.answer(
            by=act(adviser), review=review, target=target, question="documented", answer=given, line="To målinger."
        )
    assert TargetAnswer.objects.get().answer == "partly"
    with pytest.raises(reviews.UnknownSection):
        reviews.answer(by=act(adviser), review=review, target=target, question="documented", answer="maybe", line="")
    with pytest.raises(reviews.UnknownSection):
        reviews.answer(
            by=act(adviser), review=review, target=factories.target(), question="suited", answer="yes", line=""
        )


def test_a_report_is_approved_when_every_section_is_read(review, submission, adviser):
    with pytest.raises(reviews.NotRead) as refusal:
        reviews.approve(by=act(adviser), review=review, project_outcome="none")
    assert len(refusal.value.sections) == 7
    read(submission, adviser)
    reviews.approve(by=act(adviser), review=review, project_outcome="talk")
    review.refresh_from_db()
    assert (review.report_outcome, review.project_outcome) == (Review.Report.APPROVED, Review.Project.TALK)
    assert Report.objects.get().state == Report.State.APPROVED


def test_approval_confirms_what_was_reported_and_nothing_newer(submission, target, leader, adviser):
    later = register(by=act(leader), target=target, value=Value(date(2015, 1, 20), Decimal("9.5")))
    reviews.approve(by=act(adviser), review=read(submission, adviser), project_outcome="none")
    confirmed = Measurement.objects.filter(state=Measurement.State.CONFIRMED)
    assert confirmed.count() == 2
    assert later not in confirmed


def test_approval_publishes_what_was_reported(submission, target, leader, adviser, project):
    register(by=act(leader), target=target, value=Value(date(2015, 1, 20), Decimal("12")))
    published = reviews.approve(by=act(adviser), review=read(submission, adviser), project_outcome="none")
    row = published.targets.get()
    assert (published.project, published.year, published.as_of) == (project, 2014, date(2015, 1, 22))
    assert (row.word, row.value, row.baseline_value) == (
        PublishedTarget.Word.ON_THE_WAY,
        Decimal("9.6"),
        Decimal("10.8"),
    )


def test_few_people_are_never_published(project, leader, owner, adviser, programme):
    few = factories.target(project, population=8)
    factories.measurement(few, date(2014, 12, 31), "9.0", n=4)
    report = filled(begun(project, leader, a_round(programme)), leader)
    signed(report, owner)
    review = read(submitted(report, leader), adviser)
    row = reviews.approve(by=act(adviser), review=review, project_outcome="none").targets.get()
    assert row.is_suppressed
    assert (row.value, row.baseline_value) == (None, None)  # mostly the same people


def test_a_baseline_of_few_people_is_never_published(project, leader, owner, adviser, programme):
    few = factories.target(project, kind="survey_share", baseline_n=4)
    factories.measurement(few, date(2014, 12, 31), "40", n=30)
    report = filled(begun(project, leader, a_round(programme)), leader)
    signed(report, owner)
    review = read(submitted(report, leader), adviser)
    published = reviews.approve(by=act(adviser), review=review, project_outcome="none")
    row = published.targets.get()
    assert row.is_suppressed
    assert (row.value, row.baseline_value) == (None, None)
    assert "10.8" not in published.contents


def test_a_decided_review_cannot_be_changed(submission, adviser):
    review = read(submission, adviser)
    reviews.approve(by=act(adviser), review=review, project_outcome="none")
    for change in (
        lambda: reviews.comment(by=act(adviser), review=review, section="videre", text="Mer"),
        lambda: reviews.approve(by=act(adviser), review=review, project_outcome="none"),
        lambda: reviews.return_report(by=act(adviser), review=review, new_deadline=date(2015, 3, 6), note="x"),
    ):
        with pytest.raises(reviews.AlreadyDecided):
            change()
    assert Published.objects.count() == 1


@pytest.mark.parametrize("who", ["leader", "owner", "reader", "admin", "stranger", "other_leader"])
def test_only_the_adviser_reviews(who, submission, request):
    with pytest.raises(NotAllowed):
        reviews.open_review(by=act(request.getfixturevalue(who)), submission=submission)
