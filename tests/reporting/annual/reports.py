"""Rounds and reports made through the actions: name what the test is about, no more."""

from datetime import date, datetime
from uuid import uuid4

from accounts.actor import Actor, system
from projects.models import RoleAssignment
from projects.roles import Role
from reporting.annual import content
from reporting.annual.actions import drafts, reports, reviews, rounds, submissions
from reporting.annual.actions.rounds import RoundPlan
from reporting.annual.merge import Change
from reporting.annual.models import Question, Report, Submission
from tests.factories import OSLO, noon

OPEN = date(2015, 1, 12)


def plan(year=2014, **changed):
    """A yearly round: opens in January, due on 1 February after the year."""
    defaults = {
        "kind": "year", "year": year, "period_start": date(year, 1, 1), "period_end": date(year, 12, 31),
        "opens_on": date(year + 1, 1, 5), "deadline": date(year + 1, 2, 2),
    }  # fmt: skip
    return RoundPlan(**{**defaults, **changed})


def round_of(programme, year=2014, **changed):
    """A round with a report, not begun, for every project in use."""
    by = system(noon(date(year, 12, 1)))
    return rounds.create_round(by=by, programme=programme, plan=plan(year, **changed))


def begun(project, round_, day=None):
    """A report begun by the project's leader, every required question answered."""
    by = acting(project, Role.LEADER, day or OPEN)
    report = reports.start(by=by, project=project, round_=round_)
    for section in content.sections_of(report.form):
        answers = {q.key: answer_to(q) for q in section.questions.all() if not q.is_fact}
        write(by, report, section.key, answers)
    return Report.objects.get(pk=report.pk)


def write(by, report, key, answers):
    """Save answers in a section, whatever stands there."""
    section = report.sections.get(key=key)
    changes = {name: Change(section.data.get(name), answer) for name, answer in answers.items()}
    drafts.save_section(
        by=by, report=report, key=key, base_version=section.version, save_id=uuid4(), fields=changes
    )  # fmt: skip


def answer_to(question):
    """An answer that may be submitted."""
    kinds = Question.Type
    if question.type == kinds.NUMBER:
        return "1,5"
    if question.type == kinds.CHOICE:
        return question.choices[0]["key"]
    if question.type == kinds.MULTIPLE:
        return [question.choices[0]["key"]]
    if question.type == kinds.LESSONS:
        return [{"title": "Møt dem tidlig", "text": "Det tok tid.", "theme": "", "outcome": "worked"}]
    if question.type == kinds.CONFIRMATION:
        return True
    return f"Svar på {question.key}."


def submitted(project, round_, day=None):
    """A report the owner has signed and the leader submitted at noon."""
    report = begun(project, round_, day)
    return submit(report, day or OPEN)


def submit(report, day) -> Submission:
    """Sign what the report says now and submit it."""
    report = Report.objects.get(pk=report.pk)
    seen = content.content(report, day)
    reports.sign(by=acting(report.project, Role.OWNER, day), report=report, seen=seen)
    by = acting(report.project, Role.LEADER, day)
    return submissions.submit(by=by, report=report, idempotency_key=uuid4(), seen=seen)


def approved(submission, adviser, day=None):
    """An approval by an adviser who has read it all."""
    by = Actor(adviser, at(day or OPEN, 14))
    review = reviews.open_review(by=by, submission=submission)
    for section in submission.contents["content"]["sections"]:
        reviews.mark_read(by=by, review=review, section=section["key"])
    return reviews.approve(by=by, review=review, project_outcome="none")


def acting(project, role, day):
    """The one with a role in a project, at noon on a day."""
    row = RoleAssignment.objects.active_on(day).select_related("person").get(project=project, role=role)
    return Actor(row.person, noon(day))


def at(day, hour):
    """An hour of a day in Oslo."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=OSLO)
