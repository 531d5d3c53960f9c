"""The annual reports of the demonstration: 2013 is done, and 2014 is in every state an open round can have."""

import contextlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from accounts.actor import Actor, system
from accounts.models import User
from projects.models import Programme, Project, RoleAssignment
from projects.roles import Role
from reporting.annual import content
from reporting.annual.actions import drafts, replies, reviews, rounds, statements, submissions
from reporting.annual.actions import reports as actions
from reporting.annual.merge import Change
from reporting.annual.models import Report, Review, ReviewComment, Round, Submission
from reporting.demo import other_rounds
from reporting.demo.lives import SEED
from reporting.demo.people import ASKED, FULL_HOUSE
from reporting.demo.report_texts import CHOICES, COMMENTS, LATER, LESSONS, NOTE, REPLIES, STATEMENT, TEXTS
from reporting.demo.timeline import Timeline, at

CAME_LATE = "Vågå"
# 2014, by the name in the catalogue. The rest has not begun.
APPROVED = ("Os", "Stord", "Eigersund", "Spydeberg")
RETURNED = ("Båtsfjord", "Sel")
SENT_AGAIN = ("Rælingen",)
SUBMITTED = ("Hamar", "Surnadal", "Sogndal", "Kvæfjord", "Etne", "Nøtterøy", "Sunndal")
READ = ("Sogndal", "Etne", "Nøtterøy")  # of those: read by the adviser, who has nothing to remark
SIGNED = ("Lofotsamarbeid", "Frøya")
AWAITING = ("Haugesund", "Høyanger", "Stordal")
DRAFTS = ("Oppegård", "Sørum", "Åsnes", "Kristiansund", "Andøy", "Listerregionen", "Midtre Gauldal", "Sarpsborg")
CONFLICT = "Listerregionen"
NEW_DEADLINE = date(2015, 2, 13)
SOON = {"Sel": date(2015, 1, 27)}  # whose new deadline is near, with the adviser's comments still unanswered
ANNUAL = {"round__kind": Round.Kind.YEAR, "round__is_test": False}
OPENED = {2013: date(2013, 12, 2), 2014: date(2014, 12, 1)}


def tell(timeline: Timeline, programme: Programme, projects: list[Project]) -> None:
    """Put both rounds on the timeline."""
    by_name = {project.catalogue_name: project for project in projects if project.catalogue_name != "Ringerike"}
    other_rounds.tell(timeline, programme, by_name)
    for year, opened in OPENED.items():
        timeline.add(at(opened, 8), lambda year=year: _open(programme, year))  # type: ignore[misc]
    for name, project in by_name.items():
        _Writing(timeline, project, 2013).approved(is_late=name == CAME_LATE)
    for names, state in (
        (APPROVED, _Writing.approved),
        (RETURNED, _Writing.returned),
        (SENT_AGAIN, _Writing.sent_again),
        (SUBMITTED, _Writing.submitted),
        (SIGNED, _Writing.signed),
        (AWAITING, _Writing.awaiting),
        (DRAFTS, _Writing.draft),
    ):
        for name in names:
            state(_Writing(timeline, by_name[name], 2014))


def _open(programme: Programme, year: int) -> None:
    plan = rounds.RoundPlan(
        kind=Round.Kind.YEAR,
        year=year,
        period_start=date(year, 1, 1),
        period_end=date(year, 12, 31),
        opens_on=OPENED[year],
        deadline=date(year + 1, 2, 1),
    )
    rounds.create_round(by=system(at(OPENED[year], 8)), programme=programme, plan=plan)


