"""From findings to the few concerns people see: grouped, silenced by answers, ranked (source: decisions 18a, 18b)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from benefits.engine.codes import CAUSES
from benefits.engine.facts import ProjectFacts, WarningAnswer
from benefits.engine.roles import held
from benefits.engine.verdicts import Concern, ConcernKind, Finding, ProjectVerdict, Severity, Urgency, Value

LIMITS = {"leader": 3, "owner": 2}  # concerns shown at once, with «Vis alt» for the rest (decisions 18b)
DEFAULT_LIMIT = 3
ADVISER_PROJECTS = 7  # «Kan du hjelpe her?»
ADVISER_SEVERITY = Severity.WARN  # an adviser is asked for help from here
PEOPLE_SEE = Severity.WATCH  # INFO is shown where the field is edited, never as a concern

# A finding of the key rule silences these rules on the same target, unless they are graver (decisions 18a).
SILENCES: dict[str, frozenset[str]] = {
    "F3": frozenset({"F1", "R0", "V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8"}),
}

# No continuation decision takes up what would be asked for once there is one, unless it is graver (decisions 18a).
ABSORBED = {
    "continuation_missing": frozenset(
        {"benefits_orphaned", "project_ending", "leader_leaving", "handover_missing", "leader_vacant", "one_person",
         "measuring_stopped", "carrier_left", "short_term", "no_home", "paid_by_others"}
    ),
}  # fmt: skip

# What only follows from one of these causes, anywhere in the project, is no concern beside it (decisions 18a).
FOLLOWS_FROM: dict[str, frozenset[str]] = {
    "carrier_left": frozenset(
        {"owner_vacant", "leader_vacant", "leader_leaving", "handover_missing", "benefits_orphaned", "project_ending"}
    ),
    "measuring_stopped": frozenset({"benefits_orphaned"}),
    "few_measured": frozenset({"never_measured", "measurement_stale"}),
    "short_term": frozenset({"benefits_orphaned", "project_ending"}),
    "line_owner_missing": frozenset({"benefits_orphaned", "project_ending"}),
}
# What says that other warnings wait too long is no concern of its own: it only raises those (decisions 18a).
RAISES = frozenset({"warnings_unanswered"})

Order = tuple[int, bool, bool, date, int, int, int, str]


def concerns_of(project: ProjectFacts, findings: Sequence[Finding], as_of: date) -> tuple[Concern, ...]:
    """The project's open concerns, ranked for nobody in particular."""
    seen = [f for f in findings if f.severity is not None and f.severity >= PEOPLE_SEE]
    heard = [f for f in seen if not _is_silenced(f, seen) and not _is_answered(f, project.answers, as_of)]
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in heard:
        groups.setdefault(_group(finding), []).append(finding)
    raising = tuple(dict.fromkeys(f.rule for f in seen if f.cause in RAISES))
    concerns = [_concern(project, group, as_of) for group in groups.values()]
    unseen = {(w.rule, w.target) for w in project.open_warnings if w.acknowledged_on is None}
    waiting = [any((f.rule, f.target) in unseen for f in group) for group in groups.values()]
    return rank([_raised(c, raising if waits else ()) for c, waits in zip(concerns, waiting, strict=True)], "")


def _raised(concern: Concern, rules: tuple[str, ...]) -> Concern:
    """A concern that has waited too long for somebody to say they have seen it comes before what can wait."""
    if not rules:
        return concern
    urgency = min(concern.urgency, Urgency.DEADLINE)
    return replace(concern, urgency=urgency, rules=tuple(dict.fromkeys((*concern.rules, *rules))))


def _is_silenced(finding: Finding, findings: Iterable[Finding]) -> bool:
    """Whether it follows from another cause, or a parent rule that is at least as grave is open on the same target."""
    severity, parents = finding.severity or Severity.NONE, FOLLOWS_FROM.get(finding.cause, frozenset())
    return finding.cause in RAISES or any(
        parent.cause in parents
        or (
            (_is_absorbed(finding, parent) or _is_child(finding, parent))
            and (parent.severity or Severity.NONE) >= severity
        )
        for parent in findings
    )


def _is_child(finding: Finding, parent: Finding) -> bool:
    return finding.rule in SILENCES.get(parent.rule, ()) and parent.target == finding.target


def _is_absorbed(finding: Finding, parent: Finding) -> bool:
    return finding.cause in ABSORBED.get(parent.cause, ())


def _answers(finding: Finding, answers: Iterable[WarningAnswer], as_of: date) -> list[WarningAnswer]:
    """The answers given to this finding by `as_of`."""
    return [
        a
        for a in answers
        if (a.rule, a.target) == (finding.rule, finding.target) and a.on <= as_of and a.cause in ("", finding.cause)
    ]


