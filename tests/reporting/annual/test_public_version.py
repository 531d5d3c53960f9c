"""What of a report becomes public: decided per section, kept with the submission, and nobody to be known in it."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from reporting.annual.actions import forms
from reporting.annual.integrity import broken_publications
from reporting.annual.models import Published, Section
from reporting.annual.openness import ground_of, is_public
from reporting.annual.public_version import _is_few
from reporting.annual.redaction import Redactor
from saman.canonical import sha256
from tests.pdf_text import squeezed, text_of
from tests.reporting.annual.test_round_pages import values
from tests.reporting.annual.writing import act, approved, filled, save, signed, submitted

pytestmark = pytest.mark.django_db
BUDGET = 1  # the published row with its round and project


@pytest.fixture(autouse=True)
def _in_january(settings):

    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.fixture
def published(report, leader, owner, adviser):
    filled(report, leader)
    save(report, leader, "tiltak", forklaring="Lise Leder ledet kurset. 3 ansatte byttet turnus. Ring 12 34 56 78.")
    save(report, leader, "gevinster", arsverk="2,4")
    save(report, leader, "fallgruver", virket_ikke="Enhetslederen var imot.")
    signed(report, owner)
    return approved(submitted(report, leader), adviser)


def page(client, project):
    return client.get(reverse("public_report", args=[project.slug, "2014"]))


def test_only_public_sections_are_published_and_the_rest_is_named_with_its_ground(client, project, published):
    said = page(client, project).content.decode()
    assert "Tiltaks- og resultatanalyse" in said
    assert "Enhetslederen var imot" not in said
    assert "Enhetslederen var imot" not in published.contents
    assert "Fallgruver og det som ikke virket: offentleglova § 13" in said


def test_nobody_can_be_known_in_it(client, project, published):
    said = page(client, project).content.decode()
    for hidden in ("Lise", "Leder ", "3 ansatte", "12 34 56 78", "2,4 årsverk"):
        assert hidden not in said
    assert "[navn fjernet] ledet kurset. [tall fjernet] ansatte byttet turnus." in said
    assert "Tallet er skjult fordi det er under fem." in said


def test_what_was_in_force_is_part_of_what_was_submitted(published):
    sections = {row["key"]: row for row in published.submission.contents["content"]["sections"]}
    assert {key for key, row in sections.items() if is_public(row)} == {"maal", "tiltak", "gevinster", "laering"}
    assert ground_of(sections["videre"]).startswith("offentleglova")


def test_a_later_edit_of_the_form_changes_nothing_that_was_submitted(client, project, published, round_, admin):
    row = Section.objects.get(form=round_.form, key="tiltak")
    plan = forms.SectionPlan(row.title, row.help, is_public=False, ground="offentleglova § 14")
    form = forms.change_section(by=act(admin), round_=round_, version=1, kind="full", key="tiltak", plan=plan)
    assert form != round_.form
    assert not is_public(form.sections.get(key="tiltak"))
    row.refresh_from_db()
    assert is_public(row)
    assert "ledet kurset" in page(client, project).content.decode()


def test_page_and_pdf_are_made_of_the_stored_version_alone(
    client, project, published, leader, django_assert_max_num_queries
):
    assert sha256(published.contents) == published.sha256
    address = reverse("public_report_pdf", args=[project.slug, "2014"])
    first = client.get(address).content
    leader.name = "En Annen"
    leader.save()
    with django_assert_max_num_queries(BUDGET):
        assert client.get(address).content == first
    text = squeezed(text_of(first))
    assert squeezed("Unntatt offentlighet: offentleglova") in text
    assert squeezed("byttet turnus") in text
    assert squeezed("Enhetslederen") not in text


def test_a_public_version_that_was_changed_is_found_and_not_shown(client, project, published):
    call_command("verify_integrity")
    Published.objects.update(contents=published.contents.replace("turnus", "jobb"))
    with pytest.raises(CommandError, match=published.submission.number):
        call_command("verify_integrity")
    for name in ("public_report", "public_report_pdf"):
        answer = client.get(reverse(name, args=[project.slug, "2014"]))
        assert answer.status_code == 503
        assert "er ikke det som ble lagt ut" in answer.content.decode()


def test_a_public_version_changed_with_its_checksum_is_found_by_the_audit_chain(published):
    before, changed = (published.contents, published.sha256), published.contents.replace("turnus", "jobb")
    assert broken_publications() == []
    Published.objects.update(contents=changed, sha256=sha256(changed))
    assert broken_publications() == [published.submission.number]
    Published.objects.update(contents=before[0], sha256=before[1])
    assert broken_publications() == []


def test_the_report_itself_is_not_public(client, project, report, leader, owner):
    """Neither before nor after it is submitted, until it is approved."""
    assert page(client, project).status_code == 404
    signed(filled(report, leader), owner)
    submitted(report, leader)
    assert page(client, project).status_code == 404


def test_the_adviser_reads_the_public_version_before_approving(client, project, report, leader, owner, adviser):
    signed(filled(report, leader), owner)
    row = submitted(report, leader)
    client.force_login(adviser)
    address = reverse("report_public_preview", args=[project.cohort.programme.slug, row.pk])
    assert "Dette ser alle når rapporten er godkjent" in client.get(address).content.decode()
    assert not Published.objects.exists()


def test_the_leader_sees_at_each_section_whether_it_becomes_public(client, project, report, leader):
    client.force_login(leader)
    said = client.get(reverse("report_section", args=[project.slug, "2014", "tiltak"])).content.decode()
    assert "blir lagt ut når rapporten er godkjent" in said
    said = client.get(reverse("report_section", args=[project.slug, "2014", "videre"])).content.decode()
    assert "blir ikke lagt ut" in said


def test_an_exemption_without_a_ground_is_refused_at_its_field(client, project, round_, admin):
    client.force_login(admin)
    place = reverse("setup_round_section", args=[project.cohort.programme.slug, round_.pk, "full", "tiltak"])
    sent = {**values(client.get(place)), "access": "exempt"}
    answer = client.post(place, sent)
    assert answer.status_code == 422
    assert "Skriv lov og paragraf" in answer.content.decode()
    assert client.post(place, {**sent, "ground": "offentleglova § 14"}).status_code == 303
    assert Section.objects.get(form=round_.form, key="tiltak").ground == "offentleglova § 14"
    plan = forms.SectionPlan({"nb": "Tiltak"}, {}, is_public=False)
    with pytest.raises(forms.InvalidPart):
        forms.change_section(by=act(admin), round_=round_, version=2, kind="full", key="tiltak", plan=plan)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Kari Nordmanns forslag", "[navn fjernet] forslag"),
        ("KARI NORDMANN", "[navn fjernet]"),
        ("Nordmann sa nei", "[navn fjernet] sa nei"),
        ("Os kommune", "Os kommune"),
        ("Skriv til kari@kommune.no.", "Skriv til [kontaktopplysning fjernet]."),
        ("Født 010190 12345", "Født [kontaktopplysning fjernet]"),
        ("Fire nye ansatte", "[tall fjernet] nye ansatte"),
        ("14 ansatte, 1,5 årsverk", "14 ansatte, [tall fjernet] årsverk"),
        ("Ring 74\u00a081\u202f00\u00a000", "Ring [kontaktopplysning fjernet]"),
        ("010190\u00a012345", "[kontaktopplysning fjernet]"),
        ("KARI og Kari\u00a0Nordmann", "[navn fjernet] og [navn fjernet]"),
        ("Bo sa det til LI, ikke om å bo", "[navn fjernet] sa det til [navn fjernet], ikke om å bo"),
        ("3–4 ansatte", "[tall fjernet]–[tall fjernet] ansatte"),
        ("3 av 4 ansatte", "[tall fjernet] av [tall fjernet] ansatte"),
        ("2 av 12 lærere", "[tall fjernet] av 12 lærere"),
        ("Tre av de faste avdelingslederne", "[tall fjernet] av de faste avdelingslederne"),
        ("Éin tilsett, 2 sykmeldte", "[tall fjernet] tilsett, [tall fjernet] sykmeldte"),
        ("To kvinner og 2 fagarbeidere", "[tall fjernet] kvinner og [tall fjernet] fagarbeidere"),
        ("Fra 2 til 4 årsverk", "Fra [tall fjernet] til [tall fjernet] årsverk"),
        ("two of the employees", "[tall fjernet] of the employees"),
        ("1\u00a0003 ansatte, 12 004 brukere", "1\u00a0003 ansatte, 12 004 brukere"),
        ("Fire uker med ansatte. Tre tiltak for ansatte.", "Fire uker med ansatte. Tre tiltak for ansatte."),
        ("Punkt 3 ledere. Uke 2. Én gruppe ansatte.", "Punkt 3 ledere. Uke 2. Én gruppe ansatte."),
        ("It was given to employees and to students", "It was given to employees and to students"),
        ("4 av de 12 ansatte", "[tall fjernet] av de 12 ansatte"),
        ("Fra 7,4 til 7,45 prosent", "Fra [tall fjernet] til 7,45 prosent"),
        ("I 2013 og 2014 var 3 barnehager med", "I 2013 og 2014 var 3 barnehager med"),
    ],
)
def test_what_is_taken_out_of_a_text(typed, shown):
    assert Redactor(["Kari Nordmann", "Ola Os", "Bo Li", "Anne de Vries"], ["Os"], ["7.4"]).text(typed) == shown


@pytest.mark.parametrize(
    ("unit", "title", "counts"),
    [
        ({"nb": "årsverk"}, {}, True),
        ({"nb": "FTEs"}, {}, True),
        ({"nb": "prosent av ansatte"}, {"nb": "Ansatte"}, False),
        ({"nb": "1000 kr"}, {"nb": "Ansatte"}, False),
        ({"nb": ""}, {"nb": "Hvor mange lærere er med?"}, True),
        ({}, {"nb": "Hvor mange tiltak er med?"}, False),
    ],
)
def test_only_a_number_of_people_is_hidden_for_being_small(unit, title, counts):
    assert _is_few({"type": "number", "answer": "4,2", "unit": unit, "title": title}) == counts


def test_a_small_answer_is_not_taken_for_every_other_number(client, project, report, leader, owner, adviser):
    filled(report, leader)
    save(report, leader, "tiltak", forklaring="I uke 2 kom kurset i gang.")
    save(report, leader, "gevinster", arsverk="2")
    signed(report, owner)
    approved(submitted(report, leader), adviser)
    assert "I uke 2 kom kurset i gang." in page(client, project).content.decode()


def test_what_nobody_has_judged_is_not_public():
    assert not is_public({"key": "gammel"})
    assert not is_public(Section())
