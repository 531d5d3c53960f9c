"""A submission handed over to an archive: what was stored, the PDF, what they are, and checksums that agree."""

import hashlib
import json
import shutil
import subprocess
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse

from reporting.annual.documents.package import package
from reporting.annual.documents.pdf import pdf
from reporting.annual.models import OwnerSignature, Submission
from tests import factories
from tests.reporting.annual.writing import act, filled, signed, submitted

pytestmark = pytest.mark.django_db
BUDGET = 7  # session, person, project, roles, submission, municipality, a later signature
FILES = ["innhold.json", "rapport.pdf", "metadata.json", "SHA256SUMS"]


@pytest.fixture
def submission(report, leader, owner):
    signed(filled(report, leader), owner)
    return submitted(report, leader)


def opened(content, number):
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == [f"{number}/{name}" for name in FILES]
        return {name: archive.read(f"{number}/{name}") for name in FILES}


def test_it_holds_what_was_stored_and_the_pdf(submission):
    files = opened(package(submission, is_demo=False), submission.number)
    assert files["innhold.json"] == submission.snapshot.encode()
    assert hashlib.sha256(files["innhold.json"]).hexdigest() == submission.sha256
    assert files["rapport.pdf"] == pdf(submission, is_demo=False)


def test_the_checksums_agree(submission, tmp_path):
    content = package(submission, is_demo=False)
    files = opened(content, submission.number)
    lines = [line.split("  ") for line in files["SHA256SUMS"].decode().splitlines()]
    assert [name for _, name in lines] == FILES[:-1]
    assert all(hashlib.sha256(files[name]).hexdigest() == checksum for checksum, name in lines)
    about = json.loads(files["metadata.json"])
    assert {row["name"]: (row["sha256"], row["bytes"]) for row in about["files"]} == {
        name: (hashlib.sha256(files[name]).hexdigest(), len(files[name])) for name in FILES[:2]
    }
    if shutil.which("sha256sum"):
        ZipFile(BytesIO(content)).extractall(tmp_path)
        subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path / submission.number, check=True)


def test_the_metadata_say_what_it_is(submission, project):
    about = json.loads(opened(package(submission, is_demo=False), submission.number)["metadata.json"])
    assert about["title"] == f"Årsrapport 2014 – {project.title}"
    assert about["project"] == {"id": project.pk, "title": project.title}
    place = project.municipalities.get()
    assert about["municipalities"] == [{"number": place.number, "name": place.name, "is_host": True}]
    assert (about["receipt_number"], about["revision"], about["language"]) == (submission.number, 1, "nb")
    assert about["received_at"] == "2015-01-22T09:00:00+00:00"
    assert about["signature"] == {"role": "owner", "signed_at": "2015-01-22T09:00:00+00:00", "after_submission": False}
    assert about["form"] == {"kind": "full", "number": 1}
    assert "Lise" not in json.dumps(about), "people are named by their part in it"


def test_the_municipality_is_told_when_nobody_is_host_and_all_of_them_when_they_are_many(
    project, report, leader, owner
):
    project.participations.update(is_host=False)
    project.participations.create(municipality=factories.municipality())
    signed(filled(report, leader), owner)
    row = submitted(report, leader)
    about = json.loads(opened(package(row, is_demo=False), row.number)["metadata.json"])
    assert {place["name"] for place in about["municipalities"]} == {
        str(place) for place in project.municipalities.all()
    }
    assert not any(place["is_host"] for place in about["municipalities"])


def test_a_signature_that_came_later_is_told(report, leader, owner):
    report.round.signature = "after"
    report.round.save()
    row = submitted(filled(report, leader), leader)
    before = json.loads(opened(package(row, is_demo=False), row.number)["metadata.json"])
    OwnerSignature.objects.create(
        report=report, revision=1, digest=row.content_digest, signed_by=owner, signed_at=act(owner, hour=12).now
    )
    after = json.loads(opened(package(row, is_demo=False), row.number)["metadata.json"])
    assert before["signature"] is None
    assert after["signature"] == {"role": "owner", "signed_at": "2015-01-22T11:00:00+00:00", "after_submission": True}


def test_the_same_bytes_again(submission):
    again = Submission.objects.get(pk=submission.pk)
    assert package(submission, is_demo=False) == package(again, is_demo=False)


def test_it_is_handed_over_from_the_receipt(client, leader, submission, project):
    address = reverse("report_package", args=[project.slug, submission.number])
    client.force_login(leader)
    assert address in client.get(reverse("report_receipt", args=[project.slug, submission.number])).content.decode()
    answer = client.get(address)
    assert answer["Content-Disposition"] == f'attachment; filename="{submission.number}.zip"'
    assert answer.content == package(submission, is_demo=settings.DEMO)


def test_the_adviser_has_the_pdf_and_not_the_package(client, adviser, submission, project):
    client.force_login(adviser)
    package_at, pdf_at = (
        reverse(name, args=[project.slug, submission.number]) for name in ("report_package", "report_pdf")
    )
    assert client.get(package_at).status_code == 403
    assert client.get(pdf_at).status_code == 200
    receipt = reverse("report_receipt", args=[project.slug, submission.number])
    review = reverse("report_review", args=[project.cohort.programme.slug, submission.pk])
    for page in (receipt, review):
        text = client.get(page).content.decode()
        assert (pdf_at in text, package_at in text) == (True, False)


def test_it_asks_the_database_few_questions(client, leader, submission, project, django_assert_max_num_queries):
    client.force_login(leader)
    with django_assert_max_num_queries(BUDGET):
        client.get(reverse("report_package", args=[project.slug, submission.number]))


def export(submission, folder, key="2014"):
    slug = submission.report.project.cohort.programme.slug
    call_command("export_submissions", "--round", f"{slug}/{key}", "--to", str(folder))


def test_the_command_writes_all_of_a_round_and_the_same_again(submission, tmp_path):
    folder = tmp_path / "til" / "arkivet"
    export(submission, folder)
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    export(submission, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    assert set(first) == {f"{submission.number}.zip", "SHA256SUMS"}
    checksum = hashlib.sha256(first[f"{submission.number}.zip"]).hexdigest()
    assert first["SHA256SUMS"].decode() == f"{checksum}  {submission.number}.zip\n"
    call_command("verify_integrity")


@pytest.mark.parametrize("key", ["2013", "2014-slutt", "nei", ""])
def test_a_round_that_is_not_there_is_said(submission, tmp_path, key):
    with pytest.raises(CommandError, match="There is no round"):
        export(submission, tmp_path / "ny", key)
    assert not (tmp_path / "ny").exists()


def test_a_folder_that_cannot_be_written_to_is_said(submission, tmp_path):
    (tmp_path / "fil").write_text("")
    with pytest.raises(CommandError, match="Cannot write"):
        export(submission, tmp_path / "fil")


def test_what_has_been_changed_is_named_and_not_written(submission, tmp_path):
    drop = "DROP TRIGGER submission_refuse_update"
    with connection.cursor() as cursor:
        cursor.execute(drop if connection.vendor == "sqlite" else f"{drop} ON reporting_submission")
    Submission.objects.update(snapshot=submission.snapshot.replace("heltid", "deltid"))
    with pytest.raises(CommandError, match=submission.number):
        export(submission, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["SHA256SUMS"]
