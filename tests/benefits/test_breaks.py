"""Breaks in a series: registered and taken back by people, found where a municipality or a definition ends."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.urls import reverse

from accounts.actor import Actor, NotAllowed
from benefits.actions import breaks
from benefits.actions.breaks import BreakInFuture, BreakTaken, BreakWithdrawn
from benefits.actions.targets import change, definition_of
from benefits.assessment import project_facts, refresh
from benefits.breaks import breaks_of
from benefits.engine.facts import BreakFact
from benefits.models import SeriesBreak, TargetVersion
from journal.models import AuditEvent
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db
TODAY = date(2015, 1, 22)
NEW = {"on": "01.01.2014", "kind": "reorganisation", "note": "To soner ble én."}


@pytest.fixture
def target(project):
    """Sick leave measured before and after New Year 2014."""
    made = factories.target(project, is_main=True, frequency="yearly", baseline_on=date(2012, 12, 31))
    factories.series(made, {date(2013, 12, 31): "10.1", date(2014, 12, 31): "9.6"})
    refresh(project.pk)
    return made


def url(name, target, *args):
    return reverse(name, args=[target.project.slug, target.number, *args])


def live(target):
    return (
        TargetVersion.objects.live().select_related("target").prefetch_related("values", "planned").get(target=target)
    )


def facts(target, as_of=TODAY, known_at=None):
    """The breaks the engine is given."""
    return project_facts([target.project], as_of, known_at)[0].targets[0].breaks


def test_a_break_is_registered_on_the_page_and_said_there(client, leader, target):
    client.force_login(leader)
    assert "Bruddet er lagret" in client.post(url("break_new", target), NEW, follow=True).content.decode()
    refresh(target.project_id)
    page = client.get(url("target", target)).content.decode()
    assert "To soner ble én." in page
    assert "Serien har 1 brudd" in page
    assert ">Brudd</text>" in page
    assert facts(target) == (BreakFact(date(2014, 1, 1), "reorganisation"),)
    assert AuditEvent.objects.filter(action="break_registered").exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"on": "31.12.2012"}, "Bruddet må være etter nullpunktet."),
        ({"on": "01.02.2015"}, "Datoen er ikke kommet ennå."),
        ({"on": "i fjor"}, 'aria-invalid="true"'),
        ({"note": ""}, 'aria-invalid="true"'),
        ({"kind": "krig"}, 'aria-invalid="true"'),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_stored(client, leader, target, changes, said):
    client.force_login(leader)
    answer = client.post(url("break_new", target), {**NEW, **changes})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not SeriesBreak.objects.exists()


def test_the_same_day_twice_is_refused_at_the_field(client, leader, target):
    client.force_login(leader)
    client.post(url("break_new", target), NEW)
    answer = client.post(url("break_new", target), NEW)
    assert answer.status_code == 422
    assert "Det er alt registrert et brudd denne dagen." in answer.content.decode()
    assert SeriesBreak.objects.count() == 1


def test_a_break_taken_back_stays_in_the_history(client, leader, target):
    by = Actor(leader, noon(TODAY))
    row = breaks.register(by=by, target=target, on=date(2014, 1, 1), kind="other", note="Feil")
    client.force_login(leader)
    page = client.post(url("break_withdraw", target, row.pk), follow=True).content.decode()
    assert "Bruddet er tatt bort" in page
    assert "Ingen brudd er registrert" in page
    assert SeriesBreak.objects.get().superseded_by == leader
    assert facts(target) == ()
    with pytest.raises(BreakWithdrawn):
        breaks.withdraw(by=by, series_break=row)


def test_only_those_who_write_may_and_never_ahead(leader, owner, reader, target):
    stranger = Actor(factories.user(), noon(TODAY))
    given = {"target": target, "on": date(2014, 1, 1), "kind": "other", "note": "Ny enhet"}
    with pytest.raises(NotAllowed):
        breaks.register(by=stranger, **given)
    with pytest.raises(BreakInFuture):
        breaks.register(by=Actor(leader, noon(date(2013, 6, 1))), **given)
    breaks.register(by=Actor(leader, noon(TODAY)), **given)
    with pytest.raises(BreakTaken):
        breaks.register(by=Actor(leader, noon(TODAY)), **given)


def test_it_counts_from_the_moment_it_was_known(leader, target):
    breaks.register(by=Actor(leader, noon(TODAY)), target=target, on=date(2014, 1, 1), kind="other", note="Ny enhet")
    assert facts(target, known_at=noon(date(2015, 1, 21))) == ()
    assert len(facts(target, known_at=noon(date(2015, 1, 23)))) == 1
    assert facts(target, as_of=date(2013, 12, 31)) == ()


def test_a_merged_municipality_breaks_the_series_and_a_new_number_does_not():
    one = factories.municipality("Indre Fosen", number="5054", valid_from=date(2018, 1, 1))
    merged = factories.municipality("Rissa", number="1624", valid_to=date(2017, 12, 31), successor=one)
    moved = factories.municipality("Hamar", number="3403", valid_from=date(2020, 1, 1))
    renumbered = factories.municipality("Hamar", number="0403", valid_to=date(2019, 12, 31), successor=moved)
    found = []
    for place in (merged, renumbered):
        made = factories.target(factories.project(place))
        found.append([(b.on, b.kind) for b in breaks_of([live(made)], date(2021, 1, 1)).get(made.pk, [])])
        assert not breaks_of([live(made)], date(2017, 12, 31)).get(made.pk)
    assert found == [[(date(2018, 1, 1), "merger")], []]


def test_two_that_become_one_break_both_series():
    both = factories.municipality("Vest", number="9001", valid_from=date(2018, 1, 1))
    kept = factories.municipality("Vest", number="9002", valid_to=date(2017, 12, 31), successor=both)
    factories.municipality("Øst", number="9003", valid_to=date(2017, 12, 31), successor=both)
    made = factories.target(factories.project(kept))
    assert [one.note for one in breaks_of([live(made)], date(2019, 1, 1))[made.pk]] == ["Vest → Vest"]


def test_a_new_definition_breaks_the_series_until_the_baseline_is_measured_anew(leader, target):
    now = definition_of(live(target))
    change(by=Actor(leader, noon(TODAY)), target=target, version=1, definition=replace(now, definition_version=2))
    assert facts(target) == (BreakFact(TODAY, "definition"),)
    again = replace(now, definition_version=2, baseline_value=9, baseline_on=date(2014, 12, 31))
    change(
        by=Actor(leader, datetime(2015, 1, 22, 15, tzinfo=factories.OSLO)), target=target, version=2, definition=again
    )
    assert facts(target) == ()
