"""A round with one submitted report whose answers can be quoted."""

from datetime import date

import pytest

from reporting.across.actions import marking
from reporting.across.words import asked_in, find
from tests import factories
from tests.reporting.annual.writing import a_round, act, complete, save, send_in

QUESTION = "virket_ikke"
ANSWER = (
    "Felles kurs for alle. Det ble for langt fra hverdagen i Meråker.\n\n"
    "Lise Leder ringte 74 81 00 00. Felles kurs for alle."
)


@pytest.fixture(autouse=True)
def _in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.fixture
def round_(programme, project):
    factories.target(project, is_main=True)
    return a_round(programme)


@pytest.fixture
def submission(project, leader, owner, round_):
    report = complete(project, round_)
    section = report.form.sections.get(questions__key=QUESTION)
    save(report, leader, section.key, **{QUESTION: ANSWER})
    return send_in(report)


def marked(submission, person, quote, *codes, question=QUESTION, note=""):
    """A passage a person has given codes."""
    span = find(quote, asked_in(submission, question).words)
    return marking.mark(by=act(person), submission=submission, question=question, spans=[span], codes=codes, note=note)
