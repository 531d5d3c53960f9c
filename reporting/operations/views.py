"""The operations page for administrators, and the same for a monitor."""

import platform
from importlib.metadata import version
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.actor import SignedInRequest
from benefits.engine.assess import RULE_VERSION
from benefits.queries.lateness import in_trouble
from journal import watch
from projects.models import Project
from projects.views.pages import administrator_only, crumbs
from reporting.operations.checks import Check, Level, checks, worst
from reporting.operations.wording import broker_check, line
from saman import clock
from saman.broker import ask_broker

SHOWN_NIGHTS = 7
SHOWN_MESSAGES = 20
DATABASES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


@require_safe
@administrator_only
def operations(request: SignedInRequest) -> HttpResponse:
    """How the work by the clock is going, and what to do where it is not well."""
    now, real_now = clock.now(), clock.real_now()
    found = checks(now.date(), now, real_now)
    broker, said = broker_check(ask_broker())
    nights = watch.latest_nights(SHOWN_NIGHTS)
    context = {
        "crumbs": [*crumbs(), (_("Drift"), request.path)],
        "at": real_now,
        "level": worst([*found, broker]).name,
        "lines": [*map(line, found), line(Check("database", Level.WELL), _database()), line(broker, said)],
        "trouble": in_trouble(now.date()),
        "undelivered": watch.undelivered(real_now, SHOWN_MESSAGES),
        "nights": nights,
        "drifted": _drifted([item for night in nights for item in night.outcome.get("drifted", [])]),
        "versions": _versions(),
    }
    return render(request, "operations/operations.html", context)


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Numbers and levels for a monitor, without names: 200 while nothing must be mended, else 503."""
    now = clock.now()
    try:
        found = checks(now.date(), now, clock.real_now())
    except DatabaseError:
        return JsonResponse({"status": "database unavailable"}, status=503)
    level = worst(found)
    body = {"status": level.name.lower(), "checks": {check.name: _plain(check) for check in found}}
    return JsonResponse(body, status=503 if level == Level.BAD else 200)


def _plain(check: Check) -> dict[str, Any]:
    """Ages in seconds; moments as they are."""
    numbers = {name: int(value.total_seconds()) if name == "age" else value for name, value in check.numbers.items()}
    return {"level": check.level.name.lower(), **numbers}


def _database() -> str:
    return _("%(name)s %(version)s svarer.") % {
        "name": DATABASES.get(connection.vendor, connection.vendor),
        "version": ".".join(map(str, connection.get_database_version())),
    }


def _drifted(found: list[dict[str, Any]]) -> list[tuple[Project, list[str]]]:
    """The projects that drifted in the nights shown, and which parts of their verdicts."""
    projects = Project.objects.in_bulk([item["project"] for item in found])
    return [(projects[item["project"]], item["what"]) for item in found if item["project"] in projects]


def _versions() -> dict[str, str]:
    return {
        _("Regelversjon"): str(RULE_VERSION),
        "Python": platform.python_version(),
        "Django": version("django"),
        "Celery": version("celery"),
    }
