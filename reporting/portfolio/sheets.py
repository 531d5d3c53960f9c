"""The dashboard's tables as files: projects by pitfalls, the counties in figures, and what each rule has said."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from benefits.wording import rule_short, rule_title
from projects.models import Programme
from reporting.portfolio import compare
from reporting.portfolio.filters import PITFALLS
from reporting.portfolio.matrix import Cell, Line
from saman import formatting, words
from saman.sheets import Cell as SheetCell
from saman.sheets import Column, Sheet


def matrix_sheet(
    programme: Programme, lines: Iterable[Line], about: Sequence[tuple[str, str]], past: date | None = None
) -> Sheet:
    """One row a project: status, how many of its targets are measured, and the level of each pitfall.

    `past`: the day it is about when that is not today; then without concerns, which are known only as they are now.
    """
    since = _("Dagen vurderingen fikk de ordene den hadde") if past else _("Dagen vurderingen gjelder")
    told = _("Hvor alvorlig tegnet er, som de utenfor prosjektet ser det")
    columns = [
        Column("project", _("Prosjekt")),
        Column("municipalities", _("Kommuner")),
        Column("county", _("Fylke"), definition=_("Fylket til vertskommunen")),
        Column("themes", _("Temaer")),
        Column("cohort", _("Pulje")),
        Column("status", _("Status"), definition=_("Regnet ut fra målingene. Se «Slik regner vi».")),
        Column("targets", _("Effektmål"), "integer", definition=_("Effektmål som ikke er trukket")),
        Column("measured", pgettext("targets", "Målt"), "integer", definition=_("Effektmål som er målt")),
        *(Column(code.lower(), rule_short(code), definition=f"«{rule_title(code)}» {told}") for code in PITFALLS),
        *([] if past else [Column("concerns", pgettext("concerns", "Saker"), "integer")]),
        Column("assessed_on", _("Vurdert"), "date", definition=since),
    ]
    rows = (_project(line, is_past=bool(past)) for line in lines)
    return Sheet(_named("prosjekter", past), _("Fallgruver per prosjekt"), columns, rows, _of(programme, about))


def _named(name: str, past: date | None) -> str:
    return f"{name}-per-{past.isoformat()}" if past else name


def _project(line: Line, *, is_past: bool) -> list[SheetCell]:
    row = line.row
    return [
        row.title,
        formatting.joined([place.municipality for place in row.places]),
        row.places[0].county_name if row.places else None,
        formatting.joined([str(theme) for theme in row.themes]),
        row.cohort_name,
        words.result_sign(row.result).word if row.result else _("Ikke vurdert ennå"),
        len(row.targets),
        row.measured,
        *(_level(cell, is_assessed=row.is_assessed) for cell in line.cells),
        *([] if is_past else [len(row.concerns)]),
        row.as_of,
    ]


def _level(cell: Cell, *, is_assessed: bool) -> SheetCell:
    if not is_assessed:
        return None
    return words.NOT_IN_USE.word if cell.is_unused else words.risk_sign(cell.severity).word


def counties_sheet(
    programme: Programme,
    entries: Iterable[dict[str, Any]],
    about: Sequence[tuple[str, str]],
    past: date | None = None,
) -> Sheet:
    """One row a county with projects. `past`: the day it is about when that is not today."""
    columns = [
        Column("county_number", _("Fylkesnummer")),
        Column("county", _("Fylke")),
        Column("projects", _("Prosjekter"), "integer", definition=_("Et prosjekt i flere fylker er med i alle")),
        Column("targets", _("Effektmål"), "integer", definition=_("Effektmål som ikke er trukket")),
        Column("measured", pgettext("targets", "Målt"), "integer", definition=_("Effektmål som er målt")),
        Column("signs", _("Tegn på fallgruver"), "integer", definition=_("Fallgruver med «Følg med» eller verre")),
    ]
    rows = (_county(entry["county"]) for entry in entries)
    return Sheet(_named("fylker", past), _("Fylkene i tall"), columns, rows, _of(programme, about))


def _county(county: Any) -> list[SheetCell]:
    figures = county.summary
    return [county.tile.number, county.tile.name, figures.projects, figures.targets, figures.measured, figures.signs]


def cohorts_sheet(programme: Programme, both: compare.Comparison, about: Sequence[tuple[str, str]]) -> Sheet:
    """One row a cohort, as it is today; none where there are not two to compare, as the page then has no table."""
    columns = [
        Column("cohort", _("Pulje")),
        *_counted(both.results),
        Column("targets", _("Effektmål"), "integer", definition=_("Effektmål som ikke er trukket")),
        Column("measured", _("Effektmål som er målt"), "integer", definition=_("Tomt: ingen effektmål.")),
        Column("with_targets", _("Prosjekter med effektmål"), "integer"),
        Column(
            "with_signs",
            _("Prosjekter med tegn på fallgruver"),
            "integer",
            definition=_("Fallgruver med «Følg med» eller verre"),
        ),
    ]
    shown = both.cohorts if len(both.cohorts) > 1 else []
    rows = (_cohort(one, both.results) for one in shown)
    return Sheet("puljer", _("Puljene i dag"), columns, rows, _of(programme, about))


def _cohort(one: compare.CohortColumn, results: Sequence[str]) -> list[SheetCell]:
    figures = one.summary
    measured = figures.measured if figures.targets else None
    return [one.name, *_counts(one, results), figures.targets, measured, figures.with_targets, figures.with_signs]


def years_sheet(programme: Programme, both: compare.Comparison, about: Sequence[tuple[str, str]]) -> Sheet:
    """One row for the end of each year, and one for today, of the projects that were in use then."""
    columns = [
        Column("on", _("Dato"), "date", definition=_("Utgangen av året, og i siste rad i dag")),
        *_counted(both.results),
    ]
    rows = ([one.on, *_counts(one, both.results)] for one in both.years)
    return Sheet("ar-for-ar", _("Status ved utgangen av hvert år"), columns, rows, _of(programme, about))


def _counted(results: Sequence[str]) -> list[Column]:
    """The columns both comparisons have."""
    none = _("Tomt: ingen prosjekter i bruk.")
    unknown = _("Ukjent: mangler måling eller er ikke vurdert")
    of = _("Prosjekter i bruk med denne statusen.")
    return [
        Column("projects", _("Prosjekter i bruk"), "integer"),
        Column("unknown", unknown, "integer", definition=none),
        *(Column(result, str(words.RESULTS[result].word), "integer", definition=f"{of} {none}") for result in results),
    ]


def _counts(one: compare.Column, results: Sequence[str]) -> list[SheetCell]:
    """Of no project nothing is said: empty, and not zero."""
    counts = [one.unknown, *(one.results[result] for result in results)]
    return [one.projects, *(count if one.projects else None for count in counts)]


def rules_sheet(programme: Programme, lines: Iterable[Any]) -> Sheet:
    """One row a rule: what it has said in the last year."""
    warnings = _("varsler")
    columns = [
        Column("rule", _("Kode")),
        Column("heading", _("Regel")),
        Column("kind", _("Slag")),
        Column("open_now", _("Åpne nå"), "integer", warnings),
        Column("opened", _("Åpnet"), "integer", warnings),
        Column("closed", _("Lukket av nye opplysninger"), "integer", warnings),
        Column("accepted", _("Godtatt"), "integer", warnings),
        Column("reported_false", _("Meldt som feil"), "integer", warnings, _("Med begrunnelse fra prosjektet")),
        Column(
            "expected_false",
            _("Ventet antall feil"),
            "decimal",
            warnings,
            _("Det tilfeldigheter alene ville åpnet. Tomt når det ikke er aktuelt eller ikke er kjent."),
        ),
        Column("days_to_close", _("Vanlig tid til lukking"), "decimal", _("dager"), _("Medianen. Tomt: ingen lukket.")),
        Column("held_on", _("Holdt igjen siden"), "date"),
    ]
    about = [(_("Periode"), _("De siste tolv månedene"))]
    return Sheet("varslene", _("Varslene"), columns, map(_rule, lines), _of(programme, about))


def _rule(line: Any) -> list[SheetCell]:
    record = line.record
    return [
        record.rule,
        line.short,
        line.kind,
        record.open_now,
        record.opened,
        record.closed,
        record.accepted,
        record.tally.false,
        record.expected_false,
        record.days_to_close,
        line.hold.held_on if line.hold else None,
    ]


def _of(programme: Programme, about: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(_("Program"), programme.name), *about]
