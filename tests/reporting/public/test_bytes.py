"""What a first visit to a public page, with a cold cache, costs the reader in bytes."""

import gzip
import re
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find

from projects.models import Project
from tests.reporting.annual.writing import a_round, approved, complete, save, send_in

pytestmark = pytest.mark.django_db
MOST_HTML, MOST_SCRIPT, MOST_IN_ALL = 20_000, 50_000, 150_000
MORE = {"/slik-regner-vi/": 160_000}  # every rule and four worked examples: what is ours beside the page is 145 kB
PAGES = [
    "/",
    "/prosjekter/",
    "/prosjekt/{slug}/",
    "/prosjekt/{slug}/rapport/2014/",
    "/kommune/{place}/",
    "/laeringspunkter/",
    "/rapportert/{programme}/",
    "/slik-regner-vi/",
    "/om/",
    "/data/",
]


@pytest.fixture
def furnished(loaded, project, programme, leader, owner, adviser):
    """The real catalogue, and a project with an approved report and as many lessons as one may write."""
    round_ = a_round(programme)
    report = complete(project, round_)
    lesson = {
        "title": "Mål før dere begynner. " * 5,
        "text": "Vi slapp å gjette. " * 15,
        "theme": "maaling",
        "outcome": "worked",
    }
    save(report, leader, "laering", laeringspunkter=[lesson] * 5)
    approved(send_in(report), adviser)
    assert Project.objects.count() > 50
    return {
        "slug": project.slug,
        "programme": programme.slug,
        "place": project.municipalities.get().number,
    }


def size(path):
    """The bytes a file takes on its way; fonts and pictures are packed already."""
    data = Path(path).read_bytes()
    return len(data) if path.endswith((".woff2", ".png")) else len(gzip.compress(data))


def files_of(html):
    """Every file of ours a page makes a browser fetch, those its style sheets name as well."""
    found = set()
    for address in re.findall(rf'<(?:link|script|img|use)\b[^>]*?(?:href|src)="{settings.STATIC_URL}([^"#?]+)', html):
        path = find(unescape(address))
        assert path, address
        found.add(path)
        if path.endswith(".css"):
            named = re.findall(r"url\(['\"]?([^)'\"#?]+)", Path(path).read_text(encoding="utf-8"))
            found |= {str((Path(path).parent / one).resolve()) for one in named if not one.startswith("data:")}
    return {path for path in found if not path.endswith("-ext.woff2")}  # fetched for letters our languages do not have


@pytest.mark.parametrize("address", PAGES)
def test_a_first_visit_is_within_its_budget(address, furnished, client):
    html = client.get(address.format(**furnished)).text
    files = files_of(html)
    assert any(path.endswith(".css") for path in files)
    written = len(gzip.compress(html.encode()))  # as the web server sends it (GZipMiddleware)
    script = sum(size(path) for path in files if path.endswith(".js"))
    assert written <= MOST_HTML
    assert script <= MOST_SCRIPT
    assert written + sum(map(size, files)) <= MORE.get(address, MOST_IN_ALL)
    assert "plotly" not in html
