"""What the engine needs to know of the plan: benefits, what was sent and approved, and the project's phases."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from benefits.engine.facts import BenefitFact, PlanFacts
from benefits.models import BenefitVersion, Milestone, PhaseStep, Plan, PlanText, PlanVersion
from benefits.phases import phases_left
from benefits.said import benefits_said
from projects.asked import Asked

FEW_TARGETS = 2  # up to here the simple path is what a project is asked for unless it chooses otherwise
Phases = dict[int, dict[str, date]]  # by project, the day each phase was over: its last milestone was signed off
BEFORE_REALISATION = str(Milestone.Phase.HANDOVER)


def load(asked: Asked, *, targets: Mapping[int, int], phases: Phases) -> dict[int, PlanFacts]:
    """The plan of each project. `targets`: how many each has; `phases`: those that are over, see `milestones_on`."""
    benefits = _benefits(asked)
    texts = _texts(asked) if asked.has(Plan) else {}
    sent, approved = _sent(asked) if asked.has(PlanVersion) else ({}, {})
    left = phases_left(asked.project_ids, asked.as_of, asked.known_at) if asked.has(PhaseStep) else {}
    known = {**phases, **left}
    plans = {}
    for pk in asked.project_ids:
        text, over = texts.get(pk), known.get(pk, {})
        plans[pk] = PlanFacts(
            sent_on=sent.get(pk),
            approved_on=approved.get(pk),
            is_elsewhere=bool(text and text.kept_elsewhere),
            is_simple=is_simple(text, targets.get(pk, 0)),
            benefits=tuple(benefits.get(pk, ())),
            phase_changed_on=max(over.values(), default=None),
            realising_since=over.get(BEFORE_REALISATION),
        )
    return plans


def is_simple(text: PlanText | None, targets: int) -> bool:
    """Whether the plan is on the simple path: as it has chosen, else as suits how many targets there are."""
    if text is not None and text.path:
        return text.path == PlanText.Path.SIMPLE
    return targets <= FEW_TARGETS


def benefit_fact(row: BenefitVersion, has_initiative: bool) -> BenefitFact:
    """One version of a benefit, as the engine takes it."""
    return BenefitFact(
        id=row.benefit_id,
        code=row.benefit.code,
        target=row.target_id,
        is_dis_benefit=row.is_dis_benefit,
        has_description=bool(row.description),
        has_kind=bool(row.kind),
        has_line_owner=row.has_owner,
        realised_from=row.realised_from,
        has_initiative=has_initiative,
        has_assumption=bool(row.assumption),
        first_measured_after_end=row.first_measured_after_end,
        title=row.title,
        form=row.form,
        kind=row.kind,
        arises=row.arises,
    )


def _benefits(asked: Asked) -> dict[int, list[BenefitFact]]:
    found: dict[int, list[BenefitFact]] = defaultdict(list)
    for row, has_initiative in asked.once(benefits_said):
        if row.withdrawn_on is None:
            found[row.benefit.project_id].append(benefit_fact(row, has_initiative))
    return found


def _texts(asked: Asked) -> dict[int, PlanText]:
    rows = PlanText.objects.in_force(asked.as_of, asked.known_at).filter(plan__project__in=asked.project_ids)
    return {row.plan.project_id: row for row in rows.select_related("plan").order_by("pk")}


def _sent(asked: Asked) -> tuple[dict[int, date], dict[int, date]]:
    """When each project's plan was first sent to the owner, and when one was last approved."""
    rows = PlanVersion.objects.filter(project__in=asked.project_ids, submitted_on__lte=asked.as_of)
    if asked.known_at is not None:
        rows = rows.filter(submitted_at__lte=asked.known_at)
    sent: dict[int, date] = {}
    approved: dict[int, date] = {}
    values = rows.order_by("project", "number").values_list(
        "project", "submitted_on", "decision__is_approved", "decision__decided_on", "decision__decided_at"
    )
    for project, submitted_on, is_approved, decided_on, decided_at in values:
        sent.setdefault(project, submitted_on)
        if is_approved and decided_on <= asked.as_of and (asked.known_at is None or decided_at <= asked.known_at):
            approved[project] = decided_on
    return sent, approved


def milestones_on(asked: Asked) -> tuple[dict[int, tuple[date, ...]], Phases]:
    """When the milestones not signed off or withdrawn on a day are due, and the phases that were over."""
    if not asked.has(Milestone):
        return {}, {}
    rows = Milestone.objects.filter(project__in=asked.project_ids).exclude(state=Milestone.State.WITHDRAWN)
    if asked.known_at is not None:
        rows = rows.filter(created_at__lte=asked.known_at)
    due: dict[int, list[date]] = defaultdict(list)
    signed: dict[tuple[int, str], date] = {}
    still_open: set[tuple[int, str]] = set()
    values = rows.order_by("project", "due_on").values_list("project", "phase", "state", "due_on", "decided_on")
    for project, phase, state, due_on, decided_on in values:
        if state == Milestone.State.SIGNED and decided_on is not None and decided_on <= asked.as_of:
            signed[project, phase] = max(signed.get((project, phase), decided_on), decided_on)
        else:
            due[project].append(due_on)
            still_open.add((project, phase))
    over: Phases = defaultdict(dict)
    for (project, phase), day in signed.items():
        if (project, phase) not in still_open:
            over[project][phase] = day
    return {pk: tuple(days) for pk, days in due.items()}, over
