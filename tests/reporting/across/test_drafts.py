"""The draft of learning points and the feedback letter: what they say, as pages and as documents."""

import time
from datetime import timedelta
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
from django.urls import reverse
from docx import Document

from projects.models import RoleAssignment
from reporting.across import letters
from reporting.across.actions import marking, templates
from reporting.across.exemption import EXEMPT_QUESTIONS
from reporting.across.lessons import Choice, draft_of, paper_of
from reporting.annual.actions import reviews
from saman import papers
from saman.papers.docx import docx
from saman.papers.odt import odt
from tests import factories
from tests.reporting.across.conftest import QUESTION, marked
from tests.reporting.annual.writing import ANSWERS, DEADLINE, TODAY, act, approved, read, save, send_in

pytestmark = pytest.mark.django_db
HURDLE = "Det ble for langt fra hverdagen i Meråker."
CALL = "Lise Leder ringte 74 81 00 00."


@pytest.fixture
def reading(client, adviser):
    client.force_login(adviser)
    return client


def draft(programme, has_exempt=True, **choice):
    return draft_of(programme, Choice(None, has_exempt=has_exempt, **choice), TODAY, is_demo=False)


def quotes(made):
    return [said.text for _theme, lines in made.themes for said in lines]


def text_of(document):
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(document)).paragraphs)


def odt_text(document):
    with ZipFile(BytesIO(document)) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
        for name in ("styles.xml", "meta.xml", "META-INF/manifest.xml"):
            ElementTree.fromstring(package.read(name))
        return "".join(ElementTree.fromstring(package.read("content.xml")).itertext())


def test_the_draft_leaves_names_out_and_says_so(programme, submission, adviser):
    marked(submission, adviser, HURDLE, "laeringspunkt", "F3")
    marked(submission, adviser, CALL, "godt-eksempel")
    made = draft(programme)
    assert set(quotes(made)) == {
        "Det ble for langt fra hverdagen i [kommune].", "[navn] ringte [telefonnummer].",
    }  # fmt: skip
    assert dict(made.replaced) == {"[kommune]": 1, "[navn]": 1, "[telefonnummer]": 1}
    for document in (text_of(docx(paper_of(made, programme, None))), odt_text(odt(paper_of(made, programme, None)))):
        assert "Meråker" not in document
        assert "[kommune]: 1" in document
        assert "Et menneske må lese hvert sitat" in document


def test_other_projects_and_people_of_the_programme_are_left_out_too(
    programme, submission, adviser, leader, other_project
):
    factories.role(factories.user("Nina Nord"), "leader", other_project)
    section = submission.report.form.sections.get(questions__key=QUESTION).key
    said = f"Som {other_project.title} sa Nina og {adviser.name} det."
    review = reviews.open_review(by=act(adviser), submission=submission)
    report = reviews.return_report(by=act(adviser), review=review, new_deadline=DEADLINE, note="Skriv mer.")
    save(report, leader, section, **{QUESTION: said})
    marked(send_in(report), adviser, said, "laeringspunkt")
    assert quotes(draft(programme)) == ["Som [et annet prosjekt] sa [navn] og [navn] det."]


def test_with_names_the_quotes_are_word_for_word(programme, submission, adviser):
    marked(submission, adviser, HURDLE, "laeringspunkt")
    made = draft(programme, has_names=True, language="nn")
    assert quotes(made) == [HURDLE]
    document = text_of(docx(paper_of(made, programme, None)))
    assert submission.report.project.title in document
    assert "Læringspunkt frå årsrapporteringa" in document


def test_quotes_stand_under_the_theme_they_are_given(programme, submission, adviser):
    programme.themes.create(key="heltid", name_nb="Heltid", name_nn="Heiltid")
    marked(submission, adviser, HURDLE, "laeringspunkt", "tema-heltid")
    marked(submission, adviser, CALL, "F3")
    made = draft(programme)
    assert [theme for theme, _lines in made.themes] == ["Heltid"]
    assert len(quotes(made)) == 1, "only learning points and good examples"


def test_what_is_public_comes_without_being_asked_for(programme, submission, adviser):
    marked(submission, adviser, ANSWERS["text"], "laeringspunkt", question="tiltakene")
    made = draft(programme, has_exempt=False)
    assert (quotes(made), made.exempt, made.has_exempt) == ([ANSWERS["text"]], 0, False)


