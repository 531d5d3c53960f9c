"""A test round counts nowhere, is told to nobody and can be wiped; what was reported in earnest cannot, by anyone."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.urls import reverse

from accounts.actor import NotAllowed
from benefits.models import Measurement
from benefits.warning_facts import changed_on
from journal.models import AuditEvent, OutboxMessage
from projects.asked import Asked
from reporting.annual import facts
from reporting.annual.actions import rounds
from reporting.annual.actions.drafts import lock_for_writing
from reporting.annual.actions.reports import lock
from reporting.annual.actions.wiping import WIPED, NotATestRound, relations, wipe_round
from reporting.annual.content import answers_last_year
from reporting.annual.documents.pdf import pdf
from reporting.annual.integrity import broken_submissions, is_whole
from reporting.annual.models import OwnerSignature, Published, Report, Round, Submission
from reporting.notices.reminders import outstanding
from tests.pdf_text import squeezed, text_of
from tests.reporting.annual.test_round_pages import values
from tests.reporting.annual.writing import TODAY, a_round, act, approved, begun, filled, signed, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.fixture
def trial(programme, project, target):
    return a_round(programme, is_test=True)


@pytest.fixture
def tried(trial, project, leader, owner):
    """A submission in the test round."""
    report = filled(begun(project, leader, trial), leader)
    signed(report, owner)
    return submitted(report, leader)


@pytest.fixture
def real(report, leader, owner):
    """A submission in earnest."""
    signed(filled(report, leader), owner)
    return submitted(report, leader)


def refused(sql, *values):
    """Whether the database refuses a statement, whoever sends it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except DatabaseError:
        return True
    return False


def test_a_real_submission_and_its_signature_cannot_be_deleted(real):
    assert refused("DELETE FROM reporting_submission WHERE id = %s", real.pk)
    assert refused("DELETE FROM reporting_ownersignature WHERE id = %s", real.signature_id)
    assert refused("UPDATE reporting_submission SET test_round_id = %s", real.report.round_id)
    if connection.vendor == "postgresql":
        assert refused("TRUNCATE reporting_submission CASCADE")
    assert refused("UPDATE reporting_ownersignature SET test_round_id = %s", real.report.round_id)
    assert Submission.objects.filter(pk=real.pk, test_round=None).exists()


def test_a_round_stays_what_it_was_made_as(real, trial):
    """In neither direction; what changes nothing is let through."""
    assert refused("UPDATE reporting_round SET is_test = %s WHERE id = %s", True, real.report.round_id)
    assert refused("UPDATE reporting_round SET is_test = %s WHERE id = %s", False, trial.pk)
    assert not refused("UPDATE reporting_round SET is_test = %s WHERE id = %s", True, trial.pk)


def test_what_was_tried_cannot_be_changed_either(tried):
    assert refused("UPDATE reporting_submission SET is_late = %s WHERE id = %s", True, tried.pk)
    assert is_whole(tried)


def test_a_wiped_round_is_as_new_and_the_real_one_beside_it_is_whole(tried, trial, real, admin, adviser):
    approved(tried, adviser)
    trial.refresh_from_db()
    assert wipe_round(by=act(admin), round_=trial, version=trial.version, is_kept=True) == 1
    assert [row.state for row in trial.reports.all()] == [Report.State.NOT_STARTED]
    assert list(Submission.objects.all()) == [real]
    assert list(OwnerSignature.objects.all()) == [real.signature]
    assert is_whole(real)
    event = AuditEvent.objects.get(action="test_round_wiped")
    assert (event.actor_id, event.data["begun"], event.data["numbers"]) == (admin.pk, 1, [tried.number])
    assert broken_submissions() == []


def test_a_round_can_go_with_its_reports(tried, trial, admin):
    wipe_round(by=act(admin), round_=trial, version=trial.version, is_kept=False)
    assert not Round.objects.exists()


def test_a_real_round_is_never_wiped(real, admin, leader):
    round_ = Round.objects.get()
    with pytest.raises(NotATestRound):
        wipe_round(by=act(admin), round_=round_, version=round_.version, is_kept=True)
    with pytest.raises(NotAllowed):
        wipe_round(by=act(leader), round_=round_, version=round_.version, is_kept=True)
    assert Submission.objects.exists()


