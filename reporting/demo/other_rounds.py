"""What is beside the annual rounds: archive addresses, a start-up and a half-year round for some, and a trial."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from accounts.actor import Actor, system
from projects.models import Programme, Project, RoleAssignment
from projects.roles import Role
from reporting.annual import content
from reporting.annual.actions import drafts, reports, rounds, submissions
from reporting.annual.actions.archive import set_addresses
from reporting.annual.merge import Change
from reporting.annual.models import Question, Report, Round
from reporting.demo.lives import SEED
from reporting.demo.report_texts import LESSONS, TEXTS
from reporting.demo.timeline import Timeline, at
from saman.slugs import slug_of

Type = Question.Type
ARCHIVED = ("Hamar", "Os", "Stord", "Eigersund", "Sogndal")
MORE = {
    "behov": (
        "Mange små stillinger gjør det vanskelig å lage en turnus som holder, og brukerne møter for mange ansatte.",
        "Mange små stillingar gjer det vanskeleg å lage ein turnus som held, og brukarane møter for mange tilsette.",
    ),
    "risiko": (
        "Det kan bli for lite tid til opplæring. Enhetslederne setter av faste dager i turnusen.",
        "Det kan bli for lite tid til opplæring. Einingsleiarane set av faste dagar i turnusen.",
    ),
    "hindringer": (
        "Sommerferien forsinket kursene. De er flyttet til september.",
        "Sommarferien forseinka kursa. Dei er flytte til september.",
    ),
}
OTHERWISE = ("Arbeidet går etter planen.", "Arbeidet går etter planen.")


@dataclass(frozen=True, slots=True)
class _Plan:
    """A round: what it is, who is asked, and who sends it in, on which day."""

    plan: rounds.RoundPlan
    asked: tuple[str, ...]
    sent: tuple[str, ...]
    on: date
    closed_on: date | None


PLANS = (
    _Plan(
        rounds.RoundPlan(
            Round.Kind.START_UP, 2013, date(2013, 1, 1), date(2013, 6, 30), date(2013, 4, 2), date(2013, 5, 15)
        ),
        ("Os", "Stord"),
        ("Os", "Stord"),
        date(2013, 5, 10),
        date(2013, 6, 3),
    ),
    _Plan(
        rounds.RoundPlan(
            Round.Kind.HALF_YEAR, 2014, date(2014, 1, 1), date(2014, 6, 30), date(2014, 6, 16), date(2014, 9, 1)
        ),
        ("Os", "Stord", "Eigersund"),
        ("Os", "Stord"),
        date(2014, 8, 27),
        date(2014, 10, 1),
    ),
    _Plan(
        rounds.RoundPlan(
            Round.Kind.YEAR, 2014, date(2014, 1, 1), date(2014, 12, 31), date(2014, 11, 3), date(2014, 11, 21),
            is_test=True,
        ),
        ("Os", "Stord"),
        ("Os",),
        date(2014, 11, 12),
        date(2014, 11, 28),
    ),
)  # fmt: skip


def tell(timeline: Timeline, programme: Programme, by_name: Mapping[str, Project]) -> None:
    """Put all of it on the timeline."""
    for name in ARCHIVED:
        timeline.add(at(date(2013, 11, 4), 9), _addressing(by_name[name]))
    for plan in PLANS:
        timeline.add(at(plan.plan.opens_on, 7), _opening(programme, plan, by_name))
        for name in plan.sent:
            timeline.add(at(plan.on, 10), _sending(by_name[name], plan.plan))
        if plan.closed_on:
            timeline.add(at(plan.closed_on, 16), _closing(programme, plan))


def _addressing(project: Project) -> Callable[[], None]:
    def act() -> None:
        emails = {place.pk: f"postmottak@{slug_of(place.name, 60)}.example" for place in project.municipalities.all()}
        set_addresses(by=system(at(date(2013, 11, 4), 9)), project=project, version=0, emails=emails)

    return act


def _opening(programme: Programme, plan: _Plan, by_name: Mapping[str, Project]) -> Callable[[], None]:
    def act() -> None:
        by = system(at(plan.plan.opens_on, 7))
        made = rounds.create_round(by=by, programme=programme, plan=plan.plan)
        chosen = {by_name[name].pk for name in plan.asked}
        rounds.choose_projects(by=by, round_=made, version=made.version, projects=chosen)

    return act


def _closing(programme: Programme, plan: _Plan) -> Callable[[], None]:
    def act() -> None:
        assert plan.closed_on is not None
        found = _round(programme.pk, plan.plan)
        rounds.close_round(by=system(at(plan.closed_on, 16)), round_=found, version=found.version)

    return act


def _sending(project: Project, plan: rounds.RoundPlan) -> Callable[[], None]:
    """The leader writes, the owner signs and the leader submits; nothing where either is missing."""

    def act() -> None:
        day = next(row.on for row in PLANS if row.plan is plan)
        people = RoleAssignment.objects.active_on(day).filter(project=project).select_related("person")
        leader, owner = (people.filter(role=role).first() for role in (Role.LEADER, Role.OWNER))
        fresh = Project.objects.get(pk=project.pk)
        if leader is None or owner is None or fresh.followed_since is None:
            return
        by = Actor(leader.person, at(day, 10))
        report = reports.start(by=by, project=fresh, round_=_round(project.cohort.programme_id, plan))
        _answer_all(by, report)
        report = Report.objects.select_related("round", "project", "form").get(pk=report.pk)
        seen = content.content(report, day)
        reports.sign(by=Actor(owner.person, at(day, 13)), report=report, seen=seen)
        key = _id(report, "submit")
        submissions.submit(by=Actor(leader.person, at(day, 14)), report=report, idempotency_key=key, seen=seen)

    return act


def _round(programme: int, plan: rounds.RoundPlan) -> Round:
    return Round.objects.get(programme=programme, kind=plan.kind, year=plan.year, is_test=plan.is_test)


def _answer_all(by: Actor, report: Report) -> None:
    side = 1 if report.language == "nn" else 0
    for section in content.sections_of(report.form):
        row = report.sections.get(key=section.key)
        given = {q.key: _answer(q, side) for q in section.questions.all() if not q.is_fact}
        drafts.save_section(
            by=by,
            report=report,
            key=section.key,
            base_version=row.version,
            save_id=_id(report, section.key),
            fields={key: Change(None, value) for key, value in given.items()},
        )


def _answer(question: Question, side: int) -> Any:
    if question.type == Type.CHOICE:
        return question.choices[0]["key"]
    if question.type == Type.MULTIPLE:
        return [question.choices[0]["key"]]
    if question.type == Type.LESSONS:
        theme, outcome, *words = LESSONS[0]
        title, text = words[side]
        return [{"title": title, "text": text, "theme": theme, "outcome": outcome}]
    if question.type in {Type.NUMBER, Type.CONFIRMATION}:
        return "0" if question.type == Type.NUMBER else True
    if question.key in TEXTS:
        return TEXTS[question.key][0][side]
    return MORE.get(question.key, OTHERWISE)[side]


def _id(report: Report, what: str) -> UUID:
    draw = random.Random(f"{SEED}/{report.round_id}/{report.project_id}/{what}")
    return UUID(int=draw.getrandbits(128), version=4)
