"""One project's life, put on the timeline: who, what is promised, what is measured, which milestones are reached."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from accounts.actions import create_user
from accounts.actor import Actor, system
from accounts.models import User
from benefits.actions import breaks, measurements, milestones, targets
from benefits.models import EffectTarget, Milestone, SeriesBreak
from benefits.shares import value_of
from projects.actions import roles, setup
from projects.models import Project, RoleAssignment, Theme
from projects.roles import Role
from reporting.demo import freed_time, handovers, maps, people, phases, series, stakeholders, stories
from reporting.demo.milestones import MILESTONES
from reporting.demo.stories import Story
from reporting.demo.targets import BASELINE_ON, EXTRAS, PLANS, TARGET_ON, Plan, define, point_days
from reporting.demo.timeline import Timeline, at

SEED = 20150122
PROJECT_END = date(2015, 12, 31)
STOPPED_AFTER = date(2014, 3, 31)
LAST_QUARTER = date(2014, 12, 31)
ONLY_QUARTER, ONLY_YEAR = date(2014, 9, 30), date(2013, 12, 31)
OF_THE_MAIN_TARGET = {"no_baseline", "no_value", "stopped", "fresh", "old_sentence", "leavers", "stand_in", "explained"}
WAITS_AHEAD_DAYS = 60
FORGOTTEN = {date(2014, 3, 31): date(2014, 6, 20)}  # measured too late
NEVER_MEASURED = {date(2014, 9, 30)}  # and then not at all
RECOUNTED_FROM, EXPLAINED = date(2014, 4, 1), date(2014, 11, 12)  # counted in another way, and when the leader said so
RECOUNTED = "Det nye turnussystemet teller også tilkallingsvikarer med fast avtale."


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays in a project: leader, owner, and the benefit owner in the line."""

    leader: User
    owner: User
    line: User


class Life:
    """One story's project. `draw` is its own, so one story can be changed without moving the others."""

    def __init__(self, timeline: Timeline, project: Project, story: Story, theme: Theme) -> None:
        self.timeline, self.project, self.story, self.theme = timeline, project, story, theme
        self.draw = random.Random(f"{SEED}/{story.name}")
        self.language = "nn" if story.name in stories.NYNORSK else "nb"
        spring = date(2013, 3, 1) + timedelta(days=self.draw.randint(0, 75))
        self.start = date(2014, 10, 1) if "late" in story.traits else spring
        self.ends_on = story.ends_on or PROJECT_END

    def tell(self, crowd: Iterator[people.Person]) -> None:
        """Put everything on the timeline."""
        self._begin()
        self.cast = self._find_people(crowd)
        self._give_roles()
        if "no_targets" not in self.story.traits:
            self._promise()
        if "no_steps" not in self.story.traits:
            self._plan_milestones()
        handovers.tell(self, crowd)
        maps.tell(self)
        phases.tell(self)
        freed_time.tell(self)
        stakeholders.tell(self)

    def _begin(self) -> None:
        """Title, dates and theme, then into use."""
        by, (title, language, summary) = system(at(self.start, 9)), stories.title_of(self.story)
        places = list(self.project.participations.all())
        links = {link.theme_id: link.source for link in self.project.theme_links.all()}
        plan = setup.ProjectPlan(
            slug=self.project.slug,
            title=title,
            language=language,
            summary=summary,
            starts_on=self.start,
            ends_on=self.ends_on,
            municipality_ids=tuple(row.municipality_id for row in places),
            host_id=next((row.municipality_id for row in places if row.is_host), None),
            themes={self.theme.pk: "Eksempeldata", **links},
        )
        setup.change_project(by=by, project=self.project, version=self.project.version, plan=plan)
        setup.start_following(by=by, project=self.project, starts_on=self.start, ends_on=self.ends_on, since=self.start)

    def _find_people(self, crowd: Iterator[people.Person]) -> Cast:
        titles = ("prosjektleder", people.OWNER_TITLES[self.story.theme], "enhetsleder")
        leading = people.LEADING_PARTS.get(self.story.name)
        cast = leading or [next(crowd) for _ in titles]
        return Cast(*(self.person(person, title) for person, title in zip(cast, titles, strict=True)))

    def person(self, person: people.Person, title: str) -> User:
        language = self.language if self.language == "nn" else ""
        if language:
            title = people.NYNORSK_TITLES.get(title, title)
        return create_user(
            by=system(at(self.start, 8)), email=person.address, name=person.name, title=title, language=language
        )

    def _give_roles(self) -> None:
        given = [(self.cast.owner, Role.OWNER), (self.cast.leader, Role.LEADER), (self.cast.line, Role.BENEFIT_OWNER)]
        if self.story.name == people.FULL_HOUSE:
            given += [(self.person(*part), Role(role)) for role, part in people.OTHER_PARTS.items()]
        if self.story.name == people.TWO_WRITERS:
            given.append((self.person(*people.SECOND_WRITER), Role.LEADER_DEPUTY))
        if self.story.name == people.ASKED:
            given.append((self.person(*people.REPRESENTATIVE), Role.UNION_REPRESENTATIVE))
        ends = handovers.ends_of(self)
        for person, role in given:
            roles.assign(
                by=system(at(self.start, 9)),
                person=person,
                role=role,
                starts_on=self.start,
                ends_on=ends.get(person),
                project=self.project,
            )

    def _promise(self) -> None:
        """One to three effect targets; the first is the main one and follows the story."""
        plans = PLANS[self.story.theme]
        count = 1 if "late" in self.story.traits else self.draw.randint(2, len(plans))
        for order, plan in enumerate(plans[: len(plans) if self.story.shape == "fallen" else count]):
            is_main = order == 0
            shape = self.story.shape if is_main else self.draw.choice(("steady", "steady", "ahead"))
            shape = "reached" if "owner_left" in self.story.traits else shape
            lacks = self.story.traits - set(EXTRAS) - (set() if is_main else OF_THE_MAIN_TARGET)
            Promise(self, plan, shape, lacks, at(self.start + timedelta(days=30 + 9 * order))).tell()
        for trait, plan in EXTRAS.items():
            if trait in self.story.traits:
                shape = "worse" if trait == "counter" else "steady"
                Promise(self, plan, shape, frozenset({trait}), at(self.start + timedelta(days=70))).tell()

    def _plan_milestones(self) -> None:
        by = Actor(self.cast.leader, at(self.start + timedelta(days=21)))
        for bokmal, nynorsk, phase, months in MILESTONES[self.story.theme]:
            due_on = min(self.start + timedelta(days=30 * months + self.draw.randint(0, 20)), self.ends_on)
            plan = milestones.Plan(title=nynorsk if self.language == "nn" else bokmal, due_on=due_on, phase=phase)
            Reaching(self, plan, by).tell()

    def who_measures(self, day: date) -> User:
        """The leader as long as there is one, then the line."""
        leading = RoleAssignment.objects.active_on(day).filter(project=self.project, person=self.cast.leader)
        return self.cast.leader if leading.exists() else self.cast.line


