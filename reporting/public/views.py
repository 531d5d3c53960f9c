"""Public pages: the catalogue as it is, and approved results only."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from projects.models import Project


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """The front page."""
    return render(request, "public/front.html")


@login_not_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """All projects, also those nobody uses yet."""
    return render(request, "public/catalogue.html", {"projects": Project.objects.all()})


@login_not_required
@require_safe
def project(request: HttpRequest, slug: str) -> HttpResponse:
    """One project as the public sees it."""
    return render(request, "public/project.html", {"project": get_object_or_404(Project, slug=slug)})


@login_not_required
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What the programme is."""
    return render(request, "public/about.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored about people."""
    return render(request, "public/privacy.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "public/accessibility.html")
