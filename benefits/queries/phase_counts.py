"""What the system can count for itself when a shift between phases is decided, beside what the leader has ticked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.utils.translation import gettext as _

from benefits.engine.claims import EFFECTS
from benefits.facts import measurements
from benefits.models import Milestone, PlanVersion, TargetVersion
from benefits.phases import CHECKLISTS, PhaseState
from projects.models import Project
from saman.formatting import joined

TWICE = 2


@dataclass(frozen=True, slots=True)
class Claim:
    """An item of the checklist as the leader ticked it, and what the system counts about it ("": it counts nothing).

    `is_short`: whether what is counted falls short of the claim.
    """

    text: str
    is_met: bool
    counted: str
    is_short: bool


@dataclass(frozen=True, slots=True)
class ShiftFacts:
    """What a decision on a shift is made from: the claims, the phase's open milestones, and a plan that waits."""

    claims: list[Claim]
    milestones: list[Milestone]
    plan: PlanVersion | None


def shift_facts(
    project: Project, state: PhaseState, items: Sequence[tuple[str, bool]], milestones: Sequence[Milestone], today: date
) -> ShiftFacts:
    """The facts about leaving the phase a project is in; `items` as `phase_card` gives them. At most three queries."""
    plan = project.plan_versions.select_related("decision").defer("content").first()
    codes = CHECKLISTS.get(state.phase, ())
    counted = _counted(project, codes, plan, today)
    return ShiftFacts(
        claims=[
            Claim(text, is_met, *counted.get(code, ("", False)))
            for code, (text, is_met) in zip(codes, items, strict=True)
        ],
        milestones=[row for row in milestones if row.phase == state.phase and row.state in Milestone.OPEN],
        plan=plan if plan and not hasattr(plan, "decision") else None,
    )


def _counted(
    project: Project, codes: Sequence[str], plan: PlanVersion | None, today: date
) -> dict[str, tuple[str, bool]]:
    """What is counted about each item that can be counted, and whether it falls short."""
    found: dict[str, tuple[str, bool]] = {}
    if "plan" in codes:
        found["plan"] = _plan(plan)
    if not {"targets", "measuring", "measured"} & set(codes):
        return found
    live = TargetVersion.objects.live().filter(target__project=project, withdrawn_on=None, level__in=EFFECTS)
    rows = list(live.annotate(promised=Count("values")).select_related("target").order_by("target__number"))
    if "targets" in codes:
        found["targets"] = _share(rows, _is_set, _("Effektmål med nullpunkt, måltall og dato: %(met)s av %(all)s."))
    if "measuring" in codes:
        words = _("Effektmål med måleansvarlig: %(met)s av %(all)s.")
        found["measuring"] = _share(rows, lambda row: row.measurement_responsible_id is not None, words)
    if "measured" in codes:
        batch = measurements([project.pk], today, None)
        days = dict(zip(batch.target_ids.tolist(), (batch.offsets[1:] - batch.offsets[:-1]).tolist(), strict=True))
        words = _("Effektmål målt minst to ganger: %(met)s av %(all)s.")
        found["measured"] = _share(rows, lambda row: days.get(row.target_id, 0) >= TWICE, words)
    return found


def _is_set(row: TargetVersion) -> bool:
    promised: int = getattr(row, "promised", 0)
    return row.baseline_value is not None and promised > 0


def _share(rows: Sequence[TargetVersion], is_met: Callable[[TargetVersion], bool], words: str) -> tuple[str, bool]:
    """How many of the effect targets meet a claim, and which do not."""
    if not rows:
        return _("Prosjektet har ingen effektmål."), True
    lacking = [_("mål %(number)s") % {"number": row.target.number} for row in rows if not is_met(row)]
    said = words % {"met": len(rows) - len(lacking), "all": len(rows)}
    if not lacking:
        return said, False
    rest = _("Gjenstår: %(targets)s.") % {"targets": joined(lacking)}
    return f"{said} {rest}", True


def _plan(plan: PlanVersion | None) -> tuple[str, bool]:
    """What has become of the newest plan that was sent to the owner."""
    if plan is None:
        return _("Ingen plan er sendt til prosjekteier."), True
    is_decided = hasattr(plan, "decision")
    state = plan.decision if is_decided else PlanVersion.State.SUBMITTED.label
    words = _("Nyeste plan, versjon %(number)s: %(state)s.") % {"number": plan.number, "state": state}
    return words, not (is_decided and plan.decision.is_approved)
