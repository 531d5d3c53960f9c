"""Notices, under the person's account."""

from django.urls import path

from reporting.notices import views

urlpatterns = [path("arbeid/konto/varsler/", views.notices, name="notices")]
