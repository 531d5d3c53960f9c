"""What people answer to warnings in the demonstration, each on its day: seen, acted on, accepted, wrong, returned."""

from dataclasses import dataclass
from datetime import date

from accounts.actor import Actor
from accounts.models import User
from benefits.actions import warnings
from benefits.engine.concerns import PEOPLE_SEE
from benefits.models import PitfallWarning
from projects.models import Programme, RoleAssignment
from projects.roles import Role
from reporting.demo.timeline import Timeline, at


@dataclass(frozen=True, slots=True)
class Said:
    """One answer: the project's name in the catalogue, the day, what kind, in whose role, why, and until when."""

    name: str
    on: date
    kind: str
    note: str = ""
    until: date | None = None
    role: Role = Role.OWNER


ANSWERS = (
    Said(
        "Sørreisa",
        date(2015, 1, 14),
        "action",
        "Vi henter tallene for 2012 fra lønnssystemet og setter nullpunktet i februar.",
        date(2015, 2, 27),
    ),
    Said(
        "Dønna",
        date(2015, 1, 14),
        "accept",
        "Personalsystemet byttes ut i vinter. Vi måler igjen når det nye er på plass.",
        date(2015, 3, 31),
    ),
    Said(
        "Rissa",
        date(2015, 1, 14),
        "action",
        "Stillingen er lyst ut, og ny prosjektleder skal være på plass før 1. mars.",
        date(2015, 2, 27),
    ),
    Said("Sørum", date(2015, 1, 15), "seen", role=Role.OWNER),
    # Accepted through the autumn; it came back by itself on 6 January.
    Said(
        "Vågå",
        date(2014, 9, 15),
        "accept",
        "Måltalet blir sett når kommunestyret har handsama omdømmeplanen.",
        date(2015, 1, 5),
    ),
    Said(
        "Andebu", date(2014, 12, 4), "false", "Tallene føres i kommunens årsrapport etter at prosjektet er avsluttet."
    ),
)


def tell(timeline: Timeline, programme: Programme) -> None:
    """Put every answer on the timeline."""
    for said in ANSWERS:
        timeline.add(at(said.on, 13), lambda said=said: _answer(programme, said))  # type: ignore[misc]


def _answer(programme: Programme, said: Said) -> None:
    """Answer the gravest warning the project has open that day, where it has one."""
    own = PitfallWarning.objects.filter(
        closed_on=None,
        severity__gte=PEOPLE_SEE,
        project__cohort__programme=programme,
        project__catalogue_name=said.name,
    )
    warning = own.order_by("-severity", "pk").first()
    if warning is None:
        return
    live = RoleAssignment.objects.active_on(said.on).filter(project=warning.project_id, role=said.role)
    by = Actor(User.objects.get(pk__in=live.values("person")), at(said.on, 13))
    if said.kind == "accept":
        assert said.until is not None
        warnings.accept(by=by, warning=warning, note=said.note, until=said.until)
    elif said.kind == "action":
        warnings.register_action(by=by, warning=warning, note=said.note, until=said.until)
    elif said.kind == "false":
        warnings.report_false(by=by, warning=warning, note=said.note)
    else:
        warnings.acknowledge(by=by, warning=warning)
