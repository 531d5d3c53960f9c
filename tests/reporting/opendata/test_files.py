"""The files of open data: what is published and no more, the same at each asking, and for anybody's page to read."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from rdflib import DCAT, DCTERMS, RDF, Graph, URIRef

from reporting.annual.models import Published
from reporting.opendata.datasets import DATASETS
from reporting.opendata.files import digest_of
from tests import factories
from tests.reporting.annual.writing import a_round, approved, sent_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(project, programme, leader, owner, adviser):
    """A report for 2013 with two targets, approved; the second's figure is about few and hidden."""
    for number, value in enumerate(("9.9", "7.3")):
        factories.measurement(factories.target(project, is_main=not number), date(2013, 12, 31), value)
    row = approved(sent_in(project, a_round(programme, 2013), date(2014, 1, 20)), adviser, date(2014, 1, 30))
    row.targets.filter(number=2).update(is_suppressed=True)  # its value is left, to see that it stays inside
    return row


def table(client, key):
    answer = client.get(f"/data/v1/{key}.csv")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.getvalue().decode())))


def test_results_are_those_published(published, project, client):
    first, second = table(client, "resultater")
    assert (first["prosjekt"], first["rapport"], first["per_dato"]) == (project.slug, "2013", "2014-01-20")
    assert (first["resultat"], first["foer"], first["maalt"], first["maalet"]) == ("paa_vei", "10.8", "9.9", "9")
    assert (second["foer"], second["maalt"], second["skjult"]) == ("", "", "true")


def test_what_is_not_as_it_was_published_is_in_no_file(published, client):
    Published.objects.update(contents="not what was published")
    assert (table(client, "resultater"), table(client, "laeringspunkter")) == ([], [])
    assert {row["med_godkjent_rapport"] for row in table(client, "oppsummert")} == {"0"}


def test_what_people_typed_is_no_formula_in_a_spreadsheet(published, client):
    typed = '=HYPERLINK("https://eksempel.no")'
    published.targets.filter(number=1).update(title=typed)
    assert table(client, "resultater")[0]["maal"] == f"'{typed}"
    assert json.loads(client.get("/data/v1/resultater.json").getvalue())["rows"][0]["maal"] == typed


def test_a_hidden_figure_is_in_no_file(published, client):
    for key in DATASETS:
        for form in ("csv", "json", "csv-metadata.json"):
            assert b"7.3" not in client.get(f"/data/v1/{key}.{form}").getvalue(), (key, form)


def test_nothing_is_there_before_approval(project, programme, leader, owner, client):
    factories.measurement(factories.target(project), date(2013, 12, 31), "9.9")
    sent_in(project, a_round(programme, 2013), date(2014, 1, 20))
    assert table(client, "resultater") == []
    assert [row["mottatt"] for row in table(client, "rapporter")] == ["2014-01-20"]


def test_counts_are_those_of_the_rows(published, client):
    results = table(client, "resultater")
    for row in table(client, "oppsummert"):
        parts = [int(row[word]) for word in ("naadd", "paa_vei", "ikke_naadd", "ikke_maalt")]
        assert sum(parts) == int(row["effektmaal"]) == len(results)


def test_csv_and_json_say_the_same_and_the_columns_are_explained(published, client, settings):
    settings.DEMO = False
    for key in DATASETS:
        rows, said = table(client, key), json.loads(client.get(f"/data/v1/{key}.json").getvalue())
        keys = [column["key"] for column in said["columns"]]
        assert len(said["rows"]) == len(rows)
        assert all(list(row) == keys for row in (*rows, *said["rows"]))
        assert all(column["definition"][language] for column in said["columns"] for language in ("nb", "nn", "en"))
        assert said["is_example"] is False
        about = json.loads(client.get(f"/data/v1/{key}.csv-metadata.json").getvalue())
        assert [column["name"] for column in about["tableSchema"]["columns"]] == keys


def test_a_demonstration_says_so_in_the_first_line_and_in_each_row(published, client, settings):
    settings.DEMO = True
    answer = client.get("/data/v1/resultater.csv")
    first, *rows = answer.getvalue().decode().splitlines()
    assert first.startswith("eksempeldata,")
    assert all(row.startswith("true,") for row in rows)
    assert 'filename="eksempeldata-resultater.csv"' in answer["Content-Disposition"]
    assert json.loads(client.get("/data/v1/resultater.json").getvalue())["is_example"] is True


def test_who_has_it_already_is_told_until_it_changes(published, client):
    etag = client.get("/data/v1/resultater.json")["ETag"]
    same = client.get("/data/v1/resultater.json", headers={"If-None-Match": etag})
    assert (same.status_code, same["ETag"]) == (304, etag)
    published.targets.filter(number=1).update(word="reached")
    assert client.get("/data/v1/resultater.json", headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("change", [{"title": "Ny tittel"}, {"description": "Ny"}, {"columns": ()}])
def test_another_description_is_another_content(change):
    dataset = replace(DATASETS["resultater"], columns=DATASETS["resultater"].columns[:1])
    assert digest_of(dataset, [], "json") != digest_of(replace(dataset, **change), [], "json")
    other = replace(dataset, columns=[replace(dataset.columns[0], kind="boolean")])
    assert digest_of(dataset, [], "json") != digest_of(other, [], "json")


def test_files_are_anybodys_and_know_nobody(published, client, leader):
    client.force_login(leader)
    for path in ("/data/v1/resultater.csv", "/data/katalog.ttl"):
        answer = client.get(path)
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cache-Control"] == "public, no-cache"
        assert "Cookie" not in answer["Vary"]
        assert not answer.cookies
    assert "Access-Control-Allow-Origin" not in client.get("/data/")
    assert "Access-Control-Allow-Origin" not in client.get("/prosjekter/")


@pytest.mark.parametrize(("ending", "form"), [("ttl", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld")])
def test_the_catalogue_has_what_dcat_ap_no_demands(published, client, ending, form):
    graph = Graph().parse(data=client.get(f"/data/katalog.{ending}").content, format=form)
    [root] = graph.subjects(RDF.type, DCAT.Catalog)
    demanded = (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.contactPoint, DCTERMS.identifier)
    assert all((root, name, None) in graph for name in demanded)
    sets = list(graph.objects(root, DCAT.dataset))
    assert len(sets) == len(DATASETS)
    for node in sets:
        assert all((node, name, None) in graph for name in (*demanded, DCAT.theme, DCTERMS.accessRights))
        assert {text.language for text in graph.objects(node, DCTERMS.title)} == {"nb", "nn", "en"}
        files = list(graph.objects(node, DCAT.distribution))
        assert len(files) == 2
        for file in files:
            named = (DCAT.accessURL, DCAT.downloadURL, DCTERMS["format"], DCTERMS.license)
            assert all(isinstance(graph.value(file, name), URIRef) for name in named)


def test_the_catalogue_is_in_the_form_that_is_preferred(db, client):
    for media in ("text/turtle", "application/rdf+xml", "application/ld+json"):
        answer = client.get("/data/katalog", headers={"Accept": media})
        assert answer["Content-Type"].startswith(media)
        assert "Accept" in answer["Vary"]
    assert client.get("/data/katalog.xlsx").status_code == 404
    assert client.get("/data/v1/finnes-ikke.csv").status_code == 404


def test_files_ask_few_questions(published, client, django_assert_max_num_queries):
    for key in DATASETS:
        with django_assert_max_num_queries(7):
            client.get(f"/data/v1/{key}.json").getvalue()
