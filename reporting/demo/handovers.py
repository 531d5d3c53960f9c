"""Who leaves the invented projects, what is handed over before they go, and what is decided about going on."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from accounts.actor import Actor, system
from accounts.models import User
from benefits.actions import continuation, handovers
from benefits.actions.continuation import Decided
from benefits.actions.handovers import HandoverPlan
from benefits.models import ContinuationDecision, HandoverRecord
from benefits.open_points import live_roles, still_to_hand_over
from projects.actions import roles
from projects.roles import Role
from reporting.demo import people
from reporting.demo.timeline import at

if TYPE_CHECKING:
    from reporting.demo.lives import Life

LEAVES, HAS_LEFT, OWNER_LEFT = date(2015, 2, 28), date(2014, 11, 14), date(2014, 11, 28)
FOUND, WRITTEN = date(2015, 1, 9), date(2015, 1, 15)  # the successor, and the handover to them
BEFORE_END, ANSWER = timedelta(days=45), timedelta(days=6)
NOTE = {
    "nb": "Turnusplan og referater ligger i prosjektets mappe. Avtalen om måling gjelder ut neste år.",
    "nn": "Turnusplan og referat ligg i mappa til prosjektet. Avtalen om måling gjeld ut neste år.",
}


def ends_of(life: "Life") -> dict[User, date]:
    """The last day of those who were engaged for a time, or have said that they leave."""
    traits, cast = life.story.traits, life.cast
    ends: dict[User, date] = {}
    if traits & {"leaves", "hands_over"}:
        ends[cast.leader] = LEAVES
    if "vacant" in traits:
        ends[cast.leader] = HAS_LEFT
    if "ended" in traits:
        ends[cast.leader] = life.ends_on
    if "owner_left" in traits:
        ends |= {cast.owner: OWNER_LEFT, cast.line: OWNER_LEFT}
    if "nobody_measures" in traits:
        ends[cast.line] = life.ends_on
    return ends


DECIDED = {
    "nb": ("Kommunalsjef", "Arbeidet er en del av virksomhetsplanen. Enheten måler hvert kvartal i to år."),
    "nn": ("Kommunalsjef", "Arbeidet er ein del av verksemdsplanen. Eininga måler kvart kvartal i to år."),
}


def tell(life: "Life", crowd: Iterator[people.Person]) -> None:
    """Put handovers on the timeline: accepted before a project ended, waiting where a leader has just been replaced."""
    traits = life.story.traits
    if "ended" in traits and not traits & {"owner_left", "nobody_measures"}:
        day = life.ends_on - BEFORE_END
        life.timeline.add(at(day, 13), lambda: _hand_over(life, life.cast.line, day))
        life.timeline.add(at(day + ANSWER, 9), lambda: _accept(life, life.cast.line, day + ANSWER))
        life.timeline.add(at(day + ANSWER, 12), lambda: _decide(life, day + ANSWER))
    if "hands_over" in traits:
        new = life.person(next(crowd), "prosjektleder")
        life.timeline.add(at(FOUND, 12), lambda: _name_successor(life, new))
        life.timeline.add(at(WRITTEN, 13), lambda: _hand_over(life, new, WRITTEN))


def _name_successor(life: "Life", new: User) -> None:
    by = system(at(FOUND, 12))
    starts_on = LEAVES + timedelta(days=1)
    roles.assign(by=by, person=new, role=Role.LEADER, starts_on=starts_on, project=life.project)


def _hand_over(life: "Life", to: User, day: date) -> None:
    """Everything the leader carries, to one person."""
    rows = live_roles(life.project, day)
    own = [row for row in rows if row.person_id == life.cast.leader.pk]
    others = [row for row in rows if row.person_id != life.cast.leader.pk]
    points = still_to_hand_over(life.project, own, others, day)
    plan = HandoverPlan(
        from_person=life.cast.leader.pk,
        to_person=to.pk,
        on=min(row.ends_on or day for row in own),
        receivers={point.key: to.pk for point in points},
        to_unit=to.title.capitalize() if to == life.cast.line else "",
        note=NOTE[life.language],
    )
    handovers.hand_over(by=Actor(life.cast.leader, at(day, 13)), project=life.project, plan=plan)


def _accept(life: "Life", person: User, day: date) -> None:
    record = HandoverRecord.objects.get(project=life.project)
    handovers.accept(by=Actor(person, at(day, 9)), handover=record)


def _decide(life: "Life", day: date) -> None:
    """The management meeting decides that the work goes on, with somebody in the line."""
    unit, means = DECIDED[life.language]
    decided = Decided(
        outcome=ContinuationDecision.Outcome.CONTINUE,
        forum=ContinuationDecision.Forum.MANAGEMENT,
        decided_on=day,
        owner_unit=unit,
        owner_id=life.cast.line.pk,
        reference=f"LM {day.month * 3}/{day:%y}",
        means=means,
    )
    continuation.decide(by=Actor(life.cast.owner, at(day, 12)), project=life.project, replaces=None, decided=decided)
