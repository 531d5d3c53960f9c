"""The operations page, beside the set-up pages."""

from django.urls import path

from reporting.operations import views

urlpatterns = [
    path("arbeid/oppsett/drift/", views.operations, name="operations"),
    path("helse/drift", views.health, name="health_operations"),
]
