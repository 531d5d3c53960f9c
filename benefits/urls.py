"""Effect targets, measurements and milestones."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
