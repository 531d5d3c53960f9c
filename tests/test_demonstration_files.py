"""Every table of the demonstration to take away: the file has the page's rows and no other, with the page's filters."""

import csv
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from projects.models import Programme, Project, RoleAssignment
from reporting.analysis.pages import PAGES
from tests.architecture.access_table import TABLE
from tests.reporting.portfolio.reading import text
from tests.saman.sheets.reading import content, rows_of
from tests.saman.sheets.test_libreoffice import OFFICE, as_rows, saved_by_office

HEADING = r"<h3[^>]*>(.*?)</h3>"
LINKED = r'<th scope="row"[^>]*><a[^>]*>(.*?)</a>'
NAMED = r'(?:<th scope="row">|<li>)<a class="ds-link" href="[^"]*" lang="[^"]*">(.*?)</a>'
SLUG, LEDGER, PLACE, CODE = "hamar", "etne", "0403", "F2"
Query = Mapping[str, str]


LEADERS = {"project_overview", "target", "milestones", "stakeholders", "initiatives", "benefit_map"}
MOST_QUERIES = 20  # with session and person, whatever is asked for
OF_PROJECTS = {  # the most a project's table asks, of whatever length it is
    "targets_download": 20,
    "measurements_download": 17,
    "milestones_download": 5,
    "freed_time_download": 7,
    "initiatives_download": 7,
    "map_download": 10,
}


@dataclass(frozen=True)
class Table:
    """Where a table stands: its page, the id of its part's heading, how a row begins there, and the column of the file
    that says the same. `filters`: what the page may be asked for; each leaves something out, and something in.
    """

    page: str
    part: str = ""
    row: str = r'<th scope="row"[^>]*>(.*?)</th>'
    key: int = 0
    kept: Callable[[list[str]], bool] = bool
    always: tuple[tuple[str, str], ...] = ()
    filters: tuple[Query, ...] = ()
    args: tuple[str, ...] = ()


def in_list(name: str) -> str:
    return rf'<li id="{name}-\d+"[^>]*>.*?<h3[^>]*>(.*?)</h3>'


TABLES = {
    "catalogue_download": Table(
        "catalogue", "", HEADING, filters=({"fylke": "19"}, {"q": "hamar"}, {"tema": "heltid"})
    ),
    "reported_download": Table("reported", "runde"),
    "targets_download": Table("project_overview", "em", key=1),
    "measurements_download": Table("target", "", r'<tr id="maling-\d+".*?<b class="strong">(.*?)</b>', 1),
    "milestones_download": Table("milestones", "", in_list("milepael")),
    "freed_time_download": Table("freed_time", "", in_list("post"), 2, lambda row: row[1] == "Frigitt tid"),
    "stakeholders_download": Table("stakeholders", "", in_list("gruppe")),
    "initiatives_download": Table("initiatives", "", in_list("tiltak"), 1),
    "map_download": Table("benefit_map", "kt"),
    "municipality_download": Table("municipality", "prosjekter"),
    "grant_download": Table(
        "grant", "vilkar", r'<p class="strong typed"[^>]*>(.*?)</p>', 1, lambda row: row[0] == "Vilkår"
    ),
    "grants_download": Table("grants", "liste", LINKED, filters=({"q": "hamar"}, {"klar": "unknown"})),
    "dashboard_download": Table(
        "dashboard",
        "fallgruver",
        always=(("alle", "1"),),
        filters=({"fylke": "19"}, {"status": "tilbakefall"}, {"q": "hamar"}),
    ),
    "counties_download": Table("dashboard", "fylkestall", key=1, filters=({"status": "tilbakefall"},)),
    "years_download": Table("dashboard_compare", "ar", r'<td class="num">(\d+)</td>', 1),  # the projects in use
    "rules_download": Table("rule_record", "regler", key=1),
    "report_queue_download": Table("report_queue", "", NAMED, filters=({"q": "hamar"}, {"signatur": "signert"})),
    "across_download": Table("across", "svar", HEADING, filters=({"q": "etne"}, {"fylke": "19"})),
    "across_codes_download": Table("across_codes", "koder", HEADING, 1, lambda row: row[2] != "0"),
    "across_code_download": Table("across_code", "steder", HEADING),
    **{
        f"analysis_download {page} {key}": Table(
            "analysis_page", f"h-{key}", args=(page, key), filters=({"fylke": "19"},) * (page == "gevinster")
        )
        for page, one in PAGES.items()
        if page != "lignende"  # shows nothing until somebody has chosen a target to compare
        for key in one.figures
    },
}


NOT_IN_USE = {"cohorts_download"}  # one cohort is compared with nothing: tests/reporting/portfolio/test_compare.py


def test_every_table_to_take_away_is_tried_here():
    assert {name.split()[0] for name in TABLES} | NOT_IN_USE == {name for name in TABLE if name.endswith("_download")}


def addresses(name: str, table: Table, programme: str) -> tuple[str, str]:
    """The page's address, and the file's."""
    known = {
        "slug": LEDGER if "freed_time" in name else SLUG,
        "programme": programme,
        "place": PLACE,
        "code": CODE,
        "number": 1,
    }
    if table.args:
        known |= {"page": table.args[0], "figure": table.args[1]}

    def at(view: str, **more: str) -> str:
        wanted = get_resolver().reverse_dict.getlist(view)[0][0][0][1]
        return reverse(view, kwargs={key: {**known, **more}[key] for key in wanted})

    return at(table.page), at(name.split()[0], form="csv")