@pytest.mark.parametrize(
    ("question", "quote"),
    [(*EXEMPT_QUESTIONS, "Andelen som jobber heltid"), (QUESTION, "Felles kurs for alle.")],
)
def test_what_is_exempt_comes_only_when_the_adviser_says_so(programme, submission, adviser, question, quote):
    marking.mark(
        by=act(adviser), submission=submission, question=question, spans=[(0, len(quote))], codes=["laeringspunkt"]
    )
    made = draft(programme, has_exempt=False)
    assert (quotes(made), made.exempt) == ([], 1)
    told = "Her er det sitater som er unntatt offentlighet."
    empty = text_of(docx(paper_of(made, programme, None)))
    assert told not in empty
    assert "Ingen av stedene som er merket, er tatt med." in empty
    made = draft(programme)
    assert quotes(made) == [quote]
    assert text_of(docx(paper_of(made, programme, None))).startswith(told)
    assert told in odt_text(odt(paper_of(made, programme, None)))


def test_withdrawn_codes_and_words_that_are_mended_are_left_out(programme, submission, adviser, leader):
    marked(submission, adviser, HURDLE, "laeringspunkt")
    (given,) = marked(submission, adviser, CALL, "laeringspunkt")
    marking.withdraw(by=act(adviser), coding=given)
    review = reviews.open_review(by=act(adviser), submission=submission)
    report = reviews.return_report(by=act(adviser), review=review, new_deadline=DEADLINE, note="Skriv mer.")
    section = report.form.sections.get(questions__key=QUESTION)
    assert len(quotes(draft(programme))) == 1, "a returned report still says so"
    save(report, leader, section.key, **{QUESTION: "Kurset virket ikke."})
    send_in(report)
    made = draft(programme)
    assert (quotes(made), made.outdated) == ([], 1)


def test_the_draft_is_downloaded_as_both_kinds(reading, programme, submission, adviser):
    marked(submission, adviser, HURDLE, "laeringspunkt")
    page = reading.get(reverse("across_lessons", args=[programme.slug]), {"unntatt": "1"}).content.decode()
    assert "Det ble for langt fra hverdagen i [kommune]." in page
    assert "Les hvert sitat før du sender dette videre" in page
    assert HURDLE not in page
    for kind in ("docx", "odt"):
        answer = reading.get(reverse(f"across_lessons_{kind}", args=[programme.slug]))
        assert f".{kind}" in answer.headers["Content-Disposition"]
        assert answer.content.startswith(b"PK")


def test_a_draft_without_quotes_says_why(reading, programme, submission, adviser):
    address = reverse("across_lessons", args=[programme.slug])
    page = reading.get(address).content.decode()
    assert "Ingen steder er merket som læringspunkt" in page
    assert "Les hvert sitat" not in page, "there is none"
    marked(submission, adviser, HURDLE, "laeringspunkt")
    page = reading.get(address).content.decode()
    assert "Ingen av stedene som er merket, er tatt med." in page
    assert "1 sitat er utelatt fordi det er unntatt offentlighet." in page


def test_a_document_holds_any_text():
    paper = papers.Paper(
        "A & <b>", "nb", [papers.Quote("Linje\x0b én\nto \x00", "nn"), papers.Item("a"), papers.Item("b")]
    )
    assert "Linje" in text_of(docx(paper))
    assert "A & <b>" in odt_text(odt(paper))


def test_a_document_made_twice_is_the_same_file(monkeypatch):
    paper = papers.Paper("Brev", "nb", [papers.Heading("Tema"), papers.Text("Slik")])
    first = docx(paper), odt(paper)
    later = time.gmtime(2_000_000_000)
    monkeypatch.setattr(time, "localtime", lambda *_given: later)
    assert (docx(paper), odt(paper)) == first


def test_a_title_is_as_long_as_it_needs_to_be():
    assert "Melding " * 100 in text_of(docx(papers.Paper("Melding " * 100, "nb", [])))


