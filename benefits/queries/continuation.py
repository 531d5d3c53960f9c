"""The decision about going on, as its page shows it."""

from dataclasses import dataclass
from datetime import date

from benefits.engine.due import add_months
from benefits.models import BenefitVersion, ContinuationDecision, TargetVersion
from projects.models import Project


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """The decision in force and those it replaced. `followed_until`: how long the benefits are followed."""

    live: ContinuationDecision
    earlier: list[ContinuationDecision]
    followed_until: date | None


def decision_of(project: Project) -> DecisionRow | None:
    """What has been decided about a project; None: nothing yet."""
    rows = list(project.continuation_decisions.select_related("owner", "recorded_by"))
    live = next((row for row in rows if row.superseded_at is None), None)
    if live is None:
        return None
    until = add_months(project.ends_on, live.follow_up_months) if project.ends_on else None
    return DecisionRow(live, [row for row in rows if row is not live], until)


@dataclass(frozen=True, slots=True)
class Unowned:
    """What nobody in the line has: effect targets not reached, and benefits."""

    targets: list[TargetVersion]
    benefits: list[BenefitVersion]


def without_line_owner(project: Project) -> Unowned | None:
    """What the open warning of a missing owner in the line is about; None where there is no such warning."""
    warning = project.warnings.filter(cause="line_owner_missing", closed_on=None).first()
    if warning is None:
        return None
    numbers = [item["value"] for item in warning.evidence if item["label"] == "orphan"]
    targets = TargetVersion.objects.live().filter(target__project=project, target__number__in=numbers)
    benefits = BenefitVersion.objects.live().filter(
        benefit__project=project, owner=None, owner_position="", is_dis_benefit=False, withdrawn_on=None
    )
    return Unowned(
        list(targets.select_related("target").order_by("target__number")),
        list(benefits.select_related("benefit").order_by("benefit__pk")),
    )


def undecided_warning(project: Project) -> int | None:
    """The open warning that nothing is decided, from which a case for the meeting is made."""
    found = project.warnings.filter(cause="continuation_missing", closed_on=None)
    return found.values_list("pk", flat=True).first()
