"""My work and the project overview."""

from django.urls import path

from reporting.work import views

urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("prosjekt/<slug:slug>/", views.project_overview, name="project_overview"),
]
