"""My work and the project overview."""

from django.urls import path

from reporting.work.views import my_work, project

urlpatterns = [
    path("", my_work.my_work, name="my_work"),
    path("prosjekt/<slug:slug>/", project.project_overview, name="project_overview"),
]
