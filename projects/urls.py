"""Set-up pages for administrators."""

from django.urls import path

from projects import views

urlpatterns = [path("", views.index, name="setup")]
