"""A round, a report and its answers, through the actions, with no more than a test needs to say."""

from dataclasses import replace
from datetime import date, datetime, time
from uuid import uuid4

from accounts.actor import Actor, system
from projects.models import RoleAssignment
from projects.roles import Role
from reporting.annual.actions import drafts, reports, reviews, rounds, submissions
from reporting.annual.answers import is_asked
from reporting.annual.content import content, draft
from reporting.annual.models import Question
from tests.factories import OSLO

TODAY = date(2015, 1, 22)
DEADLINE = date(2015, 2, 1)
PLAN = rounds.RoundPlan(
    kind="year",
    year=2014,
    period_start=date(2014, 1, 1),
    period_end=date(2014, 12, 31),
    opens_on=date(2014, 12, 1),
    deadline=DEADLINE,
)
ANSWERS = {
    Question.Type.TEXT: "Andelen som jobber heltid, har økt fra 24 til 31 prosent.",
    Question.Type.NUMBER: "2,4",
    Question.Type.CONFIRMATION: True,
    Question.Type.LESSONS: [{"title": "Mål tidlig", "text": "", "theme": "maaling", "outcome": "worked"}],
}


def at(day=TODAY, hour=10, minute=0):
    """A moment in Oslo."""
    return datetime.combine(day, time(hour, minute), OSLO)


def act(person, day=TODAY, hour=10, minute=0):
    """Someone acting at a moment."""
    return Actor(person, at(day, hour, minute))


def a_round(programme, year=2014, **changes):
    """The round for a year, with the shipped forms; the one for 2014 is open."""
    dates = {
        "period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "opens_on": date(year, 12, 1),
        "deadline": date(year + 1, 2, 1),
    }  # fmt: skip
    plan = replace(PLAN, year=year, **{**dates, **changes})
    return rounds.create_round(by=system(at(plan.opens_on)), programme=programme, plan=plan)


def begun(project, leader, round_, **options):
    """A report the leader has begun."""
    return reports.start(by=act(leader), project=project, round_=round_, **options)


def save(report, person, section, save_id=None, base=None, day=TODAY, hour=10, minute=0, **answers):
    """Save answers in a section as someone who has the newest version open."""
    row = report.sections.get(key=section)
    fields = {key: drafts.Change(row.data.get(key), value) for key, value in answers.items()}
    version = row.version if base is None else base
    return drafts.save_section(
        by=act(person, day, hour=hour, minute=minute),
        report=report,
        key=section,
        base_version=version,
        save_id=save_id or uuid4(),
        fields=fields,
    )


def answer_for(question):
    """An answer that fits a question."""
    if question.choices and question.type == Question.Type.CHOICE:
        return question.choices[0]["key"]
    if question.choices and question.type == Question.Type.MULTIPLE:
        return [question.choices[0]["key"]]
    return ANSWERS[question.type]


def filled(report, person, day=TODAY):
    """Answer everything that is asked, section by section; a choice first, since it decides what more is asked."""
    given = {}
    for section in draft(report).sections:
        questions = [question for question in section.questions.all() if not question.is_fact]
        given |= {q.key: answer_for(q) for q in questions if not q.condition}
        asked = [question for question in questions if is_asked(question, given)]
        save(report, person, section.key, day=day, **{question.key: answer_for(question) for question in asked})
    return report


def complete(project, round_, day=TODAY):
    """A report the project's leader has begun, with an answer to everything that is asked."""
    leader = who_has(project, Role.LEADER, day)
    report = reports.start(by=act(leader, day), project=project, round_=round_)
    return filled(report, leader, day)


def sent_in(project, round_, day=TODAY):
    """As `complete`, and the owner has signed it, and the leader submitted it."""
    return send_in(complete(project, round_, day), day)


def send_in(report, day=TODAY):
    """The project's owner signs what a report says, and its leader submits it."""
    signed(report, who_has(report.project, Role.OWNER, day), day)
    return submitted(report, who_has(report.project, Role.LEADER, day), day)


def approved(submission, adviser, day=TODAY):
    """An approval by an adviser who has read it all."""
    return reviews.approve(by=act(adviser, day), review=read(submission, adviser, day), project_outcome="none")


def returned(submission, adviser, day=TODAY, new_deadline=date(2015, 2, 20), note="Se over."):
    """The report again, sent back by an adviser who has read it all."""
    review = read(submission, adviser, day)
    return reviews.return_report(by=act(adviser, day), review=review, new_deadline=new_deadline, note=note)


def who_has(project, role, day=TODAY):
    """The person with a role in a project on a day."""
    return RoleAssignment.objects.active_on(day).select_related("person").get(project=project, role=role).person


def seen(report, day=TODAY):
    """What a preview shows."""
    report.refresh_from_db()
    return content(report, day)


def signed(report, owner, day=TODAY):
    """The owner signs what the report says."""
    return reports.sign(by=act(owner, day), report=report, seen=seen(report, day))


def submitted(report, leader, day=TODAY, key=None, **moment):
    """The leader submits what the report says."""
    what = seen(report, day)
    return submissions.submit(by=act(leader, day, **moment), report=report, idempotency_key=key or uuid4(), seen=what)


def read(submission, adviser, day=TODAY):
    """The adviser opens the review and reads every section."""
    review = reviews.open_review(by=act(adviser, day), submission=submission)
    for section in submission.contents["content"]["sections"]:
        reviews.mark_read(by=act(adviser, day), review=review, section=section["key"])
    return review
