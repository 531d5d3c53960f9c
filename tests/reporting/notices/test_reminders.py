"""Reminders of a deadline: at eight steps, to those whose report has not come, one mail for each person."""

from datetime import date, timedelta

import pytest

from accounts.actor import system
from journal.models import OutboxMessage, ScheduledSlot
from journal.outbox import deliver_waiting
from projects.models import Project, RoleAssignment
from projects.roles import Role
from reporting.annual.actions import reports, reviews, rounds
from reporting.annual.models import Round
from reporting.notices.mail import carry
from reporting.notices.models import Reminder
from reporting.notices.reminders import remind, step_on
from reporting.tasks import remind_of_deadlines
from tests import factories
from tests.reporting.annual.writing import act, at, begun, filled, read, signed, submitted

pytestmark = pytest.mark.django_db
DUE = date(2015, 2, 2)  # 1 February 2015 is a Sunday


def reminded(days, mailoutbox):
    """Who gets which mail when the clock's round is done so many days from the deadline."""
    mailoutbox.clear()
    remind(by=system(at(DUE + timedelta(days=days), 7)))
    deliver_waiting(carry)
    return {mail.to[0]: mail for mail in mailoutbox}


@pytest.mark.parametrize(
    ("days", "step"),
    [
        (-22, None), (-21, -21), (-20, -21), (-15, -21), (-14, -14), (-8, -14), (-7, -7), (-1, -1), (0, -1), (1, 1),
        (6, 1), (7, 7), (13, 7), (14, 14), (21, 21), (27, 21), (28, None), (400, None),
    ],
)  # fmt: skip
def test_the_latest_step_counts_and_an_old_one_is_let_go(days, step):
    assert step_on(DUE, DUE + timedelta(days=days)) == step


def test_over_two_months_the_leader_is_reminded_eight_times_and_no_more(report, leader, owner, mailoutbox):
    days = [day for day in range(-40, 40) if reminded(day, mailoutbox)]
    assert days == [-21, -14, -7, -1, 1, 7, 14, 21]
    assert set(Reminder.objects.values_list("person", flat=True)) == {leader.pk}


def test_one_who_has_not_begun_is_reminded_too(project, leader, round_, mailoutbox):
    assert set(reminded(-7, mailoutbox)) == {leader.email}


def test_after_days_without_the_clock_only_the_latest_step_is_sent(report, leader, mailoutbox):
    assert len(reminded(-3, mailoutbox)) == 1
    assert Reminder.objects.get().step == -7
    assert reminded(-2, mailoutbox) == {}


def test_the_same_day_again_reminds_nobody(report, leader, mailoutbox):
    assert len(reminded(-7, mailoutbox)) == 1
    assert reminded(-7, mailoutbox) == {}
    assert OutboxMessage.objects.count() == 1


def test_the_owner_is_reminded_while_it_waits_for_the_owner(report, leader, owner, mailoutbox):
    reports.send_to_owner(by=act(leader), report=filled(report, leader))
    deliver_waiting(carry)
    mails = reminded(-7, mailoutbox)
    assert set(mails) == {leader.email, owner.email}
    assert "Den venter på signaturen til prosjekteieren." in mails[owner.email].body


def test_who_has_submitted_is_not_reminded(report, leader, owner, mailoutbox):
    signed(filled(report, leader), owner)
    submitted(report, leader)
    deliver_waiting(carry)
    assert reminded(-7, mailoutbox) == {}


def test_what_comes_between_reminder_and_mail_is_left_out(report, leader, owner, mailoutbox):
    remind(by=system(at(DUE - timedelta(days=7), 7)))
    signed(filled(report, leader), owner)
    submitted(report, leader)
    deliver_waiting(carry)
    assert OutboxMessage.objects.get(kind="report_reminder").outcome == "skipped"


def test_a_person_with_two_projects_gets_one_mail(report, leader, other_project, programme, round_, mailoutbox):
    factories.role(leader, Role.LEADER, other_project)
    rounds.prepare(by=system(at()), round_=round_)
    mail = reminded(-7, mailoutbox)[leader.email]
    assert len(mailoutbox) == 1
    assert mail.subject == "2 rapporter er ikke sendt inn"
    assert mail.body.count("/arsrapport/2014/") == 2


