"""A submitted report as PDF: what the snapshot says and nothing else, and the same bytes each time."""

import hashlib
import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from projects.models import Project
from reporting.annual.documents.pdf import pdf
from reporting.annual.models import Submission
from saman import clock
from saman.canonical import canonical
from saman.printable import is_printable, printable
from tests import factories
from tests.pdf_text import pages_of, squeezed, text_of
from tests.reporting.annual.writing import begun, filled, save, signed, submitted

pytestmark = pytest.mark.django_db
BUDGET = 5  # session, person, project, roles, submission
AGAIN = """
import os, sys, hashlib
sys.path.insert(0, os.getcwd())
import django
django.setup()
from datetime import datetime
from reporting.annual.documents.pdf import pdf
from reporting.annual.models import Submission
given = sys.stdin.read().split("\\n", 5)
number, sha256, received, late, revision, snapshot = given
row = Submission(number=number, sha256=sha256, received_at=datetime.fromisoformat(received),
                 is_late=late == "True", revision=int(revision), snapshot=snapshot)
print(hashlib.sha256(pdf(row, is_demo=False)).hexdigest())
"""


@pytest.fixture
def submission(report, leader, owner):
    signed(filled(report, leader), owner)
    return submitted(report, leader)


def strings_of(submission):
    """Every text the report says, in order: written by the form, by people, and by the measurements."""
    content = submission.contents["content"]
    language = content["language"]
    for section in content["sections"]:
        yield section["title"][language]
        for question in section["questions"]:
            if question["type"] in {"pitfalls", "roles"}:
                continue
            yield question["title"][language]
            answer = question["answer"]
            words = {choice["key"]: choice[language] for choice in question["choices"]}
            if question["type"] == "text" and answer:
                yield answer
            elif question["type"] == "choice" and answer:
                yield words[answer]
            elif question["type"] == "multiple":
                yield from (words[key] for key in words if key in (answer or []))
            elif question["type"] == "lessons":
                yield from (text for row in answer or [] for text in (row["title"], row["text"]))
            elif question["type"] == "measurements":
                yield from (row["title"] for row in content["targets"])


def test_it_says_what_the_snapshot_says_in_the_same_order(submission):
    text, place = squeezed(text_of(pdf(submission, is_demo=False))), 0
    for said in strings_of(submission):
        found = text.find(squeezed(said), place)
        assert found >= 0, said
        place = found + len(squeezed(said))
    for known in (submission.number, submission.sha256, "10,8 %", "9,6 %", "31. des. 2014"):
        assert squeezed(known) in text


def test_it_says_nothing_but_the_snapshot_and_its_receipt(submission):
    """What is left when everything the snapshot says is taken out: labels, figures, bullets and page numbers."""
    left, place = "", 0
    text = squeezed(text_of(pdf(submission, is_demo=False)))
    for said in strings_of(submission):
        found = text.find(squeezed(said), place)
        left, place = left + text[place:found], found + len(squeezed(said))
    left += text[place:]
    table = ["Effektmål", "Nullpunkt", "I fjor", "Nå", "Mål", "10,8 %", "10,4 %", "9,6 %", "31. des. 2014", "9 %",
             "31. des. 2015"]  # fmt: skip
    pages = [f"{submission.number}{page}/2" for page in (1, 2)]
    parts = [part["access"] for part in submission.contents["content"]["sections"]]
    grounds = [part["ground"] for part in parts if not part["public"]]
    expected = [
        *pages, "Årsrapport 2014", submission.contents["content"]["project"]["title"], "Kvittering",
        f"Referanse: {submission.number}", "Mottatt: 22. januar 2015 kl. 10.00", "Frist: Mottatt innen fristen",
        "Versjon: 1", "Perioden: 1. januar 2014–31. desember 2014", "Skjema: Fullt skjema, versjon 1",
        "Signert av prosjekteier: 22. januar 2015 kl. 10.00", f"Sjekksum (SHA-256): {submission.sha256}",
        f"Sjekksum for innholdet: {submission.content_digest}",
        *[f"Unntatt offentlighet: {ground}" for ground in grounds],
        *table, *table, "2,4 årsverk", "2,4 tusen kroner", "Måling · Virket", "Ja",
        "Uttalelse fra tillitsvalgte", "Ikke bedt om.", *"••••",
    ]  # fmt: skip
    for known in map(squeezed, expected):
        assert known in left, known
        left = left.replace(known, "", 1)
    assert left == ""


def test_it_is_tagged_archival_and_in_its_language(submission, project):
    document = pdf(submission, is_demo=False)
    assert f">Årsrapport 2014 – {project.title}</rdf:li>".encode() in document
    assert re.search(rb"/MarkInfo\s*<<\s*/Marked true", document)
    assert b"/DisplayDocTitle true" in document
    assert b"/Lang(nb-NO)" in document.replace(b" ", b"")
    assert b"/StructTreeRoot" in document
    assert len(re.findall(rb"/S\s*/TH\b", document)) == 10, "two tables with five header cells"
    for kept in (b"pdfaid:part", b"pdfuaid:part", b"<dc:title>"):
        assert kept in document


