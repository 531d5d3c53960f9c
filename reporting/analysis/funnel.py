"""The funnel: between which values a share or a rate of so many people varies by chance alone.

The standard deviation is the engine's, by kind of figure (`benefits.engine.noise`), round the mean of those compared,
each weighted by its people. Means, counts and indices have no such limits: what they vary with is not known here.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from benefits.engine.facts import Floats
from benefits.engine.noise import ABSENCE, KINDS, PERIODS, SURVEY, formula_sd, inflation, scale_of
from benefits.engine.thresholds import DEFAULT
from benefits.models import TargetVersion
from reporting.analysis.drawing import written
from reporting.analysis.figure import FEW, Figure, project_href, tenths
from reporting.analysis.peers import Comparison, Peer
from saman import formatting
from saman.sheets import Cell, Column

SURE, SURER = 1.96, 3.09  # standard deviations: 95 % and 99.8 %
SHARES = (TargetVersion.Kind.REGISTER_SHARE, TargetVersion.Kind.SURVEY_SHARE)
POINTS = 40


class Funnel:
    """The limits round the mean of some peers that all say how many people their figures are about."""

    def __init__(self, peers: Sequence[Peer]) -> None:
        self.level = peers[0].level
        self.n = np.array([peer.level.n for peer in peers], float)
        self.values = np.array([peer.level.value for peer in peers], float)
        self.mean = float(np.average(self.values, weights=self.n))
        self.scale = scale_of(self.level.unit)

    def limits(self, n: Floats, width: float) -> tuple[Floats, Floats]:
        """The lowest and highest by chance of figures of so many people, within what a share may be."""
        off = width * self._sd(n)
        return np.clip(self.mean - off, 0, self.scale), np.clip(self.mean + off, 0, self.scale)

    def _sd(self, n: Floats) -> Floats:
        """The standard deviation of figures of so many people, in the unit. A share's is the binomial one."""
        is_absence = self.level.kind == TargetVersion.Kind.ABSENCE_RATE
        nan = np.full(len(n), np.nan)
        sd = formula_sd(
            np.full(len(n), ABSENCE if is_absence else SURVEY),
            np.full(len(n), self.mean),
            n,
            nan,
            nan,
            np.full(len(n), self.scale),
            np.full(len(n), PERIODS.get(self.level.frequency, 1)),
            np.ones(len(n)),
        )
        return sd * inflation(DEFAULT.absence_autocorrelation) if is_absence else sd


def figure(comparison: Comparison) -> Figure:
    """The compared targets by how many people they are about, with the limits of chance."""
    own = comparison.own
    every = [own, *(peer for peer, _distance in comparison.near)]
    measured = [peer for peer in every if peer.level.value is not None] if comparison.near else []
    known = [peer for peer in measured if peer.level.n]
    why = _why_not(comparison, known)
    cone = None if why else Funnel(known)
    lines = _lines(known, cone) if cone else []
    finding = why or _finding(len(measured), known, lines, own)
    unit = own.level.unit
    return Figure(
        key="trakt",
        title=_("Er forskjellene større enn tilfeldig variasjon?"),
        finding=finding,
        alt=_("Traktfigur: bortover hvor mange personer tallet er om, oppover verdien, med grensene for tilfeldig "
              "variasjon, som er videst der det er få. %(finding)s") % {"finding": finding},
        plot=_plot(known, cone, own) if cone else None,
        columns=[
            Column("prosjekt", _("Prosjekt")),
            Column("n", _("Personer bak tallet"), "integer"),
            Column("verdi", _("Sist målt"), "decimal", unit),
            Column("fra", _("Tilfeldig fra"), "decimal", unit),
            Column("til", _("Tilfeldig til"), "decimal", unit),
            Column("plass", _("Plass")),
        ],
        rows=lines,
        links=[project_href(peer.project) for peer in known] if lines else [],
        notes=[
            _("Grensene er 95 og 99,8 prosent rundt gjennomsnittet av dem som er med, vektet med hvor mange personer "
              "tallene er om. De gjelder andeler og fravær."),
            _("Er forskjellene mellom kommunene reelle, ligger flere utenfor. Innenfor betyr at forskjellen kan være "
              "tilfeldig, ikke at den er det."),
            _("Utenfor sier ikke bedre eller dårligere, og ingen rangeres. Radene følger navnene."),
        ] if lines else [],
        size=3,
    )  # fmt: skip


