"""«Why was it green in March?»: every verdict that was stored can be made again from the facts known then."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.actor import Actor, system
from benefits.actions import measurements, targets, warnings
from benefits.actions.thresholds import NothingChanged, change_threshold
from benefits.assessment import assess_projects, judge
from benefits.models import (
    AssessmentHistory,
    EffectTarget,
    MainTarget,
    Measurement,
    PitfallWarning,
    ProgrammeThreshold,
    TargetVersion,
)
from projects.actions import roles, setup
from projects.models import Project, ProjectFrame, RoleAssignment
from projects.roles import Role
from tests import factories
from tests.factories import OSLO

pytestmark = pytest.mark.django_db
FIRST = date(2013, 3, 1)


def evening(day: date) -> datetime:
    return datetime.combine(day, time(23, 30), OSLO)


def said(row: AssessmentHistory) -> tuple:
    """What people saw: the words, and the reasons where the row is of the very day."""
    return (row.result, row.state, row.risk, row.pitfalls, [(t["target"], t["state"]) for t in row.targets])


def again(project: Project, day: date, moment: datetime) -> tuple:
    """What the engine says of a day from the facts known at a moment."""
    (verdict,) = judge([project], day, moment)
    pitfalls = {rule: None if level is None else int(level) for rule, level in verdict.pitfalls.items()}
    states = [(target.target, str(target.state)) for target in verdict.targets]
    risk = None if verdict.risk is None else int(verdict.risk)
    return (str(verdict.result), str(verdict.state or ""), risk, pitfalls, states)


class History:
    """A project's life by chance: every kind of fact comes, is corrected and ends, with an assessment now and then."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.leader, self.owner, self.line = (factories.user() for _ in range(3))
        plan = setup.ProjectPlan("liv", "Liv", starts_on=FIRST, municipality_ids=(factories.municipality().pk,))
        by = system(factories.noon(FIRST))
        self.project = setup.create_project(by=by, cohort=factories.cohort(), plan=plan)
        setup.start_following(by=by, project=self.project, starts_on=FIRST, ends_on=date(2014, 12, 31))
        for person, role in ((self.leader, Role.LEADER), (self.owner, Role.OWNER), (self.line, Role.BENEFIT_OWNER)):
            roles.assign(by=by, person=person, role=role, starts_on=FIRST, project=self.project)
        self.day = FIRST

    def live(self, steps: int) -> list[date]:
        """Let things happen for some weeks; the days on which the project was assessed."""
        kinds: tuple[Callable[[], object], ...] = (
            *(self.measure,) * 8,
            *(self.answer,) * 3,
            *(self.redefine,) * 2,
            self.promise,
            self.correct,
            self.choose_main,
            self.move_dates,
            self.end_role,
            self.give_role,
            self.tighten,
        )
        assessed = []
        for step in range(steps):
            self.day += timedelta(days=self.draw.randint(1, 18))
            kind = self.promise if step == 0 else self.draw.choice(kinds)
            kind()
            if self.draw.random() < 0.7:
                assess_projects([self.project.pk], as_of=self.day, now=evening(self.day))
                assessed.append(self.day)
        return assessed

    @property
    def by(self) -> Actor:
        """The leader, or the system when nobody leads."""
        leads = RoleAssignment.objects.active_on(self.day).filter(project=self.project, person=self.leader).exists()
        now = factories.noon(self.day)
        return Actor(self.leader, now) if leads else system(now)

    def target(self) -> EffectTarget:
        return self.draw.choice(list(self.project.targets.all()))

    def promise(self) -> None:
        has_baseline = self.draw.random() < 0.9
        definition = targets.Definition(
            title="Heltid", kind="register_share", unit="%", direction=1, frequency="quarterly", population=300,
            mmc=Decimal(1), baseline_value=Decimal(20) if has_baseline else None,
            baseline_on=date(2012, 12, 31) if has_baseline else None, values=((date(2014, 12, 31), Decimal(40)),),
        )  # fmt: skip
        targets.create(by=self.by, project=self.project, definition=definition)

    def redefine(self) -> None:
        live = TargetVersion.objects.live().prefetch_related("values", "planned").get(target=self.target())
        goal = Decimal(self.draw.choice((10, 30, 40, 60)))
        new = replace(
            targets.definition_of(live),
            baseline_value=self.draw.choice((None, Decimal(20), Decimal(25), Decimal(30))),
            baseline_on=date(2012, 12, 31),
            values=self.draw.choice(((), ((date(2014, 12, 31), Decimal(35)),), ((date(2014, 12, 31), goal),))),
        )
        targets.change(by=self.by, target=live.target, version=live.target.version, definition=new, reason="Nytt")

    def measure(self) -> None:
        value = measurements.Value(
            self.day - timedelta(days=self.draw.randint(0, 60)), Decimal(self.draw.randint(15, 45))
        )
        if value.measured_on > FIRST:
            self.ignore(measurements.DateTaken, measurements.register, by=self.by, target=self.target(), value=value)

    def correct(self) -> None:
        row = Measurement.objects.live().filter(target__project=self.project).order_by("pk").last()
        if row is not None:
            value = measurements.Value(row.measured_on, Decimal(self.draw.randint(15, 45)))
            measurements.correct(by=self.by, measurement=row, value=value, reason="Feil tall")

    def choose_main(self) -> None:
        targets.choose_main(by=self.by, target=self.target())

    def move_dates(self) -> None:
        self.project.refresh_from_db()
        ends_on = self.draw.choice((None, date(2014, 3, 31), date(2014, 12, 31), date(2015, 6, 30)))
        plan = setup.ProjectPlan(
            "liv", "Liv", starts_on=FIRST, ends_on=ends_on,
            municipality_ids=tuple(self.project.municipalities.values_list("pk", flat=True)),
        )  # fmt: skip
        by = system(factories.noon(self.day))
        setup.change_project(by=by, project=self.project, version=self.project.version, plan=plan)

    def end_role(self) -> None:
        row = RoleAssignment.objects.active_on(self.day).filter(project=self.project, ends_on=None).first()
        if row is not None:
            ends_on = self.day + timedelta(days=self.draw.randint(0, 90))
            roles.end(by=system(factories.noon(self.day)), assignment=row, ends_on=ends_on)

    def give_role(self) -> None:
        role, starts_on = self.draw.choice((Role.LEADER, Role.OWNER, Role.MEASUREMENT_RESPONSIBLE)), self.day
        person = factories.user()
        by = system(factories.noon(self.day))
        roles.assign(by=by, person=person, role=role, starts_on=starts_on, project=self.project)

    def answer(self) -> None:
        open_now = list(PitfallWarning.objects.filter(project=self.project, closed_on=None).order_by("pk"))
        owns = RoleAssignment.objects.active_on(self.day).filter(project=self.project, person=self.owner).exists()
        if not open_now or not owns:
            return
        by, warning = Actor(self.owner, factories.noon(self.day)), self.draw.choice(open_now)
        kind = self.draw.choice(("register_action", "report_false", "accept"))
        if kind == "accept":
            until = self.day + timedelta(days=self.draw.randint(1, 60))
            warnings.accept(by=by, warning=warning, note="Vi venter.", until=until)
        else:
            getattr(warnings, kind)(by=by, warning=warning, note="Slik er det.")

    def tighten(self) -> None:
        """The programme's own tolerance, drawn anew."""
        programme, name = self.project.cohort.programme, "default_tolerance"
        version = ProgrammeThreshold.objects.filter(programme=programme, name=name).count() + 1
        change = {"value": self.draw.choice((0.05, 0.1, 0.2)), "reason": "Prøve", "version": version}
        by = system(factories.noon(self.day))
        self.ignore(NothingChanged, change_threshold, by=by, programme=programme, name=name, **change)

    @staticmethod
    def ignore(refusal: type[Exception], act: Callable[..., object], **arguments: object) -> None:
        try:
            act(**arguments)
        except refusal:
            return