@dataclass(slots=True)
class _Writing:
    """One project's report for one year. A step is left out when nobody is there to take it."""

    timeline: Timeline
    project: Project
    year: int

    def draft(self) -> None:
        """Begun, the first three sections written; in one project two people have changed the same answer."""
        self._step(self._day(3, 9), lambda by: self._write(by, sections=3))
        if self.project.catalogue_name == ASKED:
            self._step(date(2015, 1, 19), lambda by: statements.ask(by=by, report=self._report()))
        if self.project.catalogue_name == CONFLICT:
            self._step(self._day(12, 1), self._collide)

    def awaiting(self) -> None:
        """Written, and sent to the owner."""
        self._step(self._day(0, 5), self._write)
        if self.project.catalogue_name == FULL_HOUSE and self.year == 2014:
            self._step(date(2015, 1, 10), lambda by: statements.ask(by=by, report=self._report()), hour=11)
            self._step(date(2015, 1, 10), self._state, Role.UNION_REPRESENTATIVE, hour=15)
        self._step(self._day(6, 2), lambda by: actions.send_to_owner(by=by, report=self._report()))

    def signed(self, day: date | None = None) -> None:
        """As `awaiting`, and the owner has signed."""
        self.awaiting()
        self._step(day or self._day(8, 3), self._sign, Role.OWNER, hour=13)

    def submitted(self, is_late: bool = False) -> None:
        """As `signed`, and the leader has submitted it the same day."""
        day = date(self.year + 1, 2, 7) if is_late else self._day(8, 3)
        self.signed(day)
        self._step(day, lambda by: self._submit(by, 1), hour=15)
        if self.year == 2014 and self.project.catalogue_name in READ:
            self.timeline.add(at(date(2015, 1, 21), 15), lambda: self._read(at(date(2015, 1, 21), 15)))

    def approved(self, is_late: bool = False) -> None:
        """Submitted, read and approved."""
        self.submitted(is_late)
        day = (
            date(2014, 2, 20) + timedelta(days=self._draw("approved").randint(0, 30))
            if self.year == 2013
            else date(2015, 1, 21)
        )
        self.timeline.add(at(day, 14), lambda: self._approve(at(day, 14)))

    def returned(self) -> None:
        """Submitted, commented and sent back."""
        self.submitted()
        self.timeline.add(at(date(2015, 1, 20), 14), self._return)

    def sent_again(self) -> None:
        """Sent back, mended and submitted as revision 2."""
        self.returned()
        self._step(date(2015, 1, 21), self._mend)
        self._step(date(2015, 1, 21), self._sign, Role.OWNER, hour=13)
        self._step(date(2015, 1, 22), lambda by: self._submit(by, 2), hour=8)

    def _draw(self, what: str) -> random.Random:
        return random.Random(f"{SEED}/{self.project.catalogue_name}/{self.year}/{what}")

    def _day(self, first: int, spread: int) -> date:
        return date(self.year + 1, 1, 5) + timedelta(
            days=first + self._draw(str(first)).randint(0, spread - 1) if spread > 1 else first
        )

    def _step(self, day: date, act: Callable[[Actor], object], role: Role = Role.LEADER, hour: int = 10) -> None:
        def step() -> None:
            row = (
                RoleAssignment.objects.active_on(day)
                .filter(project=self.project, role=role)
                .select_related("person")
                .first()
            )
            if row is not None:
                act(Actor(row.person, at(day, hour)))

        self.timeline.add(at(day, hour), step)

    def _report(self) -> Report:
        return Report.objects.select_related("round", "project", "form").get(
            project=self.project, round__year=self.year, **ANNUAL
        )

    def _id(self, what: str) -> UUID:
        return UUID(int=self._draw(what).getrandbits(128), version=4)

    def _write(self, by: Actor, sections: int = 9) -> None:
        round_ = Round.objects.get(
            programme=self.project.cohort.programme_id, year=self.year, kind=Round.Kind.YEAR, is_test=False
        )
        project = Project.objects.get(pk=self.project.pk)
        if not Report.objects.filter(round=round_, project=project).exists():
            return
        report = actions.start(by=by, project=project, round_=round_)
        for section in content.sections_of(report.form)[:sections]:
            asked = [question.key for question in section.questions.all() if not question.is_fact]
            given = {key: self._answer(key, project.language) for key in asked}
            self._save(by, report, section.key, {key: value for key, value in given.items() if value is not None})

    def _save(
        self, by: Actor, report: Report, key: str, answers: dict[str, Any], base_version: int | None = None
    ) -> None:
        section = report.sections.get(key=key)
        changes = {
            name: Change(None if base_version else section.data.get(name), value) for name, value in answers.items()
        }
        drafts.save_section(
            by=by,
            report=report,
            key=key,
            base_version=base_version or section.version,
            save_id=self._id(f"{key}/{section.version}/{by.user_id}"),
            fields=changes,
        )

    def _answer(self, key: str, language: str) -> Any:
        side = 1 if language == "nn" else 0
        chance = random.Random(f"{SEED}/{self.project.catalogue_name}/{key}")
        if key == "laeringspunkter":
            theme, outcome, *words = chance.choice(LESSONS)
            title, text = words[side]
            return [{"title": title, "text": text, "theme": theme, "outcome": outcome}]
        if key not in TEXTS:
            return CHOICES.get(key)
        first = chance.choice(TEXTS[key])[side]
        return f"{first} {LATER[key][side]}" if self.year == 2014 and key in LATER else first

    def _collide(self, by: Actor) -> None:
        """The leader's deputy changes an answer the leader has just changed, from an old page: both texts are kept."""
        report = self._report()
        key = "partssamarbeid"
        base = report.sections.get(key="prosjektet").version
        self._save(
            by, report, "prosjektet", {key: "De tillitsvalgte var med på alle tre samlingene og valgte tiltakene."}
        )
        deputy = RoleAssignment.objects.active_on(by.today).get(project=self.project, role=Role.LEADER_DEPUTY)
        other = Actor(deputy.person, at(by.today, 11))
        with contextlib.suppress(drafts.Conflict):
            text = "Hovedtillitsvalgt har vært med i styringsgruppen hele året."
            self._save(other, report, "prosjektet", {key: text}, base_version=base)

    def _sign(self, by: Actor) -> None:
        report = self._report()
        if report.started_at is not None:
            actions.sign(by=by, report=report, seen=content.content(report, by.today))

    def _state(self, by: Actor) -> None:
        statements.sign(by=by, report=self._report(), text=STATEMENT, version=0)

    def _submit(self, by: Actor, revision: int) -> None:
        report = self._report()
        if report.started_at is None:
            return
        seen = content.content(report, by.today)
        with contextlib.suppress(submissions.NotSigned):
            submissions.submit(by=by, report=report, idempotency_key=self._id(f"submit/{revision}"), seen=seen)

    def _read(self, moment: datetime) -> Review | None:
        """The adviser reads every section."""
        submission = self._submission()
        if submission is None:
            return None
        by = Actor(_adviser(), moment)
        review = reviews.open_review(by=by, submission=submission)
        for section in submission.contents["content"]["sections"]:
            reviews.mark_read(by=by, review=review, section=section["key"])
        return review

    def _approve(self, moment: datetime) -> None:
        review = self._read(moment)
        if review is not None:
            outcome = self._draw("outcome").choice(("none", "none", "watch", "talk"))
            reviews.approve(by=Actor(_adviser(), moment), review=review, project_outcome=outcome)

    def _return(self) -> None:
        submission = self._submission()
        if submission is None:
            return
        by = Actor(_adviser(), at(date(2015, 1, 20), 14))
        review = reviews.open_review(by=by, submission=submission)
        for section, text in COMMENTS.items():
            reviews.mark_read(by=by, review=review, section=section)
            reviews.comment(by=by, review=review, section=section, text=text)
        due = SOON.get(self.project.catalogue_name, NEW_DEADLINE)
        reviews.return_report(by=by, review=review, new_deadline=due, project_outcome="talk", note=NOTE)

    def _mend(self, by: Actor) -> None:
        report = self._report()
        text = report.sections.get(key="gevinster").data.get("gevinster", "")
        more = "Vikarbruken er 140 timer lavere i måneden, og enhetslederne har bestemt at pengene går til fagkurs."
        self._save(by, report, "gevinster", {"gevinster": f"{text} {more}"})
        for comment in ReviewComment.objects.filter(review__submission__report=report):
            replies.reply(by=by, comment=comment, text=REPLIES[comment.section], seen="")

    def _submission(self) -> Submission | None:
        rows = Submission.objects.filter(
            report__project=self.project,
            report__round__year=self.year,
            report__round__kind=Round.Kind.YEAR,
            test_round=None,
        )
        return rows.order_by("-revision").first()


def _adviser() -> User:
    return User.objects.get(email="radgiver@demo.example")
