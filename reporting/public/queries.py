"""The catalogue as the public sees it: projects with their places, then and now, and their publicly known themes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from municipalities.models import Municipality
from municipalities.queries import Lineage, lineage
from projects.models import Programme, Project, ProjectMunicipality, ProjectTheme, Theme
from saman.sorting import norwegian


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality as a project knows it, and as it is now."""

    then: Municipality
    now: Municipality
    chain: tuple[Municipality, ...]
    is_host: bool

    @property
    def is_renamed(self) -> bool:
        """Whether its area goes by another name now."""
        return self.now.name != self.then.name


@dataclass(frozen=True, slots=True)
class Listed:
    """A project with everything a list or page of the catalogue says about it."""

    project: Project
    places: tuple[Place, ...]
    themes: tuple[ProjectTheme, ...]

    @property
    def is_confirmed(self) -> bool:
        """Whether it counts."""
        return self.project.participation == Project.Participation.CONFIRMED

    @property
    def counties(self) -> list[str]:
        """The names of its counties, each once, in the order of its municipalities."""
        return list(dict.fromkeys(place.then.county.name for place in self.places))

    @property
    def is_only_its_place(self) -> bool:
        """Whether its title already says where it is."""
        return len(self.places) == 1 and self.project.title == self.places[0].then.name

    @property
    def place_names(self) -> list[str]:
        """Its municipalities, as they were called."""
        return [place.then.name for place in self.places]

    @property
    def later_names(self) -> list[str]:
        """What those of them that go by another name are called now, each once."""
        return list(dict.fromkeys(place.now.name for place in self.places if place.is_renamed))

    def county_numbers(self) -> set[str]:
        """The numbers of every county it lies or has lain in."""
        return {unit.county.number for place in self.places for unit in place.chain}

    def words(self) -> str:
        """What a search looks in: title, catalogue name and municipalities, old and new."""
        names = [unit.name for place in self.places for unit in place.chain]
        return "\n".join([self.project.title, self.project.catalogue_name, *names]).casefold()


@dataclass(frozen=True, slots=True)
class Group:
    """The projects under one heading: a county, or those whose participation is not confirmed (no county)."""

    county: str
    projects: list[Listed]


@dataclass(frozen=True, slots=True)
class Counts:
    """What may be counted, all of it from rows."""

    projects: int
    municipalities: int
    counties: int
    joint: int
    joint_municipalities: int
    unresolved: list[Listed]
    named_projects: int
    named_municipalities: int

    @property
    def unresolved_titles(self) -> list[str]:
        """The projects nobody has been able to place yet."""
        return [item.project.title for item in self.unresolved]


@dataclass(frozen=True, slots=True)
class Summary:
    """A programme and what may be counted in it."""

    programme: Programme
    counts: Counts

    @property
    def intro(self) -> str:
        """The first paragraph of its description."""
        return self.programme.description.replace("\r", "").strip().split("\n\n")[0]


def listed_projects(today: date, slug: str | None = None, units: Lineage | None = None) -> list[Listed]:
    """All projects of the catalogue, or the one with a slug, in four queries. `today`: whose place names are now.

    `units`: all municipalities, where they are at hand.
    """
    rows = Project.objects.select_related("cohort__programme").prefetch_related(
        Prefetch("participations", ProjectMunicipality.objects.order_by("order")),
        Prefetch("theme_links", ProjectTheme.objects.select_related("theme").order_by("theme__order")),
    )
    if slug is not None:
        rows = rows.filter(slug=slug)
    projects = list(rows)
    known = units or (lineage() if projects else Lineage({}))
    listed = [_listed(project, known, today) for project in projects]
    return sorted(listed, key=lambda item: norwegian(item.project.title))


def _listed(project: Project, units: Lineage, today: date) -> Listed:
    places = tuple(
        Place(
            then=units.units[row.municipality_id],
            now=units.on(row.municipality_id, today),
            chain=tuple(units.of(row.municipality_id)),
            is_host=row.is_host,
        )
        for row in project.participations.all()
    )
    return Listed(project=project, places=places, themes=tuple(project.theme_links.all()))


def grouped(listed: Iterable[Listed]) -> list[Group]:
    """By county in the order of the alphabet, those whose participation is not confirmed last."""
    by_county: dict[str, list[Listed]] = {}
    others: list[Listed] = []
    for item in listed:
        if not item.is_confirmed:
            others.append(item)
        else:
            by_county.setdefault(item.counties[0] if item.places else "", []).append(item)
    groups = [Group(county, by_county[county]) for county in sorted(by_county, key=norwegian)]
    return [*groups, Group("", others)] if others else groups


def counts(listed: Iterable[Listed]) -> Counts:
    """Count projects and places; only confirmed participation counts. What the source names is counted apart."""
    everything = list(listed)
    confirmed = [item for item in everything if item.is_confirmed]
    named = [item for item in everything if item.project.catalogue_name]
    joint = [item for item in confirmed if len(item.places) > 1]
    return Counts(
        projects=len(confirmed),
        municipalities=_municipalities(confirmed),
        counties=len({place.then.county_id for item in confirmed for place in item.places}),
        joint=len(joint),
        joint_municipalities=_municipalities(joint),
        unresolved=[item for item in everything if item.project.participation == Project.Participation.UNRESOLVED],
        named_projects=len(named),
        named_municipalities=_municipalities(named),
    )


def summaries(programmes: Iterable[Programme], listed: Iterable[Listed]) -> list[Summary]:
    """Each programme with the counts of its own projects."""
    everything = list(listed)
    return [
        Summary(programme, counts(item for item in everything if item.project.cohort.programme_id == programme.pk))
        for programme in programmes
    ]


def _municipalities(listed: Iterable[Listed]) -> int:
    return len({place.then.pk for item in listed for place in item.places})


def themes_in(listed: Iterable[Listed], themes: Iterable[Theme]) -> list[tuple[Theme, int]]:
    """Each theme with the number of projects known to work on it."""
    keys = [link.theme_id for item in listed for link in item.themes]
    return [(theme, keys.count(theme.pk)) for theme in themes]