def on_page(html: str, table: Table) -> list[str]:
    """What each row says first."""
    main = html.partition("<main")[2]
    found = re.search(rf'<section[^>]*aria-labelledby="{table.part}".*?</section>', main, re.S) if table.part else None
    part = found.group() if found else main
    return [text(row).replace("\u00a0", " ").replace("\u00ad", "") for row in re.findall(table.row, part, re.S)]


def in_file(data: bytes, table: Table) -> list[str]:
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert lines[0][0].startswith("Eksempeldata")
    return [row[table.key].removeprefix("'") for row in lines[2:] if table.kept(row)]


def unmatched(shown: list[str], taken: list[str]) -> list[str]:
    """The rows of the file that are not on the page, and the rows of the page that are not in the file."""
    left = list(shown)
    alone = []
    for said in sorted(taken, key=len, reverse=True):
        same = next((row for row in left if " ".join(said.split()) in row), None)
        if same is None:
            alone.append(said)
        else:
            left.remove(same)
    return alone + left


def people(programme: Programme) -> dict[str, Client]:
    """A browser of the programme's adviser, and one of the leader of the project."""
    roles = RoleAssignment.objects.select_related("person")
    found = {
        "adviser": roles.filter(programme=programme, role="adviser").order_by("pk")[0].person,
        "leader": roles.filter(project__slug=SLUG, role="leader", ends_on=None).order_by("pk")[0].person,
    }
    clients = {who: Client() for who in found}
    for who, client in clients.items():
        client.force_login(found[who])
    return clients


def check(name: str, table: Table, client: Client, programme: str) -> list[str]:
    """What is wrong with a table's file."""
    page, file = addresses(name, table, programme)
    wrong, counts, asked = [], [], []
    for filters in ({}, *table.filters):
        query = {**dict(table.always), **filters}
        answer = client.get(page, query)
        links = [unescape(link) for link in re.findall(r'href="([^"]*)"', answer.text)]
        link = next((one for one in links if one.partition("?")[0] == file), None)
        if link is None:
            return [f"{name} {query}: no link on {page}"]
        with CaptureQueriesContext(connection) as queries:
            data = content(client.get(link))
        shown, taken = on_page(answer.text, table), in_file(data, table)
        other = unmatched(shown, taken)
        if other or not taken:
            wrong.append(f"{name} {query}: {len(shown)} on the page, {len(taken)} in the file, alone: {other[:4]}")
        counts.append(len(taken))
        asked.append(len(queries))
    if any(not 0 < some < counts[0] for some in counts[1:]):
        wrong.append(f"{name}: the filters leave {counts}")
    if max(asked) - min(asked) > 1 or max(asked) > MOST_QUERIES:
        wrong.append(f"{name}: asks the database {asked}")
    return wrong


@pytest.fixture
def demonstration(db, settings):
    """The demonstration as anybody may load it."""
    settings.DEMO = True
    call_command("load_demo", stdout=io.StringIO())
    return Programme.objects.get()


def client_for(table: Table, clients: dict[str, Client]) -> Client:
    return clients["leader" if table.page in LEADERS else "adviser"]


def check_that_each_file_has_the_rows_of_its_page(programme: Programme) -> None:
    """And that it asks the database no more, however long it is; of a demonstration that is loaded."""
    clients, slug = people(programme), programme.slug
    tried = {name: check(name, table, client_for(table, clients), slug) for name, table in TABLES.items()}
    assert not [line for lines in tried.values() for line in lines]
    for name, most in OF_PROJECTS.items():
        asked = of_each_project(clients["adviser"], name)
        assert max(asked.values()) <= most, (name, asked)
        assert len(asked) > 1, "tables of more than one length are tried"


def of_each_project(client: Client, name: str) -> dict[int, int]:
    """How many questions a project's table asks the database, by its number of rows; none where it is empty."""
    asked = {}
    for slug in Project.objects.exclude(followed_since=None).values_list("slug", flat=True):
        view = {"slug": slug, "number": 1, "form": "csv"} if name.startswith("meas") else {"slug": slug, "form": "csv"}
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(reverse(name, kwargs=view))
            rows = len(content(answer).splitlines()) - 2 if answer.status_code == 200 else 0
        if rows > 0:
            asked[rows] = max(len(queries), asked.get(rows, 0))
    return asked


@pytest.mark.robustness
@pytest.mark.thorough
@pytest.mark.skipif(not OFFICE, reason="no LibreOffice")
def test_libreoffice_and_pandas_find_the_same_in_every_file(demonstration, tmp_path):
    """Each table in each form, opened by LibreOffice set up for Norway and saved again, and read by pandas."""
    clients, written = people(demonstration), {}
    for name, table in TABLES.items():
        _page, file = addresses(name, table, demonstration.slug)
        for form in ("csv", "xlsx", "ods"):
            path = tmp_path / form / f"{name.replace(' ', '-')}.{form}"
            path.parent.mkdir(exist_ok=True)
            address = file.replace("/csv/", f"/{form}/")
            path.write_bytes(content(client_for(table, clients).get(address, dict(table.always))))
            written[name, form] = path
    cells = 0
    for form in ("csv", "xlsx", "ods"):
        saved = saved_by_office([path for (_, kind), path in written.items() if kind == form], form, tmp_path)
        for name in TABLES:
            path = written[name, form]
            expected = rows_of(form, path.read_bytes())
            found = as_rows((saved / f"{path.stem}.csv").read_text(encoding="utf-8-sig"), form)
            assert found == expected == rows_of("csv", written[name, "csv"].read_bytes()), (name, form)
            cells += sum(map(len, found))
    print(f"{len(written)} files, {cells} cells")
