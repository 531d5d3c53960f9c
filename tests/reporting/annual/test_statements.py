"""The union representative's own statement: theirs alone, in all that is seen, signed, submitted and read."""

from datetime import date

import pytest
from django.urls import reverse

from journal.models import OutboxMessage
from reporting.annual import content
from reporting.annual.actions import reports, statements, submissions
from reporting.annual.actions.drafts import NotWritable
from reporting.annual.documents.pdf import pdf
from reporting.annual.models import Report, Submission, UnionStatement
from reporting.annual.statements import statements_in
from saman.canonical import canonical, digest, parse, sha256
from tests import factories
from tests.pdf_text import text_of
from tests.reporting.annual.writing import act, filled, seen, signed, submitted

pytestmark = pytest.mark.django_db
TEXT = "Vi har vært med hele veien, men turnusen kom for fort."


@pytest.fixture
def whole(report, leader):
    return filled(report, leader)


def url(report, name="report_statement"):
    return reverse(name, args=[report.project.slug, "2014"])


def text(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def write(client, report, go="sign", words=TEXT, version=0):
    return client.post(url(report), {"text": words, "version": version, "go": go}, follow=True)


def test_asked_written_signed_and_read(client, whole, leader, owner, adviser, union_representative, programme):
    client.force_login(leader)
    preview = reverse("report_preview", args=[whole.project.slug, "2014"])
    assert "Ikke bedt om." in text(client.get(preview))
    client.post(url(whole, "report_statement_ask"))
    assert "Bedt om, ikke gitt." in text(client.get(preview))
    client.force_login(union_representative)
    assert "Prosjektlederen ber om en uttalelse fra deg." in text(client.get(reverse("my_work")))
    assert "Andelen som jobber heltid" in text(client.get(url(whole)))
    write(client, whole, go="save", words="Halvferdig")
    client.force_login(leader)
    assert "Halvferdig" not in text(client.get(preview))
    client.force_login(union_representative)
    assert "er med i rapporten" in text(write(client, whole, version=1))
    client.force_login(leader)
    assert TEXT in text(client.get(preview))
    assert client.get(url(whole)).status_code == 403
    signed(whole, owner)
    row = submitted(whole, leader)
    said = row.contents["content"]["statements"]
    assert (said["asked"], [each["text"] for each in said["given"]]) == (True, [TEXT])
    for outside in (row.snapshot, text_of(pdf(row, is_demo=False))):
        assert "vært med hele veien" in " ".join(outside.split())
        assert union_representative.name not in outside
    client.force_login(adviser)
    review = text(client.get(reverse("report_review", args=[programme.slug, row.pk]) + "?del=sporsmal"))
    assert TEXT in review
    assert union_representative.name not in review


def test_a_statement_between_preview_and_submission_stops_it_and_shows_the_difference(
    client, whole, leader, owner, union_representative
):
    signed(whole, owner)
    before = seen(whole)
    statements.sign(by=act(union_representative), report=whole, text=TEXT, version=0)
    with pytest.raises(reports.ChangedSinceSeen):
        submissions.submit(
            by=act(leader), report=whole, idempotency_key="0b3e0a44-5d1c-4d6e-9d0e-6a9c9b1d2f30", seen=before
        )
    client.force_login(leader)
    sent = {"seen": content.seal(before), "key": "0b3e0a44-5d1c-4d6e-9d0e-6a9c9b1d2f30"}
    answer = client.post(reverse("report_submit", args=[whole.project.slug, "2014"]), sent)
    assert answer.status_code == 409
    assert "Uttalelse fra tillitsvalgte" in text(answer)
    assert TEXT in text(answer)
    assert not Submission.objects.exists()


def test_without_a_statement_the_report_goes_in_and_says_why(whole, leader, owner):
    signed(whole, owner)
    row = submitted(whole, leader)
    assert statements_in(row.contents["content"]).why == "Ikke bedt om."
    assert "Ikke bedt om." in text_of(pdf(row, is_demo=False))


def test_one_that_was_given_and_withdrawn_is_said_to_be(client, whole, leader, owner, adviser, union_representative):
    statements.ask(by=act(leader), report=whole)
    row = statements.sign(by=act(union_representative), report=whole, text=TEXT, version=0)
    statements.take_back(by=act(union_representative), report=whole, text="", version=row.version)
    signed(whole, owner)
    sent = submitted(whole, leader)
    assert "trukket tilbake" in text_of(pdf(sent, is_demo=False))
    client.force_login(adviser)
    review = reverse("report_review", args=[whole.project.cohort.programme.slug, sent.pk])
    shown = text(client.get(review, {"del": "sporsmal"}))
    assert "Gitt, men trukket tilbake." in shown
    assert "ikke gitt" not in shown
    assert TEXT not in shown


def test_a_report_from_before_there_were_statements_reads_and_prints_as_it_did(whole, leader, owner):
    signed(whole, owner)
    row = submitted(whole, leader)
    old = parse(row.snapshot)
    old["schema"] = old["content"]["schema"] = 1
    del old["content"]["statements"]
    row.snapshot, row.schema_version = canonical(old), 1
    row.sha256, row.content_digest = sha256(row.snapshot), digest(old["content"])
    assert statements_in(old["content"]) is None
    assert "tillitsvalgte har" not in text_of(pdf(row, is_demo=False))
    assert "Uttalelse" not in text_of(pdf(row, is_demo=False))


def test_the_draft_is_closed_until_it_is_shared_and_never_opens_the_workspace(client, whole, union_representative):
    client.force_login(union_representative)
    page = text(client.get(url(whole)))
    assert "ikke delt utkastet" in page
    assert "Andelen som jobber heltid" not in page
    for name in ("report_preview", "report_round"):
        assert client.get(url(whole, name)).status_code == 404
    assert client.get(reverse("project_overview", args=[whole.project.slug])).status_code == 404


def test_figures_of_few_are_not_in_the_shared_draft(client, whole, leader, target, union_representative):
    factories.measurement(target, date(2015, 1, 10), "12.5", n=4)
    statements.ask(by=act(leader), report=whole)
    client.force_login(union_representative)
    page = text(client.get(url(whole)))
    assert "12,5" not in page
    assert "tall om få personer er utelatt" in page


def test_a_signed_text_stands_while_a_new_one_is_drafted_and_can_be_taken_back(client, whole, union_representative):
    client.force_login(union_representative)
    write(client, whole)
    page = text(write(client, whole, go="save", words="Ny tekst", version=1))
    assert "Den signerte teksten gjelder" in page
    assert [each["text"] for each in seen(whole)["statements"]["given"]] == [TEXT]
    write(client, whole, go="take_back", version=2)
    assert seen(whole)["statements"]["given"] == []


def test_taking_back_keeps_what_is_typed_and_never_empties_the_draft(client, whole, union_representative):
    client.force_login(union_representative)
    write(client, whole)
    assert "Nesten ferdig" in text(write(client, whole, go="take_back", words="Nesten ferdig", version=1))
    row = UnionStatement.objects.get()
    assert (row.text, row.draft) == (None, "Nesten ferdig")
    write(client, whole, version=row.version)
    write(client, whole, go="take_back", words="", version=row.version + 1)
    assert UnionStatement.objects.get().draft == TEXT


def test_what_is_written_while_the_report_goes_in_is_shown(client, whole, leader, owner, union_representative):
    statements.save(by=act(union_representative), report=whole, text="Lagret\nfør", version=0)
    signed(whole, owner)
    submitted(whole, leader)
    client.force_login(union_representative)
    answer = client.post(url(whole), {"text": "Skrevet for sent", "version": 0, "go": "save"})
    assert answer.status_code == 409
    assert "Det du skrev, er ikke lagret" in text(answer)
    assert "Skrevet for sent" in text(answer)
    stored = text(client.post(url(whole), {"text": "Lagret\r\nfør", "version": 1, "go": "save"}))
    assert "er ikke lagret" not in stored


def test_what_changes_the_signed_content_takes_the_report_back_from_the_owner(
    client, whole, leader, union_representative
):
    def sent(act_on_it):
        reports.send_to_owner(by=act(leader), report=whole)
        act_on_it()
        return Report.objects.get(pk=whole.pk).state

    by = act(union_representative)
    client.force_login(leader)
    asked = url(whole, "report_statement_ask")
    assert sent(lambda: statements.save(by=by, report=whole, text=TEXT, version=0)) == Report.State.AWAITING_SIGNATURE
    page = text(client.post(asked, follow=True))
    assert "må sendes til prosjekteier på nytt" in page
    assert "Send til prosjekteier" in page
    assert sent(lambda: client.post(asked)) == Report.State.AWAITING_SIGNATURE, "asked already: nothing is changed"
    assert sent(lambda: statements.sign(by=by, report=whole, text=TEXT, version=1)) == Report.State.DRAFT
    assert sent(lambda: statements.sign(by=by, report=whole, text=TEXT, version=1)) == Report.State.AWAITING_SIGNATURE
    assert sent(lambda: statements.take_back(by=by, report=whole, text=TEXT, version=1)) == Report.State.DRAFT


def test_two_pages_of_one_writer_show_both_texts(client, whole, union_representative):
    client.force_login(union_representative)
    write(client, whole, go="save", words="Den ene")
    write(client, whole, go="save", words="Den andre", version=1)
    answer = client.post(url(whole), {"text": "Den tredje", "version": 1, "go": "save"})
    assert answer.status_code == 409
    assert "Den andre" in text(answer)
    assert "Den tredje" in text(answer)
    assert UnionStatement.objects.get().draft == "Den andre"


def test_nothing_is_signed_empty_or_after_the_report_is_in(client, whole, leader, owner, union_representative):
    client.force_login(union_representative)
    assert client.post(url(whole), {"text": "", "version": 0, "go": "sign"}).status_code == 422
    signed(whole, owner)
    submitted(whole, leader)
    assert client.post(url(whole), {"text": TEXT, "version": 0, "go": "sign"}).status_code == 409
    with pytest.raises(NotWritable):
        statements.sign(by=act(union_representative), report=whole, text=TEXT, version=0)


def test_with_nobody_to_ask_the_leader_is_told(client, whole, leader):
    client.force_login(leader)
    answer = client.post(url(whole, "report_statement_ask"), follow=True)
    assert "Ingen har rollen tillitsvalgt" in text(answer)
    assert "Ikke bedt om." in text(answer)


def test_who_is_asked_is_told_by_mail_once(whole, leader, union_representative):
    statements.ask(by=act(leader), report=whole)
    statements.ask(by=act(leader), report=whole)
    assert [row.to_id for row in OutboxMessage.objects.filter(kind="report_statement")] == [union_representative.pk]
