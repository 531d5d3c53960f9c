"""The findings behind a project's concerns: evidence, answers, and those that new facts have closed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits import wording
from benefits.discretion import withhold
from benefits.engine.concerns import PEOPLE_SEE
from benefits.engine.verdicts import ConcernKind
from benefits.models import Concern, PitfallWarning, WarningEvent
from benefits.queries.openness import is_held
from projects.access import is_inside
from projects.models import Project
from projects.roles import Role
from reporting.work.queries.concerns import ConcernRow, concern_row
from saman import formatting

Kind = WarningEvent.Kind
DECIDED_ABOVE = frozenset({ConcernKind.PLAN, ConcernKind.CONTINUATION, ConcernKind.PEOPLE})


@dataclass(frozen=True, slots=True)
class Answer:
    """What people have answered to a finding: the sentence, their own words, and how long it holds."""

    kind: str
    text: str
    note: str
    until: date | None


@dataclass(frozen=True, slots=True)
class WarningRow:
    """One finding in words. `seen`: who has seen it where nobody has answered; `before`: that it was here earlier."""

    warning: PitfallWarning
    title: str
    evidence: list[tuple[str, str]]
    threshold: str
    closes_when: str
    answer: Answer | None
    seen: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class OpenConcern:
    """A concern with the findings it rests on; `rule` says which pitfall of the deck it is."""

    row: ConcernRow
    rule: str
    advice: str
    warnings: list[WarningRow]

    @property
    def first(self) -> WarningRow | None:
        """The gravest finding, which the concern's answers are given to."""
        return self.warnings[0] if self.warnings else None

    @property
    def is_for_the_meeting(self) -> bool:
        """Whether it asks for a decision that is seldom the project's own: of plan, continuation or people."""
        return bool(self.warnings) and self.row.concern.kind in DECIDED_ABOVE

    @property
    def is_seen(self) -> bool:
        """Whether somebody has answered, or said that they have seen it."""
        return all(row.answer or row.seen for row in self.warnings)


@dataclass(frozen=True, slots=True)
class Findings:
    """A project's concerns, the open findings people have answered, and the closed ones, newest first."""

    concerns: list[OpenConcern]
    answered: list[WarningRow]
    closed: list[WarningRow]


def findings_of(
    project: Project, concerns: Sequence[Concern], held: Sequence[Concern], today: date, roles: frozenset[Role]
) -> Findings:
    """What the warnings' part of a project's page shows; only the project's own people are told who answered.

    `held` are the concerns that are not open to the reader yet. From both, what others may not read is taken out.
    """
    every = warning_rows(project, today, names=is_inside(roles), beside=[*concerns, *held])
    rows = [row for row in every if not is_held(row.warning, held)]
    still = [row for row in rows if row.warning.closed_on is None and row.warning.severity >= PEOPLE_SEE]
    opened = [_open_concern(concern, still, today, roles) for concern in concerns]
    shown = {row.warning.pk for concern in opened for row in concern.warnings}
    return Findings(
        concerns=opened,
        answered=[row for row in still if row.warning.pk not in shown and row.answer],
        closed=sorted(
            (row for row in rows if row.warning.closed_on and row.warning.severity >= PEOPLE_SEE),
            key=lambda row: row.warning.closed_on or today,
            reverse=True,
        ),
    )


def behind(warning: PitfallWarning) -> list[PitfallWarning]:
    """The open findings that are one concern with this one, this one first."""
    if warning.cause == "" or _is_relapse(warning):
        return [warning]
    same = PitfallWarning.objects.filter(project=warning.project_id, cause=warning.cause, closed_on=None)
    return [warning, *same.exclude(pk=warning.pk)]


def warning_title(warning: PitfallWarning) -> str:
    """The finding in a few words, with its target's number where it has one."""
    title = wording.cause_title(warning.cause)
    if warning.target is None:
        return title
    return _("%(title)s: effektmål %(number)s") % {"title": title, "number": warning.target.number}


def _is_relapse(warning: PitfallWarning) -> bool:
    return warning.rule == "R0"


