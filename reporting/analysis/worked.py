"""What worked where: kinds of initiatives against the change in approved reports, those that did not work too.

The change is the share of the way from a target's own baseline to its own goal, so its direction is the target's. Each
target is a dot; units are never mixed, and a kind's middle one is given from five projects on.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _

from benefits.models import InitiativeVersion
from reporting.analysis.drawing import Dot, dots
from reporting.analysis.facts import Approved, Tried
from reporting.analysis.figure import FEW, Figure, few, left_out, points, project_href, signed, size_of
from reporting.portfolio.rows import ProjectRow
from saman import formatting
from saman.sheets import Cell, Column
from saman.sorting import norwegian

RANGE = [-1.5, 1.5]  # of the way, that the axis shows
TICKS = (-1.0, -0.5, 0.0, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Trial:
    """A kind of initiative that was used to reach a target, and what the approved report says of the target.

    `change` None: not measured, or hidden.
    """

    kind: str
    project: ProjectRow
    target: Approved

    @property
    def change(self) -> float | None:
        """The share of the way that was gone; negative the wrong way."""
        return self.target.change


def trials(tried: Sequence[Tried], approved: Mapping[int, Approved], projects: Mapping[int, ProjectRow]) -> list[Trial]:
    """Every kind and target once, also where a project used several initiatives of the kind."""
    pairs = {(one.kind, target) for one in tried for target in one.targets if target in approved}
    found = [Trial(kind, projects[approved[target].project], approved[target]) for kind, target in pairs]
    return sorted(found, key=lambda one: (norwegian(one.project.title), one.target.number, one.kind))


def by_kind(tried: Sequence[Tried], approved: Mapping[int, Approved], projects: Mapping[int, ProjectRow]) -> Figure:
    """The approved change of each target, by the kinds of initiatives that were used to reach it."""
    every = trials(tried, approved, projects)
    kinds = [kind for kind in InitiativeVersion.Kind if any(one.kind == kind for one in every)]
    groups = {kind: [one for one in every if one.kind == kind] for kind in kinds}
    changes = {kind: [one.change for one in own if one.change is not None] for kind, own in groups.items()}
    middles = {kind: _middle(own) for kind, own in groups.items()}
    found = [
        Dot(
            row,
            one.change,
            f"{one.project.title}, E{one.target.number}: {signed(one.change)}",
            project_href(one.project),
        )
        for row, kind in enumerate(kinds)
        for one in groups[kind]
        if one.change is not None
    ]
    finding = _finding(every)
    names = [
        _("%(name)s (vet ikke %(unknown)s, med tall %(known)s)")
        % {"name": kind.label, "unknown": len(groups[kind]) - len(changes[kind]), "known": len(changes[kind])}
        for kind in kinds
    ]
    xaxis = {
        "title": {"text": _("Godkjent endring, i prosent av veien fra nullpunkt til mål")},
        "range": RANGE,
        "tickvals": list(TICKS),
        "ticktext": [signed(tick) for tick in TICKS],
    }
    ticks = [(row, middle) for row, kind in enumerate(kinds) if (middle := middles[kind]) is not None]
    return Figure(
        key="tiltakstyper",
        title=_("Godkjent endring etter type tiltak"),
        finding=finding,
        alt=_("Én prikk for hvert effektmål, i rader etter type tiltak. Til venstre er feil vei. %(finding)s")
        % {"finding": finding},
        plot=dots(names, found, ticks, xaxis, _("Ett effektmål")) if found else None,
        columns=[
            Column("type", _("Type tiltak")),
            Column("vet_ikke", _("Vet ikke"), "integer"),
            Column("effektmal", _("Effektmål med tall"), "integer"),
            Column("prosjekter", _("Prosjekter"), "integer"),
            Column("uten_framgang", _("Uten framgang"), "integer"),
            Column("lavest", _("Lavest"), "decimal", "%"),
            Column("median", _("Midterste"), "decimal", "%"),
            Column("hoyest", _("Høyest"), "decimal", "%"),
        ],
        rows=[_row(str(kind.label), groups[kind], changes[kind], middles[kind]) for kind in kinds],
        notes=[
            _("Tallene er fra godkjente rapporter, den nyeste for hvert prosjekt. 100 prosent er framme ved målet."),
            _("Figuren viser hva som skjedde der tiltaket ble brukt, ikke at tiltaket var årsaken. Ett mål kan ha "
              "flere typer tiltak og er da med i flere rader."),
            _("Den midterste gis fra %(few)s prosjekter. Færre vises ett og ett.") % {"few": FEW},
            *left_out(len({one.target.target for one in every if one.target.is_hidden})),
        ],
        size=size_of(len(kinds)),
    )  # fmt: skip


def without_progress(
    tried: Sequence[Tried], approved: Mapping[int, Approved], projects: Mapping[int, ProjectRow]
) -> Figure:
    """The targets that had not moved, or moved the wrong way, and what had been tried."""
    every = trials(tried, approved, projects)
    still = [one for one in every if one.change is not None and one.change <= 0]
    targets = {one.target.target: one for one in still}
    labels = dict(InitiativeVersion.Kind.choices)
    rows: list[list[Cell]] = [
        [
            one.project.title,
            f"E{one.target.number} {one.target.title}",
            formatting.joined([str(labels[other.kind]) for other in still if other.target == one.target]),
            points(one.change),
        ]
        for one in targets.values()
    ]
    finding = (
        _("%(still)s effektmål hadde ikke kommet nærmere målet i den godkjente rapporten. Her er det også noe å lære.")
        % {"still": len(targets)}
        if targets
        else _(
            "Ingen godkjente rapporter viser et effektmål uten framgang. Det kan også være fordi det er målt for lite."
        )
    )
    return Figure(
        key="uten-framgang",
        title=_("Det som ikke virket"),
        finding=finding,
        alt="",
        plot=None,
        columns=[
            Column("prosjekt", _("Prosjekt")),
            Column("effektmal", _("Effektmål")),
            Column("tiltak", _("Prøvde tiltak")),
            Column("endring", _("Godkjent endring"), "decimal", "%"),
        ],
        rows=rows,
        links=[project_href(one.project) for one in targets.values()],
        notes=[_("Uten framgang er en endring på null eller feil vei. Listen følger prosjektenes navn.")],
    )


def _row(name: str, own: Sequence[Trial], changes: Sequence[float], middle: float | None) -> list[Cell]:
    return [
        name,
        len(own) - len(changes),
        len(changes),
        len({one.project.pk for one in own if one.change is not None}),
        sum(change <= 0 for change in changes),
        points(min(changes, default=None)),
        points(middle),
        points(max(changes, default=None)),
    ]


def _middle(own: Sequence[Trial]) -> float | None:
    """The middle change where there are enough projects behind it."""
    known = [one for one in own if one.change is not None]
    if len({one.project.pk for one in known}) < FEW:
        return None
    return median(one.change for one in known if one.change is not None)


def _finding(every: Sequence[Trial]) -> str:
    targets = {one.target.target: one.change for one in every}
    if not targets:
        return _("Ingen godkjente rapporter har effektmål med tiltak ennå.")
    known = [change for change in targets.values() if change is not None]
    said = {"unknown": len(targets) - len(known), "total": len(targets), "known": len(known)}
    said |= {"still": sum(change <= 0 for change in known), "there": sum(change >= 1 for change in known)}
    parts = [
        _("Vet ikke: %(unknown)s av %(total)s godkjente effektmål mangler tall.") if said["unknown"] else "",
        _("Av de %(known)s med tall hadde %(there)s nådd målet, og %(still)s hadde ingen framgang.") if known else "",
    ]
    return " ".join(part % said for part in parts if part) + few(len(known))
