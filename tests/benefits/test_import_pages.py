"""«Hent fra fil»: every row has a verdict, nothing is stored before it is accepted, and drafts wait."""

import re
from datetime import date
from decimal import Decimal as D

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from benefits.models import Measurement
from journal.models import AuditEvent
from projects.models import Project
from projects.revision import touch
from saman.tables.reading import read_table
from tests import factories
from tests.saman.tables.workbook import cell, workbook

pytestmark = pytest.mark.django_db

GOOD = (
    "Mål;Dato;Verdi;Antall bak tallet;Kilde;Foreløpig;Merknad\nE1;2013;10,2;200;Lønn;;\nE1;2014;9,6;;;ja;Ny turnus \n"
)
DRAFT, REGISTERED = Measurement.State.DRAFT, Measurement.State.REGISTERED


@pytest.fixture
def target(project):
    """A yearly target from 10,8 % at the end of 2012 to 9,0 % at the end of 2015, with nothing measured."""
    return factories.target(
        project,
        frequency="yearly",
        baseline_on=date(2012, 12, 31),
        baseline_points=1,
        plausible_min=D("0.5"),
        plausible_max=D(30),
        planned=(date(2013, 12, 31), date(2014, 12, 31), date(2015, 12, 31)),
        source="=Lønn",
    )


@pytest.fixture
def web(client, leader):
    client.force_login(leader)
    return client


def url(project, name="measurements_import"):
    return reverse(name, args=[project.slug])


def send(web, project, content, **fields):
    content = content.encode() if isinstance(content, str) else content
    return web.post(url(project), {"file": SimpleUploadedFile("=tall.csv", content), **fields})


def accept(web, project, answer, **fields):
    """Send back what the page carries, as its form would."""
    page = answer.content.decode()
    found = {name: re.search(f'name="{name}" value="([^"]*)"', page)[1] for name in ("rows", "seen")}
    return web.post(url(project), {**found, "store": "1", **fields})


def verdicts(answer):
    return [(entry.verdict.value, entry.words) for entry in answer.context["reading"].entries]


def words(answer):
    return [text for _verdict, text in verdicts(answer)]


def live(project, state=DRAFT):
    rows = Measurement.objects.live().filter(target__project=project, state=state).order_by("measured_on")
    return [(row.measured_on.isoformat(), row.value) for row in rows]


def test_a_file_is_shown_row_by_row_and_stored_only_when_accepted(web, project, target):
    answer = send(web, project, GOOD)
    assert answer.status_code == 200
    assert verdicts(answer) == [("ready", ""), ("ready", "")]
    assert "Lagre 2 målinger som utkast" in answer.content.decode()
    assert Measurement.objects.count() == 0

    stored = accept(web, project, answer)
    assert stored.status_code == 303
    assert live(project) == [("2013-12-31", D("10.2")), ("2014-12-31", D("9.6"))]
    row = Measurement.objects.get(measured_on=date(2014, 12, 31))
    assert (row.note, row.is_preliminary, row.source, row.n) == ("Ny turnus", True, "=Lønn", None)
    assert AuditEvent.objects.filter(action="measurements_imported").count() == 1


def test_drafts_count_for_nothing_until_they_are_registered_and_then_for_all(web, project, target, leader):
    accept(web, project, send(web, project, GOOD))
    before = Project.objects.get(pk=project.pk).revision
    assert Measurement.objects.counting(date(2015, 1, 22)).count() == 0
    page = web.get(reverse("target", args=[project.slug, target.number])).content.decode()
    assert "2 utkast venter på å bli registrert" in page
    assert "10,2" not in page

    rows = web.get(url(project, "measurement_drafts")).context["rows"]
    web.post(url(project, "measurement_drafts"), {"id": [row.pk for row in rows], "register": "1"})
    assert live(project, REGISTERED) == [("2013-12-31", D("10.2")), ("2014-12-31", D("9.6"))]
    assert live(project) == []
    assert Project.objects.get(pk=project.pk).revision > before
    # What was known before they were registered stays known: the drafts are superseded, not changed.
    assert Measurement.objects.filter(state=DRAFT).exclude(superseded_at=None).count() == 2
    page = web.get(reverse("target", args=[project.slug, target.number])).content.decode()
    assert "9,6" in page
    assert "trukket måling" not in page
    assert "Rettet fra" not in page