def _open_concern(concern: Concern, rows: Iterable[WarningRow], today: date, roles: frozenset[Role]) -> OpenConcern:
    """A concern with its findings: those of its cause, and of its target where each is a loss of its own."""
    own = concern.target_id if concern.kind == ConcernKind.RELAPSE else None
    found = [r for r in rows if r.warning.cause == concern.cause and (own is None or r.warning.target_id == own)]
    rule = concern.rules[0] if concern.rules else ""
    return OpenConcern(
        row=concern_row(concern, today, roles),
        rule=wording.rule_line(rule),
        advice=wording.action_advice(concern.action),
        warnings=found,
    )


def warning_rows(project: Project, today: date, names: bool, beside: Sequence[Concern] = ()) -> list[WarningRow]:
    """Every finding the project has had, gravest first, with the answer in force.

    Without `names` the reader is someone outside: what such may not read is taken out, of the concerns `beside` too.
    """
    events = (
        WarningEvent.objects.filter(warning__project=project)
        .select_related("warning__target", "by")
        .order_by("recorded_at", "pk")
    )
    lives: dict[PitfallWarning, list[WarningEvent]] = defaultdict(list)
    for event in events:
        lives[event.warning].append(event)
    ordered = sorted(lives, key=lambda warning: (-warning.severity, warning.opened_on, warning.pk))
    if not names:
        withhold(beside, ordered)
    return [_warning_row(warning, lives[warning], today, names, earlier_of(warning, lives)) for warning in ordered]


def earlier_of(warning: PitfallWarning, among: Iterable[PitfallWarning]) -> list[PitfallWarning]:
    """The same rule's closed warnings about the same subject, before this one, newest first."""
    same = [
        one
        for one in among
        if (one.rule, one.target_id) == (warning.rule, warning.target_id) and one.closed_on and one.pk < warning.pk
    ]
    return sorted(same, key=lambda one: one.pk, reverse=True)


def before_text(earlier: Sequence[PitfallWarning]) -> str:
    """That a warning has been here before, and when last; nothing for a new one."""
    if not earlier:
        return ""
    days = {"opened": formatting.day(earlier[0].opened_on), "closed": formatting.day(earlier[0].closed_on)}
    times = ngettext(
        "Har vært her %(count)s gang før, fra %(opened)s til %(closed)s",
        "Har vært her %(count)s ganger før, sist fra %(opened)s til %(closed)s",
        len(earlier),
    )
    return times % {"count": len(earlier), **days}


def _warning_row(
    warning: PitfallWarning,
    events: Sequence[WarningEvent],
    today: date,
    names: bool,
    earlier: Sequence[PitfallWarning],
) -> WarningRow:
    live = [event for event in events if event.kind in WarningEvent.ANSWERS and event.superseded_at is None]
    in_force = [event for event in live if event.kind != Kind.ACCEPTED or (event.until or today) >= today]
    seen = [e for e in events if e.kind == Kind.ACKNOWLEDGED and e.cause in ("", warning.cause)]
    answer = answer_of(in_force[-1], names) if in_force else None
    if answer and warning.is_wordless:
        answer = replace(answer, note="")
    return WarningRow(
        warning=warning,
        title=warning_title(warning),
        evidence=wording.evidence_lines(warning.evidence),
        threshold=wording.threshold_text(warning.cause, warning.threshold or {}),
        closes_when=wording.closes_when_text(warning.closes_when),
        answer=answer,
        seen=_seen(seen[0], names) if seen and not live else "",
        before=before_text(earlier),
    )


def _seen(event: WarningEvent, names: bool) -> str:
    """Who has seen a warning that nobody has answered."""
    who = event.by if names and event.by else _("prosjektet")
    return _("Kvittert ut av %(name)s %(day)s") % {"name": who, "day": formatting.day(event.on)}


def answer_of(event: WarningEvent, names: bool) -> Answer:
    """An answer as a sentence; the name only for people of the project."""
    values = {
        "day": formatting.day(event.on),
        "until": formatting.day(event.until),
        "name": event.by if names and event.by else _("prosjektet"),
    }
    if event.kind == Kind.ACCEPTED:
        text = _("Godtatt til %(until)s av %(name)s %(day)s")
    elif event.kind == Kind.FALSE_POSITIVE:
        text = _("Meldt som feil varsel av %(name)s %(day)s")
    elif event.until:
        text = _("Tiltak registrert av %(name)s %(day)s, ferdig innen %(until)s")
    else:
        text = _("Tiltak registrert av %(name)s %(day)s")
    return Answer(kind=event.kind, text=text % values, note=event.note, until=event.until)
