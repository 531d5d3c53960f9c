"""The programme dashboard."""

from django.urls import path

from reporting.portfolio import views

urlpatterns = [
    path("<slug:programme>/", views.dashboard, name="dashboard"),
    path("<slug:programme>/grunnlag/<slug:slug>/<slug:rule>/", views.evidence, name="dashboard_evidence"),
]