def test_drafts_can_be_thrown_away_and_someone_elses_choice_is_told(web, project, target):
    accept(web, project, send(web, project, GOOD))
    ids = list(Measurement.objects.values_list("pk", flat=True))
    web.post(url(project, "measurement_drafts"), {"id": ids[:1], "discard": "1"})
    assert live(project) == [("2014-12-31", D("9.6"))]
    answer = web.post(url(project, "measurement_drafts"), {"id": ids, "register": "1"}, follow=True)
    assert "Noen andre har registrert eller forkastet" in answer.content.decode()
    assert live(project, REGISTERED) == []
    answer = web.post(url(project, "measurement_drafts"), {"register": "1", "id": "x"}, follow=True)
    assert "Kryss av for minst én måling." in answer.content.decode()


def test_the_same_file_again_changes_nothing(web, project, target):
    first = send(web, project, GOOD)
    accept(web, project, first)
    again = send(web, project, GOOD)
    assert [verdict for verdict, _words in verdicts(again)] == ["known", "known"]
    assert "Alle tallene er lagret fra før. Ingenting er endret." in again.content.decode()
    assert accept(web, project, first).status_code == 409  # the old page, sent twice
    assert Measurement.objects.count() == 2


def test_our_own_export_comes_back_as_nothing_new(web, project, target):
    factories.measurement(target, date(2013, 12, 31), "10.2", source="=1+1", note="-3", n=200)
    exported = web.get(reverse("measurements_download", args=[project.slug, target.number, "csv"]))
    assert [verdict for verdict, _words in verdicts(send(web, project, exported.getvalue()))] == ["known"]


def test_one_wrong_row_keeps_the_whole_file_out(web, project, target):
    answer = send(web, project, GOOD + "E1;2012;ca. 12;;;;\n")
    assert answer.status_code == 422
    assert [verdict for verdict, _words in verdicts(answer)] == ["ready", "ready", "wrong"]
    page = answer.content.decode()
    assert "1 rad må rettes i filen. Ingenting er lagret." in page
    assert 'name="store"' not in page
    # Nor can it be forced by sending the rows back by hand.
    reading = answer.context["reading"]
    forced = web.post(url(project), {"rows": reading.carried, "seen": reading.digest, "store": "1"})
    assert forced.status_code == 422
    assert Measurement.objects.count() == 0


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("E1;2016;9;;;;", "Perioden er ikke over ennå."),
        ("E1;31.02.2014;9;;;;", "Datoen finnes ikke."),
        ("E1;01/02/14;9;;;;", "Skriv året med fire siffer"),
        ("E1;;9;;;;", "Skriv når det ble målt."),
        ("E1;2014;104;;;;", "Tallet kan ikke være over 100"),
        ("E1;2014;-1;;;;", "Tallet kan ikke være under 0"),
        ("E1;2014;1.234;;;;", "kan leses på to måter"),
        ("E1;2014;1e3;;;;", "Skriv bare tallet"),
        ("E1;2014;NaN;;;;", "Skriv bare tallet"),
        ("E1;2014;=1+1;;;;", "Skriv bare tallet"),
        ("E1;2014;#DIV/0!;;;;", "Cellen viser feilen #DIV/0!"),
        ("E1;2014;9;0;;;", "Antallet bak tallet må være et helt tall"),
        ("E1;2014;9;2,5;;;", "Antallet bak tallet må være et helt tall"),
        ("E9;2014;9;;;;", "Prosjektet har ikke noe mål som heter «E9»."),
        ("E1;2014;9;;;kanskje;", "Skriv ja eller nei"),
        ("E1;2014;9;;;;010107 50160", "ser ut til å inneholde et fødselsnummer"),
        ("E1;2014;9;;;;;;overflødig", "Raden har flere celler enn overskriftene."),
    ],
)
def test_what_cannot_be_used_is_told_at_its_row(web, project, target, row, said):
    answer = send(web, project, GOOD.split("\n", 1)[0] + "\n" + row + "\n")
    [(verdict, text)] = verdicts(answer)
    assert verdict == "wrong"
    assert said in text
    assert Measurement.objects.count() == 0


