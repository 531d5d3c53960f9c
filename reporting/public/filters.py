"""What the catalogue's address asks for, and what there is to choose."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reporting.public.queries import Listed
from saman.filters import AddressFilters
from saman.sorting import norwegian

UNKNOWN_THEME = "ukjent"
Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Filters(AddressFilters):
    """Search and choices; empty means all. `cohort` is «programme.cohort»: its slug is its programme's own."""

    NAMES = {"search": "q", "county": "fylke", "theme": "tema", "cohort": "pulje", "programme": "program"}

    search: str = ""
    county: str = ""
    theme: str = ""
    cohort: str = ""
    programme: str = ""

    def has(self, item: Listed) -> bool:
        """Whether a project is among what is asked for."""
        cohort = item.project.cohort
        keys = {link.theme.key for link in item.themes} or {UNKNOWN_THEME}
        return (
            all(word in item.words() for word in self.search.casefold().split())
            and (not self.county or self.county in item.county_numbers())
            and (not self.theme or self.theme in keys)
            and (not self.cohort or self.cohort == f"{cohort.programme.slug}.{cohort.slug}")
            and (not self.programme or self.programme == cohort.programme.slug)
        )


@dataclass(frozen=True, slots=True)
class Choices:
    """What each list of the search form offers; a list with one choice is left out of the form."""

    counties: list[Choice]
    themes: list[Choice]
    cohorts: list[Choice]
    programmes: list[Choice]
    names: list[str]

    @property
    def values(self) -> Mapping[str, set[str]]:
        """By field of the filters, what there is to choose."""
        lists = {"county": self.counties, "theme": self.themes, "cohort": self.cohorts, "programme": self.programmes}
        return {field: {value for value, _word in choices} for field, choices in lists.items()}


def choices(listed: Iterable[Listed]) -> Choices:
    """What there is to choose among the projects of the catalogue."""
    everything = list(listed)
    programmes = {item.project.cohort.programme.slug: item.project.cohort.programme.name for item in everything}
    links = [link for item in everything for link in item.themes]
    themes = {link.theme.key: str(link.theme) for link in sorted(links, key=lambda link: link.theme.order)}
    if any(not item.themes for item in everything):
        themes[UNKNOWN_THEME] = _("Tema ikke kjent")
    names = {unit.name for item in everything for place in item.places for unit in place.chain}
    return Choices(
        counties=_counties(everything),
        themes=list(themes.items()),
        cohorts=_cohorts(everything, len(programmes) > 1),
        programmes=sorted(programmes.items(), key=lambda pair: norwegian(pair[1])),
        names=sorted(names | {item.project.title for item in everything}, key=norwegian),
    )


def _counties(listed: list[Listed]) -> list[Choice]:
    """Counties by number; one that shares its name with an older one says from which year it is."""
    counties = {place.then.county.number: place.then.county for item in listed for place in item.places}
    names = [county.name for county in counties.values()]
    labels = {
        number: county.name
        if names.count(county.name) == 1
        else _("%(county)s (fra %(year)s)") % {"county": county.name, "year": county.valid_from.year}
        for number, county in counties.items()
    }
    return sorted(labels.items(), key=lambda pair: norwegian(pair[1]))


def _cohorts(listed: list[Listed], with_programme: bool) -> list[Choice]:
    cohorts = {item.project.cohort_id: item.project.cohort for item in listed}
    ordered = sorted(cohorts.values(), key=lambda cohort: (norwegian(cohort.programme.name), cohort.starts_on))
    return [
        (
            f"{cohort.programme.slug}.{cohort.slug}",
            f"{cohort.name} ({cohort.programme.name})" if with_programme else cohort.name,
        )
        for cohort in ordered
    ]
