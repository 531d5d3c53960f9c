"""The programme dashboard."""

from django.urls import path

from reporting.portfolio import views, warnings

urlpatterns = [
    path("<slug:programme>/", views.dashboard, name="dashboard"),
    path("<slug:programme>/varslene/", warnings.rule_record, name="rule_record"),
    path("<slug:programme>/varslene/<slug:rule>/slipp/", warnings.rule_release, name="rule_release"),
    path("<slug:programme>/grunnlag/<slug:slug>/<slug:rule>/", views.evidence, name="dashboard_evidence"),
]
