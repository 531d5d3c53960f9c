"""The page of a municipality."""

from django.urls import path

from reporting.places import views

urlpatterns = [
    path("kommune/<str:place>/", views.municipality, name="municipality"),
    path("kommune/<str:place>/last-ned/<slug:form>/", views.municipality_download, name="municipality_download"),
]
