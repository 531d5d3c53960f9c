"""The analysis of a programme."""

from django.urls import path

from reporting.analysis import views

HERE = "oversikt/<slug:programme>/analyse/"

urlpatterns = [
    path(HERE, views.analysis, name="analysis"),
    path(f"{HERE}<slug:page>/", views.analysis_page, name="analysis_page"),
    path(f"{HERE}<slug:page>/<slug:figure>/last-ned/<slug:form>/", views.analysis_download, name="analysis_download"),
]
