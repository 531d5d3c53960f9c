"""A project's plan as its page shows it: benefits with what each lacks, initiatives, measurement, versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from benefits.counting import not_counted_in
from benefits.engine.facts import PlanFacts, ProjectFacts
from benefits.engine.plan import Completeness, of_benefit, of_plan
from benefits.facts import target_facts
from benefits.models import (
    BenefitVersion,
    InitiativeVersion,
    Plan,
    PlanText,
    PlanVersion,
    TargetVersion,
)
from benefits.plan_content import assembled, benefits_of, initiatives_of, targets_of
from benefits.plan_facts import benefit_fact, is_simple
from benefits.wording.plans import FIELDS, TARGET_FIELDS, PlanSign, item_text, plan_sign
from projects.models import Project
from saman.canonical import canonical, sha256

State = PlanVersion.State
YEARS = 10  # columns of money at most


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a benefit lacks, and the field where it is filled in."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """One benefit on the page, with the version of the target that measures it."""

    version: BenefitVersion
    target: TargetVersion | None
    initiatives: list[InitiativeVersion]
    completeness: Completeness
    missing: list[Missing]


@dataclass(frozen=True, slots=True)
class Money:
    """What one benefit is worth year by year, in thousand kroner; None where nothing is set."""

    row: BenefitVersion
    amounts: list[Decimal | None]
    is_counted: bool = True


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version that was sent to the owner."""

    plan: PlanVersion
    state: str
    sign: PlanSign


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything on the plan's page."""

    plan: Plan | None
    text: PlanText | None
    is_simple: bool
    benefits: list[BenefitRow]
    initiatives: list[InitiativeVersion]
    targets: list[TargetVersion]
    without_benefit: list[TargetVersion]
    withdrawn: list[BenefitVersion]
    years: list[int]
    money: list[Money]
    sums: list[Decimal | None]
    completeness: Completeness
    versions: list[VersionRow]
    digest: str

    @property
    def newest(self) -> VersionRow | None:
        """The version sent last."""
        return self.versions[0] if self.versions else None

    @property
    def waits(self) -> bool:
        """Whether a version waits on the owner."""
        return self.newest is not None and self.newest.state == State.SUBMITTED

    @property
    def is_unchanged(self) -> bool:
        """Whether it says what the version sent last said."""
        return self.newest is not None and self.newest.plan.digest == self.digest

    @property
    def can_be_sent(self) -> bool:
        """Whether there is anything to send to the owner."""
        return bool(self.benefits) or bool(self.text and self.text.kept_elsewhere)

    @property
    def may_send_now(self) -> bool:
        """Whether sending it makes sense: it says something new, or the owner has sent it back."""
        is_back = self.newest is not None and self.newest.state == State.RETURNED
        return self.can_be_sent and (is_back or not self.is_unchanged)

    @property
    def is_unused(self) -> bool:
        """Whether nobody has opened the room yet."""
        return (
            self.plan is None
            and not self.benefits
            and not self.withdrawn
            and not self.initiatives
            and not self.versions
        )


def plan_page(project: Project, today: date) -> PlanPage:
    """A project's plan as it stands now. What is counted elsewhere is in no sum."""
    text = PlanText.objects.live().filter(plan__project=project).select_related("plan").first()
    rows, initiatives = benefits_of(project), initiatives_of(project)
    targets = targets_of(project)
    facts, plan = _facts(project, text, rows, targets)
    by_number = {version.initiative.number: version for version in initiatives}
    by_target = {version.target_id: version for version in targets}
    benefits = [
        _row(project, row, by_target.get(row.target_id or 0), by_number, of_benefit(plan, fact, facts))
        for row, fact in zip(rows, plan.benefits, strict=True)
    ]
    used = {row.target_id for row in rows}
    years, money = _money(rows, not_counted_in(project, today))
    return PlanPage(
        plan=text.plan if text else None,
        text=text,
        is_simple=plan.is_simple,
        benefits=benefits,
        initiatives=initiatives,
        targets=targets,
        without_benefit=[t for t in targets if t.target_id not in used and t.level in ("effect", "societal")],
        withdrawn=_withdrawn(project),
        years=years,
        money=money,
        sums=_sums(money, len(years)),
        completeness=of_plan(plan, facts),
        versions=versions_of(project),
        digest=sha256(canonical(assembled(project, text, rows, initiatives, targets))),
    )


