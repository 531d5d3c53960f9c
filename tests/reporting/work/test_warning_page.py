"""A warning's own page: its evidence and its whole life, who and when for the project's people."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.actor import Actor
from benefits.actions.targets import change, definition_of
from benefits.actions.warnings import accept, acknowledge, register_action, report_false
from benefits.models import Concern, PitfallWarning, WarningEvent
from projects.models import Programme
from tests import factories
from tests.factories import noon
from tests.reporting.work.assessing import assess

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
TODAY = date(2015, 1, 22)
OPENED = date(2014, 9, 1)


@pytest.fixture
def target(project, leader, owner):
    """The main target, without a value: F3."""
    return factories.target(project, is_main=True, values={}, effect_starts_on=date(2015, 6, 1))


@pytest.fixture
def warning(project, target):
    assess(project, on=OPENED)
    return PitfallWarning.objects.get(rule="F3")


def page_of(client, person, warning):
    client.force_login(person)
    answer = client.get(reverse("warning", args=[warning.project.slug, warning.pk]))
    return answer, " ".join(answer.content.decode().split())


def let_say(target, leader, on, *values):
    """Let the target say something else, or nothing, and assess."""
    target.refresh_from_db()
    live = target.versions.get(superseded_at=None)
    definition = replace(definition_of(live), values=tuple((date(2015, 12, 31), Decimal(v)) for v in values))
    change(by=Actor(leader, noon(on)), target=target, version=target.version, definition=definition)
    assess(target.project, on=on)


def test_the_page_tells_the_whole_life_with_who_and_when(client, project, warning, leader, owner):
    acknowledge(by=Actor(leader, noon(OPENED + DAY)), warning=warning)
    register_action(by=Actor(leader, noon(OPENED + 2 * DAY)), warning=warning, note="Vi setter måltallet i høst.")
    accept(by=Actor(owner, noon(OPENED + 3 * DAY)), warning=warning, note="Det haster ikke.", until=date(2014, 12, 1))
    assess(project, on=TODAY)
    _answer, text = page_of(client, leader, warning)
    told = ("Åpnet: Bør håndteres", "Kvittert ut", "Tiltak registrert", "Vi setter måltallet i høst.",
            "Godtatt til 1. desember 2014", "Det haster ikke.",
            "Godtakelsen gikk ut, og varselet kom tilbake")  # fmt: skip
    places = [text.index(words) for words in told]
    assert places == sorted(places)
    assert text.count("Lise Leder") >= 2
    assert "Eirik Eier" in text
    assert "<dt>Først sett</dt><dd>1. september 2014</dd><dt>Sist sett</dt><dd>22. januar 2015</dd>" in text


def test_an_adviser_reads_the_life_without_the_names(client, project, warning, owner, adviser):
    accept(by=Actor(owner, noon(OPENED + DAY)), warning=warning, note="Det haster ikke.", until=date(2014, 12, 1))
    _, text = page_of(client, adviser, warning)
    assert "Godtatt til 1. desember 2014" in text
    assert "Eirik Eier" not in text


def test_an_adviser_cannot_open_a_warning_before_its_concern_is_open(client, project, warning, adviser, leader):
    Concern.objects.update(visible_on=TODAY + DAY)
    assert page_of(client, adviser, warning)[0].status_code == 404
    assert page_of(client, leader, warning)[0].status_code == 200


def test_another_projects_warning_is_not_found(client, project, warning, other_project, other_leader):
    client.force_login(other_leader)
    assert client.get(reverse("warning", args=[other_project.slug, warning.pk])).status_code == 404


def test_acknowledging_silences_nothing_and_twice_is_once(client, project, warning, leader):
    client.force_login(leader)
    address = reverse("warning_seen", args=[project.slug, warning.pk])
    for _time in range(2):
        text = client.post(address, follow=True).content.decode()
    assert "Kvittert ut av Lise Leder 22. januar 2015" in text
    assert Concern.objects.filter(cause="target_undefined").count() == 1
    assert WarningEvent.objects.filter(kind="acknowledged", warning=warning).count() == 1


def test_a_new_cause_is_to_be_seen_anew(project, warning, leader):
    acknowledge(by=Actor(leader, noon(OPENED)), warning=warning)
    PitfallWarning.objects.filter(pk=warning.pk).update(cause="baseline_missing")
    acknowledge(by=Actor(leader, noon(OPENED + DAY)), warning=warning)
    assert list(warning.events.filter(kind="acknowledged").values_list("cause", flat=True)) == [
        "target_undefined",
        "baseline_missing",
    ]


def test_the_same_answer_twice_is_stored_once_and_another_takes_its_place(warning, leader):
    for note in ("Står i planen.", "Står i planen.", "Står i årsplanen."):
        report_false(by=Actor(leader, noon(OPENED + DAY)), warning=warning, note=note)
    rows = WarningEvent.objects.filter(kind="false_positive").values_list("note", "superseded_at")
    assert list(rows) == [("Står i planen.", noon(OPENED + DAY)), ("Står i årsplanen.", None)]


def test_a_warning_that_comes_back_says_that_it_was_here_before(client, project, target, warning, leader):
    report_false(by=Actor(leader, noon(OPENED + DAY)), warning=warning, note="Står i planen.")
    let_say(target, leader, date(2014, 10, 1), 9)
    let_say(target, leader, date(2014, 12, 1))
    again = PitfallWarning.objects.get(rule="F3", closed_on=None)
    assert again.pk != warning.pk
    assert Concern.objects.filter(cause="target_undefined").count() == 1, (
        "the answer was to the first, and silences the second no more"
    )
    _, text = page_of(client, leader, again)
    assert "Har vært her før" in text
    assert "1. september 2014 til 1. oktober 2014" in text
    overview = client.get(reverse("project_overview", args=[project.slug])).content.decode()
    assert "Har vært her 1 gang før, fra 1. september 2014 til 1. oktober 2014" in overview
    _, closed = page_of(client, leader, warning)
    assert "Lukket av nye opplysninger" in closed
    assert "Kvitter ut" not in closed


def test_a_head_start_holds_for_everyone_outside(client, project, adviser, leader, target, programme):
    Programme.objects.update(concerns_open="mondays", head_start_days=14)
    assess(project, on=TODAY)
    warning = PitfallWarning.objects.get(rule="F3")
    assert page_of(client, adviser, warning)[0].status_code == 404


def test_the_page_asks_few_questions(client, warning, leader, django_assert_max_num_queries):
    client.force_login(leader)
    address = reverse("warning", args=[warning.project.slug, warning.pk])
    with django_assert_max_num_queries(14):
        client.get(address)
