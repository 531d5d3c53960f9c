"""The engine's door: facts in, one verdict for each project out."""

from collections.abc import Mapping, Sequence
from datetime import date

from benefits.engine.aggregate import count_results, project_result
from benefits.engine.concerns import concerns_of
from benefits.engine.facts import MeasurementBatch, ProjectFacts
from benefits.engine.freed_totals import freed_totals
from benefits.engine.hysteresis import held_open
from benefits.engine.judging import Figures, figures_of
from benefits.engine.rules import RULES
from benefits.engine.rules.case import Case
from benefits.engine.states import judge_target
from benefits.engine.thresholds import DEFAULT, Thresholds
from benefits.engine.verdicts import Finding, ProjectVerdict, Severity, TargetVerdict

RULE_VERSION = 27  # raised whenever the same facts may give another verdict


def assess(
    projects: Sequence[ProjectFacts],
    batch: MeasurementBatch,
    as_of: date,
    thresholds: Thresholds | Mapping[int, Thresholds] = DEFAULT,
) -> list[ProjectVerdict]:
    """The verdicts of `projects` on `as_of`, in their order. A project alone gets the verdict it gets among others.

    `batch` may hold more targets than the projects have. `thresholds` are one for all, or by programme id; a programme
    that is not named gets the defaults.
    """
    groups: dict[Thresholds, list[ProjectFacts]] = {}
    for project in projects:
        own = thresholds if isinstance(thresholds, Thresholds) else thresholds.get(project.programme, DEFAULT)
        groups.setdefault(own, []).append(project)
    verdicts: dict[int, ProjectVerdict] = {}
    for own, members in groups.items():
        figures = figures_of([target for project in members for target in project.targets], batch, as_of, own)
        for project in members:
            its_own = {target.id: figures[target.id] for target in project.targets if target.id in figures}
            verdicts[project.id] = _assess_project(project, its_own, batch, as_of, own)
    return [verdicts[project.id] for project in projects]


def _assess_project(
    project: ProjectFacts,
    figures: dict[int, Figures],
    batch: MeasurementBatch,
    as_of: date,
    thresholds: Thresholds,
) -> ProjectVerdict:
    """One project's verdict: result from the targets' states, risk from the rules' findings."""
    judged, findings = _ask_rules(project, figures, as_of, thresholds)
    targets = tuple(judged[t.id] for t in sorted(project.targets, key=lambda t: (t.number, t.id)))
    for held in held_open(
        project,
        [finding for found in findings.values() for finding in found],
        as_of,
        thresholds,
        lambda day, own: _ask_again(project, batch, day, own),
    ):
        others = [finding for finding in findings[held.rule] if finding.target != held.target]
        findings[held.rule] = sorted([*others, held], key=_by_target)
    result, state, reasons = project_result(project, targets)
    pitfalls = {code: worst(found) for code, found in findings.items() if RULES[code].is_asked_of(found)}
    of_pitfalls = [finding for code in pitfalls for finding in findings[code]]
    every = tuple(finding for found in findings.values() for finding in found)
    return ProjectVerdict(
        project=project.id,
        result=result,
        state=state,
        reasons=reasons,
        risk=worst(of_pitfalls),
        pitfalls=pitfalls,
        targets=targets,
        findings=every,
        concerns=concerns_of(project, every, as_of),
        counts=count_results(project.targets, targets),
        freed_time=freed_totals(project, as_of),
    )


def _ask_rules(
    project: ProjectFacts, figures: dict[int, Figures], as_of: date, thresholds: Thresholds
) -> tuple[dict[int, TargetVerdict], dict[str, list[Finding]]]:
    """Every target's verdict, and every rule's findings, by rule."""
    judged = {t.id: judge_target(t, project, figures.get(t.id), as_of, thresholds) for t in project.targets}
    case = Case(project, judged, figures, as_of, thresholds)
    return judged, {code: sorted(rule.find(case), key=_by_target) for code, rule in RULES.items()}


def _ask_again(project: ProjectFacts, batch: MeasurementBatch, as_of: date, thresholds: Thresholds) -> list[Finding]:
    """The rules' findings about one project on another day or with other thresholds."""
    figures = figures_of(project.targets, batch, as_of, thresholds)
    return [finding for found in _ask_rules(project, figures, as_of, thresholds)[1].values() for finding in found]


def _by_target(finding: Finding) -> int:
    """Findings in the targets' order, the project's own first."""
    return -1 if finding.target is None else finding.target


def worst(findings: Sequence[Finding]) -> Severity | None:
    """The worst severity. Without any sign, None when something could not be assessed: that is not «no sign»."""
    known = [finding.severity for finding in findings if finding.severity is not None]
    highest = max(known, default=Severity.NONE)
    is_unknown = len(known) < len(findings) or not findings
    return None if highest is Severity.NONE and is_unknown else highest
