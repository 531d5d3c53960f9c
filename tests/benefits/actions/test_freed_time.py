"""The ledger of freed time: double entry, attested by the line, and never more used than freed."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accounts.actor import Actor, NotAllowed
from benefits.actions import allocations, benefits, freed_time
from benefits.actions.allocations import AllocationGone, CutAndRedeployed, OutsidePost, OverAllocated, Use
from benefits.actions.benefits import Profile
from benefits.actions.freed_time import (
    AlreadyAttested,
    BelowUse,
    InUse,
    NotYetFree,
    PlaceUnknown,
    Post,
    ReasonMissing,
    StaleFreedTime,
    UseOutside,
)
from benefits.models import Allocation, FreedTimeVersion
from journal.models import AuditEvent
from projects.models import ProjectMunicipality
from projects.roles import Role
from tests import factories
from tests.factories import noon

pytestmark = pytest.mark.django_db
TODAY = date(2015, 1, 22)
FREE = date(2015, 1, 1)
POST = Post(title="Ny turnus", amount=Decimal("2.4"), starts_on=FREE)
USE = Use(use="quality", amount=Decimal("2.0"), starts_on=FREE, decided_by="Ledermøtet", decided_on=TODAY)


@pytest.fixture
def leads(leader):
    return Actor(leader, noon(TODAY))


@pytest.fixture
def line(benefit_owner):
    return Actor(benefit_owner, noon(TODAY))


@pytest.fixture
def post(project, leads):
    return freed_time.register(by=leads, project=project, post=POST)


def test_a_post_is_numbered_summed_in_fte_and_written_in_the_journal(project, leads):
    first = freed_time.register(by=leads, project=project, post=POST)
    hours = replace(POST, unit="hours", amount=Decimal(3550), hours_per_fte=Decimal("1775"))
    second = freed_time.register(by=leads, project=project, post=hours)
    assert [str(first), str(second)] == ["F1", "F2"]
    assert (freed_time.live(first).fte, freed_time.live(second).fte) == (Decimal("2.4"), Decimal(2))
    assert AuditEvent.objects.filter(action="freed_time_registered").count() == 2
    project.refresh_from_db()
    assert project.revision == 3


def test_use_and_rest_are_what_was_freed_and_more_is_refused_with_the_numbers(post, leads):
    allocations.allocate(by=leads, freed_time=post, use=USE)
    with pytest.raises(OverAllocated) as refused:
        allocations.allocate(by=leads, freed_time=post, use=replace(USE, amount=Decimal("0.5")))
    assert (refused.value.freed, refused.value.used, refused.value.left) == (Decimal("2.4"), 2, Decimal("0.4"))
    allocations.allocate(by=leads, freed_time=post, use=replace(USE, amount=Decimal("0.4")))
    assert sum(row.fte for row in Allocation.objects.live()) == Decimal("2.4")


def test_what_is_over_makes_room_and_rounded_hours_fill_a_post(project, leads):
    hours = replace(POST, unit="hours", amount=Decimal(100))
    post = freed_time.register(by=leads, project=project, post=hours)
    for _ in range(3):
        part = replace(USE, amount=Decimal("33.33"), ends_on=date(2015, 6, 30))
        allocations.allocate(by=leads, freed_time=post, use=part)
    after = replace(USE, amount=Decimal(100), starts_on=date(2015, 7, 1))
    allocations.allocate(by=leads, freed_time=post, use=after)
    with pytest.raises(OverAllocated) as refused:
        allocations.allocate(by=leads, freed_time=post, use=replace(USE, amount=Decimal(1)))
    assert refused.value.day == date(2015, 7, 1)  # the first half-year has room, the next has none


def test_time_is_only_used_while_it_is_free(project, leads):
    year = replace(POST, ends_on=date(2015, 12, 31))
    post = freed_time.register(by=leads, project=project, post=year)
    for outside in (
        {"starts_on": date(2014, 12, 31)},
        {"starts_on": date(2016, 1, 1)},
        {"ends_on": date(2016, 1, 1)},
    ):
        with pytest.raises(OutsidePost):
            allocations.allocate(by=leads, freed_time=post, use=replace(USE, **outside))


def test_the_same_hours_are_not_both_cut_and_used(project, leads):
    benefit = benefits.create(by=leads, project=project, profile=Profile(title="Mindre vikarbruk", form="budget"))
    post = freed_time.register(by=leads, project=project, post=replace(POST, benefit_id=benefit.pk))
    with pytest.raises(CutAndRedeployed) as refused:
        allocations.allocate(by=leads, freed_time=post, use=USE)
    assert refused.value.code == "Ø1"
    allocations.allocate(by=leads, freed_time=post, use=replace(USE, use="budget_cut"))


def test_a_correction_is_a_new_row_and_takes_the_attestation_away(post, leads, line):
    freed_time.attest(by=line, freed_time=post, version=1)
    assert freed_time.live(post).attested_by == line.user
    freed_time.correct(by=leads, freed_time=post, version=2, post=replace(POST, amount=Decimal("2.1")), reason="Feil")
    assert freed_time.live(post).attested_on is None
    assert [row.amount for row in FreedTimeVersion.objects.order_by("pk")] == [
        Decimal("2.4"),
        Decimal("2.4"),
        Decimal("2.1"),
    ]
    with pytest.raises(StaleFreedTime) as stale:
        freed_time.correct(by=leads, freed_time=post, version=2, post=POST)
    assert stale.value.current.amount == Decimal("2.1")


def test_a_post_is_not_corrected_to_less_than_is_used(post, leads):
    row = allocations.allocate(by=leads, freed_time=post, use=USE)
    with pytest.raises(BelowUse) as refused:
        freed_time.correct(by=leads, freed_time=post, version=1, post=replace(POST, amount=Decimal("1.9")))
    assert refused.value.used == 2
    with pytest.raises(UseOutside):
        freed_time.correct(by=leads, freed_time=post, version=1, post=replace(POST, starts_on=date(2015, 2, 1)))
    with pytest.raises(InUse):
        freed_time.withdraw(by=leads, freed_time=post, version=1, reason="Feil")
    allocations.withdraw(by=leads, allocation=row)
    with pytest.raises(ReasonMissing):
        freed_time.withdraw(by=leads, freed_time=post, version=1, reason=" ")
    freed_time.withdraw(by=leads, freed_time=post, version=1, reason="Feil")
    with pytest.raises(AllocationGone):
        allocations.allocate(by=leads, freed_time=post, use=USE)


def test_a_use_is_corrected_by_a_new_row_that_may_take_the_old_ones_room(post, leads):
    row = allocations.allocate(by=leads, freed_time=post, use=USE)
    new = allocations.correct(by=leads, allocation=row, use=replace(USE, amount=Decimal("2.4")))
    assert (new.replaces, list(Allocation.objects.live())) == (row, [new])
    with pytest.raises(AllocationGone):
        allocations.correct(by=leads, allocation=row, use=USE)
    with pytest.raises(AllocationGone):
        allocations.withdraw(by=leads, allocation=row)


def test_only_the_line_attests_and_only_what_has_come(project, post, leads, line, owner):
    for by in (leads, Actor(owner, noon(TODAY))):
        with pytest.raises(NotAllowed):
            freed_time.attest(by=by, freed_time=post, version=1)
    later = freed_time.register(by=leads, project=project, post=replace(POST, starts_on=date(2015, 3, 1)))
    with pytest.raises(NotYetFree):
        freed_time.attest(by=line, freed_time=later, version=1)
    freed_time.attest(by=line, freed_time=post, version=1)
    with pytest.raises(AlreadyAttested):
        freed_time.attest(by=line, freed_time=post, version=2)


def test_in_a_joint_project_a_post_has_a_place_and_that_places_line_attests(project, leads, line):
    other = factories.municipality("Selbu")
    ProjectMunicipality.objects.create(project=project, municipality=other, order=1)
    with pytest.raises(PlaceUnknown):
        freed_time.register(by=leads, project=project, post=POST)
    there = factories.user("Selma Selbu")
    factories.role(there, Role.BENEFIT_OWNER, project, municipality=other)
    first = project.municipalities.exclude(pk=other.pk).get()
    post = freed_time.register(by=leads, project=project, post=replace(POST, municipality_id=first.pk))
    with pytest.raises(NotAllowed):
        freed_time.attest(by=Actor(there, noon(TODAY)), freed_time=post, version=1)
    freed_time.attest(by=line, freed_time=post, version=1)


@pytest.mark.parametrize(
    ("role", "registers", "allocates"),
    [("owner", False, True), ("benefit_owner", True, True), ("adviser", False, False), ("stranger", False, False)],
)
def test_who_may_write_in_the_ledger(role, registers, allocates, request, project, post):
    by = Actor(request.getfixturevalue(role), noon(TODAY))
    for is_allowed, act in (
        (registers, lambda: freed_time.register(by=by, project=project, post=POST)),
        (allocates, lambda: allocations.allocate(by=by, freed_time=post, use=USE)),
    ):
        if is_allowed:
            act()
        else:
            with pytest.raises(NotAllowed):
                act()


def test_what_the_ledger_said_on_a_day_can_be_asked_for(post, leads):
    later = Actor(leads.user, noon(date(2015, 3, 1)))
    freed_time.correct(by=later, freed_time=post, version=1, post=replace(POST, amount=Decimal(3)))
    rows = FreedTimeVersion.objects
    assert rows.in_force(date(2015, 2, 1), None).get().amount == Decimal("2.4")
    assert rows.in_force(date(2015, 3, 1), None).get().amount == 3
    assert rows.in_force(date(2015, 3, 1), noon(date(2015, 2, 1))).get().amount == Decimal("2.4")
