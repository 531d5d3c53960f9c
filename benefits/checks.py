"""«Måler vi målet?» asked of what a target says, stored or still being written: the engine's own rules, worded.

What needs measurements (a figure that stands still, a counter-indicator that worsens) is in the warnings instead.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from benefits.actions.targets import Definition
from benefits.concepts import measured_by, needs_all
from benefits.counting_facts import load as load_counting
from benefits.engine.claims import doubles
from benefits.engine.facts import (
    BaselineFact,
    MeasurementBatch,
    PlannedPoint,
    ProjectFacts,
    TargetFacts,
    TargetValueFact,
)
from benefits.engine.judging import figures_of
from benefits.engine.rules import RULES, Family
from benefits.engine.rules.case import Case
from benefits.engine.states import judge_target
from benefits.engine.thresholds import DEFAULT, Thresholds
from benefits.engine.verdicts import Finding, Severity
from benefits.facts import target_facts
from benefits.indicators import indicator
from benefits.models import TargetVersion
from benefits.programme_thresholds import thresholds_on
from benefits.wording import cause_sentence, cause_title
from benefits.wording.values import Text
from projects.asked import Asked
from projects.models import Project

UNSTORED = 0  # the id of a target that is not stored
LONG_AGO = timedelta(days=3650)
# What is said of a rule that finds nothing; a rule that is not here is only mentioned when it finds something.
IN_ORDER: dict[str, tuple[Text, Text]] = {
    "V1": (gettext_lazy("Måler en effekt"), gettext_lazy("Indikatoren viser hva det fører til, ikke hva dere gjør.")),
    "V7": (gettext_lazy("Setningen stemmer"), gettext_lazy("Den sier det samme som tallet og datoen.")),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold for a target to measure what it says. `sign`: ok, meh (unsure) or nok (missing)."""

    sign: str
    title: str
    text: str


def found_in(
    facts: TargetFacts, today: date, others: Sequence[TargetFacts] = (), thresholds: Thresholds = DEFAULT
) -> dict[str, Finding]:
    """What each rule of «Måler vi målet?» finds in one target, by rule, from what it and the other targets say."""
    began = today - LONG_AGO
    targets = (facts, *(other for other in others if other.id != facts.id))
    project = ProjectFacts(UNSTORED, UNSTORED, began, None, began, targets)
    figures = figures_of(targets, MeasurementBatch(), today, thresholds)
    judged = {t.id: judge_target(t, project, figures.get(t.id), today, thresholds) for t in targets}
    case = Case(project, judged, figures, today, thresholds)
    rules = [rule for rule in RULES.values() if rule.family is Family.MEASURE]
    return {rule.code: one for rule in rules for one in rule.find(case) if one.target == facts.id}


def checks_said(found: dict[str, Finding], number: int, rules: Iterable[str]) -> list[Check]:
    """The findings of these rules as lines; what cannot be told is left out. `number`: the target's."""
    lines = [_line(found[code], number) for code in rules if code in found]
    return [line for line in lines if line is not None]


def _line(finding: Finding, number: int) -> Check | None:
    if finding.severity is None:
        return None
    if finding.severity is Severity.NONE:
        title, text = IN_ORDER.get(finding.rule, ("", ""))
        return Check("ok", str(title), str(text)) if title else None
    values = {item.label: item.value for item in reversed(finding.evidence)} | {
        "targets": 1,
        "numbers": str(number or ""),
        "unit": next((item.unit for item in finding.evidence if item.unit), ""),
    }
    sign = "nok" if finding.severity >= Severity.WARN else "meh"
    return Check(sign, cause_title(finding.cause), cause_sentence(finding.cause, values))


def checks_while_writing(project: Project, definition: Definition, today: date, number: int | None) -> list[Check]:
    """What the rules say of a target as it is being written, among the project's other targets."""
    versions = TargetVersion.objects.live().filter(target__project=project).select_related("target")
    versions = versions.prefetch_related("values", "planned")
    rows = [row for row in versions if row.target.number != number]
    facts = facts_of(definition, number or max((row.target.number for row in rows), default=0) + 1)
    programme = project.cohort.programme_id
    thresholds = thresholds_on({programme}, today, None).get(programme, DEFAULT)
    others = [target_facts(row) for row in rows]
    said = checks_said(found_in(facts, today, others, thresholds), facts.number, RULES)
    stored = next((row.target_id for row in versions if row.target.number == number), UNSTORED)
    return [*said, *_counted_twice(project, replace(facts, id=stored), others, today)]


def _counted_twice(project: Project, facts: TargetFacts, others: Sequence[TargetFacts], today: date) -> list[Check]:
    """Whether another target of the project, or of another in the municipality, counts the same: a question."""
    began = today - LONG_AGO
    more = load_counting(Asked([project.pk], today)).get(project.pk, {})
    found = doubles(ProjectFacts(project.pk, 0, began, None, began, (facts, *others), **more), today)
    own = f"target:{facts.id}"
    return [
        Check("meh", cause_title(one.cause), _("Teller %(other)s det samme? Da bør bare den ene telle.") % values)
        for one in found
        if own in (one.claim.source, one.other.source)
        for values in [{"other": one.other.name if one.claim.source == own else one.claim.name}]
    ]


def facts_of(definition: Definition, number: int = UNSTORED) -> TargetFacts:
    """A definition, stored or not, as the engine takes it."""
    known = indicator(definition.indicator)
    return TargetFacts(
        id=UNSTORED,
        number=number,
        is_main=False,
        level=definition.level,
        definition_version=definition.definition_version,
        title=definition.title,
        kind=definition.kind or None,
        unit=definition.unit,
        direction=definition.direction,
        frequency=definition.frequency or None,
        mmc=_float(definition.mmc),
        declared_sd=_float(definition.declared_sd),
        population=definition.population,
        baseline=_baseline(definition),
        values=tuple(TargetValueFact(on, float(value)) for on, value in definition.values),
        planned=tuple(PlannedPoint(on, kind) for on, kind in definition.planned),
        effect_starts_on=definition.effect_starts_on,
        is_measurable=definition.is_measurable,
        statement=definition.statement,
        definition=definition.definition,
        scope=definition.scope,
        indicator=definition.indicator,
        is_catalogued=known is not None,
        indicator_level=known.level if known else None,
        counters=known.counters if known else (),
        counter=definition.counter,
        concept=definition.concept,
        measured_by=measured_by(definition.concept),
        needs_all=needs_all(definition.concept),
        is_justified=bool(definition.concept_reason),
    )


def _baseline(definition: Definition) -> BaselineFact | None:
    value, on = definition.baseline_value, definition.baseline_on
    if value is None or on is None:
        return None
    return BaselineFact(float(value), on, definition.baseline_n, definition.baseline_points)


def _float(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]
