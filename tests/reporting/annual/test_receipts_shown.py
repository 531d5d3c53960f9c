"""What a receipt says: which version counts, what each checksum is of, and the pages a wrong address leads to."""

from datetime import date

import pytest
from django.urls import reverse

from reporting.annual.documents.pdf import pdf
from reporting.annual.models import SectionHistory
from tests.pdf_text import text_of
from tests.reporting.annual.writing import at, filled, returned, save, send_in, signed, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.fixture
def submission(report, leader, owner):
    signed(filled(report, leader), owner)
    return submitted(report, leader)


@pytest.fixture
def look(client, project):
    """A page of the report as its leader reads it."""

    def looked(person, name, *more):
        client.force_login(person)
        page = client.get(reverse(name, args=[project.slug, *more])).content.decode()
        return " ".join(page.replace("\u00a0", " ").split())

    return looked


def test_a_replaced_receipt_leads_to_the_newest(look, submission, leader, owner, adviser):
    report = returned(submission, adviser)
    assert "sendt tilbake" in look(leader, "report_receipt", submission.number)
    newer = send_in(report, date(2015, 1, 30))
    old = look(leader, "report_receipt", submission.number)
    assert "versjon 2, ble mottatt 30. januar 2015" in old
    assert reverse("report_receipt", args=[report.project.slug, newer.number]) in old
    assert "nyere versjon" not in look(leader, "report_receipt", newer.number)


def test_the_checksum_that_was_signed_can_be_followed_to_the_receipt(look, report, leader, owner):
    filled(report, leader)
    preview = look(leader, "report_preview", "2014")
    row = signed(report, owner)
    assert row.digest in preview
    assert "Sjekksummen er regnet av innholdet på denne siden" in preview
    receipt = submitted(report, leader)
    page = look(leader, "report_receipt", receipt.number).replace(" ", "")
    assert row.digest in page
    assert receipt.sha256 in page
    assert row.digest in text_of(pdf(receipt, is_demo=False)).replace(" ", "").replace("\n", "")


def test_the_full_pdf_marks_what_is_exempt(submission):
    words = " ".join(text_of(pdf(submission, is_demo=False)).split())
    assert words.count("Unntatt offentlighet: offentleglova") == 3


@pytest.mark.parametrize("name", ["report_sign", "report_to_owner", "report_submit", "report_statement_ask"])
def test_the_address_of_a_button_leads_to_the_page_it_is_on(client, report, leader, name):
    client.force_login(leader)
    answer = client.get(reverse(name, args=[report.project.slug, "2014"]))
    page = reverse("report_preview", args=[report.project.slug, "2014"])
    assert answer.headers["Location"].partition("#")[0] == page
    assert client.get(page).status_code == 200


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("report_comment", "#kommentarer"), ("report_section_read", ""), ("report_questions", "?del=sporsmal"),
        ("report_second_reading", "?del=sporsmal"), ("report_see_answers", "?del=sporsmal"),
        ("report_decide", "#avgjorelse"),
    ],
)  # fmt: skip
def test_back_after_an_error_in_a_review_leads_to_the_review(client, submission, adviser, name, where):
    client.force_login(adviser)
    place = [submission.report.project.cohort.programme.slug, submission.pk]
    page = reverse("report_review", args=place)
    assert client.get(reverse(name, args=place)).headers["Location"] == page + where
    assert client.get(reverse(name, args=place) + "?del=maal").headers["Location"] == f"{page}?del=maal", (
        "its own links"
    )
    assert client.put(reverse(name, args=place)).status_code == 405


def test_back_after_an_error_on_a_round_leads_to_the_round(client, report, admin):
    client.force_login(admin)
    place = [report.project.cohort.programme.slug, report.round_id]
    moving = reverse("setup_round_question_move", args=[*place, "full", "videre", "neste"])
    for address in (reverse("setup_round_close", args=place), moving):
        assert client.get(address).headers["Location"].partition("#")[0] == reverse("setup_round", args=place)


def test_back_after_approving_several_leads_to_the_queue(client, report, adviser):
    client.force_login(adviser)
    programme = report.project.cohort.programme.slug
    answer = client.get(reverse("report_approve_several", args=[programme]) + "?runde=1")
    assert answer.headers["Location"] == reverse("report_queue", args=[programme]) + "?runde=1"


def test_any_other_wrong_method_has_a_page(client, leader):
    client.force_login(leader)
    answer = client.get(reverse("sign_out_everywhere"))
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert "Adressen er ikke en side" in answer.content.decode()


def test_two_versions_of_one_minute_are_told_apart(look, report, leader):
    section = report.sections.get(key="videre")
    save(report, leader, "videre", hjelp="Nå")
    for n, second in enumerate((5, 40), start=100):
        when = at().replace(second=second)
        SectionHistory.objects.create(
            section=section, version=n, data={"hjelp": str(n)}, saved_at=when, saved_by=leader
        )
    page = look(leader, "report_history", "2014", "videre")
    assert "kl. 10.00.05" in page
    assert "kl. 10.00.40" in page


def test_a_statement_that_is_too_long_stays_in_the_field_with_the_reason(client, look, report, union_representative):
    page = look(union_representative, "report_statement", "2014")
    assert 'data-limit="4000"' in page
    assert "blir ikke lagt ut" in page
    address = reverse("report_statement", args=[report.project.slug, "2014"])
    answer = client.post(address, {"text": "x" * 4001, "version": 0, "go": "save"})
    assert answer.status_code == 422
    assert "x" * 4001 in answer.content.decode()
    assert "1 tegn for lang" in answer.content.decode()
