"""The set-up pages: a programme, a cohort, a project and its people, made in the browser."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import User
from journal.models import AuditEvent
from projects.models import Programme, Project, RoleAssignment, Theme
from projects.roles import Role
from tests import factories
from tests.projects.setup_forms import new_project, page_of, programme_fields, project_fields, role_fields

pytestmark = pytest.mark.django_db


def test_from_nothing_to_a_leader_who_can_sign_in(browser, mailoutbox):
    """In an empty installation: places, programme, theme, cohort, project, in use, a leader, all in the browser."""
    index = page_of(browser.get(reverse("setup")))
    assert "Lag det første programmet" in index
    assert "Kommunene er ikke hentet inn" in index
    assert "Kommunene er hentet inn" in page_of(browser.post(reverse("setup_load_places"), follow=True))

    made = browser.post(reverse("setup_programme_new"), programme_fields(ministry="KDD", ministry_from="1.1.2014"))
    programme = Programme.objects.get()
    assert made.url == reverse("setup_programme", args=["velferdsloftet"])
    assert [(row.name, row.valid_from) for row in programme.ministry_names.all()] == [("KDD", date(2014, 1, 1))]
    assert "Lag den første puljen" in page_of(browser.get(made.url))

    browser.post(reverse("setup_theme_new", args=[programme.slug]), {"known": ["heltid"], "name_nb": "Øvelse i å dele"})
    assert {theme.key for theme in programme.themes.all()} == {"heltid", "ovelse-i-a-dele"}

    made = browser.post(
        reverse("setup_cohort_new", args=[programme.slug]), {"name": "Pulje 1", "starts_on": "1.1.2015"}
    )
    assert "Lag det første prosjektet" in page_of(browser.get(made.url))

    theme = Theme.objects.get(key="heltid")
    fields = {"title": "Heiltid", "places": ["stord"], "language": "nn", "themes": [theme.pk]}
    made = browser.post(reverse("setup_project_new", args=[programme.slug, "pulje-1"]), fields)
    project = Project.objects.get()
    assert made.url == reverse("setup_project", args=["heiltid"])
    assert [place.name for place in project.municipalities.all()] == ["Stord"]
    assert "Ikke i bruk" in page_of(browser.get(made.url))

    browser.post(reverse("setup_project_follow", args=["heiltid"]), {"starts_on": "1.2.2015", "ends_on": "1.2.2017"})
    project.refresh_from_db()
    assert (project.followed_since, project.ends_on) == (date(2015, 1, 22), date(2017, 2, 1))

    browser.post(reverse("setup_role_new", args=["heiltid"]), role_fields(starts_on="22.01.2015"))
    leader = User.objects.get(email="ny@kommunen.no")
    assert leader.role_assignments.get().role == Role.LEADER
    browser.post(reverse("account_logout"))
    browser.post(reverse("account_login"), {"email": "ny@kommunen.no"})
    assert mailoutbox[0].to == ["ny@kommunen.no"]


def test_every_change_is_in_the_journal(browser, project, admin):
    before = AuditEvent.objects.count()
    browser.post(reverse("setup_programme_new"), programme_fields())
    browser.post(reverse("setup_role_new", args=[project.slug]), role_fields())
    events = AuditEvent.objects.order_by("pk")[before:]
    assert [event.action for event in events] == ["programme_created", "user_created", "role_assigned"]
    assert {event.actor_id for event in events} == {admin.pk}


def test_a_joint_project_has_its_first_municipality_as_host_when_said_so(browser, cohort, stord):
    other = factories.municipality("Fitjar")
    new_project(browser, cohort, project_fields(stord, places=["Fitjar", "Stord"], has_host="on"))
    new_project(browser, cohort, project_fields(stord, title="Uten vert", places=["Fitjar", "Stord"]))
    hosts = [[link.is_host for link in project.participations.all()] for project in Project.objects.all()]
    assert hosts == [[True, False], [False, False]]
    assert Project.objects.first().participations.first().municipality == other


def test_a_known_person_needs_no_name_and_gets_no_role_twice(browser, project, leader):
    url = reverse("setup_role_new", args=[project.slug])
    response = browser.post(url, role_fields(email=leader.email.upper(), name=""))
    assert "allerede denne rollen" in page_of(response)
    assert browser.post(url, role_fields(email=leader.email, name="", role="owner")).status_code == 303
    assert {row.role for row in leader.role_assignments.all()} == {"leader", "owner"}
    assert User.objects.filter(email__iexact=leader.email).count() == 1


def test_a_role_may_be_for_one_municipality_of_a_joint_project(browser, project, stord):
    url = reverse("setup_role_new", args=[project.slug])
    assert 'name="municipality"' not in page_of(browser.get(url))
    project.participations.create(municipality=stord, order=1)
    outside = factories.municipality("Bergen")
    assert browser.post(url, role_fields(municipality=outside.pk)).status_code == 422
    browser.post(url, role_fields(municipality=stord.pk))
    assert RoleAssignment.objects.get(person__email="ny@kommunen.no").municipality == stord


def test_a_programme_has_advisers_and_readers(browser, programme):
    url = reverse("setup_programme_role_new", args=[programme.slug])
    assert browser.post(url, role_fields(role="leader")).status_code == 422
    browser.post(url, role_fields(role="adviser"))
    assert programme.roles.get().role == Role.ADVISER


def test_a_role_is_ended_and_kept_as_history(browser, project, leader):
    row = leader.role_assignments.get()
    url = reverse("setup_role_end", args=[row.pk])
    assert "har vært prosjektleder siden 1. januar 2013" in page_of(browser.get(url))
    early = browser.post(url, {"ends_on": "31.12.2012"})
    assert (early.status_code, "Rollen kan ikke slutte før" in page_of(early)) == (422, True)
    page = page_of(browser.post(url, {"ends_on": "31.12.2014"}, follow=True))
    assert "avsluttet" in page
    assert "31. des. 2014" in page
    assert leader.role_assignments.count() == 2
    again = browser.post(url, {"ends_on": "31.12.2013"})
    assert "Noen andre har endret denne rollen" in page_of(again)


def test_participation_is_decided_with_a_dated_reason(browser, project):
    Project.objects.filter(pk=project.pk).update(participation="unresolved", participation_note="Ringerike: Øvre Eiker")
    url = reverse("setup_participation", args=[project.slug])
    fields = {"participation": "withdrawn", "on": "20.01.2015", "version": "1"}
    assert browser.post(url, {**fields, "reason": ""}).status_code == 422
    assert browser.post(url, {**fields, "reason": "Svar fra kommunen"}).status_code == 303
    project.refresh_from_db()
    assert (project.participation, project.participation_decided_on) == ("withdrawn", date(2015, 1, 20))
    assert project.participation_note == "Ringerike: Øvre Eiker\nSvar fra kommunen"
    assert browser.post(url, {**fields, "participation": "confirmed", "reason": "Nei"}).status_code == 409


def test_a_project_is_taken_into_use_once(browser, cohort, stord):
    new_project(browser, cohort, project_fields(stord))
    url = reverse("setup_project_follow", args=["heltid-pa-stord"])
    wrong = browser.post(url, {"starts_on": "1.2.2015", "ends_on": "1.1.2015"})
    assert (wrong.status_code, "ends_on" in wrong.context["form"].errors) == (422, True)
    browser.post(url, {"starts_on": "1.2.2015", "ends_on": ""})
    browser.post(url, {"starts_on": "1.3.2016", "ends_on": ""})
    assert Project.objects.get().starts_on == date(2015, 2, 1)


def test_a_project_in_use_keeps_a_start_and_its_sources(browser, project):
    theme = Theme.objects.create(programme=project.cohort.programme, key="heltid", name_nb="Heltid")
    project.theme_links.create(theme=theme, source="Fafo-rapport 2014:17")
    place = project.municipalities.get()
    url = reverse("setup_project_edit", args=[project.slug])
    fields = project_fields(place, version="1", themes=[theme.pk])
    assert "må ha en startdato" in page_of(browser.post(url, fields))
    browser.post(url, {**fields, "starts_on": "01.01.2013"})
    project.refresh_from_db()
    assert (project.title, project.version, project.revision) == ("Heltid på Stord", 2, 2)
    assert project.theme_links.get().source == "Fafo-rapport 2014:17"


@pytest.mark.parametrize("version", ["0", "", "-1", "99", "1"])
def test_a_stale_edit_shows_both_and_stores_nothing(browser, programme, version):
    Programme.objects.filter(pk=programme.pk).update(name="Navnet deres", version=2)
    url = reverse("setup_programme_edit", args=[programme.slug])
    response = browser.post(url, programme_fields(name="Navnet mitt", version=version))
    page = page_of(response)
    assert response.status_code == 409
    assert "Noen andre har lagret i mellomtiden" in page
    assert 'value="Navnet mitt"' in page
    assert "<td>Navnet mitt</td><td>Navnet deres</td>" in page
    assert Programme.objects.get().name == "Navnet deres"
    assert 'name="version" value="2"' in page
    assert browser.post(url, programme_fields(name="Navnet mitt", version="2")).status_code == 303


def test_a_stale_cohort_and_project_are_stopped_too(browser, project):
    cohort = project.cohort
    url = reverse("setup_cohort_edit", args=[cohort.programme.slug, cohort.slug])
    assert browser.post(url, {"name": "X", "starts_on": "1.1.2013", "version": "7"}).status_code == 409
    fields = project_fields(project.municipalities.get(), starts_on="1.1.2013", version="7")
    response = browser.post(reverse("setup_project_edit", args=[project.slug]), fields)
    assert (response.status_code, "Heltid på Stord" in page_of(response)) == (409, True)


def test_a_ministry_that_changes_its_name_keeps_the_old(browser, programme):
    url = reverse("setup_programme_edit", args=[programme.slug])
    browser.post(url, programme_fields(ministry="KRD", ministry_from="1.1.2011", version="1"))
    browser.post(url, programme_fields(ministry="KMD", ministry_from="1.1.2014", version="2"))
    assert [row.name for row in programme.ministry_names.all()] == ["KRD", "KMD"]


@pytest.mark.parametrize(
    "name",
    ["setup_programme", "setup_programme_edit", "setup_theme_new", "setup_cohort_new", "setup_programme_role_new"],
)
def test_a_programme_that_is_not_there_is_not_found(browser, name):
    assert browser.get(reverse(name, args=["finnes-ikke"])).status_code == 404


def test_lists_ask_the_database_as_often_however_long_they_are(browser, cohort, django_assert_max_num_queries):
    for _ in range(6):
        made = factories.project(cohort=cohort)
        factories.role(factories.user(), Role.LEADER, made)
        factories.role(factories.user(), Role.ADVISER, cohort.programme)
    slug = cohort.programme.slug
    for name, arguments, most in (
        ("setup", [], 8),
        ("setup_programme", [slug], 10),
        ("setup_cohort", [slug, cohort.slug], 9),
        ("setup_project", [made.slug], 10),
    ):
        with django_assert_max_num_queries(most):
            browser.get(reverse(name, args=arguments))
