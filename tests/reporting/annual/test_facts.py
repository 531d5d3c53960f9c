"""What the engine is told of reports: received, signed, commented on, and known when."""

from datetime import date
from uuid import UUID

import pytest

from benefits.assessment import judge
from projects.asked import Asked
from reporting.annual.actions import replies, reports, reviews
from reporting.annual.facts import load
from tests.reporting.annual.writing import act, at, filled, seen, submitted

pytestmark = pytest.mark.django_db
DEADLINE, LATER = date(2015, 2, 2), date(2015, 4, 10)
RETURNED, AGAIN = date(2015, 3, 1), date(2015, 4, 1)


@pytest.fixture
def unsigned(report, leader, owner):
    return submitted(filled(report, leader), leader, DEADLINE)


def causes(project, day):
    return {finding.cause for finding in judge([project], day)[0].findings if finding.rule == "F4"}


def test_a_report_not_signed_in_sixty_days_is_found_and_the_signature_closes_it(unsigned, report, project, owner):
    assert causes(project, date(2015, 4, 2)) == {"none"}
    assert causes(project, LATER) == {"report_unsigned"}
    report.refresh_from_db()
    reports.sign(by=act(owner, LATER), report=report, seen=unsigned.contents["content"])
    assert causes(project, LATER) == {"none"}


def test_what_was_not_known_is_not_told(unsigned, report, project, owner):
    report.refresh_from_db()
    reports.sign(by=act(owner, LATER), report=report, seen=unsigned.contents["content"])
    (fact,) = load(Asked([project.pk], LATER, at(LATER, 9)))[project.pk]["reports"]
    assert (fact.year, fact.received_on, fact.signed_on) == (2014, DEADLINE, None)
    assert load(Asked([project.pk], LATER, at(DEADLINE, 9)))[project.pk]["reports"] == ()
    assert load(Asked([project.pk], LATER))[project.pk]["reports"][0].signed_on == LATER


@pytest.fixture
def comment(report, leader, owner, adviser):
    """A comment on a report that was sent back on the first of March, to come in again in a month."""
    submission = submitted(filled(report, leader), leader, DEADLINE)
    review = reviews.open_review(by=act(adviser, RETURNED), submission=submission)
    made = reviews.comment(by=act(adviser, RETURNED), review=review, section="gevinster", text="Hva med vikarene?")
    reviews.return_report(by=act(adviser, RETURNED), review=review, new_deadline=AGAIN)
    return made


def unanswered(project, day):
    """The learning point about comments, on a day."""
    return next(f for f in judge([project], day)[0].findings if f.rule == "L4").cause == "comment_unanswered"


def test_a_comment_without_reply_is_found_before_the_report_is_due_again(comment, project, leader):
    (fact,) = load(Asked([project.pk], AGAIN))[project.pk]["comments"]
    assert (fact.year, fact.round, fact.returned_on, fact.due_on) == (2014, "2014", RETURNED, AGAIN)
    assert not unanswered(project, date(2015, 3, 24))
    assert unanswered(project, date(2015, 3, 25))
    replies.reply(by=act(leader, RETURNED), comment=comment, text="De er tatt med.", seen="")
    assert not unanswered(project, AGAIN)


def test_a_reply_is_not_known_before_it_is_given(comment, project, leader):
    replies.reply(by=act(leader, date(2015, 3, 20)), comment=comment, text="De er tatt med.", seen="")
    assert load(Asked([project.pk], AGAIN, at(date(2015, 3, 19), 9)))[project.pk]["comments"]
    assert not load(Asked([project.pk], AGAIN, at(date(2015, 3, 21), 9)))[project.pk]["comments"]
    assert not load(Asked([project.pk], date(2015, 2, 20)))[project.pk]["comments"]


def test_an_approved_report_needs_no_more_replies(comment, project, report, leader, owner, adviser):
    report.refresh_from_db()
    reports.sign(by=act(owner, date(2015, 3, 10)), report=report, seen=seen(report, date(2015, 3, 10)))
    again = submitted(report, leader, date(2015, 3, 10), key=UUID(int=2))
    assert unanswered(project, date(2015, 3, 10))
    review = reviews.open_review(by=act(adviser, AGAIN), submission=again)
    for section in again.contents["content"]["sections"]:
        reviews.mark_read(by=act(adviser, AGAIN), review=review, section=section["key"])
    reviews.approve(by=act(adviser, AGAIN), review=review, project_outcome="none")
    assert not unanswered(project, AGAIN)
