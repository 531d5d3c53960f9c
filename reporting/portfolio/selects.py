"""The filters' fields: what there is to choose among, and what is chosen."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from benefits.wording import rule_short
from reporting.portfolio.filters import PITFALLS, RESULT_KEYS, RISK_KEYS, Filters
from reporting.portfolio.rows import Portfolio
from saman.sorting import norwegian
from saman.words import RESULTS, risk_sign


@dataclass(frozen=True, slots=True)
class Option:
    """One choice."""

    value: str
    word: str | Promise
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Select:
    """A field: its name in the address, its label, and its choices, the first of which asks for nothing."""

    name: str
    label: str
    options: tuple[Option, ...]


def offered(portfolio: Portfolio) -> Mapping[str, Set[str]]:
    """By field, the values that mean something in a programme; every county, as the map has them all."""
    listed = portfolio.listed
    return {
        "cohort": {row.cohort for row in listed},
        "county": {tile.number for tile in portfolio.tiles} | {place.county for row in listed for place in row.places},
        "theme": {theme.key for row in listed for theme in row.themes},
        "adviser": {row.adviser for row in listed},
    }


def in_words(portfolio: Portfolio, filters: Filters) -> list[tuple[str, str]]:
    """(label, word) of the filters that leave something out."""
    chosen = [
        (select.label, str(option.word))
        for select in selects(portfolio, filters)
        for option in select.options[1:]
        if option.is_chosen
    ]
    return [*chosen, *([(_("Søk"), filters.text)] if filters.text else [])]


def selects(portfolio: Portfolio, filters: Filters) -> list[Select]:
    """Every field but the free text."""
    listed = portfolio.listed
    cohorts = {row.cohort: row.cohort_name for row in sorted(listed, key=lambda row: row.cohort_starts_on)}
    counties = {place.county: place.county_name for row in listed for place in row.places}
    if filters.county and filters.county not in counties:  # a county without projects
        counties |= {tile.number: tile.name for tile in portfolio.tiles if tile.number == filters.county}
    by_name = sorted(counties.items(), key=lambda item: norwegian(item[1]))
    used = {theme.key: theme for row in listed for theme in row.themes}
    themes = [(theme.key, str(theme)) for theme in sorted(used.values(), key=lambda theme: (theme.order, theme.key))]
    results = [(key, RESULTS[result].word) for key, result in RESULT_KEYS.items()]
    risks = [(key, risk_sign(max(levels, key=lambda level: level or 0)).word) for key, levels in RISK_KEYS.items()]
    pitfalls = [(code, rule_short(code)) for code in PITFALLS]
    advisers = sorted({row.adviser: row.adviser_name for row in listed}.items(), key=lambda item: norwegian(item[1]))
    found = [
        _select("pulje", _("Pulje"), _("Alle puljer"), cohorts.items(), filters.cohort),
        _select("fylke", _("Fylke"), _("Alle fylker"), by_name, filters.county),
        _select("tema", _("Tema"), _("Alle temaer"), themes, filters.theme),
        _select("status", _("Status"), _("Alle statuser"), results, filters.result),
        _select("risiko", _("Risiko"), _("All risiko"), risks, filters.risk),
        _select("fallgruve", _("Fallgruve"), _("Alle fallgruver"), pitfalls, filters.pitfall),
    ]
    readers = [(adviser, name or _("Ingen ennå")) for adviser, name in advisers]
    if len(readers) > 1 or filters.adviser:
        found.append(_select("radgiver", _("Rapporten leses av"), _("Alle rådgivere"), readers, filters.adviser))
    return found


def _select(name: str, label: str, every: str, choices: Iterable[tuple[str, str | Promise]], chosen: str) -> Select:
    options = [Option(value, word, value == chosen) for value, word in choices]
    return Select(name, label, (Option("", every, not chosen), *options))
