"""What the engine is told of reports: received, signed, and known when."""

from datetime import date

import pytest

from benefits.assessment import judge
from reporting.annual.actions import reports
from reporting.annual.facts import load
from tests.reporting.annual.writing import act, at, filled, submitted

pytestmark = pytest.mark.django_db
DEADLINE, LATER = date(2015, 2, 2), date(2015, 4, 10)


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
    (fact,) = load([project.pk], LATER, at(LATER, 9))[project.pk]["reports"]
    assert (fact.year, fact.received_on, fact.signed_on) == (2014, DEADLINE, None)
    assert load([project.pk], LATER, at(DEADLINE, 9))[project.pk]["reports"] == ()
    assert load([project.pk], LATER, None)[project.pk]["reports"][0].signed_on == LATER
