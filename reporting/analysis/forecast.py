"""How many targets will be reached by the end of the programme: an interval from the engine's words, never one number.

A word stands for a range of chances (the thresholds of `benefits.engine`), and a target without a forecast may go
either way. The interval goes from the 10th percentile, every chance at the low end of its word, to the 90th, every
chance at the high end: the number reached is a sum of independent yes and no with different chances. Targets that
follow each other make it wider; that is worked out too, for the outermost case that one cause decides all of them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.engine.thresholds import Thresholds
from benefits.wording import chance_word
from reporting.analysis.drawing import Range, Series, ranges, stacked
from reporting.analysis.facts import Target
from reporting.analysis.figure import Figure, counted, size_of
from saman import formatting
from saman.sheets import Column

TAIL = 0.1  # the part left out at each end: an 80 % interval, as the engine's forecasts have
REACHED, UNKNOWN, LATER, NOT = "reached", "unknown", "later", "not"
WORDS = ("likely", "uncertain", "unlikely", "very_unlikely")
KINDS = (UNKNOWN, REACHED, *WORDS, LATER, NOT)
COLOURS = {
    UNKNOWN: "--st-mangler", REACHED: "--st-oppnadd", "likely": "--st-i-rute", "uncertain": "--c-plan",
    "unlikely": "--st-forsinket", "very_unlikely": "--st-i-fare", LATER: "--c6", NOT: "--st-ikke-nadd",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Odds:
    """Why, and between which chances, a target is reached by the end."""

    kind: str
    low: float
    high: float


def odds(target: Target, thresholds: Thresholds, ends_on: date | None) -> Odds:
    """What is known of a target: reached, not reached, due after the end, a word, or nothing."""
    if target.result == "achieved":
        return Odds(REACHED, 1.0, 1.0)
    if target.result == "not_achieved":
        return Odds(NOT, 0.0, 0.0)
    if ends_on and target.due_on and target.due_on > ends_on:
        return Odds(LATER, 0.0, 0.0)
    if target.chance not in WORDS:
        return Odds(UNKNOWN, 0.0, 1.0)
    steps = (
        1.0, thresholds.forecast_likely, thresholds.forecast_unlikely, thresholds.forecast_very_unlikely, 0.0
    )  # fmt: skip
    place = WORDS.index(target.chance)
    return Odds(target.chance, steps[place + 1], steps[place])


def interval(known: Sequence[Odds]) -> tuple[int, int]:
    """Between how many are reached, when they do not depend on each other."""
    return _quantile([one.low for one in known], TAIL), _quantile([one.high for one in known], 1 - TAIL)


def together(known: Sequence[Odds]) -> tuple[int, int]:
    """Between how many are reached, when one cause decides them all: those on the right side of it."""
    return sum(one.low > 1 - TAIL for one in known), sum(one.high > TAIL for one in known)


def _quantile(chances: Sequence[float], share: float) -> int:
    """The smallest number that at least `share` of the cases do not exceed."""
    mass = np.ones(1)
    for chance in chances:
        mass = np.convolve(mass, [1 - chance, chance])
    return int(np.argmax(np.cumsum(mass) >= share - 1e-12))


def reached_by_the_end(targets: Sequence[Target], thresholds: Thresholds, ends_on: date | None) -> Figure:
    """Between how many of the effect targets will be reached by the end."""
    every = [odds(target, thresholds, ends_on) for target in targets]
    known = [one for one in every if one.kind != UNKNOWN]
    now = sum(one.kind == REACHED for one in every)
    lines = [
        (_("Alle effektmål, også dem vi ikke kan si noe om"), len(every), interval(every)),
        (_("De vi kan si noe om"), len(known), interval(known)),
        (_("De vi kan si noe om, hvis alle følger hverandre"), len(known), together(known)),
        (_("Nådd i dag"), len(every), (now, now)),
    ]
    finding = _finding(every, len(known), lines[0][2], lines[1][2], ends_on)
    found = [
        Range(low, high, None, _("%(low)s–%(high)s av %(total)s") % {"low": low, "high": high, "total": total})
        for _name, total, (low, high) in lines
    ]
    xaxis = {"title": {"text": _("Antall effektmål nådd")}, "range": [0, len(every) * 1.02], "tickformat": ",d"}
    return Figure(
        key="slutten",
        title=_("Effektmål nådd ved slutten av programmet"),
        finding=finding,
        alt=_("Fire liggende streker som viser hvor mange effektmål som kan bli nådd. %(finding)s")
        % {"finding": finding},
        plot=ranges([name for name, _total, _range in lines], found, xaxis) if every else None,
        columns=[
            Column("hva", _("Hva")),
            Column("effektmal", _("Effektmål"), "integer"),
            Column("minst", _("Minst nådd"), "integer"),
            Column("mest", _("Mest nådd"), "integer"),
        ],
        rows=[[name, total, low, high] for name, total, (low, high) in lines] if every else [],
        notes=[
            _("Hvert mål har motorens eget ord for sjansen. Ordet står for et spenn av sjanser, aldri for ett tall."),
            _("Spennet er 80 prosent: i ett av ti tilfeller blir det færre enn minst, i ett av ti flere enn mest."),
            _("Målene er regnet som uavhengige. Rammes alle av det samme, for eksempel trang økonomi, blir spennet "
              "større: tredje linje viser ytterpunktet."),
            _("Det som er nådd i dag, regnes som nådd. Går gevinsten tapt, blir tallet lavere."),
            _("Mål med frist etter slutten regnes ikke som nådd. Mål uten prognose kan gå hver vei."),
            *_withheld(targets),
        ],
        size=2,
    )  # fmt: skip


def grounds(targets: Sequence[Target], thresholds: Thresholds, ends_on: date | None) -> Figure:
    """What the interval rests on: how many targets there is which word for."""
    counts = Counter(odds(target, thresholds, ends_on).kind for target in targets)
    kinds = [kind for kind in KINDS if counts[kind]]
    unknown, total = counts[UNKNOWN], len(targets)
    finding = _("Ingen effektmål å gi prognose for ennå.")
    if total:
        finding = _("Uten prognose: %(unknown)s av %(total)s effektmål.") % {
            "unknown": unknown,
            "total": total,
        }
        words = sum(counts[word] for word in WORDS)
        text = ngettext(
            "%(words)s effektmål har en prognose i ord (sannsynlig, usikkert …).",
            "%(words)s effektmål har en prognose i ord (sannsynlig, usikkert …).",
            words,
        )
        finding = f"{finding} {text % {'words': counted(words)}}"
    series = [
        Series(_word(kind), COLOURS[kind], [counts[kind] if kind == row else 0 for row in kinds],
               "/" if kind == UNKNOWN else "")
        for kind in kinds
    ]  # fmt: skip
    plot = stacked([_word(kind) for kind in kinds], series, _("Antall effektmål")) if total else None
    if plot:
        plot["layout"]["showlegend"] = False
    return Figure(
        key="grunnlag",
        title=_("Hva prognosen bygger på"),
        finding=finding,
        alt=_("Liggende søyler: antall effektmål etter hva vi vet om utfallet. %(finding)s") % {"finding": finding},
        plot=plot,
        columns=[Column("sjanse", _("Hva vi vet")), Column("effektmal", _("Effektmål"), "integer")],
        rows=[[_word(kind), counts[kind]] for kind in kinds],
        notes=[
            _("Det gis ingen prognose med under seks målinger, etter et brudd i serien eller et tilbakefall, eller når "
              "fristen ligger lenger fram enn målingene rekker."),
            *_withheld(targets),
        ],
        size=size_of(len(kinds)),
    )  # fmt: skip


def _withheld(targets: Sequence[Target]) -> list[str]:
    """Said where a forecast rests on figures about too few people."""
    hidden = sum(target.is_hidden for target in targets)
    said = _("Regnet som uten prognose, fordi tallene er om for få personer: %(hidden)s mål.") % {"hidden": hidden}
    return [said] if hidden else []


def _word(kind: str) -> str:
    words = {
        UNKNOWN: _("Vet ikke ennå"),
        REACHED: _("Nådd i dag"),
        LATER: _("Frist etter slutten"),
        NOT: _("Ikke nådd da fristen kom"),
    }
    return words.get(kind) or str(chance_word(kind)).capitalize()


def _finding(
    every: Sequence[Odds], known: int, all_: tuple[int, int], some: tuple[int, int], ends_on: date | None
) -> str:
    if not every:
        return _("Ingen effektmål å gi prognose for ennå.")
    said = {"unknown": len(every) - known, "total": len(every), "known": known, "day": formatting.day(ends_on)}
    said |= {"low": all_[0], "high": all_[1], "some_low": some[0], "some_high": some[1]}
    said["all"] = len(every)
    too_wide = 2 * (all_[1] - all_[0]) > len(every)
    when = (
        _(
            "Vi vet for lite til å si hvor mange som er nådd ved slutten, %(day)s: "
            "mellom %(low)s og %(high)s av %(all)s."
        )
        if too_wide and ends_on
        else _(
            "Vi vet for lite til å si hvor mange som er nådd når fristene er ute: "
            "mellom %(low)s og %(high)s av %(all)s."
        )
        if too_wide
        else _("Ved slutten, %(day)s, vil mellom %(low)s og %(high)s være nådd.")
        if ends_on
        else _("Når fristene er ute, vil mellom %(low)s og %(high)s være nådd.")
    )
    parts = [
        _("Vet ikke ennå: %(unknown)s av %(total)s effektmål har ingen prognose.") if known < len(every) else "",
        when,
        _("Av de %(known)s vi kan si noe om, blir mellom %(some_low)s og %(some_high)s nådd.")
        if 0 < known < len(every)
        else "",
    ]
    return " ".join(part % said for part in parts if part)
