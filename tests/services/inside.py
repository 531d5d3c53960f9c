"""What is done inside an installation that the tests run as processes: furnish it, and tell what it has stored."""

import json
import sys
from datetime import date
from typing import Any

from django.db import connection

from journal.actions import mark_installation
from journal.models import AuditEvent
from journal.queries import broken_events
from projects.roles import Role
from reporting.annual.actions import reviews
from reporting.annual.integrity import broken_submissions
from reporting.annual.models import Report, Submission
from saman import clock
from tests import factories
from tests.reporting.annual.writing import DEADLINE, act, begun, filled
from tests.reporting.annual.writing import a_round as make_round

QUESTION = ("videre", "neste")
FALLING = (10.7, 10.6, 10.5, 10.3, 10.1, 9.9, 9.8, 9.6)  # the indicator, quarter by quarter


def serve() -> None:
    """Answer one call after another: a line of JSON in, a line of JSON out."""
    for line in sys.stdin:
        name, words = json.loads(line)
        answer = globals()[name](**words)
        print(json.dumps(answer), flush=True)


def furnish(projects: int) -> list[dict[str, Any]]:
    """Projects whose reports lack nothing but the owner's signature; for each its address and its people."""
    mark_installation(mode="demo", now=clock.now())
    programme = factories.programme(slug="programmet")
    factories.role(_person("Randi Rådgiver"), Role.ADVISER, programme)
    cohort = factories.cohort(programme=programme)
    made = []
    for number in range(projects):
        project = factories.project(cohort=cohort, slug=f"p{number}")
        target = factories.target(project, is_main=True)
        factories.measurement(target, date(2013, 12, 31), "10.4", n=200)
        leader, owner = _person(f"Leder {number}"), _person(f"Eier {number}")
        factories.role(leader, Role.LEADER, project)
        factories.role(owner, Role.OWNER, project)
        made.append((project, leader, owner))
    round_ = make_round(programme)
    for project, leader, _ in made:
        filled(begun(project, leader, round_), leader)
    return [{"slug": project.slug, "leader": leader.pk, "owner": owner.pk} for project, leader, owner in made]


def open_round() -> dict[str, Any]:
    """One project with a target on its way, in a round that is open, and people who may be chosen at sign-in."""
    mark_installation(mode="demo", now=clock.now())
    programme = factories.programme(slug="programmet")
    adviser = _person("Randi Rådgiver")
    factories.role(adviser, Role.ADVISER, programme)
    # The name is one of those offered at sign-in.
    cohort = factories.cohort(programme=programme)
    project = factories.project(cohort=cohort, slug="hamar", title="Hele stillinger", catalogue_name="Hamar")
    target = factories.target(project, is_main=True)
    quarters = [date(year, month, day) for year in (2013, 2014) for month, day in ((3, 31), (6, 30), (9, 30), (12, 31))]
    factories.series(target, dict(zip(quarters, FALLING, strict=True)))
    leader, owner = _person("Lise Leder"), _person("Eirik Eier")
    factories.role(leader, Role.LEADER, project)
    factories.role(owner, Role.OWNER, project)
    make_round(programme)
    return {"leader": leader.pk, "owner": owner.pk, "adviser": adviser.pk}


def stored() -> dict[str, Any]:
    """What each project's report consists of, and what does not verify."""
    return {
        "reports": {report.project.slug: _report(report) for report in Report.objects.select_related("project")},
        "broken": [*broken_submissions(), *_broken_streams()],
    }


def arrivals() -> dict[str, tuple[str, bool]]:
    """When each submission was received, and whether it was late, by number."""
    rows = Submission.objects.values_list("number", "received_at", "is_late")
    return {number: (received_at.isoformat(), is_late) for number, received_at, is_late in rows}


def send_back() -> int:
    """The adviser returns every report that is submitted: the next revision may be written. How many."""
    waiting = Submission.objects.filter(report__state=Report.State.SUBMITTED)
    newest = [each for each in waiting.select_related("report") if each.revision == each.report.revision]
    adviser = factories.User.objects.get(name="Randi Rådgiver")
    for submission in newest:
        review = reviews.open_review(by=act(adviser), submission=submission)
        reviews.return_report(by=act(adviser), review=review, new_deadline=DEADLINE, note="Skriv mer.")
    return len(newest)


def _person(name: str) -> factories.User:
    return factories.user(name, email=f"{name.lower().replace(' ', '.')}@demo.example".replace("å", "a"))


def _report(report: Report) -> dict[str, Any]:
    section = report.sections.get(key=QUESTION[0])
    events = AuditEvent.objects.filter(stream=f"project:{report.project_id}").order_by("seq")
    return {
        "state": report.state,
        "revision": report.revision,
        "version": section.version,
        "text": section.data.get(QUESTION[1], ""),
        "submissions": [[each.revision, each.number, _text(each)] for each in report.submissions.order_by("revision")],
        "submitted": [each.data["number"] for each in events if each.action == "report_submitted"],
        "signatures": report.signatures.count(),
        "signed": sum(each.action == "report_signed" for each in events),
        "changes": report.project.revision,
    }


def _text(submission: Submission) -> str:
    """The answer everybody writes in, as it was submitted."""
    sections = {section["key"]: section for section in submission.contents["content"]["sections"]}
    return next(each["answer"] for each in sections[QUESTION[0]]["questions"] if each["key"] == QUESTION[1])


def _broken_streams() -> list[str]:
    streams = AuditEvent.objects.order_by("stream").values_list("stream", flat=True).distinct()
    return [f"{connection.vendor} {stream}" for stream in streams if broken_events(stream)]