def _why_not(comparison: Comparison, known: Sequence[Peer]) -> str:
    own = comparison.own
    if not comparison.near:
        return _("Ingenting å sammenligne med. Figuren over sier hvorfor.")
    if own.level.kind not in (*SHARES, TargetVersion.Kind.ABSENCE_RATE) or own.level.kind not in KINDS:
        return _("Kan ikke sies: Grenser for tilfeldig variasjon gis bare for andeler og fravær.")
    if own not in known or len(known) < FEW:
        return _(
            "Vet ikke: Antall personer bak tallet er kjent for %(known)s av %(all)s. Det må være kjent for "
            "prosjektet selv og minst fire andre."
        ) % {
            "known": len(known),
            "all": len(comparison.near) + 1,
        }
    return ""


def _lines(known: Sequence[Peer], cone: Funnel) -> list[list[Cell]]:
    low, high = cone.limits(cone.n, SURE)
    lowest, highest = cone.limits(cone.n, SURER)
    return [
        [
            peer.project.title,
            peer.level.n,
            tenths(value),
            tenths(low[row]),
            tenths(high[row]),
            _place(float(value), (low[row], high[row]), (lowest[row], highest[row])),
        ]
        for row, (peer, value) in enumerate(zip(known, cone.values, strict=True))
    ]


def _place(value: float, sure: tuple[float, float], surer: tuple[float, float]) -> str:
    if not surer[0] <= value <= surer[1]:
        return _("utenfor 99,8 prosent")
    return _("innenfor") if sure[0] <= value <= sure[1] else _("utenfor 95 prosent")


def _finding(measured: int, known: Sequence[Peer], lines: Sequence[Sequence[Cell]], own: Peer) -> str:
    inside = _("innenfor")
    outside = [line for line in lines if line[-1] != inside]
    place = next(line[-1] for peer, line in zip(known, lines, strict=True) if peer == own)
    said = {"unknown": measured - len(known), "all": measured, "known": len(known), "outside": len(outside),
            "name": own.project.title}  # fmt: skip
    parts = [
        _("Vet ikke: %(unknown)s av %(all)s sier ikke hvor mange tallet er om.") if measured > len(known) else "",
        _("Av de %(known)s som er med, er %(outside)s utenfor grensene på 95 prosent."),
        _("%(name)s er innenfor, så forskjellen til de andre kan være tilfeldig.")
        if place == inside
        else _("%(name)s er utenfor, så forskjellen er trolig mer enn tilfeldig."),
    ]
    return " ".join(part % said for part in parts if part)


def _plot(known: Sequence[Peer], cone: Funnel, own: Peer) -> dict[str, Any]:
    """The limits as lines, the mean as a line, a dot for each, the own one a diamond."""
    along = np.linspace(max(1.0, cone.n.min() * 0.7), cone.n.max() * 1.15, POINTS)
    unit = own.level.unit
    lines = []
    for width, name, dash in ((SURE, _("95 prosent"), "dash"), (SURER, _("99,8 prosent"), "dot")):
        for end, edge in enumerate(cone.limits(along, width)):
            lines.append(_line(along, edge, name, dash, "--c-plan", is_named=end == 0))
    lines.append(_line(along, np.full(POINTS, cone.mean), _("Gjennomsnitt"), "solid", "--line-strong", is_named=True))
    dots = [
        {
            "type": "scatter",
            "mode": "markers",
            "name": name,
            "x": [peer.level.n for peer in some],
            "y": [peer.level.value for peer in some],
            "text": [
                written(f"{peer.project.title}: {formatting.with_unit(peer.level.value, unit, 1)}, "
                        f"n = {formatting.number(peer.level.n)}")
                for peer in some
            ],
            "customdata": [project_href(peer.project) for peer in some],
            "hovertemplate": "%{text}<extra></extra>",
            "marker": {"size": size, "symbol": symbol, "color": ink, "line": {"width": 1, "color": "--surface"}},
        }
        for name, some, size, symbol, ink in (
            (_("De som ligner mest"), [peer for peer in known if peer != own], 11, "circle", "--c-actual/.65"),
            (written(own.project.title), [own], 14, "diamond", "--ink"),
        )
    ]  # fmt: skip
    layout = {
        "showlegend": True,
        "hovermode": "closest",
        "xaxis": {"title": {"text": _("Personer bak tallet")}, "tickformat": ",d", "showgrid": False},
        "yaxis": {"title": {"text": written(unit)}},
    }
    return {"data": [*lines, *dots], "layout": layout}


def _line(x: Floats, y: Floats, name: str, dash: str, ink: str, *, is_named: bool) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "legendgroup": name,
        "showlegend": is_named,
        "x": [round(float(value), 1) for value in x],
        "y": [round(float(value), 3) for value in y],
        "hoverinfo": "skip",
        "line": {"dash": dash, "width": 1.5, "color": ink},
    }
