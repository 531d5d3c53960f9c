"""«Kontroller en kvittering»: anyone may ask whether a receipt is real, and learns when it came and no more."""

import hashlib
import io
import re
import zipfile
from datetime import date
from itertools import pairwise

import pytest
from django.db import connection
from django.urls import reverse

from reporting.annual.documents.package import package
from reporting.annual.models import Submission
from reporting.annual.receipts import is_receipt_number, numbers_in, receipt_number
from tests import factories
from tests.reporting.annual.writing import a_round, returned, send_in, sent_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(project, programme, leader, owner):
    target = factories.target(project, is_main=True)
    factories.measurement(target, date(2014, 12, 31), "9.6", n=200)
    return sent_in(project, a_round(programme))


def asked(client, nummer, **more):
    answer = client.get(reverse("verify"), {"nummer": nummer, **more})
    return answer.status_code, answer.content.decode()


def test_a_real_receipt_says_when_it_came_and_names_nobody(client, receipt, leader, owner, project):
    status, page = asked(client, receipt.number)
    assert status == 200
    assert "Ekte kvittering" in page
    assert re.search(r"22\.\s+januar\s+2015\s+kl\.\s+10\.00", page)
    assert receipt.sha256 in page
    assert project.title in page
    assert leader.name not in page
    assert owner.name not in page
    assert "Andelen som jobber heltid" not in page, "nothing of what the report says"


@pytest.mark.parametrize(
    "written", ["  {}  ", "{} ", "lower", "dashes", "spaces", "blanks", "joined", "groups", "one blank", "apart"]
)
def test_it_may_be_written_as_people_write(client, receipt, written):
    number = receipt.number
    ways = {"lower": number.lower(), "dashes": number.replace("-", "–"), "spaces": number.replace("-", " - ")}
    ways["blanks"] = number.lower().replace("-", "  ")
    ways["joined"] = number.replace("-", "").lower()
    ways["groups"] = " ".join(re.findall(r"[A-Z]+|\d{1,4}", number.replace("-", "")))
    ways["one blank"] = number.replace("-", "", 1).replace("-", " ", 1).replace("-", "").lower()
    ways["apart"] = "\u00a0".join(number.replace("-", ""))
    assert "Ekte kvittering" in asked(client, ways.get(written, written.format(number)))[1]


def test_groups_that_may_be_two_numbers_find_the_one_there_is():
    """The digits are the same, and so are the check digits; what is written as it is kept is that and no other."""
    assert numbers_in("sam 2014 123456 93") == ["SAM-2014-12345-6-93", "SAM-2014-1234-56-93"]
    assert numbers_in("SAM-2014-1234-56-93") == ["SAM-2014-1234-56-93"]
    assert numbers_in("sam2014 0203 121") == ["SAM-2014-0203-1-21"], "an id has four digits, with zeros before it"
    assert numbers_in("sam2014 0203 1") == []


def test_a_replaced_version_says_that_a_newer_one_came_and_no_more(client, receipt, leader, owner, adviser):
    report = returned(receipt, adviser)
    page = asked(client, receipt.number)[1]
    assert "nyere versjon" not in page, "it has not come yet"
    newer = send_in(report, date(2015, 1, 30))
    page = " ".join(asked(client, receipt.number)[1].replace("\u00a0", " ").split())
    assert "Ekte kvittering" in page
    assert "En nyere versjon av rapporten kom 30. januar 2015" in page
    assert newer.number not in page
    assert newer.sha256 not in page
    assert "nyere versjon" not in asked(client, newer.number)[1]


def test_the_checksum_the_owner_signed_is_known_too(client, receipt):
    assert "Det du har, er det som ble mottatt." in asked(client, receipt.number, sjekksum=receipt.content_digest)[1]


def test_every_wrong_digit_and_every_two_that_changed_places_are_told_from_an_unknown_number(client, receipt):
    right = receipt.number
    digits = [place for place, sign in enumerate(right) if sign.isdigit()]
    wrong = {right[:n] + new + right[n + 1 :] for n in digits for new in "0123456789"} - {right}
    for one, other in pairwise(digits):
        swapped = list(right)
        swapped[one], swapped[other] = swapped[other], swapped[one]
        wrong.add("".join(swapped))
    wrong -= {right}
    assert len(wrong) > 100
    assert not [number for number in wrong if is_receipt_number(number)]
    status, page = asked(client, sorted(wrong)[0])
    assert status == 422
    assert "Kontrollsifrene i referansen stemmer ikke" in page
    assert 'aria-invalid="true"' in page


def test_an_unknown_number_is_no_receipt_from_here(client, receipt):
    status, page = asked(client, receipt_number(2014, receipt.report_id + 1, 1))
    assert status == 200
    assert "Ukjent referanse" in page
    assert "Ekte kvittering" not in page


@pytest.mark.parametrize(
    "nonsense",
    ["", " ", "SAM", "2014", "SAM-2014-0001-1-6", "'; DROP TABLE", "٢" * 12, "x" * 5000, "SAM-٢٠١٤-٠٠٠١-١-٦٧"],
)
def test_nonsense_is_refused_at_the_field(client, receipt, nonsense):
    status, page = asked(client, nonsense)
    assert status == 422
    assert 'id="id_nummer_error"' in page


def test_the_checksum_of_the_file_in_the_package_is_the_one_that_is_stored(client, receipt):
    with zipfile.ZipFile(io.BytesIO(package(receipt, is_demo=False))) as files:
        sums = {hashlib.sha256(files.read(name)).hexdigest() for name in files.namelist() if name.endswith(".json")}
    assert receipt.sha256 in sums
    written = " ".join(receipt.sha256[n : n + 4] for n in range(0, 64, 4)).upper()
    assert "Det du har, er det som ble mottatt." in asked(client, receipt.number, sjekksum=f"sha256: {written}")[1]
    page = asked(client, receipt.number, sjekksum="0" * 64)[1]
    assert "En annen sjekksum" in page
    assert "Ekte kvittering" not in page
    status, page = asked(client, receipt.number, sjekksum="123")
    assert status == 422
    assert "En sjekksum har 64 tegn" in page


def test_what_has_been_changed_is_not_called_real(client, receipt):
    drop = "DROP TRIGGER submission_refuse_update"
    with connection.cursor() as cursor:
        cursor.execute(drop if connection.vendor == "sqlite" else f"{drop} ON reporting_submission")
    Submission.objects.update(sha256="0" * 64)
    page = asked(client, receipt.number)[1]
    assert "Det som er lagret, er ikke det som ble mottatt." in page
    assert "Ekte kvittering" not in page


def test_the_example_on_the_page_is_a_right_number(client):
    assert is_receipt_number(re.search(r"SAM-2014-0238[-\d]+", client.get(reverse("verify")).content.decode())[0])


def test_it_costs_few_queries(client, receipt, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        asked(client, receipt.number)