def _is_answered(finding: Finding, answers: Iterable[WarningAnswer], as_of: date) -> bool:
    """Accepted until a date not yet past, or said to be a false warning."""
    return any(
        a.kind in ("accepted", "false_positive") and (a.until is None or a.until >= as_of)
        for a in _answers(finding, answers, as_of)
    )


def _group(finding: Finding) -> tuple[object, ...]:
    """What makes findings one concern: the same cause; each relapse is a loss of its own."""
    kind = CAUSES[finding.cause].kind
    return kind, finding.cause, finding.target if kind is ConcernKind.RELAPSE else None


def _concern(project: ProjectFacts, findings: list[Finding], as_of: date) -> Concern:
    """One concern from the findings of one group."""
    findings = sorted(findings, key=lambda f: (-(f.severity or 0), f.due_on or date.max, f.target or 0))
    first, cause = findings[0], CAUSES[findings[0].cause]
    targets = tuple(sorted({f.target for f in findings if f.target is not None}))
    values: dict[str, Value] = {e.label: e.value for e in reversed(first.evidence)}
    numbers = sorted(t.number for t in project.targets if t.id in targets)
    unit = next((e.unit for e in first.evidence if e.unit), "")
    values.update(targets=len(targets), numbers=", ".join(str(number) for number in numbers), unit=unit)
    answered = [a.on for f in findings for a in _answers(f, project.answers, as_of) if a.kind == "action"]
    return Concern(
        kind=cause.kind,
        target=targets[0] if len(targets) == 1 else None,
        severity=max(f.severity or Severity.NONE for f in findings),
        cause=first.cause,
        action=cause.action,
        responsible=_responsible(project, cause.roles, as_of),
        urgency=cause.urgency,
        due_on=min((f.due_on for f in findings if f.due_on), default=None),
        rules=tuple(dict.fromkeys(f.rule for f in findings)),
        values=values,
        targets=targets,
        since=_since(findings),
        answered_on=max(answered, default=None),
    )


def _since(findings: Iterable[Finding]) -> date | None:
    """The newest date any of the findings began."""
    dates = [e.value for f in findings for e in f.evidence if e.label == "since" and isinstance(e.value, date)]
    return max(dates, default=None)


def _responsible(project: ProjectFacts, roles: Sequence[str], as_of: date) -> str:
    """The first of the cause's roles that someone, or a deputy, holds; else the first."""
    for role in roles:
        if held(project, (role, f"{role}_deputy"), as_of):
            return role
    return roles[0] if roles else ""


def can_act(concern: Concern, role: str) -> bool:
    """Whether `role` can do the concern's action; a deputy can what the principal can."""
    principal = role.removesuffix("_deputy")
    return principal == concern.responsible or principal in CAUSES[concern.cause].roles


def order(concern: Concern, role: str = "") -> Order:
    """The one ranking's key, lowest first: urgency, unanswered, what `role` can act on, nearest date, newest.

    Severity, target and cause only settle what is equal until then, so that the order never depends on the input's.
    """
    return (
        int(concern.urgency),
        concern.answered_on is not None,
        bool(role) and not can_act(concern, role),
        concern.due_on or date.max,
        -(concern.since or date.min).toordinal(),
        -int(concern.severity),
        concern.targets[0] if concern.targets else -1,
        concern.cause,
    )


def rank(concerns: Iterable[Concern], role: str) -> tuple[Concern, ...]:
    """All concerns in the one ranking, as `role` (a role code, "" for nobody in particular) should meet them."""
    return tuple(sorted(concerns, key=lambda concern: order(concern, role)))


def limit_for(role: str) -> int:
    """How many concerns `role` is shown at once."""
    return LIMITS.get(role.removesuffix("_deputy"), DEFAULT_LIMIT)


def rank_projects(verdicts: Iterable[ProjectVerdict]) -> tuple[ProjectVerdict, ...]:
    """The projects with a concern an adviser is asked to help with (WARN or worse), in the order of their first ones.

    Show the first ADVISER_PROJECTS. Equal projects are told apart by how many such concerns they have, then by id.
    """
    asked = []
    for verdict in verdicts:
        grave = rank([c for c in verdict.concerns if c.severity >= ADVISER_SEVERITY], "")
        if grave:
            asked.append((order(grave[0])[:6], -len(grave), verdict.project, verdict))
    return tuple(entry[-1] for entry in sorted(asked, key=lambda entry: entry[:3]))
