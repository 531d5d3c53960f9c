"""Goals 8 and 9: what a page of the same programme costs while other programmes grow around it."""

from statistics import quantiles

from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.models import Project
from tests.bench.measure import recompute, tell, timed
from tests.bench.world import WATCHED, adviser, grow, watch

SIGNING_IN = 2  # session and person
found: dict[int, dict[str, tuple[float, int]]] = {}  # by size, what each page was measured at
MOST = {"dashboard": 8, "project": 14, "catalogue": 8}


def pages() -> dict[str, str]:
    """The pages that are measured."""
    slug = Project.objects.filter(cohort__programme__slug=WATCHED).earliest("pk").slug
    return {
        "dashboard": reverse("dashboard", args=[WATCHED]),
        "project": reverse("project_overview", args=[slug]),
        "catalogue": reverse("catalogue"),
    }


def measured(times: int = 40) -> dict[str, tuple[float, int]]:
    """For each page its p95 in seconds and its queries beyond session and person; the pages are asked in turn."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(adviser())
    took: dict[str, list[float]] = {name: [] for name in pages()}
    counts = {}
    for name, address in pages().items():  # templates and plans are made once
        assert client.get(address).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            made_anew(client, address)
        counts[name] = len(asked) - SIGNING_IN
    for _ in range(times):
        for name, address in pages().items():
            took[name].append(timed(lambda address=address: made_anew(client, address)))
    return {name: (quantiles(each, n=20)[-1], counts[name]) for name, each in took.items()}


def made_anew(client: Client, address: str) -> None:
    """Ask for a page of which nothing is kept."""
    caches["pages"].clear()
    client.get(address)


def grown(numbers: list[int]) -> None:
    """From size to size, for pages alone."""
    call_command("migrate", verbosity=0)
    for size in numbers:
        grow(size)
        recompute()
        look(size)


def look(size: int) -> None:
    """Measure the pages of the first projects, which are a programme of their own from then on."""
    if not found:
        watch()
        recompute()
    found[size] = measured()


def told() -> None:
    """Compare the largest size with the smallest."""
    few, many = min(found), max(found)
    print(f"\nThe same programme of {few:,}, in a database of {many:,} projects")
    for name in MOST:
        (little, _), (much, _) = found[few][name], found[many][name]
        what = f"{name}, p95 {1000 * little:.0f} and {1000 * much:.0f} ms"
        if name == "catalogue":
            tell("8", f"{what} (all programmes on one page: it has no next page)", much / little, "at most", 1.5)
        else:
            tell("8", what, much / little, "at most", 1.25)
    for name, most in MOST.items():
        for size in (few, many):
            tell("9", f"{name}, queries at {size:,}", found[size][name][1], "at most", most, "")
