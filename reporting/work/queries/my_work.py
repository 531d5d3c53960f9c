"""What waits on a person: concerns they can act on, measurements and milestones that are due, decisions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery

from accounts.models import User
from benefits.discretion import withhold
from benefits.engine.concerns import limit_for
from benefits.models import Concern, Measurement, Milestone, TargetVersion
from benefits.plan_page import waiting_plans
from benefits.queries.handovers import declined_for, waiting_for
from benefits.queries.phases import waiting_shifts
from benefits.queries.ranking import may_act, project_key, ranking_key
from benefits.wording.actions import MEASURING
from projects.access import may
from projects.models import Programme, Project, RoleAssignment
from projects.roles import ROLES_WITH, Access, Role
from reporting.annual.content import signatures_of
from reporting.annual.models import Report
from reporting.work.queries.concerns import ConcernRow, concern_row, principal_role
from reporting.work.queries.tasks import (
    Task,
    called_back_task,
    declined_task,
    handover_task,
    measurement_task,
    milestone_task,
    phase_task,
    plan_task,
    report_task,
    signature_task,
)

SOON = timedelta(days=14)
HORIZON = timedelta(days=182)
HELPED_FIRST = 3  # of the adviser's list, on the person's own page


@dataclass(slots=True)
class ProjectWork:
    """What waits on a person in one project. `hidden` is how many concerns «Vis alt» would add."""

    project: Project
    roles: frozenset[Role]
    role: Role
    targets: list[TargetVersion] = field(default_factory=list)
    concerns: list[ConcernRow] = field(default_factory=list)
    hidden: int = 0
    decisions: list[Task] = field(default_factory=list)
    late: list[Task] = field(default_factory=list)
    soon: list[Task] = field(default_factory=list)
    later: list[Task] = field(default_factory=list)

    @property
    def is_used(self) -> bool:
        """Whether the project is followed, so that anything is due in it."""
        return self.project.followed_since is not None

    @property
    def needs_first_target(self) -> bool:
        """Whether the one thing to do is to set the first target, and this person may."""
        return self.is_used and not self.targets and may(self.roles, Access.WRITE)

    @property
    def is_done(self) -> bool:
        """Whether nothing waits now or in the next days."""
        return not (self.concerns or self.hidden or self.decisions or self.late or self.soon)

    @property
    def owns(self) -> bool:
        """Whether the person is here to decide, not to do."""
        return self.role is Role.OWNER


@dataclass(frozen=True, slots=True)
class Help:
    """A project an adviser is asked to help, by its first concern."""

    project: Project
    concern: ConcernRow


@dataclass(frozen=True, slots=True)
class Advised:
    """A programme someone advises, with the projects that come first."""

    programme: Programme
    first: list[Help]


@dataclass(slots=True)
class MyWork:
    """Everything on a person's own page."""

    works: list[ProjectWork]
    advised: list[Advised]

    @property
    def are_many(self) -> bool:
        """Whether the person has several projects, so that each thing says where it belongs."""
        return len(self.works) > 1

    @property
    def hidden(self) -> int:
        """How many concerns are left out."""
        return sum(work.hidden for work in self.works)

    @property
    def every_concern(self) -> int:
        """How many concerns there are in all."""
        return self.hidden + sum(len(work.concerns) for work in self.works)

    @property
    def late(self) -> int:
        """How many tasks are past their date."""
        return sum(len(work.late) for work in self.works)

    @property
    def soon(self) -> int:
        """How many tasks have their date in the next 14 days."""
        return sum(len(work.soon) for work in self.works)

    @property
    def is_done(self) -> bool:
        """Whether the person has projects in use, and nothing waits in any of them."""
        used = [work for work in self.works if work.is_used]
        return bool(used) and all(work.is_done and not work.needs_first_target for work in used)

    @property
    def primary(self) -> ConcernRow | Task | None:
        """The one thing to do first, whose button stands out; a first target stands out by itself."""
        if any(work.needs_first_target for work in self.works):
            return None
        rows: list[ConcernRow | Task] = []
        for work in self.works:
            first: list[ConcernRow | Task] = [*work.concerns, *work.decisions]
            if work.owns:
                first = [*work.decisions, *work.concerns]
            rows += [*first, *work.late, *work.soon]
        return next((row for row in rows if not _has_field(row)), None)

    @property
    def next_task(self) -> Task | None:
        """What comes next of all."""
        return min((task for work in self.works for task in work.later), key=lambda task: task.due_on, default=None)