def versions_of(project: Project) -> list[VersionRow]:
    """What was sent to the owner, newest first."""
    rows = list(project.plan_versions.select_related("decision__decided_by", "submitted_by").defer("content"))
    return [_version(row, index == 0) for index, row in enumerate(rows)]


def waiting_plans(projects: Sequence[Project]) -> list[PlanVersion]:
    """The newest version of each project that waits on the owner."""
    newest: dict[int, PlanVersion] = {}
    rows = PlanVersion.objects.filter(project__in=projects).defer("content").select_related("decision")
    for row in rows.order_by("project", "number"):
        newest[row.project_id] = row
    return [row for row in newest.values() if not hasattr(row, "decision")]


def state_of(plan: PlanVersion, is_newest: bool) -> str:
    """What has become of a version."""
    if hasattr(plan, "decision"):
        return State.APPROVED if plan.decision.is_approved else State.RETURNED
    return State.SUBMITTED if is_newest else State.REPLACED


def _withdrawn(project: Project) -> list[BenefitVersion]:
    """Benefits that have been taken out of the plan."""
    rows = BenefitVersion.objects.live().filter(benefit__project=project).exclude(withdrawn_on=None)
    return list(rows.select_related("benefit").order_by("benefit__pk"))


def _version(plan: PlanVersion, is_newest: bool) -> VersionRow:
    state = state_of(plan, is_newest)
    return VersionRow(plan, state, plan_sign(state))


def _facts(
    project: Project, text: PlanText | None, rows: Sequence[BenefitVersion], targets: Sequence[TargetVersion]
) -> tuple[ProjectFacts, PlanFacts]:
    """What completeness is counted from."""
    plan = PlanFacts(
        is_simple=is_simple(text, len(targets)),
        benefits=tuple(benefit_fact(row, bool(row.initiatives.all())) for row in rows),
    )
    began = project.starts_on or date.min  # not asked about: completeness knows no beginning
    facts = ProjectFacts(
        id=project.pk,
        programme=0,
        starts_on=began,
        ends_on=project.ends_on,
        followed_since=began,
        targets=tuple(target_facts(target) for target in targets),
    )
    return facts, plan


def _row(
    project: Project,
    row: BenefitVersion,
    target: TargetVersion | None,
    initiatives: dict[int, InitiativeVersion],
    completeness: Completeness,
) -> BenefitRow:
    numbers = sorted(one.number for one in row.initiatives.all())
    edit = reverse("benefit_edit", args=[project.slug, row.benefit_id])
    missing = []
    for item in completeness.missing:
        url = f"{edit}#{FIELDS[item]}" if item in FIELDS else f"{edit}#id_target"
        if item in TARGET_FIELDS and target is not None:
            url = f"{reverse('target_edit', args=[project.slug, target.target.number])}#{TARGET_FIELDS[item]}"
        missing.append(Missing(item_text(item), url))
    return BenefitRow(row, target, [initiatives[n] for n in numbers if n in initiatives], completeness, missing)


def _money(rows: Sequence[BenefitVersion], gone: frozenset[str]) -> tuple[list[int], list[Money]]:
    """The years that are spoken of, and the net worth of each benefit in them."""
    years = sorted({year.year for row in rows for year in row.years.all()})[:YEARS]
    money = []
    for row in rows:
        net = {year.year: year.net if year.net is not None else year.gross for year in row.years.all()}
        if net:
            is_counted = f"benefit:{row.benefit_id}" not in gone
            money.append(Money(row, [net.get(year) for year in years], is_counted))
    return years, money


def _sums(money: Sequence[Money], count: int) -> list[Decimal | None]:
    """The sum of each year; None where nothing is set."""
    sums: list[Decimal | None] = []
    for index in range(count):
        known = [amount for row in money if row.is_counted and (amount := row.amounts[index]) is not None]
        sums.append(sum(known, Decimal()) if known else None)
    return sums
