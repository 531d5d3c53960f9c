"""My work, the project overview and answers to its warnings."""

from django.urls import path

from reporting.work.views import answers, my_work, project

PROJECT = "prosjekt/<slug:slug>/"
WARNING = f"{PROJECT}varsel/<int:pk>/"

urlpatterns = [
    path("", my_work.my_work, name="my_work"),
    path(PROJECT, project.project_overview, name="project_overview"),
    path(f"{PROJECT}last-ned/<slug:form>/", project.targets_download, name="targets_download"),
    path(f"{PROJECT}historikk/", project.project_history, name="project_history"),
    path(WARNING, answers.warning, name="warning"),
    path(f"{WARNING}sett/", answers.warning_seen, name="warning_seen"),
    path(f"{WARNING}tiltak/", answers.warning_action, name="warning_action"),
    path(f"{WARNING}godta/", answers.warning_accept, name="warning_accept"),
    path(f"{WARNING}feil/", answers.warning_false, name="warning_false"),
]
