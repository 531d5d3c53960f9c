"""Activity against outcome: what each project has done, and how far it has come. Counted, named, and never ranked."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from reporting.analysis.drawing import line, written
from reporting.analysis.facts import Target, Tried
from reporting.analysis.figure import Figure, counted, few, left_out, per_cent, points, project_href
from reporting.portfolio.rows import ProjectRow
from saman import formatting
from saman.sheets import HIDDEN, Column
from saman.sorting import norwegian

HALF = 0.5
LOWEST, HIGHEST = -0.5, 1.5  # of the way, that the axis shows
WHOLE = 100  # per cent of an initiative


@dataclass(frozen=True, slots=True)
class Place:
    """A project: how much of its initiatives is done (a share), of how many that say so, and its main target's way."""

    project: ProjectRow
    activity: float | None
    known: int
    way: float | None
    is_hidden: bool


def places(projects: Mapping[int, ProjectRow], tried: Sequence[Tried], targets: Sequence[Target]) -> list[Place]:
    """Every project by its name. The outcome is the main target's; the only target's where none is chosen."""
    shares: dict[int, list[int]] = defaultdict(list)
    for one in tried:
        if one.done_share is not None and not one.is_stopped:
            shares[one.project].append(one.done_share)
    own: dict[int, list[Target]] = defaultdict(list)
    for target in targets:
        own[target.project].append(target)
    found = []
    for pk, project in projects.items():
        mains = [target for target in own[pk] if target.is_main] or (own[pk] if len(own[pk]) == 1 else [])
        main = mains[0] if mains else None
        done = sum(shares[pk]) / (WHOLE * len(shares[pk])) if shares[pk] else None
        found.append(
            Place(project, done, len(shares[pk]), main.attainment if main else None, bool(main and main.is_hidden))
        )
    return sorted(found, key=lambda place: norwegian(place.project.title))


def activity_and_outcome(
    projects: Mapping[int, ProjectRow], tried: Sequence[Tried], targets: Sequence[Target]
) -> Figure:
    """A dot for each project: to the right much is done, at the top much is reached."""
    every = places(projects, tried, targets)
    known = [place for place in every if place.activity is not None and place.way is not None]
    counts = Counter((place.activity >= HALF, place.way >= HALF) for place in known)  # type: ignore[operator]
    said = {
        "unknown": len(every) - len(known),
        "total": len(every),
        "known": len(known),
        "busy": counted(counts[True, False]),
        "both": counted(counts[True, True]),
        "quiet": counted(counts[False, True]),
        "neither": counted(counts[False, False]),
    }
    parts = [
        _("Vet ikke: %(unknown)s av %(total)s prosjekter mangler tall for tiltak eller hovedmål."),
        _("Av de %(known)s andre har %(both)s gjort minst halvparten av tiltakene og er minst halvveis, %(busy)s har "
          "gjort minst halvparten og er ikke halvveis, %(quiet)s er halvveis med under halvparten gjort, og "
          "%(neither)s har gjort under halvparten og er ikke halvveis.")
        if known else "",
    ]  # fmt: skip
    finding = " ".join(part % said for part in parts if part) + few(len(known))
    return Figure(
        key="kvadrant",
        title=_("Aktivitet og resultat"),
        finding=finding,
        alt=_("Én prikk for hvert prosjekt: bortover hvor mye som er gjort, oppover hvor langt hovedmålet er nådd. "
              "%(finding)s") % {"finding": finding},
        plot=_plot(known) if known else None,
        columns=[
            Column("prosjekt", _("Prosjekt")),
            Column("tiltak", _("Tiltak vi vet noe om"), "integer"),
            Column("aktivitet", _("Andel gjennomført"), "decimal", "%"),
            Column("vei", _("Av veien til hovedmålet"), "decimal", "%"),
        ],
        rows=[
            [
                place.project.title,
                place.known or None,
                points(place.activity),
                str(HIDDEN) if place.is_hidden else points(place.way),
            ]
            for place in every
        ],
        links=[project_href(place.project) for place in every],
        notes=[
            _("Hvert tiltak teller likt, og et som er halvveis, teller halvt. Stoppede tiltak er ikke med."),
            _("Resultatet er hovedmålets del av veien fra nullpunkt til mål. Er hovedmål ikke valgt, og det finnes ett "
              "effektmål, er det dét."),
            _("Figuren rangerer ingen. Prosjekter begynte til ulik tid, og et mål kan være lett eller tungt."),
            *left_out(sum(place.is_hidden for place in every)),
        ],
        size=3,
    )  # fmt: skip


def _plot(known: Sequence[Place]) -> dict[str, Any]:
    """The dots, and the four fields in words."""
    corners = {
        (0.02, 1): _("Lite gjort, mye nådd"), (0.98, 1): _("Mye gjort, mye nådd"),
        (0.02, 0): _("Lite gjort, lite nådd"), (0.98, 0): _("Mye gjort, lite nådd"),
    }  # fmt: skip
    words = [
        {
            "x": x, "y": y, "xref": "paper", "yref": "paper", "text": text, "showarrow": False,
            "xanchor": "left" if x < HALF else "right", "yanchor": "top" if y else "bottom",
        }
        for (x, y), text in corners.items()
    ]  # fmt: skip
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [place.activity for place in known],
        "y": [min(max(place.way or 0, LOWEST), HIGHEST) for place in known],
        "text": [
            written(f"{place.project.title}: {per_cent(place.activity)}, {per_cent(place.way)}") for place in known
        ],
        "customdata": [project_href(place.project) for place in known],
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {"size": 12, "color": "--c-actual/.6", "line": {"width": 1, "color": "--surface"}},
    }
    ticks = (0.0, 0.5, 1.0)
    layout = {
        "hovermode": "closest",
        "annotations": words,
        "shapes": [
            line(x0=HALF, x1=HALF, y0=0, y1=1, yref="paper"),
            line(x0=0, x1=1, y0=HALF, y1=HALF, xref="paper"),
        ],
        "xaxis": {
            "title": {"text": _("Andel av tiltakene som er gjennomført")}, "range": [-0.06, 1.06], "showgrid": False,
            "tickvals": list(ticks), "ticktext": [formatting.percent(Decimal(str(tick))) for tick in ticks],
        },
        "yaxis": {
            "title": {"text": _("Av veien til hovedmålet")}, "range": [LOWEST - 0.1, HIGHEST + 0.1],
            "tickvals": list(ticks), "ticktext": [formatting.percent(Decimal(str(tick))) for tick in ticks],
        },
    }  # fmt: skip
    return {"data": [trace], "layout": layout}
