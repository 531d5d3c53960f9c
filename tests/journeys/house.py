"""A whole house for the browser: every kind of page has something on it, judged by the engine itself."""

from datetime import date

from accounts.actor import Actor
from benefits.actions import measurements
from benefits.actions.measurements import Value
from benefits.assessment import assess_projects
from benefits.models import Milestone, PitfallWarning
from projects.models import ProjectTheme, Theme
from projects.roles import Role
from tests import factories

TODAY = date(2015, 1, 22)  # the suite's fixed date
LONG = "Auka nærvær, heiltidskultur og kompetansehevingsplanlegging i pleie- og omsorgstenestene " * 2
WORD = "Kompetanseutviklingsplanleggingsprosessdokumentasjonsansvarleg" * 2
Y12, Y13, Y14, Y15 = (date(year, 12, 31) for year in (2012, 2013, 2014, 2015))


def by(person, on=TODAY):
    """A person acting at noon."""
    return Actor(user=person, now=factories.noon(on))


def assess(*projects, on=TODAY):
    """Judge projects and store it, as the worker would."""
    assess_projects([project.pk for project in projects], as_of=on, now=factories.noon(on))


def furnish(project, leader, owner):
    """Fill a project: a target that relapsed, one without baseline, one with long words; milestones in every state."""
    theme = Theme.objects.create(programme=project.cohort.programme, key="sykefravaer", name_nb="Sykefravær")
    ProjectTheme.objects.create(project=project, theme=theme)
    relapsed(project, leader)
    factories.target(project, title="Flere i heltid", baseline_value=None, baseline_on=None)
    factories.target(
        project, values={}, title=LONG[:70] + WORD[:50], statement=LONG, definition=LONG + WORD, scope=LONG[:118]
    )
    milestones(project, leader, owner)
    benefit_map(project)
    shifts(project, leader, owner)
    assess(project)


def relapsed(project, leader):
    """Sick leave that fell, and rose again; one value corrected, one withdrawn, one preliminary."""
    target = factories.target(project, is_main=True, planned=(Y14, Y15))
    values = {"2013-06-30": 10.2, "2013-12-31": 9.6, "2014-03-31": 9.3, "2014-06-30": 10.1, "2014-09-30": 10.9}
    rows = factories.series(target, {date.fromisoformat(day): value for day, value in values.items()})
    wrong = factories.measurement(target, date(2013, 3, 31), 100, n=4)
    right = Value(measured_on=wrong.measured_on, value=10.5, source="Fraværssystemet", note=LONG)
    measurements.correct(by=by(leader), measurement=wrong, value=right, reason="Et komma for lite")
    measurements.withdraw(by=by(leader), measurement=factories.measurement(target, date(2014, 7, 31), 99))
    factories.measurement(target, date(2014, 12, 31), 11.2, is_preliminary=True, n=190)
    return target, rows


def benefit_map(project):
    """A chain with a driver, a target and an objective, a line that passes columns, a loose end with long words."""
    driver = factories.map_box(project, kind="driver", driver="unions", title="Partssamarbeid")
    effect = factories.map_box(project, kind="effect", target=project.targets.get(number=1))
    goal = factories.map_box(project, kind="objective", title=LONG[:118])
    factories.map_link(driver, effect, is_documented=True, share=60, note=LONG + WORD)
    factories.map_link(effect, goal, share=100)
    factories.map_link(driver, goal, share=30)
    factories.map_box(project, kind="deliverable", title=WORD[:119])


def milestones(project, leader, owner):
    """One of each state, one of them late and one with long words."""
    said = {"reported_on": TODAY, "reported_by": leader, "report_note": LONG}
    decided = {"decided_on": TODAY, "decided_by": owner, "decision_note": LONG}
    state = Milestone.State
    factories.milestone(project, title="Bemanningsplanen er vedtatt", due_on=date(2014, 12, 1))
    factories.milestone(project, title=LONG[:140], description=LONG + WORD, due_on=date(2015, 4, 1))
    factories.milestone(project, title="Alle har fått tilbud", state=state.REPORTED, **said)
    factories.milestone(project, title="Kurset er holdt", state=state.SIGNED, **said, **decided)
    factories.milestone(project, title="Vikarpoolen er i gang", state=state.DECLINED, **said, **decided)
    factories.milestone(project, title="Evaluering", state=state.WITHDRAWN)


def handed_over(project, leader, owner):
    """The leader's open milestones, handed over to the owner with long words."""
    record = factories.handover(project, leader, owner, to_unit=LONG[:118], note=LONG + WORD)
    for milestone in project.milestones.all():
        record.points.create(kind="milestone", object_id=milestone.pk, receiver=owner)
    return record


def declined(project, leader, owner):
    """A handover the owner has declined, with long words."""
    record = factories.handover(project, leader, owner)
    said = {"declined_on": TODAY, "recorded_at": factories.noon(TODAY), "reason": LONG + WORD}
    record.declines.create(person=owner, **said)
    return record


def shifts(project, leader, owner):
    """Through two phases, with long words, and the third asked for."""
    steps = [("idea", "asked"), ("idea", "declined"), ("idea", "asked"), ("idea", "signed"), ("planning", "asked"),
             ("planning", "signed"), ("delivery", "asked")]  # fmt: skip
    said = {"note": LONG + WORD, "reference": LONG[:198], "checked": ["line"]}
    when = {"on": TODAY, "recorded_at": factories.noon(TODAY)}
    for phase, kind in steps:
        person = leader if kind == "asked" else owner
        project.phase_steps.create(phase=phase, kind=kind, by=person, **when, **said)


def neighbours(programme, leader):
    """Beside it: a project without a target, and one that is not in use; both with long names and the same leader."""
    cohort = factories.cohort(programme=programme, name=LONG[:78])
    empty = factories.project(cohort=cohort, title=LONG[:150], slug="uten-mal")
    unused = factories.project(cohort=cohort, title="Ikke tatt i bruk", slug="ikke-i-bruk", followed_since=None)
    for one in (empty, unused):
        factories.role(leader, Role.LEADER, one)
    assess(empty)
    return empty, unused


def warning(project, rule="F3"):
    """An open warning of a project."""
    return PitfallWarning.objects.filter(project=project, rule=rule, closed_on=None).earliest("pk")


def counted_twice(project):
    """Three targets that count the same, one of them given up; and a box with more than the whole of it."""
    same = {"indicator": "heltidsandel", "scope": "Pleie og omsorg", "title": LONG[:60] + WORD[:60]}
    first, _second, third = (factories.target(project, **same) for _ in range(3))
    boxes = [factories.map_box(project, kind=kind, title=LONG[:80]) for kind in ("initiative", "effect")]
    factories.map_link(boxes[0], boxes[1], share=80)
    factories.map_link(factories.map_box(project, kind="deliverable"), boxes[1], share=80)
    return factories.counted_elsewhere(third, first, reason=LONG)
