"""Loads a catalogue: adds what is missing. What is there is left alone: an administrator may have decided it."""

from dataclasses import dataclass

from django.db import transaction

from accounts.actor import Actor
from municipalities import units
from municipalities.actions import Loaded, load_counties, load_municipalities
from municipalities.models import Municipality
from projects.actions.setup import ProgrammePlan, ProjectPlan, create_cohort, create_programme, create_project
from projects.actions.setup import create_theme as add_theme
from projects.catalogue import Catalogue, Entry
from projects.models import Cohort, MinistryName, Programme, Project, Theme


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a load did. The numbers of the last four say what was added."""

    counties: Loaded
    municipalities: Loaded
    programmes: int
    cohorts: int
    themes: int
    projects: int

    @property
    def changes(self) -> int:
        """How many rows were added or changed in all."""
        places = (self.counties, self.municipalities)
        added = self.programmes + self.cohorts + self.themes + self.projects
        return added + sum(loaded.added + loaded.changed for loaded in places)


@transaction.atomic
def load_catalogue(*, by: Actor, catalogue: Catalogue) -> Outcome:
    """Add the catalogue's places, programme, cohort, themes and projects where they are missing.

    Raises NotAllowed for anyone but the system or an administrator.
    """
    counties = load_counties(by=by, units=units.counties())
    municipalities = load_municipalities(by=by, units=units.municipalities())
    programme, is_new = _programme(by, catalogue)
    themes, new_themes = _themes(by, programme, catalogue)
    cohort, is_new_cohort = _cohort(by, programme, catalogue)
    return Outcome(
        counties=counties,
        municipalities=municipalities,
        programmes=int(is_new),
        cohorts=int(is_new_cohort),
        themes=new_themes,
        projects=_projects(by, cohort, themes, catalogue),
    )


def _programme(by: Actor, catalogue: Catalogue) -> tuple[Programme, bool]:
    found = Programme.objects.filter(slug=catalogue.slug).first()
    if found:
        return found, False
    plan = ProgrammePlan(
        slug=catalogue.slug, name=catalogue.name, description=catalogue.description, language=catalogue.language
    )
    programme = create_programme(by=by, plan=plan)
    Programme.objects.filter(pk=programme.pk).update(
        claimed_projects=catalogue.claimed_projects,
        claimed_municipalities=catalogue.claimed_municipalities,
        claim_source=catalogue.claim_source,
    )
    MinistryName.objects.bulk_create(
        MinistryName(programme=programme, valid_from=row.valid_from, name=row.name, abbreviation=row.abbreviation)
        for row in catalogue.ministries
    )
    return programme, True


def _themes(by: Actor, programme: Programme, catalogue: Catalogue) -> tuple[dict[str, Theme], int]:
    themes = {theme.key: theme for theme in programme.themes.all()}
    missing = [entry for entry in catalogue.themes if entry.key not in themes]
    for entry in missing:
        themes[entry.key] = add_theme(
            by=by,
            programme=programme,
            key=entry.key,
            name_nb=entry.name_nb,
            name_nn=entry.name_nn,
            name_en=entry.name_en,
        )
    return themes, len(missing)


def _cohort(by: Actor, programme: Programme, catalogue: Catalogue) -> tuple[Cohort, bool]:
    found = programme.cohorts.filter(slug=catalogue.cohort_slug).first()
    if found:
        return found, False
    made = create_cohort(
        by=by,
        programme=programme,
        slug=catalogue.cohort_slug,
        name=catalogue.cohort_name,
        starts_on=catalogue.starts_on,
    )
    return made, True


def _projects(by: Actor, cohort: Cohort, themes: dict[str, Theme], catalogue: Catalogue) -> int:
    """Add the entries the cohort lacks; a project is known by its name in the catalogue, whatever its title is now."""
    known = set(cohort.projects.values_list("catalogue_name", flat=True))
    taken = set(Project.objects.values_list("slug", flat=True))
    places = {unit.number: unit.pk for unit in Municipality.objects.valid_on(catalogue.starts_on).only("number", "pk")}
    added = 0
    for order, entry in enumerate(catalogue.in_list_order(), start=1):
        if entry.name not in known:
            slug = entry.slug if entry.slug not in taken else f"{entry.slug}-{catalogue.slug}"
            _add(by, cohort, themes, places, entry, slug=slug, order=order)
            added += 1
    return added


def _add(
    by: Actor, cohort: Cohort, themes: dict[str, Theme], places: dict[str, int], entry: Entry, *, slug: str, order: int
) -> None:
    project = create_project(
        by=by,
        cohort=cohort,
        plan=ProjectPlan(
            slug=slug,
            title=entry.name,
            municipality_ids=tuple(places[number] for number in entry.municipalities),
            host_id=places[entry.host] if entry.host else None,
            themes={themes[key].pk: source for key, source in entry.themes.items()},
        ),
    )
    Project.objects.filter(pk=project.pk).update(
        catalogue_name=entry.name,
        participation=entry.participation,
        participation_note=entry.note,
        list_order=order,
    )