def test_a_messy_workbook_is_understood(web, project, target):
    rows = [
        ["Sykefravær, hele enheten"],
        [],
        ["MÅL ", "Dato", "Verdi (%)", "Teller", "Nevner", "Kommentar", "Ukjent"],
        ["E1", cell("B4", 41639, style=1), cell("C4", 0.102, style=2), None, None, "  med mellomrom  ", "x"],
        [None, 42004, cell("C5", 9.6, formula="SUM(H1:H9)"), None, None, None],
        [None, 2012, None, 21, 200, None],
        ["E1", 2012, None, 21, 200, None],
        ["E1", 2011, 12, None, None, "skjult"],
        ["E1", 2010, None, None, None, "uten tall"],
    ]
    answer = send(web, project, workbook(rows, merged=["A1:C1", "A4:A6"], hidden={8}))
    assert verdicts(answer) == [
        ("ready", ""),
        ("ready", ""),
        ("ready", ""),
        ("skipped", "Lik rad 6."),
        ("skipped", "Raden er skjult i filen, og er ikke tatt med."),
        ("skipped", "Ingen tall i raden."),
    ]
    assert answer.context["reading"].layout.unused == ("Ukjent",)
    accept(web, project, answer)
    assert live(project) == [("2012-12-31", D("10.5")), ("2013-12-31", D("10.2")), ("2014-12-31", D("9.6"))]
    first = Measurement.objects.get(measured_on=date(2012, 12, 31))
    assert (first.numerator, first.denominator) == (21, 200)


def test_figures_shared_with_the_row_above_and_formulas_without_a_value_are_not_guessed(web, project, target):
    rows = [
        ["Dato", "Verdi", "Antall"],
        [2012, 10, 20],
        [2013, None, 20],
        [2014, cell("B4", None, formula="1+1"), 20],
    ]
    answer = send(web, project, workbook(rows, merged=["B2:B3"]))
    assert words(answer)[1:] == [
        "Cellen er slått sammen med raden over. Skriv tallet på hver rad.",
        "Formelen er ikke regnet ut. Åpne filen i Excel, lagre den, og prøv igjen.",
    ]


def test_rows_that_disagree_with_each_other_or_with_what_is_stored_are_wrong(web, project, target):
    factories.measurement(target, date(2013, 12, 31), "10.2")
    answer = send(web, project, "Dato;Verdi\n2013;10,4\n2014;9,6\n2014;9,7\n2014;9,6\n")
    assert verdicts(answer) == [
        ("wrong", "10,2\u00a0% er lagret på denne datoen fra før. Rett tallet i tabellen."),
        ("ready", ""),
        ("wrong", "Rad 3 gjelder samme dato, men sier noe annet."),
        ("skipped", "Lik rad 3."),
    ]


def test_a_value_that_does_not_agree_with_its_parts_is_wrong(web, project, target):
    answer = send(web, project, "Dato;Verdi;Teller;Nevner\n2013;10,5;21;200\n2014;12;21;200\n2011;;1;0\n2010;;1;\n")
    assert verdicts(answer) == [
        ("ready", ""),
        ("wrong", "Verdien er 12\u00a0%, men teller og nevner gir 10,5\u00a0%."),
        ("wrong", "Nevneren må være over 0."),
        ("wrong", "Skriv både teller og nevner, eller ingen av dem."),
    ]


def test_a_slip_is_asked_about_and_stored_only_when_answered(web, project, target):
    answer = send(web, project, "Dato;Verdi\n2013;10,2\n2014;0,96\n")
    assert [verdict for verdict, _words in verdicts(answer)] == ["ready", "asked"]
    assert "mye mindre enn 10,2\u00a0%" in words(answer)[1]
    assert accept(web, project, answer).status_code == 422
    assert Measurement.objects.count() == 0
    assert accept(web, project, answer, confirmed="on").status_code == 303
    assert len(live(project)) == 2


def test_what_changes_between_looking_and_accepting_is_shown_again(web, project, target):
    answer = send(web, project, GOOD)
    factories.measurement(target, date(2014, 12, 31), "9.9")
    late = accept(web, project, answer)
    assert late.status_code == 409
    assert "Noe er endret siden du så radene." in late.content.decode()
    assert live(project) == []


