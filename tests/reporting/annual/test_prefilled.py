"""What is registered already stands beside the questions that ask about it."""

from datetime import date

import pytest
from django.urls import reverse

from benefits.actions import warnings as answers
from benefits.models import PitfallWarning, TargetStatus
from reporting.annual.content import content
from tests import factories
from tests.reporting.annual.writing import act

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.fixture
def section(client, report, leader, project):
    client.force_login(leader)
    return lambda key: client.get(reverse("report_section", args=[project.slug, "2014", key])).content.decode()


def test_the_milestones_of_the_period_and_those_that_are_behind(section, project):
    kept = {"Før perioden, nådd": ("signed", date(2013, 5, 1)), "I perioden": ("signed", date(2014, 5, 1)),
            "Henger etter": ("planned", date(2013, 9, 1)), "Trukket": ("withdrawn", date(2014, 6, 1)),
            "Neste år": ("planned", date(2015, 3, 1))}  # fmt: skip
    for title, (state, due) in kept.items():
        decided = {"decided_on": due} if state == "signed" else {}
        factories.milestone(project, title=title, due_on=due, state=state, **decided)
    page = section("tiltak")
    assert [title for title in kept if title in page] == ["I perioden", "Henger etter"]
    assert "ikke nådd i tide" in page
    assert "I perioden" not in section("videre")


def test_the_ledger_of_freed_time(section, project):
    assert "Frigitt tid i regnskapet" not in section("gevinster")
    factories.freed_time(project)
    page = section("gevinster")
    assert "Frigitt tid i regnskapet" in page
    assert "årsverk" in page


def test_each_targets_status(section, target, report, client):
    TargetStatus.objects.update_or_create(target=target, defaults={"state": "behind", "result": "behind"})
    assert "Bak planen" in section("tiltak")
    assert "Bak planen" not in str(content(report, date(2015, 1, 22))), "a verdict is not what people sign"


def test_the_answers_to_an_open_warning(section, project, leader):
    warning = PitfallWarning.objects.create(
        project=project, rule="F3", severity=2, cause="no_measurement", opened_on=date(2015, 1, 2),
        last_seen_on=date(2015, 1, 22),
    )  # fmt: skip
    assert "Ingen har svart på varselet." in section("fallgruver")
    answers.register_action(by=act(leader), warning=warning, note="Vi måler i mars.", until=date(2015, 3, 15))
    page = section("fallgruver")
    assert "Vi måler i mars." in page
    assert "Tiltak registrert" in page
    assert "Ingen har svart på varselet." not in page