def test_a_letter_for_an_approved_report(reading, programme, submission, adviser):
    review = read(submission, adviser)
    reviews.comment(by=act(adviser), review=review, section="tiltak", text="Hvilke enheter er med?")
    approved(submission, adviser)
    page = reading.get(reverse("letter", args=[programme.slug, submission.pk])).content.decode()
    assert submission.number in page
    assert "Rapporten er godkjent" in page
    assert "Hvilke enheter er med?" not in page, "the project has never been shown it"
    assert "Kjære" not in page
    answer = reading.get(
        reverse("letter_docx", args=[programme.slug, submission.pk]), {"kommentarer": "1", "sprak": "nn"}
    )
    text = text_of(answer.content)
    assert "Rapporten er godkjend" in text
    assert "Tilbakemelding på årsrapport 2014 frå" in text
    assert "Hvilke enheter er med?" in text


def test_the_advisers_comments_stay_theirs(client, programme, submission, adviser, admin):
    """Until the report is decided no letter takes them in, and an administrator's never does."""
    review = read(submission, adviser)
    reviews.comment(by=act(adviser), review=review, section="tiltak", text="Hvilke enheter er med?")

    def letter_to(person):
        client.force_login(person)
        page = client.get(reverse("letter", args=[programme.slug, submission.pk]), {"kommentarer": "1"})
        paper = client.get(reverse("letter_docx", args=[programme.slug, submission.pk]), {"kommentarer": "1"})
        said = page.content.decode() + text_of(paper.content)
        return "Hvilke enheter er med?" in said, 'name="kommentarer"' in said

    assert letter_to(adviser) == (False, False)
    assert letter_to(admin) == (False, False)
    approved(submission, adviser)
    assert letter_to(adviser) == (True, True)
    assert letter_to(admin) == (False, False)


def test_a_letter_for_a_returned_report_has_the_comments_and_the_deadline(reading, programme, submission, adviser):
    review = read(submission, adviser)
    reviews.comment(by=act(adviser), review=review, section="tiltak", text="Hvilke enheter er med?")
    reviews.return_report(by=act(adviser), review=review, new_deadline=DEADLINE, note="Nesten i mål.")
    page = reading.get(reverse("letter", args=[programme.slug, submission.pk])).content.decode()
    assert "Ny frist er 1. februar 2015" in page
    assert "Hvilke enheter er med?" in page
    assert "Nesten i mål." in page


def test_the_template_is_versioned_and_bad_fields_are_told_at_the_field(reading, programme, submission):
    address = reverse("letter_template", args=[programme.slug, "nb"])
    sent = {"based_on": "0", "title": "Til {prosjekt}", "body": "Hei {komune}!"}
    refused = reading.post(address, sent)
    assert refused.status_code == 422
    assert "Feltet {komune} finnes ikke." in refused.content.decode()
    assert "Hei {komune}!" in refused.content.decode()
    assert reading.post(address, {**sent, "body": "Hei {kommune}! Fra {eier}"}).status_code == 303
    assert letters.template_of(programme, "nb").number == 1
    page = reading.get(reverse("letter", args=[programme.slug, submission.pk])).content.decode()
    assert "Hei Meråker!" in page
    assert reading.get(reverse("letter_template", args=[programme.slug, "xx"])).status_code == 404


def test_a_template_somebody_else_has_saved_shows_both(reading, programme, admin):
    templates.save(by=act(admin), programme=programme, language="nb", based_on=0, title="T", body="Deres tekst")
    address = reverse("letter_template", args=[programme.slug, "nb"])
    answer = reading.post(address, {"based_on": "0", "title": "T", "body": "Min tekst"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Deres tekst" in page
    assert "Min tekst" in page
    assert 'name="based_on" value="1"' in page
    assert reading.post(address, {"based_on": "1", "title": "T", "body": "Min tekst"}).status_code == 303


def test_of_two_leaders_the_letter_names_the_newest(reading, programme, submission):
    first = submission.report.project.roles.get(role="leader")
    factories.role(factories.user("Nina Ny"), "leader", first.project)
    RoleAssignment.objects.filter(pk=first.pk).update(starts_on=first.starts_on - timedelta(days=30))
    assert letters._values(submission, None, first.person, TODAY)["leder"] == "Nina Ny"


def test_a_leader_without_a_name_is_said_to_be_missing(reading, programme, submission):
    submission.report.project.roles.filter(role="leader").update(ends_on=TODAY.replace(day=1))
    page = reading.get(reverse("letter", args=[programme.slug, submission.pk])).content.decode()
    assert "Ingen verdi for {leder}" in page
