"""Addresses of open data: the same for ever."""

from django.urls import path

from reporting.opendata import views
from reporting.opendata.datasets import VERSION

urlpatterns = [
    path("data/", views.page, name="opendata"),
    path("data/katalog", views.catalogue, name="opendata_catalogue"),
    path("data/katalog.<slug:notation>", views.catalogue, name="opendata_catalogue_file"),
    path(f"data/{VERSION}/<slug:dataset>.csv", views.file, {"form": "csv"}, name="opendata_csv"),
    path(f"data/{VERSION}/<slug:dataset>.json", views.file, {"form": "json"}, name="opendata_json"),
    path(
        f"data/{VERSION}/<slug:dataset>.csv-metadata.json",
        views.file,
        {"form": "csv-metadata.json"},
        name="opendata_metadata",
    ),
]
