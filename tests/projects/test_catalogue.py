"""The catalogue of pulje 2, checked against the source's own printed list."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.actor import Actor, NotAllowed, system
from journal.models import AuditEvent, Installation
from municipalities.models import Municipality
from projects import catalogue
from projects.actions import setup
from projects.actions.catalogue import load_catalogue
from projects.models import Programme, Project
from tests import factories

CONFIRMED = Project.Participation.CONFIRMED
# The list's own slips of the pen, mended in the names.
MENDED = {
    "Hedemark": "Hedmark",
    "Sogn- og Fjordane": "Sogn og Fjordane",
    "Innherred Samkommune": "Innherred samkommune",
}
BY = system(factories.noon(factories.START))


def _printed():
    """The printed list as (county, project, municipalities)."""
    for line in catalogue.read().printed:
        county, names = line.split(": ", 1)
        for entry in re.findall(r"([^,:(]+)(?:\(([^)]*)\))?[,:]?\s*", names):
            name = entry[0].strip()
            members = re.split(r", | og ", entry[1]) if entry[1] else [name]
            yield MENDED.get(county, county), MENDED.get(name, name), sorted(members)


@pytest.fixture
def loaded(db):
    return load_catalogue(by=BY, catalogue=catalogue.read())


@pytest.fixture
def saman(loaded):
    return Programme.objects.get(slug="saman")


def test_the_rows_are_the_printed_list(loaded):
    rows = [
        (row.county.name, project.catalogue_name, sorted(unit.name for unit in project.municipalities.all()))
        for project in Project.objects.prefetch_related("municipalities__county")
        for row in project.municipalities.all()[:1]
    ]
    assert sorted(rows) == sorted(_printed())
    assert len(rows) == 52
    assert sum(len(members) for *_, members in rows) == 60


def test_order_is_the_lists_with_the_unresolved_one_last(loaded):
    names = [name for _, name, _ in _printed()]
    names.append(names.pop(names.index("Ringerike")))
    assert list(Project.objects.values_list("catalogue_name", flat=True)) == names


def test_confirmed_participation_is_51_projects_in_59_municipalities(saman):
    confirmed = Project.objects.filter(participation=CONFIRMED)
    assert (confirmed.count(), Municipality.objects.filter(projects__in=confirmed).distinct().count()) == (51, 59)
    assert (saman.claimed_projects, saman.claimed_municipalities) == (51, 59)
    assert "51 prosjekt, 59 kommuner" in saman.claim_source


def test_ringerike_is_unresolved_with_the_lists_own_words(loaded):
    [unresolved] = Project.objects.exclude(participation=CONFIRMED)
    assert (unresolved.title, unresolved.participation) == ("Ringerike", Project.Participation.UNRESOLVED)
    assert unresolved.participation_note == "Ringerike: Øvre Eiker"
    assert unresolved.participation_decided_on is None


def test_nothing_is_claimed_about_a_project_but_names_and_known_themes(loaded):
    known = dict(Project.objects.exclude(themes=None).values_list("title", "themes__key"))
    assert known == {
        "Hamar": "heltid",
        "Surnadal": "heltid",
        "Sørum": "kompetanse",
        "Lofotsamarbeid": "kompetanse",
        "Øvre Eiker": "omdomme",
        "Rissa": "omdomme",
        "Åsnes": "omdomme",
    }
    assert not Project.objects.filter(theme_links__source="", theme_links__isnull=False).exists()
    assert set(Project.objects.values_list("followed_since", "starts_on", "ends_on", "summary")) == {
        (None, None, None, "")
    }


def test_joint_projects_and_the_one_known_host(loaded):
    joint = {project.title: project.municipalities.count() for project in Project.objects.all()}
    assert {title: count for title, count in joint.items() if count > 1} == {
        "Lofotsamarbeid": 4,
        "Innherred samkommune": 2,
        "Listerregionen": 5,
    }
    hosts = Project.objects.filter(participations__is_host=True)
    assert list(hosts.values_list("title", "participations__municipality__name")) == [("Lofotsamarbeid", "Røst")]


def test_programme_cohort_themes_and_ministries(saman):
    assert saman.language == "nn"
    assert list(saman.cohorts.values_list("slug", "name", "starts_on__year")) == [("pulje-2", "Pulje 2", 2013)]
    assert list(saman.themes.values_list("key", flat=True)) == ["heltid", "sykefravaer", "kompetanse", "omdomme"]
    assert list(saman.ministry_names.values_list("abbreviation", "valid_from__year")) == [("KRD", 2011), ("KMD", 2014)]


def test_slugs_are_plain_ascii(loaded):
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in Project.objects.values_list("slug", flat=True))


def test_a_second_load_changes_nothing(loaded):
    before = list(Project.objects.values()), AuditEvent.objects.count()
    assert load_catalogue(by=BY, catalogue=catalogue.read()).changes == 0
    assert (list(Project.objects.values()), AuditEvent.objects.count()) == before


def test_what_an_administrator_has_decided_stays(loaded, admin):
    by = Actor(user=admin, now=factories.noon(factories.START))
    ringerike = Project.objects.get(slug="ringerike")
    setup.decide_participation(
        by=by, project=ringerike, version=1, participation="withdrawn", on=factories.START, reason="Svar fra kommunen."
    )
    hamar = Project.objects.get(slug="hamar")
    places = tuple(hamar.municipalities.values_list("pk", flat=True))
    plan = setup.ProjectPlan(slug="hamar", title="Heltid på Hamar", starts_on=factories.START, municipality_ids=places)
    setup.change_project(by=by, project=hamar, version=hamar.version, plan=plan)
    setup.start_following(by=by, project=hamar, starts_on=factories.START, ends_on=None)
    before = list(Project.objects.values())

    assert load_catalogue(by=BY, catalogue=catalogue.read()).changes == 0
    assert list(Project.objects.values()) == before
    assert Project.objects.get(slug="hamar").themes.count() == 0


def test_a_missing_entry_is_added_again_without_touching_the_rest(loaded):
    Project.objects.filter(slug="os").delete()
    outcome = load_catalogue(by=BY, catalogue=catalogue.read())
    assert (outcome.projects, outcome.changes) == (1, 1)
    assert Project.objects.get(slug="os").list_order == 7


def test_an_address_somebody_else_has_is_not_taken(db):
    factories.project(slug="os", title="Noe annet")
    load_catalogue(by=BY, catalogue=catalogue.read())
    assert Project.objects.get(catalogue_name="Os").slug == "os-saman"


def test_only_an_administrator_or_the_system_loads(db, stranger):
    with pytest.raises(NotAllowed):
        load_catalogue(by=Actor(user=stranger, now=factories.noon(factories.START)), catalogue=catalogue.read())
    assert not Programme.objects.exists()


def test_the_command_says_what_it_did_and_marks_nothing(db):
    first, second = StringIO(), StringIO()
    call_command("load_catalogue", stdout=first)
    call_command("load_catalogue", stdout=second)
    assert "projects: 52 added" in first.getvalue()
    assert second.getvalue() == "Catalogue: nothing to add.\n"
    assert not Installation.objects.exists()
