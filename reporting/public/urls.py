"""Public addresses."""

from django.urls import path

from reporting.public import views

urlpatterns = [
    path("", views.front, name="front"),
    path("prosjekter/", views.catalogue, name="catalogue"),
    path("prosjekt/<slug:slug>/", views.project, name="public_project"),
    path("om/", views.about, name="about"),
    path("slik-regner-vi/", views.how, name="how"),
    path("personvern/", views.privacy, name="privacy"),
    path("tilgjengelighet/", views.accessibility, name="accessibility"),
]
