"""Everything the overview of one project shows, read once: where it stands, why, who, what next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q

from benefits import wording
from benefits.engine.rules import RULES
from benefits.models import Assessment, Concern, Milestone, PlannedPoint, TargetVersion
from benefits.phases import PhaseState, Waiting, phase_state, waits_for_owner
from benefits.queries.milestones import MilestoneRow, row_of
from benefits.queries.openness import held_back, levels_shown, worst_level
from benefits.queries.phases import phase_lines
from benefits.queries.ranking import ranking_key
from journal.queries import latest_events
from projects.access import is_inside, may
from projects.models import Project, RoleAssignment, Theme
from projects.roles import Access, Role
from reporting.work.queries.concerns import principal_role
from reporting.work.queries.target_rows import TargetRow, target_rows
from reporting.work.queries.warnings import Findings, findings_of
from saman.words import result_sign

EVENTS = 8
MILESTONES = 4
THEME = ("id", "key", "name_nb", "name_nn", "name_en")
PEOPLE = (Role.OWNER, Role.LEADER, Role.BENEFIT_OWNER, Role.ADVISER)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with a role: `until` when it ends, or when it starts if it has not yet."""

    name: str
    title: str
    place: str
    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the project: done, under way, or to come; told by signed shifts, else by its milestones.

    `on`: the day it was left, or when its last milestone is due.
    """

    name: str
    state: str
    on: date | None


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened: when, what, and by whom where the reader may know."""

    at: datetime
    text: str
    name: str


@dataclass(slots=True)
class ProjectPage:
    """One project as one reader sees it on a date."""

    project: Project
    roles: frozenset[Role]
    today: date
    assessment: Assessment | None
    targets: list[TargetRow]
    findings: Findings
    people: list[tuple[str, list[Person]]]
    phases: list[Phase]
    milestones: list[MilestoneRow]
    happenings: list[Happening]
    waiting: Waiting | None = None
    levels: dict[str, int | None] = field(default_factory=dict)
    places: list[tuple[str, str]] = field(default_factory=list)
    county: str = ""
    themes: list[str] = field(default_factory=list)

    @property
    def is_used(self) -> bool:
        """Whether the project is followed."""
        return self.project.followed_since is not None

    @property
    def is_inside(self) -> bool:
        """Whether the reader belongs to the project, and not only advises it."""
        return is_inside(self.roles)

    @property
    def may_write(self) -> bool:
        """Whether the reader leads the project."""
        return self.is_used and may(self.roles, Access.WRITE)

    @property
    def may_answer(self) -> bool:
        """Whether the reader may answer its warnings."""
        return may(self.roles, Access.ANSWER)

    @property
    def may_accept(self) -> bool:
        """Whether the reader may accept a deviation."""
        return may(self.roles, Access.SIGN)

    @property
    def next_target(self) -> TargetRow | None:
        """The target whose measurement comes first, for someone who may register it."""
        if not self.is_used or not may(self.roles, Access.MEASURE):
            return None
        due = [row for row in self.targets if row.next_due_on]
        return min(due, key=lambda row: row.next_due_on or self.today, default=None)

    @property
    def reasons(self) -> list[str]:
        """Why the result is what it is; nothing where it would give a hidden figure away."""
        if any(row.is_hidden for row in self.targets):
            return []
        return wording.reason_sentences(self.assessment.reasons, self._unit) if self.assessment else []

    @property
    def _unit(self) -> str:
        """The unit the result's reasons are in: the main target's."""
        return next((row.version.unit for row in self.targets if row.version.target.is_main), "")

    @property
    def counts(self) -> str:
        """How many targets are in line."""
        return wording.counts_sentence(self.assessment.counts) if self.assessment else ""

    @property
    def pitfalls(self) -> list[tuple[str, str, int | None]]:
        """(pitfall, the deck's sentence, severity) for every rule that was run."""
        return [
            (wording.rule_short(rule), wording.rule_title(rule), level) for rule, level in sorted(self.levels.items())
        ]

    @property
    def unused(self) -> list[tuple[str, str]]:
        """(pitfall, the deck's sentence) for those about a room the project has not opened."""
        rules = [code for code, rule in RULES.items() if rule.is_optional and code not in self.levels]
        return [(wording.rule_short(rule), wording.rule_title(rule)) for rule in rules] if self.levels else []

    @property
    def risk(self) -> int | None:
        """The worst of them; None when it cannot be assessed."""
        return worst_level(self.levels.values())


def project_page(project: Project, roles: frozenset[Role], today: date) -> ProjectPage:
    """Read one project for someone with these roles in it."""
    inside = is_inside(roles)
    targets = target_rows(_versions(project), project, inside, today)
    milestones = list(project.milestones.select_related("reported_by", "decided_by"))
    assignments = _assignments(project, today)
    state = phase_state(list(project.phase_steps.all()))
    assessment: Assessment | None = getattr(project, "assessment", None) if project.followed_since else None
    concerns = _concerns(project, principal_role(roles) or "")
    held = [] if inside else held_back(concerns, today)
    visible = [row for row in concerns if row not in held]
    places, county, themes = _setting(project)
    return ProjectPage(
        project=project,
        roles=roles,
        today=today,
        assessment=assessment,
        targets=targets,
        findings=findings_of(project, visible, held, today, roles),
        people=_people(assignments, today),
        phases=_phases(milestones, state),
        waiting=waits_for_owner(milestones, state, today, is_yours=may(roles, Access.SIGN))
        if project.followed_since
        else None,
        milestones=[row_of(row, roles, today) for row in milestones if row.state in Milestone.OPEN][:MILESTONES],
        happenings=_happenings(project, targets, milestones, assignments, inside),
        levels=levels_shown(assessment.pitfalls, visible, held) if assessment else {},
        places=places,
        county=county,
        themes=themes,
    )


