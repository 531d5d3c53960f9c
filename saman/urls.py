"""All addresses: paths in bokmål, without language prefix. Everything under /arbeid/ needs sign-in."""

from django.urls import include, path

from saman import health

urlpatterns = [
    path("", include("reporting.public.urls")),
    path("", include("reporting.opendata.urls")),
    path("", include("accounts.urls")),
    path("helse/live", health.live, name="health_live"),
    path("helse/klar", health.ready, name="health_ready"),
    path("", include("reporting.operations.urls")),
    path("", include("reporting.notices.urls")),
    path("arbeid/", include("reporting.work.urls")),
    path("arbeid/", include("reporting.case.urls")),
    path("arbeid/", include("reporting.analysis.urls")),
    path("arbeid/", include("reporting.across.urls")),
    path("arbeid/", include("reporting.places.urls")),
    path("arbeid/", include("reporting.grants.urls")),
    path("arbeid/", include("benefits.urls")),
    path("arbeid/", include("reporting.annual.urls")),
    path("arbeid/", include("reporting.annual.review_urls")),
    path("arbeid/oversikt/", include("reporting.portfolio.urls")),
    path("arbeid/oppsett/", include("projects.urls")),
]
