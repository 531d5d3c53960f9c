"""The bench's own addresses beside the product's; never a part of the product."""

from typing import Any

from django.contrib import admin
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from projects.models import Project
from reporting.portfolio.views import dashboard
from tests.bench import naive
from tests.bench.world import TODAY, WATCHED


class List(admin.ModelAdmin):
    """Fifty-one rows with the same relations fetched as the dashboard has."""

    list_display = ("title", "cohort", "starts_on", "ends_on", "revision")
    list_select_related = ("cohort__programme", "assessment")
    list_filter = ("cohort",)
    search_fields = ("title",)

    def get_queryset(self, request: HttpRequest) -> Any:
        """The dashboard's rows."""
        return super().get_queryset(request).filter(cohort__programme__slug=WATCHED)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever is signed in, as far as the bench goes."""
        return True

    has_module_permission = has_change_permission = has_view_permission


class Lists(admin.AdminSite):
    """Django's admin, without asking who may."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whoever is signed in."""
        return request.user.is_authenticated


lists = Lists()
lists.register(Project, List)


def anew(request: HttpRequest) -> HttpResponse:
    """The dashboard with nothing of it kept."""
    caches["pages"].clear()
    return dashboard(request, WATCHED)


def on_read(request: HttpRequest) -> HttpResponse:
    """The dashboard, each project judged from its measurements when it is read."""
    ids = Project.objects.filter(cohort__programme__slug=WATCHED).values_list("pk", flat=True)
    for pk in ids:
        naive.judged(pk, TODAY)
    return anew(request)


urlpatterns = [
    path("bench/admin/", lists.urls),
    path("bench/anew/", anew),
    path("bench/on-read/", on_read),
    path("", include("saman.urls")),
]