class Promise:
    """One effect target and its series."""

    def __init__(self, life: Life, plan: Plan, shape: str, lacks: frozenset[str], made_at: datetime) -> None:
        self.life, self.plan, self.shape, self.lacks, self.made_at = life, plan, shape, lacks, made_at
        self.draw = random.Random(f"{SEED}/{life.story.name}/{plan.indicator}")
        self.target_on = series.quarter_ends(BASELINE_ON, life.ends_on)[-1] if "ended" in lacks else TARGET_ON
        line = life.cast.leader if "nobody_measures" in lacks else life.cast.line
        self.definition = replace(
            define(
                plan,
                language=life.language,
                theme_id=life.theme.pk,
                draw=self.draw,
                traits=lacks,
                target_on=self.target_on,
            ),
            measurement_responsible_id=line.pk,
            line_owner="" if "nobody_measures" in lacks else line.title,
            measures_after_end=line.title,
        )
        self.target: EffectTarget | None = None

    def tell(self) -> None:
        """Put the target and its values on the timeline."""
        self.life.timeline.add(self.made_at, self._make)
        if "no_baseline" in self.lacks:
            return
        if self.shape == "recounted":
            self.life.timeline.add(at(EXPLAINED), self._explain_the_break)
        first = date(2012, 1, 1) if self.definition.kind == "absence_rate" else date(2013, 1, 1)
        for day in point_days(self.plan, first, self.life.timeline.today):
            if self._is_measured(day):
                self._measure(day)

    def _is_measured(self, day: date) -> bool:
        """Whether somebody measures on a planned day."""
        if "only_end" in self.lacks or ("forgetful" in self.lacks and day in NEVER_MEASURED):
            return False
        is_the_one = day == (ONLY_QUARTER if self.plan.frequency == "quarterly" else ONLY_YEAR)
        return is_the_one if "seldom" in self.lacks else "stopped" not in self.lacks or day <= STOPPED_AFTER

    def _make(self) -> None:
        self.target = targets.create(
            by=Actor(self.life.cast.leader, self.made_at), project=self.life.project, definition=self.definition
        )

    def _explain_the_break(self) -> None:
        assert self.target is not None
        by, kind = Actor(self.life.cast.leader, at(EXPLAINED)), SeriesBreak.Kind.DEFINITION
        breaks.register(by=by, target=self.target, on=RECOUNTED_FROM, kind=kind, note=RECOUNTED)

    def _measure(self, day: date) -> None:
        value = self._value(day)
        recorded = max(series.recorded_after(day, self.draw), self.made_at.date() + timedelta(days=1))
        if day == LAST_QUARTER and "fresh" in self.lacks:
            recorded = date(2015, 1, self.draw.randint(12, 20))
        elif day == LAST_QUARTER:
            return  # due now: most have not registered it yet
        elif "forgetful" in self.lacks:
            recorded = FORGOTTEN.get(day, recorded)
        self.life.timeline.add(at(recorded, 11), lambda: self._register(value, recorded))

    def _value(self, day: date) -> measurements.Value:
        baseline = float(self.definition.baseline_value or 0)
        target = float(self.definition.values[-1][1]) if self.definition.values else baseline + self.plan.change
        value = series.value_on(
            day,
            shape=self.shape,
            start=BASELINE_ON,
            end=self.target_on,
            baseline=baseline,
            target=target,
            sd=self.plan.sd,
            is_seasonal=self.definition.kind == "absence_rate",
            decimals=self.plan.decimals,
            draw=self.draw,
        )
        population = self.definition.population or 0
        if "leavers" in self.lacks:
            return self._of_those_left(day, float(value), population, baseline)
        n = int(population * 0.78) if self.definition.kind == "survey_share" else population
        return measurements.Value(measured_on=day, value=value, source=self.definition.source, n=n)

    def _of_those_left(self, day: date, share: float, population: int, baseline: float) -> measurements.Value:
        """The share of those still there, when nobody has got a full-time post and those in small ones have left."""
        full_time = round(population * baseline / 100)
        left = min(round(100 * full_time / share), population)
        return measurements.Value(
            measured_on=day,
            value=round(value_of(Decimal(full_time), Decimal(left), self.definition.unit), self.plan.decimals),
            numerator=Decimal(full_time),
            denominator=Decimal(left),
            n=left,
            source=self.definition.source,
        )

    def _register(self, value: measurements.Value, recorded: date) -> None:
        assert self.target is not None
        by = Actor(self.life.who_measures(recorded), at(recorded, 11))
        measurements.register(by=by, target=self.target, value=value)