@pytest.mark.parametrize("seed", range(3))
def test_every_stored_verdict_of_a_generated_history_can_be_made_again(seed):
    history = History(seed)
    days = history.live(40)
    assert AssessmentHistory.objects.count() > 5
    assert ProjectFrame.objects.count() > 1
    for day in days:
        stored = AssessmentHistory.objects.filter(as_of__lte=day).order_by("as_of", "pk").last()
        assert again(history.project, day, evening(day)) == said(stored), day


def test_without_the_moment_the_same_days_read_otherwise():
    """The negative control: with what is known now instead, some of those verdicts are others."""
    history = History(1)
    days = history.live(30)
    stored = [AssessmentHistory.objects.filter(as_of__lte=day).order_by("as_of", "pk").last() for day in days]
    now = [again(history.project, day, evening(history.day)) for day in days]
    assert any(one != said(row) for one, row in zip(now, stored, strict=True))


def test_the_main_target_and_the_dates_of_a_project_are_never_overwritten(project, leader):
    setup.change_project(
        by=system(factories.noon(date(2014, 2, 1))),
        project=project,
        version=project.version,
        plan=setup.ProjectPlan(
            project.slug, project.title, starts_on=project.starts_on, ends_on=date(2014, 5, 31),
            municipality_ids=tuple(project.municipalities.values_list("pk", flat=True)),
        ),
    )  # fmt: skip
    definition = targets.Definition(title="Heltid")
    by = Actor(leader, factories.noon(date(2014, 3, 1)))
    first, second = (targets.create(by=by, project=project, definition=definition) for _ in range(2))
    targets.choose_main(by=Actor(leader, factories.noon(date(2014, 4, 1))), target=second)
    rows = MainTarget.objects.values_list("target", "valid_from", "superseded_at")
    assert list(rows) == [
        (first.pk, date(2014, 3, 1), factories.noon(date(2014, 4, 1))),
        (second.pk, date(2014, 4, 1), None),
    ]
    project.refresh_from_db()
    assert project.ends_on == ProjectFrame.objects.get(superseded_at=None).ends_on == date(2014, 5, 31)


def test_the_command_shows_a_past_date_as_it_was_known(project):
    out = StringIO()
    call_command("assess", "--as-of", "2014-03-31", "--known-at", "2014-03-31", stdout=out)
    assert f"{project.slug}: missing" in out.getvalue()
    assert "as of 2014-03-31 as known at 2014-03-31T23:59:59.999999" in out.getvalue()