def _versions(project: Project) -> list[TargetVersion]:
    """The project's targets as they read now, with status and promised values; the path needs no planned points."""
    versions = (
        TargetVersion.objects.live()
        .filter(target__project=project)
        .select_related("target__status")
        .prefetch_related("values", Prefetch("planned", PlannedPoint.objects.none()))
        .order_by("withdrawn_on", "target__number")
    )
    return sorted(versions, key=lambda version: (version.withdrawn_on is not None, version.target.number))


def _concerns(project: Project, role: str) -> list[Concern]:
    """The project's concerns in the one ranking, as a role meets them."""
    rows = list(Concern.objects.filter(project=project).select_related("target"))
    for row in rows:
        row.project = project
    return sorted(rows, key=lambda row: ranking_key(row, role))


def _setting(project: Project) -> tuple[list[tuple[str, str]], str, list[str]]:
    """The names and numbers of the municipalities, the county when they share one, and the themes: one question."""
    rows = (
        Project.objects.filter(pk=project.pk)
        .order_by("participations__order", "participations__pk", "themes__order", "themes__key")
        .values_list(
            "participations__municipality__name",
            "participations__municipality__number",
            "participations__municipality__county__name",
            *(f"themes__{name}" for name in THEME),
        )
    )
    places: dict[str, str] = {}
    counties: set[str] = set()
    themes: dict[int, str] = {}
    for name, number, county, *theme in rows:
        if number is not None:
            places[number] = name
            counties.add(county)
        if theme[0] is not None:
            themes[theme[0]] = str(Theme(**dict(zip(THEME, theme, strict=True))))
    shared = counties.pop() if len(counties) == 1 else ""
    return [(name, number) for number, name in places.items()], shared, list(themes.values())


def _assignments(project: Project, today: date) -> list[RoleAssignment]:
    """Roles in the project, and its programme's advisers, that are not over."""
    rows = (
        RoleAssignment.objects.known_at(None)
        .filter(Q(project=project) | Q(programme=project.cohort.programme_id, role=Role.ADVISER))
        .select_related("person", "municipality")
        .order_by("starts_on", "pk")
    )
    return [row for row in rows if row.ends_on is None or row.ends_on >= today]


def _people(assignments: Sequence[RoleAssignment], today: date) -> list[tuple[str, list[Person]]]:
    """(role, those who have it) for the roles everyone asks for, people or none."""
    held: dict[str, list[Person]] = defaultdict(list)
    for row in assignments:
        person = Person(
            name=str(row.person),
            title=row.person.title,
            place=row.municipality.name if row.municipality else "",
            starts_on=row.starts_on if row.starts_on > today else None,
            ends_on=row.ends_on,
        )
        held[row.role].append(person)
    return [(str(role.label), held.get(role, [])) for role in PEOPLE]


def _phases(milestones: Sequence[Milestone], state: PhaseState) -> list[Phase]:
    """The phases the owner has signed the project through; where that is not in use, those that have milestones.

    None unless there are two or more to tell apart.
    """
    if state.is_used:
        return [Phase(line.name, line.state, line.left_on) for line in phase_lines(state)]
    phases: list[Phase] = []
    is_ahead = False
    for phase in Milestone.Phase:
        own = [row for row in milestones if row.phase == phase and row.state != Milestone.State.WITHDRAWN]
        if not own:
            continue
        is_open = any(row.state in Milestone.OPEN for row in own)
        told = ("ahead" if is_ahead else "now") if is_open else "done"
        is_ahead = is_ahead or is_open
        phases.append(Phase(str(phase.label), told, max(row.due_on for row in own)))
    return phases if len(phases) > 1 else []


def _happenings(
    project: Project,
    targets: Sequence[TargetRow],
    milestones: Sequence[Milestone],
    assignments: Sequence[RoleAssignment],
    inside: bool,
) -> list[Happening]:
    """The latest events of the journal in words; names and small figures only for the project's own people."""
    names = {row.person_id: str(row.person) for row in assignments} if inside else {}
    by_target = {row.version.target_id: row for row in targets}
    titles = {str(row.pk): row.title for row in milestones}
    found = []
    for event in latest_events(f"project:{project.pk}", EVENTS):
        target = int(event.object_id) if event.object_type == "target" else event.data.get("target")
        row = by_target.get(target)
        known = {
            "target": row.version.title if row else "",
            "value": row.value_in_words(event.object_id) if row and event.object_type == "measurement" else "",
            "milestone": titles.get(event.object_id, "") if event.object_type == "milestone" else "",
            "role": event.data.get("role"),
            "rule": event.data.get("rule"),
            **(_names(event.data) if inside else {}),
        }
        text = wording.event_text(event.action, known)
        if text:
            found.append(Happening(event.at, text, names.get(event.actor_id or 0, "")))
    return found


def _names(data: Mapping[str, Any]) -> dict[str, str]:
    """What something was called before a change, and what it is called now."""
    was, now = (str(data.get(side, {}).get("title", "")) for side in ("before", "after"))
    return {"was": was, "now": now} if was != now else {}


def setting_line(page: ProjectPage) -> str:
    """What comes after the municipalities: «Akershus · Heltid/deltid · Pulje 2»."""
    return " · ".join(part for part in (page.county, *page.themes, page.project.cohort.name) if part)


def status_word(page: ProjectPage) -> str:
    """The finer state behind the result, where it says more than the result."""
    if page.assessment is None:
        return ""
    word = wording.state_word(page.assessment.state)
    return "" if word == str(result_sign(page.assessment.result).word) else word