def test_the_same_bytes_again_also_in_another_process(submission):
    document = pdf(submission, is_demo=False)
    again = pdf(Submission.objects.get(pk=submission.pk), is_demo=False)
    row = submission
    told = "\n".join(str(part) for part in (
        row.number, row.sha256, row.received_at.isoformat(), row.is_late, row.revision, row.snapshot,
    ))  # fmt: skip
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo"}
    other = subprocess.run(
        [sys.executable, "-c", AGAIN], input=told, capture_output=True, text=True, check=True,
        env=environment, cwd=settings.BASE_DIR,
    )  # fmt: skip
    assert again == document
    assert other.stdout.strip() == hashlib.sha256(document).hexdigest()


def test_nothing_that_has_happened_since_is_in_it(submission, project, leader, target, django_assert_num_queries):
    document = pdf(submission, is_demo=False)
    Project.objects.filter(pk=project.pk).update(title="Et helt annet navn")
    leader.name = "Et Annet Navn"
    leader.save()
    factories.measurement(target, clock.today() + timedelta(days=1), "3.3", n=200)
    fresh = Submission.objects.get(pk=submission.pk)
    with django_assert_num_queries(0):
        assert pdf(fresh, is_demo=False) == document


def test_a_nynorsk_report_is_in_nynorsk_whoever_asks(project, leader, owner, round_, client):
    project.language = "nn"
    project.save()
    report = begun(project, leader, round_)
    signed(filled(report, leader), owner)
    row = submitted(report, leader)
    leader.language = "en"
    leader.save()
    client.force_login(leader)
    document = client.get(reverse("report_pdf", args=[project.slug, row.number])).content
    assert document == pdf(row, is_demo=settings.DEMO)
    assert b"nn-NO" in document
    assert "Årsrapport 2014" in text_of(document)


def test_example_data_are_marked_on_every_page(submission):
    pages = pages_of(pdf(submission, is_demo=True))
    assert len(pages) > 1
    assert all("Eksempeldata" in page for page in pages)
    assert "Eksempeldata" not in text_of(pdf(submission, is_demo=False))


def test_texts_are_printed_and_never_read_as_markup(report, leader, owner):
    typed = "#panic() *Heltid* <b> $x$\n- Čáhcesuolu \U0001f600 og 漢"
    save(filled(report, leader), leader, "videre", hjelp=typed)
    signed(report, owner)
    row = submitted(report, leader)
    text = squeezed(text_of(pdf(row, is_demo=False)))
    assert squeezed("#panic() *Heltid* <b> $x$ - Čáhcesuolu [U+1F600] og [U+6F22]") in text


def test_a_word_longer_than_its_line_is_broken_and_not_changed(report, leader, owner):
    address = f"https://www.eksempel.kommune.no/{'heltid' * 30}"
    save(filled(report, leader), leader, "videre", hjelp=f"Se {address} her")
    signed(report, owner)
    text = text_of(pdf(submitted(report, leader), is_demo=False))
    assert address in squeezed(text)
    assert address[:60] not in text, "it would go out of the page"


def test_every_character_said_to_be_printable_is(submission, project):
    every = [chr(number) for number in range(0x11000) if is_printable(chr(number))]
    content = submission.contents
    content["content"]["project"]["title"] = " ".join(every)
    submission.snapshot = canonical(content)
    assert pdf(submission, is_demo=False).startswith(b"%PDF-")
    assert printable("".join(every)) == "".join(every)
    assert len(every) > 2000


def test_it_is_handed_over_from_the_receipt_and_from_the_review(client, leader, adviser, submission, project):
    address = reverse("report_pdf", args=[project.slug, submission.number])
    client.force_login(leader)
    assert address in client.get(reverse("report_receipt", args=[project.slug, submission.number])).content.decode()
    answer = client.get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'attachment; filename="{submission.number}.pdf"'
    client.force_login(adviser)
    review = reverse("report_review", args=[project.cohort.programme.slug, submission.pk])
    assert address in client.get(review).content.decode()
    assert client.get(address).status_code == 200


def test_a_number_that_is_not_a_receipt_of_the_project_is_not_found(client, leader, submission, project):
    client.force_login(leader)
    assert client.get(reverse("report_pdf", args=[project.slug, "SAM-2014-9999-1-00"])).status_code == 404


def test_it_asks_the_database_few_questions(client, leader, submission, project, django_assert_max_num_queries):
    client.force_login(leader)
    with django_assert_max_num_queries(BUDGET):
        client.get(reverse("report_pdf", args=[project.slug, submission.number]))
