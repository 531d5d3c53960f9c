"""Set-up pages for administrators."""

from django.urls import path

from projects.views import people, places, programmes, projects, roles

PROGRAMME = "program/<slug:programme>/"
COHORT = f"{PROGRAMME}pulje/<slug:cohort>/"
PROJECT = "prosjekt/<slug:slug>/"

urlpatterns = [
    path("", programmes.index, name="setup"),
    path("kommuner/", places.load_places, name="setup_load_places"),
    path("ny-kommune/", places.place_new, name="setup_place_new"),
    path("nytt-program/", programmes.programme_new, name="setup_programme_new"),
    path("personer/", people.people, name="setup_people"),
    path("personer/<int:person>/", people.person, name="setup_person"),
    path(PROGRAMME, programmes.programme, name="setup_programme"),
    path(f"{PROGRAMME}endre/", programmes.programme_edit, name="setup_programme_edit"),
    path(f"{PROGRAMME}nytt-tema/", programmes.theme_new, name="setup_theme_new"),
    path(f"{PROGRAMME}ny-rolle/", roles.programme_role_new, name="setup_programme_role_new"),
    path(f"{PROGRAMME}ny-pulje/", programmes.cohort_new, name="setup_cohort_new"),
    path(COHORT, programmes.cohort, name="setup_cohort"),
    path(f"{COHORT}endre/", programmes.cohort_edit, name="setup_cohort_edit"),
    path(f"{COHORT}nytt-prosjekt/", projects.project_new, name="setup_project_new"),
    path(PROJECT, projects.project, name="setup_project"),
    path(f"{PROJECT}endre/", projects.project_edit, name="setup_project_edit"),
    path(f"{PROJECT}ta-i-bruk/", projects.project_follow, name="setup_project_follow"),
    path(f"{PROJECT}deltakelse/", projects.participation, name="setup_participation"),
    path(f"{PROJECT}ny-rolle/", roles.role_new, name="setup_role_new"),
]
