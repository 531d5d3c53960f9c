"""What is beside the annual rounds: archive addresses, a round of each other kind for some, and a trial.

A final report comes from projects that end, and half a year later a follow-up report. The leader has left by then, so
the one who takes out the benefits in the line writes it.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from accounts.actor import Actor, system
from accounts.models import User
from projects.actions import roles
from projects.models import Programme, Project, RoleAssignment
from projects.roles import Role
from reporting.annual import content
from reporting.annual.actions import drafts, reports, reviews, rounds, submissions
from reporting.annual.actions.archive import set_addresses
from reporting.annual.merge import Change
from reporting.annual.models import Question, Report, Round, Submission
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
    "maaling_videre": (
        "Enhetslederne måler hvert kvartal til og med 2016. Personalavdelingen samler tallene.",
        "Einingsleiarane måler kvart kvartal til og med 2016. Personalavdelinga samlar tala.",
    ),
}
# What is said otherwise when the project is over, by kind of round.
OVER = {
    Round.Kind.FINAL: {
        "forklaring": (
            "Lederne tok arbeidsmåten i bruk hver uke, og vi målte underveis. Der vi begynte sist, er endringen minst.",
            "Leiarane tok arbeidsmåten i bruk kvar veke, og vi målte undervegs. Der vi byrja sist, er endringa minst.",
        ),
        "gevinster": (
            "Vikarbruken er lavere i to enheter. Resten kommer når alle enhetene har brukt turnusen et helt år.",
            "Vikarbruken er lågare i to einingar. Resten kjem når alle einingane har brukt turnusen eit heilt år.",
        ),
    },
    Round.Kind.FOLLOW_UP: {
        "forklaring": (
            "Enhetslederne har holdt på arbeidsmåten. Én enhet fikk ny leder i høst, og der står tallene stille.",
            "Einingsleiarane har halde på arbeidsmåten. Éi eining fekk ny leiar i haust, og der står tala stille.",
        ),
        "gevinster": (
            "Vikarbruken er fortsatt lavere enn før prosjektet. Ingen nye gevinster er tatt ut i høst.",
            "Vikarbruken er framleis lågare enn før prosjektet. Ingen nye gevinstar er tekne ut i haust.",
        ),
        "neste": (
            "Den nye lederen får opplæring i februar. Vi måler på nytt i mars og legger tallene fram for ledergruppen.",
            "Den nye leiaren får opplæring i februar. Vi måler på nytt i mars og legg tala fram for leiargruppa.",
        ),
    },
}
FOLLOWED_UP, LEADS_FROM = "Porsgrunn", date(2015, 1, 5)
REACHED = {"Grong": "delvis", "Porsgrunn": "delvis", "Lenvik": "nei"}
OTHERWISE = ("Arbeidet går etter planen.", "Arbeidet går etter planen.")


@dataclass(frozen=True, slots=True)
class _Plan:
    """A round: what it is, who is asked, who sends it in on which day, and when those that have come are approved."""

    plan: rounds.RoundPlan
    asked: tuple[str, ...]
    sent: Mapping[str, date]
    closed_on: date | None
    approved_on: date | None = None


PLANS = (
    _Plan(
        rounds.RoundPlan(
            Round.Kind.START_UP, 2013, date(2013, 1, 1), date(2013, 6, 30), date(2013, 4, 2), date(2013, 5, 15)
        ),
        ("Os", "Stord"),
        dict.fromkeys(("Os", "Stord"), date(2013, 5, 10)),
        date(2013, 6, 3),
    ),
    _Plan(
        rounds.RoundPlan(
            Round.Kind.HALF_YEAR, 2014, date(2014, 1, 1), date(2014, 6, 30), date(2014, 6, 16), date(2014, 9, 1)
        ),
        ("Os", "Stord", "Eigersund"),
        dict.fromkeys(("Os", "Stord"), date(2014, 8, 27)),
        date(2014, 10, 1),
    ),
    _Plan(
        rounds.RoundPlan(
            Round.Kind.YEAR, 2014, date(2014, 1, 1), date(2014, 12, 31), date(2014, 11, 3), date(2014, 11, 21),
            is_test=True,
        ),
        ("Os", "Stord"),
        {"Os": date(2014, 11, 12)},
        date(2014, 11, 28),
    ),
    _Plan(
        rounds.RoundPlan(
            Round.Kind.FINAL, 2014, date(2014, 1, 1), date(2014, 12, 31), date(2014, 6, 2), date(2015, 3, 2),
            offers_short=False,
        ),
        ("Grong", "Porsgrunn", "Andebu", "Høylandet", "Lenvik", "Inderøy"),
        {"Grong": date(2014, 6, 24), "Porsgrunn": date(2014, 6, 27), "Lenvik": date(2014, 11, 27)},
        None,
        date(2014, 8, 20),
    ),
    _Plan(
        rounds.RoundPlan(
            Round.Kind.FOLLOW_UP, 2014, date(2014, 7, 1), date(2014, 12, 31), date(2015, 1, 5), date(2015, 4, 1),
            offers_short=False,
        ),
        ("Grong", "Porsgrunn"),
        {FOLLOWED_UP: date(2015, 1, 13)},
        None,
        date(2015, 1, 20),
    ),
)  # fmt: skip


def tell(timeline: Timeline, programme: Programme, by_name: Mapping[str, Project]) -> None:
    """Put all of it on the timeline."""
    for name in ARCHIVED:
        timeline.add(at(date(2013, 11, 4), 9), _addressing(by_name[name]))
    timeline.add(at(LEADS_FROM, 8), _carrying_on(by_name[FOLLOWED_UP]))
    for plan in PLANS:
        timeline.add(at(plan.plan.opens_on, 7), _opening(programme, plan, by_name))
        for name, day in plan.sent.items():
            timeline.add(at(day, 10), _sending(by_name[name], plan.plan, day))
        if plan.approved_on:
            timeline.add(at(plan.approved_on, 14), _approving(programme, plan, plan.approved_on))
        if plan.closed_on:
            timeline.add(at(plan.closed_on, 16), _closing(programme, plan))


def _addressing(project: Project) -> Callable[[], None]:
    def act() -> None:
        emails = {place.pk: f"postmottak@{slug_of(place.name, 60)}.example" for place in project.municipalities.all()}
        set_addresses(by=system(at(date(2013, 11, 4), 9)), project=project, version=0, emails=emails)

    return act


def _carrying_on(project: Project) -> Callable[[], None]:
    def act() -> None:
        row = RoleAssignment.objects.active_on(LEADS_FROM).get(project=project, role=Role.BENEFIT_OWNER)
        by = system(at(LEADS_FROM, 8))
        roles.assign(by=by, person=row.person, role=Role.LEADER, starts_on=LEADS_FROM, project=project)

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


def _approving(programme: Programme, plan: _Plan, day: date) -> Callable[[], None]:
    """The adviser reads what has come, and approves it."""

    def act() -> None:
        by = Actor(User.objects.get(email="radgiver@demo.example"), at(day, 14))
        for submission in Submission.objects.filter(report__round=_round(programme.pk, plan.plan)).order_by("pk"):
            review = reviews.open_review(by=by, submission=submission)
            for section in submission.contents["content"]["sections"]:
                reviews.mark_read(by=by, review=review, section=section["key"])
            reviews.approve(by=by, review=review, project_outcome="none")

    return act


def _sending(project: Project, plan: rounds.RoundPlan, day: date) -> Callable[[], None]:
    """The leader writes, the owner signs and the leader submits; nothing where either is missing."""

    def act() -> None:
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
        given = {q.key: _answer(report, q, side) for q in section.questions.all() if not q.is_fact}
        drafts.save_section(
            by=by,
            report=report,
            key=section.key,
            base_version=row.version,
            save_id=_id(report, section.key),
            fields={key: Change(None, value) for key, value in given.items()},
        )


def _answer(report: Report, question: Question, side: int) -> Any:
    over = OVER.get(Round.Kind(report.round.kind), {})
    if question.key == "naadd":
        return REACHED[report.project.catalogue_name]
    if question.key in over:
        return over[question.key][side]
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