class Reaching:
    """One milestone: planned, reported when its date comes, signed by the owner some days later."""

    def __init__(self, life: Life, plan: milestones.Plan, by: Actor) -> None:
        self.life, self.plan, self.by = life, plan, by
        self.is_late = life.draw.random() < 0.12
        self.reported = plan.due_on + timedelta(days=life.draw.randint(-6, 3))
        self.signed = self.reported + timedelta(days=life.draw.randint(2, 12))
        self.milestone: Milestone | None = None

    def tell(self) -> None:
        """Put what happens to it on the timeline; one milestone of the leading project waits for its owner today."""
        self.life.timeline.add(self.by.now, self._plan_it)
        days_ahead = (self.plan.due_on - self.life.timeline.today).days
        if self.life.story.name == people.FULL_HOUSE and 0 < days_ahead <= WAITS_AHEAD_DAYS:
            self.reported = self.life.timeline.today - timedelta(days=2)
            self.life.timeline.add(at(self.reported, 14), self._report)
        elif not self.is_late:
            self.life.timeline.add(at(self.reported, 14), self._report)
            self.life.timeline.add(at(self.signed, 15), self._sign)

    def _plan_it(self) -> None:
        self.milestone = milestones.create(by=self.by, project=self.life.project, plan=self.plan)

    def _report(self) -> None:
        """Only a leader reports; where there is none any more, nobody does."""
        if self.milestone and self.life.who_measures(self.reported) == self.life.cast.leader:
            by = Actor(self.life.cast.leader, at(self.reported, 14))
            milestones.report(by=by, milestone=self.milestone, version=self.milestone.version)

    def _sign(self) -> None:
        assert self.milestone is not None
        self.milestone.refresh_from_db()
        if self.milestone.state == Milestone.State.REPORTED:
            by = Actor(self.life.cast.owner, at(self.signed, 15))
            milestones.sign(by=by, milestone=self.milestone, version=self.milestone.version)