def test_after_the_deadline_it_says_that_the_report_is_still_taken(report, leader, mailoutbox):
    assert "Fristen er mandag 2. februar 2015." in reminded(-1, mailoutbox)[leader.email].body
    assert (
        "Fristen var mandag 2. februar 2015, men den kan fortsatt sendes inn."
        in reminded(1, mailoutbox)[leader.email].body
    )


def test_a_closed_round_reminds_nobody(report, leader, round_, mailoutbox):
    Round.objects.filter(pk=round_.pk).update(closed_on=DUE)
    assert reminded(1, mailoutbox) == {}


def test_on_the_day_it_is_closed_only_who_has_begun_is_reminded(project, leader, round_, mailoutbox):
    day = DUE + timedelta(days=1)
    Round.objects.filter(pk=round_.pk).update(closed_on=day)
    assert reminded(1, mailoutbox) == {}
    Round.objects.filter(pk=round_.pk).update(closed_on=None)
    begun(project, leader, round_)
    Round.objects.filter(pk=round_.pk).update(closed_on=day)
    assert set(reminded(1, mailoutbox)) == {leader.email}


def test_a_project_that_has_withdrawn_is_not_reminded_of_what_its_round_asks(report, project, leader, mailoutbox):
    remind(by=system(at(DUE - timedelta(days=7), 7)))
    Project.objects.filter(pk=project.pk).update(participation=Project.Participation.WITHDRAWN)
    deliver_waiting(carry)
    assert OutboxMessage.objects.get().outcome == "skipped"
    assert reminded(-1, mailoutbox) == {}


def test_only_the_projects_one_still_leads_are_in_the_mail(
    report, leader, project, other_project, programme, round_, mailoutbox
):
    factories.role(leader, Role.LEADER, other_project)
    rounds.prepare(by=system(at()), round_=round_)
    remind(by=system(at(DUE - timedelta(days=7), 7)))
    RoleAssignment.objects.filter(person=leader, project=project).update(ends_on=at().date() - timedelta(days=1))
    deliver_waiting(carry)
    assert mailoutbox[0].subject == "En rapport er ikke sendt inn"
    assert other_project.title in mailoutbox[0].body


def test_a_report_that_is_sent_back_has_a_deadline_and_steps_of_its_own(report, leader, owner, adviser, mailoutbox):
    assert reminded(-14, mailoutbox)
    signed(filled(report, leader), owner)
    submission = submitted(report, leader)
    later = DUE + timedelta(days=30)
    reviews.return_report(by=act(adviser), review=read(submission, adviser), new_deadline=later, note="Mer, takk.")
    deliver_waiting(carry)
    assert reminded(1, mailoutbox) == {}
    assert set(reminded(30 - 14, mailoutbox)) == {leader.email}


def test_the_reminder_is_in_the_persons_language(report, leader, mailoutbox):
    leader.language = "nn"
    leader.save()
    mail = reminded(-7, mailoutbox)[leader.email]
    assert mail.subject == "Ein rapport er ikkje send inn"
    assert "Fristen er måndag 2. februar 2015." in mail.body


def test_the_days_round_is_done_once(report, leader):
    assert remind_of_deadlines(slot="2015-01-22") == 1  # the clock stands eleven days before the deadline
    assert remind_of_deadlines(slot="2015-01-22") == 0
    assert ScheduledSlot.objects.get(job="remind").outcome == {"people": 1}
    assert remind_of_deadlines(slot="2015-01-23") == 0


def test_the_round_asks_few_questions_however_many_projects(
    report, leader, programme, round_, django_assert_max_num_queries
):
    for _ in range(5):
        made = factories.project(cohort=factories.cohort(programme=programme))
        factories.role(leader, Role.LEADER, made)
    rounds.prepare(by=system(at()), round_=round_)
    with django_assert_max_num_queries(7):  # savepoint, reports, roles, given, one insert a person, the outbox
        assert remind(by=system(at(DUE - timedelta(days=7)))) == 1
