"""What stands on the page: the warning, its figures, a proposed decision, and what it means for the budget."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from benefits import wording
from benefits.counting import not_counted_in
from benefits.engine.codes import CAUSES
from benefits.models import Assessment, BenefitVersion, BenefitYear, InitiativeVersion, PlannedPoint, TargetVersion
from projects.access import is_inside
from projects.models import Project, ProjectMunicipality
from projects.roles import Role
from reporting.case.wording import CONSEQUENCES, PROPOSALS, next_budget
from reporting.work.queries.target_rows import TargetRow, target_rows
from reporting.work.queries.warning_page import WarningPage, warning_page
from saman import formatting
from saman.words import EXAMPLE_DATA, result_sign

THOUSAND = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Figure:
    """One target's figures as the reader may see them."""

    target: str
    baseline: str
    now: str
    goal: str
    result: str


@dataclass(frozen=True, slots=True)
class Case:
    """One page to decide on, in one language. `notice` marks synthetic data and is empty in a real installation."""

    language: str
    title: str
    project: str
    place: str
    written_on: str
    responsible: str
    issue: str
    background: list[str]
    evidence: list[tuple[str, str]]
    figures: list[Figure]
    proposal: list[str]
    consequence: str
    budget: list[str]
    notice: str
    slug: str
    warning: int

    @property
    def file_name(self) -> str:
        """The name of the document, without its ending."""
        return f"sak-{self.slug}-{self.warning}-{self.language}"


def case_of(
    project: Project, pk: int, roles: frozenset[Role], today: date, *, language: str, is_demo: bool
) -> Case | None:
    """The case for an open warning, in bokmål (nb) or nynorsk (nn).

    None when there is no such warning, it is closed, or what it rests on is not for the reader.
    """
    with translation.override(language):
        page = warning_page(project, pk, roles, today)
        if page is None or not page.is_for_the_meeting:
            return None
        rows = _rows(project, page.warning.target_id, is_inside(roles), today)
        cause = CAUSES[page.warning.cause]
        return Case(
            language=language,
            title=page.row.title,
            project=project.title,
            place=formatting.joined([row.municipality.name for row in _places(project)]),
            written_on=formatting.day(today),
            responsible=wording.responsible_word(cause.roles[0] if cause.roles else ""),
            issue=page.sentence,
            background=_background(project, page),
            evidence=page.row.evidence,
            figures=[_figure(row) for row in rows],
            proposal=_proposal(page, cause.roles, today),
            consequence=str(CONSEQUENCES[cause.kind]),
            budget=_budget(project, today),
            notice=str(EXAMPLE_DATA) if is_demo else "",
            slug=project.slug,
            warning=pk,
        )


def _places(project: Project) -> Sequence[ProjectMunicipality]:
    return list(project.participations.select_related("municipality"))


def _rows(project: Project, target: int | None, inside: bool, today: date) -> list[TargetRow]:
    """The warning's own target, or all that count when it is about the project."""
    versions = (
        TargetVersion.objects.live()
        .filter(target__project=project, withdrawn_on=None)
        .select_related("target__status")
        .prefetch_related("values", Prefetch("planned", PlannedPoint.objects.none()))
        .order_by("target__number")
    )
    if target is not None:
        versions = versions.filter(target=target)
    return target_rows(list(versions), project, inside, today)


def _figure(row: TargetRow) -> Figure:
    word = str(result_sign(row.status.result).word) if row.status else "–"
    return Figure(
        target=_("Effektmål %(number)s: %(title)s") % {"number": row.version.target.number, "title": row.version.title},
        baseline=row.baseline or "–",
        now=row.now or "–",
        goal=row.goal or "–",
        result=f"{word} {row.as_of}" if row.as_of else word,
    )


def _background(project: Project, page: WarningPage) -> list[str]:
    """What the project is, where it stands, and since when this has been known."""
    said = [
        _("%(project)s er med i programmet «%(programme)s».")
        % {"project": project.title, "programme": project.cohort.programme.name}
    ]
    if project.ends_on:
        dates = {"start": formatting.day(project.starts_on), "end": formatting.day(project.ends_on)}
        said.append(_("Prosjektet startet %(start)s og avsluttes %(end)s.") % dates)
    assessment = Assessment.objects.filter(project=project).first()
    if assessment:
        word = {"word": result_sign(assessment.result).word}
        said.append(_("Resultatet så langt, ut fra målingene: %(word)s.") % word)
    known = {"day": formatting.day(page.warning.opened_on), "rule": page.rule}
    said.append(_("Varselet «%(rule)s» har stått åpent siden %(day)s.") % known)
    return said


def _proposal(page: WarningPage, roles: Sequence[str], today: date) -> list[str]:
    """What is to be decided, who does it, and when the meeting hears of it again."""
    decision = str(PROPOSALS.get(page.warning.action) or page.advice)
    due = page.warning.due_on
    who = wording.responsible_word(roles[0] if roles else "")
    when = formatting.day(due) if due and due > today else _("den datoen møtet setter")
    return [
        decision,
        _("%(who)s har ansvaret for at det skjer, innen %(when)s.") % {"who": who, "when": when},
        _("Ledermøtet får vite hvordan det gikk, i første møte etter fristen."),
    ]


def _budget(project: Project, today: date) -> list[str]:
    """What is registered of cost and of benefit in kroner; what is not, is said to be unknown."""
    said = []
    running = InitiativeVersion.objects.live().filter(initiative__project=project, stopped_on=None)
    cost = sum((row.cost for row in running if row.cost is not None), Decimal(0))
    if cost:
        said.append(_("Tiltakene i prosjektet koster %(cost)s kroner i året.") % {"cost": formatting.number(cost, 0)})
    year = next_budget(today)
    effects = BenefitYear.objects.filter(
        version__superseded_at=None,
        version__withdrawn_on=None,
        version__benefit__project=project,
        version__form=BenefitVersion.Form.BUDGET,
        version__is_dis_benefit=False,
        year=year,
        net__isnull=False,
    )
    own = list(effects.values_list("version__benefit", "net"))
    gone = not_counted_in(project, today) if own else frozenset()
    net = sum((net or Decimal(0) for benefit, net in own if f"benefit:{benefit}" not in gone), Decimal(0)) * THOUSAND
    if net:
        known = {"net": formatting.number(net, 0), "year": year}
        said.append(_("Planen regner med en budsjettvirkning på %(net)s kroner i %(year)s.") % known)
    if not said:
        said.append(pgettext("kostnad", "Det er ikke registrert hva dette koster. Skriv det inn før møtet: … kroner."))
    when = {"year": year, "autumn": year - 1}
    said.append(
        _(
            "Trenger beslutningen penger, må den inn i budsjettforslaget for %(year)s, som legges fram høsten "
            "%(autumn)s og vedtas i desember. Før det må midlene finnes innenfor dagens budsjett."
        )
        % when
    )
    return said