def _has_field(row: ConcernRow | Task) -> bool:
    """Whether a row has a number field in the place of a button."""
    task = row.task if isinstance(row, ConcernRow) else row
    return task is not None and task.has_field


def my_work(user: User, today: date, show_all: bool = False) -> MyWork:
    """What waits on a person on a date; `show_all` leaves no concern out."""
    works, programmes = _places(user, today)
    used = [work for work in works if work.is_used]
    _add_targets(used)
    _add_tasks(used, user, today)
    _add_concerns(used, today, show_all)
    for work in used:
        _join(work)
    return MyWork(works=works, advised=_advised(programmes, today))


def _places(user: User, today: date) -> tuple[list[ProjectWork], list[Programme]]:
    """The projects a person works in and the programmes they advise, from their roles."""
    assignments = (
        RoleAssignment.objects.active_on(today)
        .filter(person=user, role__in=ROLES_WITH[Access.READ])
        .select_related("project__cohort__programme", "project__assessment", "programme")
        .order_by("project__list_order", "project__title", "starts_on")
    )
    roles: dict[Project, set[Role]] = defaultdict(set)
    programmes = []
    for assignment in assignments:
        if assignment.project is not None:
            roles[assignment.project].add(Role(assignment.role))
        elif assignment.programme is not None:
            programmes.append(assignment.programme)
    works = []
    for project, held in roles.items():
        role = principal_role(frozenset(held))
        if role is not None:
            works.append(ProjectWork(project=project, roles=frozenset(held), role=role))
    return works, programmes


def _add_targets(works: Sequence[ProjectWork]) -> None:
    """The targets of each project as they read now, with their status."""
    live = Measurement.objects.live().exclude(state=Measurement.State.DRAFT)
    newest = live.filter(target=OuterRef("target")).order_by("-measured_on")
    versions = (
        TargetVersion.objects.live()
        .filter(target__project__in=[work.project.pk for work in works], withdrawn_on=None)
        .annotate(last_source=Subquery(newest.values("source")[:1]))
        .select_related("target__status")
        .order_by("target__number")
    )
    by_project = {work.project.pk: work for work in works}
    for version in versions:
        work = by_project[version.target.project_id]
        version.target.project = work.project
        work.targets.append(version)


def _add_tasks(works: Sequence[ProjectWork], user: User, today: date) -> None:
    """Measurements and milestones that are due, by when."""
    by_project = {work.project.pk: work for work in works}
    for work in works:
        if may(work.roles, Access.MEASURE):
            due = (measurement_task(version, today) for version in work.targets if _measures(version, user, work))
            _sort_in(work, (task for task in due if task is not None), today)
    for milestone in Milestone.objects.filter(project__in=by_project, state__in=Milestone.OPEN):
        work = by_project[milestone.project_id]
        milestone.project = work.project
        if milestone.state in Milestone.DECIDABLE and may(work.roles, Access.SIGN):
            work.decisions.append(milestone_task(milestone, today))
        elif milestone.state in Milestone.REPORTABLE and may(work.roles, Access.WRITE):
            _sort_in(work, [milestone_task(milestone, today)], today)
    _add_reports(by_project, today)
    for step in waiting_shifts([pk for pk, work in by_project.items() if may(work.roles, Access.SIGN)]):
        step.project = by_project[step.project_id].project
        by_project[step.project_id].decisions.append(phase_task(step))
    for record in waiting_for(user).filter(project__in=by_project):
        record.project = by_project[record.project_id].project
        by_project[record.project_id].decisions.append(handover_task(record))
    for record in declined_for(user).filter(project__in=by_project):
        record.project = by_project[record.project_id].project
        by_project[record.project_id].decisions.append(declined_task(record))
    _add_plans(by_project)
    for work in works:
        work.decisions[:] = [task.on_day(today) for task in work.decisions]
        for tasks in (work.decisions, work.late, work.soon, work.later):
            tasks.sort(key=lambda task: task.due_on)


