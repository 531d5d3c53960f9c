"""How common each pitfall is, and how long its warnings stay open."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from django.utils.translation import gettext as _

from benefits.wording import rule_short
from reporting.analysis.drawing import Range, Series, ranges, stacked
from reporting.analysis.facts import Warned
from reporting.analysis.figure import FEW, Figure, few, size_of
from reporting.portfolio.filters import PITFALLS, SIGN
from reporting.portfolio.rows import ProjectRow
from saman.sheets import Column
from saman.words import NOT_IN_USE, RISKS

UNUSED = "unused"
# What cannot be assessed comes first, then the gravest. Kind, colour, pattern.
KINDS: tuple[tuple[int | str | None, str, str], ...] = (
    (None, "--st-mangler", "/"),
    (4, "--st-i-fare", ""),
    (3, "--st-forsinket", ""),
    (2, "--c5", ""),
    (0, "--st-i-rute/.45", ""),
    (UNUSED, "--track", "."),
)
KEYS = {
    None: "ikke_vurderbar",
    4: "alvorlig",
    3: "bor_handteres",
    2: "folg_med",
    0: "ingen_tegn",
    UNUSED: "ikke_i_bruk",
}
SURE = 1.96


def frequency(projects: Iterable[ProjectRow]) -> Figure:
    """How many projects show a sign of each pitfall now."""
    rows = list(projects)
    counts = {code: Counter(_kind(row, code) for row in rows) for code in PITFALLS}
    signs = sum(any(_is_sign(_kind(row, code)) for code in PITFALLS) for row in rows)
    unknown = sum(any(_kind(row, code) is None for code in PITFALLS) for row in rows)
    said = {"signs": signs, "total": len(rows), "unknown": unknown}
    parts = [
        _("Ikke vurderbar: minst én fallgruve i %(unknown)s av %(total)s prosjekter.") if unknown else "",
        _("%(signs)s av %(total)s prosjekter har tegn til minst én fallgruve."),
    ]
    finding = " ".join(part % said for part in parts if part) + few(len(rows))
    words = {kind: str(NOT_IN_USE.word if kind == UNUSED else RISKS[kind].word) for kind in KEYS}  # type: ignore[index]
    used = [entry for entry in KINDS if any(counts[code][entry[0]] for code in PITFALLS)]
    return Figure(
        key="hyppighet",
        title=_("Hvor vanlig hver fallgruve er"),
        finding=finding,
        alt=_("Liggende søyler, én for hver fallgruve, delt etter hvor alvorlig den er. %(finding)s")
        % {"finding": finding},
        plot=stacked(
            [rule_short(code) for code in PITFALLS],
            [
                Series(words[kind], ink, [counts[code][kind] for code in PITFALLS], pattern)
                for kind, ink, pattern in used
            ],
            _("Antall prosjekter"),
        )
        if rows
        else None,
        columns=[
            Column("fallgruve", _("Fallgruve")),
            *(Column(KEYS[kind], words[kind], "integer") for kind, _ink, _pattern in used),
        ],
        rows=[[rule_short(code), *(counts[code][kind] for kind, _ink, _pattern in used)] for code in PITFALLS],
        notes=[
            _("Det er prosjekter som telles, slik de står i dag. Ett prosjekt kan ha tegn til flere fallgruver."),
            _("Ikke vurderbar betyr at opplysninger mangler. Det er ikke det samme som ingen tegn."),
        ],
        size=size_of(len(PITFALLS)),
    )


def time_to_close(warnings: Sequence[Warned], today: date) -> Figure:
    """How long warnings stay open, those still open counted as not yet closed."""
    found = {code: [one for one in warnings if one.rule == code] for code in PITFALLS}
    curves = {code: Survival([*_lasted(rows, today)]) for code, rows in found.items()}
    total, still = len(warnings), sum(one.closed_on is None for one in warnings)
    everything = Survival([*_lasted(warnings, today)])
    finding = _close_finding(total, still, everything)
    last = max((days for one in warnings for days, _closed in _lasted([one], today)), default=0)
    names = [
        _("%(name)s (åpne %(open)s, lukket %(closed)s)")
        % {
            "name": rule_short(code),
            "open": sum(one.closed_on is None for one in found[code]),
            "closed": sum(one.closed_on is not None for one in found[code]),
        }
        for code in PITFALLS
    ]
    return Figure(
        key="lukketid",
        title=_("Hvor lenge varsler står åpne"),
        finding=finding,
        alt=_("En strek for hver fallgruve: når halvparten av varslene er lukket, med usikkerhet. %(finding)s")
        % {"finding": finding},
        plot=ranges(
            names,
            [_drawn(curves[code], last) if len(found[code]) >= FEW else None for code in PITFALLS],
            {"title": {"text": _("Dager fra varselet kom til halvparten er lukket")}, "tickformat": ",d"},
        )
        if total
        else None,
        columns=[
            Column("fallgruve", _("Fallgruve")),
            Column("apne", _("Åpne ennå"), "integer"),
            Column("lukket", _("Lukket"), "integer"),
            Column("median", _("Halvparten lukket etter"), "integer", _("dager")),
            Column("fra", _("Usikkerhet fra"), "integer", _("dager")),
            Column("til", _("Usikkerhet til"), "integer", _("dager")),
        ],
        rows=[
            [
                rule_short(code),
                sum(one.closed_on is None for one in found[code]),
                sum(one.closed_on is not None for one in found[code]),
                *(curves[code].median if len(found[code]) >= FEW else (None, None, None)),
            ]
            for code in PITFALLS
        ]
        if total
        else [],
        notes=[
            _("Et varsel som er åpent ennå, har vart minst så lenge som hittil. Det er regnet med på den måten "
              "(Kaplan–Meier), så de trege ikke blir borte."),
            _("Usikkerheten er 95 prosent. En strek er det når over halvparten er åpne, eller det er under fem "
              "varsler."),
            _("Varsler er talt, ikke prosjekter. Det som ennå bare vises for prosjektet selv, er ikke med."),
            _("Bare nye opplysninger lukker et varsel. Ingen kan lukke det for hånd."),
        ],
        size=size_of(len(PITFALLS)),
    )  # fmt: skip


class Survival:
    """The share still open after some days (Kaplan and Meier), with a 95 % interval (Greenwood, on a log–log scale)."""

    def __init__(self, lasted: Sequence[tuple[int, bool]]) -> None:
        """`lasted`: days, and whether it closed then; else it was still open."""
        days = np.array([one[0] for one in lasted], np.int64)
        closed = np.array([one[1] for one in lasted], bool)
        self.days = np.unique(days[closed])
        at_risk = np.array([(days >= day).sum() for day in self.days], float)
        events = np.array([(closed & (days == day)).sum() for day in self.days], float)
        self.share = np.cumprod(1 - events / at_risk)
        with np.errstate(divide="ignore", invalid="ignore"):
            spread = np.sqrt(np.cumsum(events / (at_risk * (at_risk - events)))) / np.abs(np.log(self.share))
            self.low = np.nan_to_num(self.share ** np.exp(SURE * spread))
            self.high = np.nan_to_num(self.share ** np.exp(-SURE * spread))

    @property
    def median(self) -> tuple[int | None, int | None, int | None]:
        """The day half have closed by, and between which it probably lies; None: not reached."""
        return self._first(self.share), self._first(self.low), self._first(self.high)

    def _first(self, curve: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> int | None:
        reached = curve <= 0.5 + 1e-12
        return int(self.days[np.argmax(reached)]) if reached.any() else None


def _kind(row: ProjectRow, code: str) -> int | str | None:
    """What a project shows of a pitfall: a severity, UNUSED, or None where it cannot be assessed."""
    if not row.is_assessed:
        return None
    if code not in row.levels:
        return UNUSED
    level = row.levels[code]
    return 0 if level in (0, 1) else level


def _is_sign(kind: int | str | None) -> bool:
    return isinstance(kind, int) and kind >= SIGN


def _lasted(warnings: Iterable[Warned], today: date) -> Iterable[tuple[int, bool]]:
    for one in warnings:
        yield ((one.closed_on or today) - one.opened_on).days, one.closed_on is not None


def _drawn(curve: Survival, last: int) -> Range | None:
    middle, low, high = curve.median
    if low is None:
        return None
    words = _("Halvparten lukket etter %(days)s dager") % {"days": middle} if middle is not None else ""
    return Range(low, high if high is not None else last, middle, words, is_open=high is None)


def _close_finding(total: int, still: int, curve: Survival) -> str:
    if not total:
        return _("Det har ikke vært varsler om fallgruver ennå.")
    middle, low, high = curve.median
    said = {"still": still, "total": total, "days": middle, "low": low, "high": high}
    first = _("Åpne ennå: %(still)s av %(total)s varsler.") if still else _("Alle de %(total)s varslene er lukket.")
    if total < FEW or middle is None:
        second = "" if total < FEW else _("For få er lukket til at vi kan si hvor lang tid det tar.")
    elif high is None:
        second = _("Halvparten er lukket innen %(days)s dager, men det kan like gjerne ta lengre tid.")
    else:
        second = _("Halvparten er lukket innen %(days)s dager (trolig mellom %(low)s og %(high)s).")
    third = _("Et prosjekt kan ha flere varsler om samme fallgruve.")
    return " ".join(part % said for part in (first, second, third) if part) + few(total)
