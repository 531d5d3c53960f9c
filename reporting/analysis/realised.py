"""Benefits realised against plan: effect targets by status, and how far each is from where it was to be by now.

Targets are counted, and the way is compared with each target's own plan; no two units are ever averaged.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from reporting.analysis.drawing import Dot, Series, dots, stacked
from reporting.analysis.facts import UNKNOWN, Target, frame
from reporting.analysis.figure import FEW, Figure, few, left_out, per_cent, points, share, signed, size_of
from reporting.portfolio.queries import JUDGED_RESULTS
from reporting.portfolio.rows import ProjectRow
from saman.sheets import Column
from saman.sorting import norwegian
from saman.words import RESULTS

# What is not known comes first, then as everywhere else.
NOT_KNOWN = (UNKNOWN, "not_started")
ORDER = (*NOT_KNOWN, *(result for result in RESULTS if result not in (*NOT_KNOWN, "withdrawn")))
PATTERNS = {UNKNOWN: "/", "not_started": "."}
WIDEST = 1.5  # of the way, to each side of the plan, that the axis shows
TICKS = (-1.0, -0.5, 0.0, 0.5, 1.0)
Projects = Mapping[int, ProjectRow]


def dimensions() -> dict[str, str]:
    """What targets may be grouped by: the value in the address and its word."""
    return {"tema": _("Tema"), "fylke": _("Fylke"), "pulje": _("Pulje"), "ar": _("Året målet skal være nådd")}


def states(targets: Sequence[Target], projects: Projects, by: str) -> Figure:
    """How many effect targets have each status, in each group."""
    table, groups = _grouped(targets, projects, by)
    counts = {name: dict(table[table.group == name].result.value_counts()) for name in groups}
    results = [result for result in ORDER if any(result in found for found in counts.values())]
    known = sum(target.result in JUDGED_RESULTS for target in targets)
    finding = _states_finding(targets, projects, known)
    word = dimensions()[by]
    names = [f"{name} ({sum(counts[name].values())})" for name in groups]
    series = [
        Series(_word(result), f"--st-{RESULTS[result].key}", [int(counts[name].get(result, 0)) for name in groups],
               PATTERNS.get(result, ""))
        for result in results
    ]  # fmt: skip
    return Figure(
        key="status",
        title=_("Effektmål etter status"),
        finding=finding,
        alt=_("Liggende søyler, én for hver gruppe (%(by)s), delt etter status. %(finding)s")
        % {"by": word.lower(), "finding": finding},
        plot=stacked(names, series, _("Antall effektmål")) if targets else None,
        columns=[
            Column("gruppe", word),
            Column("effektmal", _("Effektmål"), "integer"),
            *(Column(RESULTS[result].key.replace("-", "_"), _word(result), "integer") for result in results),
            Column("kjent_andel", _("Andel vi vet noe om"), "decimal", "%"),
        ],
        rows=[
            [
                name,
                total := sum(counts[name].values()),
                *(int(counts[name].get(result, 0)) for result in results),
                share(sum(counts[name].get(result, 0) for result in JUDGED_RESULTS), total),
            ]
            for name in groups
        ],
        notes=[
            _(
                "Effektmål i prosjekter i bruk er med, ikke de som er trukket. Et mål som telles et annet sted, "
                "telles der."
            ),
            *_twice(table, targets),
            _("Vi vet noe om et mål når målingene har gitt det en status. Det som mangler måling eller ikke er "
              "startet, vet vi ikke noe om ennå."),
            _("Statusen er den motoren har regnet ut av målingene. Ingen skriver den inn."),
        ],
        size=size_of(len(groups)),
    )  # fmt: skip


def against_plan(every: Sequence[Target], projects: Projects, by: str) -> Figure:
    """How far ahead of or behind its own plan each target was when it was last measured, in each group.

    Of the targets that have a way to go which may be told: what is kept or hidden is counted in the notes alone.
    """
    targets = [target for target in every if not target.is_hidden and not target.is_kept]
    table, groups = _grouped(targets, projects, by)
    ways = {name: table[(table.group == name) & table.attainment.notna() & table.expected.notna()] for name in groups}
    off = {name: (way.attainment - way.expected).astype(float) for name, way in ways.items()}
    totals = {name: int((table.group == name).sum()) for name in groups}
    known = [t for t in targets if t.attainment is not None and t.expected is not None]
    finding = _way_finding(len(targets), len(every) - len(targets), known)
    word = dimensions()[by]
    return Figure(
        key="avstand",
        title=_("Foran og bak egen plan"),
        finding=finding,
        alt=_("Én prikk for hvert effektmål, i rader etter %(by)s. Til høyre for streken er foran planen. %(finding)s")
        % {"by": word.lower(), "finding": finding},
        plot=_dots(groups, ways, off, totals, projects) if known else None,
        columns=[
            Column("gruppe", word),
            Column("vet_ikke", _("Vet ikke"), "integer"),
            Column("malt", _("Med tall"), "integer"),
            Column("bak", _("Bak planen"), "integer"),
            Column("lavest", _("Lengst bak"), "decimal", "%"),
            Column("median", _("Midterste"), "decimal", "%"),
            Column("hoyest", _("Lengst foran"), "decimal", "%"),
        ],
        rows=[
            [
                name,
                totals[name] - len(off[name]),
                len(off[name]),
                int((off[name] < 0).sum()),
                *(points(value) for value in _spread(off[name])),
            ]
            for name in groups
        ],
        notes=[
            _("Avstanden er delen av veien fra nullpunkt til mål som er gått, minus den delen som skulle vært gått da "
              "det sist ble målt. 0 er på planen."),
            _("Den midterste gis fra %(few)s mål. Færre vises ett og ett.") % {"few": FEW},
            _("Mål som skal holdes innenfor grenser, har ingen vei å gå, og er ikke med her: %(kept)s mål.")
            % {"kept": sum(target.is_kept for target in every)},
            *left_out(sum(target.is_hidden and not target.is_kept for target in every)),
            *_twice(table, targets),
        ],
        size=size_of(len(groups)),
    )  # fmt: skip


def _grouped(targets: Sequence[Target], projects: Projects, by: str) -> tuple[Any, list[str]]:
    """The targets with a `group` each, several rows where one belongs to several, and the groups in their order."""
    table = frame(targets, Target)
    find, order = _GROUPINGS[by]
    table["group"] = [find(target, projects[target.project]) or [_("Ikke oppgitt")] for target in targets]
    table = table.explode("group", ignore_index=True)
    groups = sorted(set(table.group), key=order)
    return table, [name for name in groups if name != _("Ikke oppgitt")] + [_("Ikke oppgitt")] * (
        _("Ikke oppgitt") in groups
    )


def _themes(target: Target, project: ProjectRow) -> list[str]:
    """The target's own theme; without one, the project's."""
    return [str(target.theme)] if target.theme else [str(theme) for theme in project.themes]


_GROUPINGS: dict[str, tuple[Callable[[Target, ProjectRow], list[str]], Callable[[str], Any]]] = {
    "tema": (_themes, norwegian),
    "fylke": (lambda _target, project: sorted({place.county_name for place in project.places}), norwegian),
    "pulje": (lambda _target, project: [project.cohort_name], norwegian),
    "ar": (lambda target, _project: [str(target.due_on.year)] if target.due_on else [], str),
}


def _word(result: str) -> str:
    return str(RESULTS[result].word)


def _states_finding(targets: Sequence[Target], projects: Projects, known: int) -> str:
    total = len(targets)
    if not total:
        return _("Ingen av prosjektene har effektmål ennå. Da er det ingenting å måle mot planen.")
    without = len(projects) - len({target.project for target in targets})
    good = sum(target.result in ("achieved", "on_track") for target in targets)
    said = {
        "unknown": total - known,
        "total": total,
        "share": per_cent(Fraction(total - known, total)),
        "waiting": sum(target.result == "not_started" for target in targets),
        "known": known,
        "achieved": sum(target.result == "achieved" for target in targets),
        "good": good,
    }
    first = (
        _("Vet ikke ennå: %(unknown)s av %(total)s effektmål (%(share)s).") % said
        if total > known
        else _("Vi vet noe om alle de %(total)s effektmålene.") % said
    )
    second = (
        _("Av de %(known)s vi vet noe om, er %(good)s i rute eller nådd, og %(achieved)s av dem nådd.") % said
        if known
        else ""
    )
    third = _("Uten effektmål: %(without)s av %(projects)s prosjekter.") % {
        "without": without,
        "projects": len(projects),
    }
    waiting = _("Ikke startet: %(waiting)s av dem.") % said if said["waiting"] else ""
    return " ".join(part for part in (first, waiting, second + few(known), third if without else "") if part)


def _way_finding(total: int, left: int, known: Sequence[Target]) -> str:
    aside = _("Ikke med: %(left)s av %(every)s effektmål (se «Slik er det regnet»).") % {
        "left": left, "every": total + left,
    } if left else ""  # fmt: skip
    if not known:
        return " ".join(filter(None, [_("Ingen av effektmålene har tall å sammenligne med planen ennå."), aside]))
    behind = sum((target.attainment or 0) < (target.expected or 0) for target in known)
    said = {"unknown": total - len(known), "total": total, "known": len(known), "behind": behind}
    said["ahead"] = len(known) - behind
    first = _("Uten tall: %(unknown)s av %(total)s effektmål.") % said if total > len(known) else ""
    second = _("Av de %(known)s med tall er %(behind)s bak egen plan, og %(ahead)s på den eller foran.") % said
    return " ".join(part for part in (first, second + few(len(known)), aside) if part)


def _spread(off: Any) -> tuple[float | None, float | None, float | None]:
    """The lowest, the middle one and the highest; the middle one of five or more."""
    if off.empty:
        return None, None, None
    return float(off.min()), float(off.median()) if len(off) >= FEW else None, float(off.max())


def _twice(table: Any, targets: Sequence[Target]) -> list[str]:
    """Said where a target is in several groups."""
    more = len(table) - len(targets)
    if not more:
        return []
    return [_("Et mål som hører til flere grupper, telles i hver av dem. Radene kan derfor ikke legges sammen.")]


def _dots(
    groups: Sequence[str],
    ways: Mapping[str, Any],
    off: Mapping[str, Any],
    totals: Mapping[str, int],
    projects: Projects,
) -> dict[str, Any]:
    """A dot for each target, and a tick where the middle one is."""
    found = [
        Dot(row, value, f"{projects[way.project].title}, E{way.number}: {signed(value)}")
        for row, name in enumerate(groups)
        for way, value in zip(ways[name].itertuples(), off[name], strict=True)
    ]
    middles = [(row, median) for row, name in enumerate(groups) if (median := _spread(off[name])[1]) is not None]
    names = [
        _("%(name)s (vet ikke %(unknown)s, med tall %(known)s)")
        % {"name": name, "unknown": totals[name] - len(off[name]), "known": len(off[name])}
        for name in groups
    ]
    xaxis = {
        "title": {"text": _("Bak planen – foran planen, i prosent av veien")},
        "tickvals": list(TICKS),
        "ticktext": [signed(value) for value in TICKS],
        "range": [-WIDEST, WIDEST],
    }
    return dots(names, found, middles, xaxis, _("Ett effektmål"))