def _add_reports(by_project: Mapping[int, ProjectWork], today: date) -> None:
    """Reports to write for the leader, and to sign for the owner."""
    rows = Report.objects.filter(project__in=by_project, state__in=Report.WRITABLE, round__opens_on__lte=today)
    asked = [report for report in rows.select_related("round", "form") if report.is_asked_for(today)]
    for report in asked:
        report.project = by_project[report.project_id].project
    waiting = [report for report in asked if report.state == Report.State.AWAITING_SIGNATURE]
    signed = signatures_of(waiting, today)
    for report in asked:
        work, is_signed = by_project[report.project_id], report.pk in signed
        waits = report.state == Report.State.AWAITING_SIGNATURE
        if may(work.roles, Access.WRITE):
            _sort_in(work, [report_task(report, is_signed=is_signed)], today)
        elif report.called_back and may(work.roles, Access.SIGN):
            work.decisions.append(called_back_task(report))
        if waits and not is_signed and may(work.roles, Access.SIGN):
            work.decisions.append(signature_task(report))


def _add_plans(by_project: Mapping[int, ProjectWork]) -> None:
    """Plans that wait on the owner."""
    signing = [work.project for work in by_project.values() if may(work.roles, Access.SIGN)]
    for plan in waiting_plans(signing) if signing else ():
        work = by_project[plan.project_id]
        plan.project = work.project
        work.decisions.append(plan_task(plan))


def _measures(version: TargetVersion, user: User, work: ProjectWork) -> bool:
    """Leaders see every measurement; the others those they, or nobody in particular, shall make."""
    return may(work.roles, Access.WRITE) or version.measurement_responsible_id in (None, user.pk)


def _sort_in(work: ProjectWork, tasks: Iterable[Task], today: date) -> None:
    """Put tasks where they belong in time; what lies far ahead is left out."""
    for task in tasks:
        if task.due_on < today:
            work.late.append(task)
        elif task.due_on <= today + SOON:
            work.soon.append(task)
        elif task.due_on <= today + HORIZON:
            work.later.append(task)


def _add_concerns(works: Sequence[ProjectWork], today: date, show_all: bool) -> None:
    """The first concerns over all the person's projects, each in its project; the rest counted."""
    by_project = {work.project.pk: work for work in works}
    ranked = []
    for concern in Concern.objects.filter(project__in=by_project).select_related("target"):
        work = by_project[concern.project_id]
        concern.project = work.project
        if _is_for(concern, work, today):
            ranked.append((ranking_key(concern, work.role), work, concern))
    ranked.sort(key=lambda entry: entry[0])
    limit = len(ranked) if show_all else max((limit_for(work.role) for work in works), default=0)
    for _key, work, concern in ranked[:limit]:
        work.concerns.append(concern_row(concern, today, work.roles))
    for _key, work, _concern in ranked[limit:]:
        work.hidden += 1


def _join(work: ProjectWork) -> None:
    """A concern that asks for a measurement takes over that task, so that nothing is asked for twice."""
    for index, row in enumerate(work.concerns):
        if row.concern.action in MEASURING and row.concern.target_id is not None:
            for tasks in (work.late, work.soon, work.later):
                same = [task for task in tasks if task.version and task.version.target_id == row.concern.target_id]
                for task in same:
                    tasks.remove(task)
                    work.concerns[index] = replace(row, task=task)


def _is_for(concern: Concern, work: ProjectWork, today: date) -> bool:
    """Leaders see every concern at once; owners what waits on them, when it is open to others; the rest their own."""
    if may(work.roles, Access.WRITE):
        return True
    if work.owns:
        return concern.responsible == Role.OWNER and concern.visible_on <= today
    return may_act(concern, work.role)


def _advised(programmes: Sequence[Programme], today: date) -> list[Advised]:
    """Where an adviser is asked to help first, in each programme."""
    if not programmes:
        return []
    concerns: dict[Project, list[Concern]] = defaultdict(list)
    every = Concern.objects.filter(project__cohort__programme__in=programmes, visible_on__lte=today).exclude(
        project__participation=Project.Participation.WITHDRAWN
    )
    rows = list(every.select_related("project__cohort", "target"))
    withhold(rows)
    for concern in rows:
        concerns[concern.project].append(concern)
    ordered = [(project_key(found), project, found) for project, found in concerns.items()]
    asked = sorted((entry for entry in ordered if entry[0] is not None), key=lambda entry: (entry[0], entry[1].pk))
    return [
        Advised(
            programme,
            [
                Help(project, concern_row(min(found, key=ranking_key), today, frozenset({Role.ADVISER})))
                for _key, project, found in asked
                if project.cohort.programme_id == programme.pk
            ][:HELPED_FIRST],
        )
        for programme in programmes
    ]
