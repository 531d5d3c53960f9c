"""The programme dashboard."""

from django.urls import path

from reporting.portfolio import views

urlpatterns = [path("<slug:programme>/", views.dashboard, name="dashboard")]