def test_rows_nobody_here_has_signed_are_not_read(web, project, target):
    for rows in ("{}", "x:y:z", signing.dumps({"rows": []}, salt="another")):
        answer = web.post(url(project), {"rows": rows, "seen": "x", "store": "1"})
        assert answer.status_code == 422
        assert "Filen må leses på nytt." in answer.content.decode()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK\x03\x04", b"x" * 1_500_000, b"Navn;By\nA;B\n"])
def test_a_file_that_is_no_table_of_figures_is_told_so_at_the_field(web, project, target, content):
    answer = send(web, project, content)
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert web.post(url(project), {}).status_code == 422


def test_a_file_says_which_target_or_the_person_does(web, project, target):
    factories.target(project, title="Flere heltidsstillinger", kind="register_share")
    assert words(send(web, project, "2014;9,6\n")) == ["Skriv hvilket mål tallet gjelder, for eksempel E1."]
    answer = send(web, project, "2014;9,6\n", target="1")
    assert [entry.version.target.number for entry in answer.context["reading"].entries] == [1]
    answer = send(web, project, "Mål;Dato;Verdi\nflere HELTIDSSTILLINGER ;2014;40\n1;2014;9,6\n", target="2")
    assert [entry.version.target.number for entry in answer.context["reading"].entries] == [2, 1]
    assert send(web, project, "2014;9,6\n", target="7").status_code == 422


def test_a_joint_projects_file_names_municipalities(client, programme, leader):
    joint = factories.project(
        factories.municipality("Flakstad", number="1859"),
        factories.municipality("Værøy", number="1857"),
        cohort=factories.cohort(programme=programme),
    )
    factories.role(leader, "leader", joint)
    factories.target(joint, frequency="yearly", baseline_on=date(2012, 12, 31))
    client.force_login(leader)
    lines = "Kommune;Dato;Teller;Nevner\nværøy ;2014;5;50\n1859;2014;12;100\nTime;2014;1;10\n"
    assert verdicts(send(client, joint, lines))[2] == ("wrong", "«Time» er ikke en av prosjektets kommuner.")
    answer = send(client, joint, lines.rsplit("\n", 2)[0] + "\n")
    accept(client, joint, answer)
    rows = Measurement.objects.filter(target__project=joint).order_by("municipality__name")
    assert [(row.municipality.name, row.value) for row in rows] == [("Flakstad", 12), ("Værøy", 10)]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_template_has_what_is_due_holds_no_formula_and_can_be_sent_back(web, project, target, language, kind):
    factories.measurement(target, date(2013, 12, 31), "10.2")
    with translation.override(language):
        web.cookies["django_language"] = language
        content = web.get(url(project, f"measurements_template_{kind}")).content
    rows = read_table(content).rows
    last = rows[-1].cells
    assert last[0] == "E1 Lavere sykefravær"
    assert last[1] == "31.12.2014"
    assert "'=Lønn" in last
    assert b"<f>" not in content
    assert [verdict for verdict, _words in verdicts(send(web, project, content))] == ["skipped"]


def test_the_page_asks_the_database_few_questions_however_many_rows(
    web, project, target, django_assert_max_num_queries
):
    lines = "".join(f"{year};10\n" for year in range(1950, 2010))
    with django_assert_max_num_queries(11):
        answer = send(web, project, lines)
    assert len(answer.context["reading"].stored) == 60
    with django_assert_max_num_queries(30):
        accept(web, project, answer)
    with django_assert_max_num_queries(11):
        web.get(url(project, "measurement_drafts"))


def test_a_value_typed_on_the_date_of_a_draft_takes_its_place(web, project, target):
    accept(web, project, send(web, project, GOOD))
    answer = web.post(
        reverse("measurement_new", args=[project.slug, target.number]),
        {"measured_on": "31.12.2014", "value": "9,4", "source": "Lønn"},
    )
    assert answer.status_code == 303
    assert live(project, REGISTERED) == [("2014-12-31", D("9.4"))]
    assert live(project) == [("2013-12-31", D("10.2"))]


def test_a_project_that_is_not_in_use_or_has_no_target_says_so(web, project, leader):
    assert "Prosjektet har ingen effektmål ennå" in web.get(url(project)).content.decode()
    assert "Ingen utkast venter" in web.get(url(project, "measurement_drafts")).content.decode()
    Project.objects.filter(pk=project.pk).update(followed_since=None)
    touch(project.pk)
    assert "Prosjektet er ikke tatt i bruk ennå" in web.get(url(project)).content.decode()
