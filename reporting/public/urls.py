"""Public addresses."""

from django.urls import path

from reporting.public import views

urlpatterns = [
    path("", views.front, name="front"),
    path("prosjekter/", views.catalogue, name="catalogue"),
    path("prosjekter/last-ned/<slug:form>/", views.catalogue_download, name="catalogue_download"),
    path("prosjekt/<slug:slug>/", views.project, name="public_project"),
    path("prosjekt/<slug:slug>/rapport/<slug:published>/", views.report, name="public_report"),
    path("prosjekt/<slug:slug>/rapport/<slug:published>.pdf", views.report_pdf, name="public_report_pdf"),
    path("kommune/<str:place>/", views.municipality, name="public_municipality"),
    path("rapportert/<slug:programme>/", views.reported, name="reported"),
    path("rapportert/<slug:programme>/last-ned/<slug:form>/", views.reported_download, name="reported_download"),
    path("laeringspunkter/", views.lessons, name="lessons"),
    path("om/", views.about, name="about"),
    path("slik-regner-vi/", views.how, name="how"),
    path("kontroller/", views.verify, name="verify"),
    path("personvern/", views.privacy, name="privacy"),
    path("tilgjengelighet/", views.accessibility, name="accessibility"),
]
