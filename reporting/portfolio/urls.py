"""The programme dashboard."""

from django.urls import path

from reporting.portfolio import downloads, saved, views, warnings

urlpatterns = [
    path("<slug:programme>/", views.dashboard, name="dashboard"),
    path("<slug:programme>/last-ned/<slug:form>/", downloads.dashboard_download, name="dashboard_download"),
    path("<slug:programme>/fylker/last-ned/<slug:form>/", downloads.counties_download, name="counties_download"),
    path("<slug:programme>/varslene/last-ned/<slug:form>/", downloads.rules_download, name="rules_download"),
    path("<slug:programme>/sammenlign/", views.compare, name="dashboard_compare"),
    path("<slug:programme>/sammenlign/last-ned/<slug:form>/", downloads.cohorts_download, name="cohorts_download"),
    path("<slug:programme>/sammenlign/ar/last-ned/<slug:form>/", downloads.years_download, name="years_download"),
    path("<slug:programme>/varslene/", warnings.rule_record, name="rule_record"),
    path("<slug:programme>/varslene/<slug:rule>/slipp/", warnings.rule_release, name="rule_release"),
    path("<slug:programme>/visninger/", saved.saved_views, name="saved_views"),
    path("<slug:programme>/visninger/ny/", saved.saved_view_new, name="saved_view_new"),
    path("<slug:programme>/visninger/<int:view>/", saved.saved_view, name="saved_view"),
    path("<slug:programme>/visninger/<int:view>/slett/", saved.saved_view_delete, name="saved_view_delete"),
    path("<slug:programme>/grunnlag/<slug:slug>/<slug:rule>/", views.evidence, name="dashboard_evidence"),
]