def test_everything_that_points_at_a_report_is_decided_about():
    """A new relation fails here: put it in `WIPED` once it is decided that it may go with a trial."""
    found, waiting = set(), [Report]
    while waiting:
        for name, pointing, _field in relations(waiting.pop()):
            if name not in found:
                found.add(name)
                waiting.append(pointing)
    assert found == WIPED


def test_who_writes_or_submits_when_it_is_wiped_finds_it_gone(trial, tried, admin, leader, project):
    wipe_round(by=act(admin), round_=trial, version=trial.version, is_kept=True)
    with pytest.raises(Http404):
        lock_for_writing(act(leader), tried.report_id)
    with pytest.raises(Http404):
        lock(tried.report_id)


def test_a_stale_wipe_is_refused(tried, trial, admin):
    with pytest.raises(rounds.StaleRound):
        wipe_round(by=act(admin), round_=trial, version=trial.version - 1, is_kept=True)
    assert Submission.objects.exists()


def test_it_counts_nowhere(tried, project, adviser, programme, leader):
    """Approved all the same, it publishes nothing, confirms nothing, and no rule hears of it."""
    assert approved(tried, adviser) is None
    assert not Published.objects.exists()
    assert not Measurement.objects.filter(state=Measurement.State.CONFIRMED).exists()
    assert facts.load(Asked([project.pk], TODAY))[project.pk]["reports"] == ()
    assert changed_on([project.pk], TODAY, None) == {}, "no new fact that closes a warning"
    later = begun(project, leader, a_round(programme, 2015, opens_on=date(2015, 1, 2)))
    assert answers_last_year(later) == {}
    assert changed_on([project.pk], TODAY, None) == {project.pk: TODAY}, "the control: a report in earnest is begun"


def test_nobody_is_told_and_nobody_is_reminded(tried, trial, report):
    assert not OutboxMessage.objects.exists()
    assert [row.round for row in outstanding(TODAY)] == [report.round]


def test_every_page_and_the_pdf_say_that_it_is_a_trial(client, project, tried, leader):
    client.force_login(leader)
    receipt = reverse("report_receipt", args=[project.slug, tried.number])
    for address in (receipt, reverse("report_submitted", args=[project.slug, tried.number])):
        said = client.get(address).content.decode()
        assert "Prøverunde." in said
        assert "Årsrapport 2014 (prøve)" in said
    text = squeezed(text_of(pdf(tried, is_demo=False)))
    assert squeezed("Prøverunde: rapporten teller ikke") in text
    assert squeezed("Årsrapport 2014 (prøve)") in text


def test_an_administrator_makes_and_wipes_one(client, programme, project, admin):
    client.force_login(admin)
    new = reverse("setup_round_new", args=[programme.slug])
    assert client.post(new, {**values(client.get(new)), "is_test": "on"}).status_code == 303
    made = Round.objects.get()
    assert made.is_test
    place = reverse("setup_round_wipe", args=[programme.slug, made.pk])
    assert "Slett rapportene og runden" in client.get(place).content.decode()
    assert client.post(place, {"version": "0", "do": "remove"}).status_code == 409
    assert client.post(place, {"version": made.version, "do": "remove"}).status_code == 303
    assert not Round.objects.exists()


def test_a_real_round_has_no_such_page(client, programme, round_, admin):
    client.force_login(admin)
    assert client.get(reverse("setup_round_wipe", args=[programme.slug, round_.pk])).status_code == 404


def test_only_chosen_projects_report(client, programme, project, other_project, leader, other_leader, round_, admin):
    client.force_login(admin)
    place = reverse("setup_round_projects", args=[programme.slug, round_.pk])
    sent = {"version": round_.version, "who": "some"}
    assert client.post(place, sent).status_code == 422
    begun(project, leader, round_)
    answer = client.post(place, {**sent, "projects": [other_project.pk]})
    assert project.title in answer.content.decode()
    assert answer.status_code == 422
    assert client.post(place, {**sent, "projects": [project.pk]}).status_code == 303
    assert [row.project for row in round_.reports.all()] == [project]
    client.force_login(other_leader)
    assert client.post(reverse("report_round", args=[other_project.slug, "2014"])).status_code == 409
    client.force_login(admin)
    round_.refresh_from_db()
    assert client.post(place, {"version": round_.version, "who": "all"}).status_code == 303
    assert round_.reports.count() == 2


def test_a_round_that_does_not_remind(programme, project):
    a_round(programme, reminds=False)
    assert outstanding(TODAY) == []
