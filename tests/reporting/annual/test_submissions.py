"""From draft to receipt: seen, signed, submitted once, and never changed afterwards."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.actor import Actor, NotAllowed
from benefits.actions import measurements
from journal.models import AuditEvent
from reporting.annual.actions import reports, submissions
from reporting.annual.content import content, seal, unseal
from reporting.annual.integrity import is_whole
from reporting.annual.models import Report, Submission
from reporting.annual.receipts import is_receipt_number, receipt_number
from saman import clock
from saman.canonical import digest, sha256
from tests.factories import OSLO
from tests.reporting.annual.writing import DEADLINE, a_round, act, at, begun, filled, save, seen, signed, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def complete(report, leader):
    return filled(report, leader)


@pytest.fixture
def ready(complete, owner):
    signed(complete, owner)
    return complete


def test_a_signed_report_is_received_with_a_receipt(ready, leader, project):
    receipt = submitted(ready, leader)
    ready.refresh_from_db()
    assert ready.state == Report.State.SUBMITTED
    assert is_receipt_number(receipt.number)
    assert receipt.sha256 == sha256(receipt.snapshot)
    assert receipt.content_digest == digest(receipt.contents["content"])
    assert (receipt.is_signed, receipt.is_late) == (True, False)
    assert receipt.on_behalf_of == project.municipalities.get()


def test_the_snapshot_freezes_questions_answers_and_figures(ready, leader, target):
    what = submitted(ready, leader).contents["content"]
    section = next(part for part in what["sections"] if part["key"] == "tiltak")
    question = next(item for item in section["questions"] if item["key"] == "forklaring")
    assert question["title"]["nn"].startswith("Kva har endra seg")
    assert question["answer"].startswith("Andelen")
    row = what["targets"][0]
    assert (row["id"], row["baseline"]["value"]) == (target.pk, "10.8")
    assert row["previous"] == {"on": "2013-12-31", "value": "10.4"}
    assert row["latest"] == {"on": "2014-12-31", "value": "9.6"}


def test_numbers_are_submitted_in_one_form(ready, leader):
    what = submitted(ready, leader).contents["content"]
    answers = {q["key"]: q["answer"] for part in what["sections"] for q in part["questions"]}
    assert answers["arsverk"] == "2.4"


def test_the_same_request_again_gets_the_same_receipt(ready, leader):
    key, what = uuid4(), seen(ready)
    first = submissions.submit(by=act(leader), report=ready, idempotency_key=key, seen=what)
    again = submissions.submit(by=act(leader, hour=11), report=ready, idempotency_key=key, seen=what)
    from_another_tab = submissions.submit(by=act(leader), report=ready, idempotency_key=uuid4(), seen=what)
    assert first == again == from_another_tab
    assert Submission.objects.count() == 1
    assert AuditEvent.objects.filter(action="report_submitted").count() == 1


def test_a_key_that_belongs_to_something_else_is_refused(ready, leader):
    key = uuid4()
    what = seen(ready)
    submissions.submit(by=act(leader), report=ready, idempotency_key=key, seen=what)
    with pytest.raises(submissions.KeyReused):
        submissions.submit(by=act(leader), report=ready, idempotency_key=key, seen={**what, "language": "nn"})


def test_another_content_of_a_submitted_revision_is_refused_with_the_receipt(ready, leader):
    receipt = submitted(ready, leader)
    other = {**receipt.contents["content"], "language": "nn"}
    with pytest.raises(submissions.AlreadySubmitted) as refusal:
        submissions.submit(by=act(leader), report=ready, idempotency_key=uuid4(), seen=other)
    assert refusal.value.submission == receipt


def test_an_edit_after_the_preview_stops_the_submission_and_shows_the_difference(ready, leader, owner):
    what = seen(ready)
    save(ready, leader, "videre", neste="Vi utvider til to enheter.")
    with pytest.raises(reports.ChangedSinceSeen) as refusal:
        submissions.submit(by=act(leader), report=ready, idempotency_key=uuid4(), seen=what)
    (change,) = refusal.value.changes
    assert (change.section, change.question) == ("videre", "neste")
    assert change.seen.startswith("Andelen")
    assert change.now == "Vi utvider til to enheter."
    assert not Submission.objects.exists()


def test_whatever_is_edited_between_preview_and_submission_stops_it(ready, leader):
    """Every answer of the form in turn; put back as it was, the report can be submitted as it was signed."""
    what = seen(ready)
    places = [(section["key"], question) for section in what["sections"] for question in section["questions"]]
    texts = [(section, question) for section, question in places if question["type"] == "text"]
    for section, question in texts:
        save(ready, leader, section, **{question["key"]: "Noe helt annet."})
        with pytest.raises(reports.ChangedSinceSeen) as refusal:
            submissions.submit(by=act(leader), report=ready, idempotency_key=uuid4(), seen=what)
        (change,) = refusal.value.changes
        assert (change.section, change.question, change.now) == (section, question["key"], "Noe helt annet.")
        save(ready, leader, section, **{question["key"]: question["answer"]})
    assert len(texts) > 10
    assert not Submission.objects.exists()
    assert submitted(ready, leader).is_signed


def test_a_measurement_after_the_preview_stops_it_too(ready, leader, target):
    what = seen(ready)
    value = measurements.Value(date(2015, 1, 15), Decimal("9.4"))
    measurements.register(by=act(leader), target=target, value=value)
    with pytest.raises(reports.ChangedSinceSeen) as refusal:
        submissions.submit(by=act(leader), report=ready, idempotency_key=uuid4(), seen=what)
    assert {change.question for change in refusal.value.changes} == {"1.latest", "1.measurements"}


def test_the_owner_signs_what_was_on_the_screen(complete, leader, owner):
    what = seen(complete)
    save(complete, leader, "videre", neste="Noe annet.")
    with pytest.raises(reports.ChangedSinceSeen):
        reports.sign(by=act(owner), report=complete, seen=what)


def test_signing_twice_is_signing_once(complete, owner):
    assert signed(complete, owner) == signed(complete, owner)
    assert AuditEvent.objects.filter(action="report_signed").count() == 1


def test_an_edit_after_the_signature_makes_it_not_count(ready, leader):
    save(ready, leader, "videre", neste="Noe annet.")
    with pytest.raises(submissions.NotSigned):
        submitted(ready, leader)


@pytest.mark.parametrize(
    ("day", "is_late"), [(date(2015, 2, 2), False), (date(2015, 2, 3), True), (date(2015, 6, 1), True)]
)
def test_from_the_deadline_on_a_report_is_taken_unsigned_and_marked(complete, leader, day, is_late):
    receipt = submitted(complete, leader, day)
    assert (receipt.is_signed, receipt.is_late) == (False, is_late)


ON_TIME, LATE = False, True


@pytest.mark.parametrize(("seconds", "is_late"), [(-1, ON_TIME), (0, LATE), (1, LATE)])
def test_the_second_of_the_deadline(complete, leader, round_, seconds, is_late):
    """Sunday 1 February is moved to Monday; its last second is in time, the next is not."""
    assert round_.due_on == date(2015, 2, 2) != DEADLINE
    receipt = received(complete, leader, datetime(2015, 2, 3, tzinfo=OSLO) + timedelta(seconds=seconds))
    assert receipt.is_late == is_late
    assert receipt.deadline == datetime(2015, 2, 2, 23, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "is_late"), [(-1, ON_TIME), (0, LATE), (1, LATE)])
@pytest.mark.parametrize(
    ("due", "grace", "midnight"),
    [
        # The clock goes forward on 29 March 2015: Friday's report has two days of grace, so until that night is over.
        (date(2015, 3, 27), 2, datetime(2015, 3, 29, 22, tzinfo=UTC)),
        (date(2015, 3, 27), 1, datetime(2015, 3, 28, 23, tzinfo=UTC)),
        # It goes back on 25 October 2015.
        (date(2015, 10, 23), 2, datetime(2015, 10, 25, 23, tzinfo=UTC)),
        (date(2015, 10, 23), 1, datetime(2015, 10, 24, 22, tzinfo=UTC)),
    ],
)
def test_the_second_of_the_deadline_when_the_clock_is_changed(
    complete, leader, round_, due, grace, midnight, seconds, is_late
):
    type(round_).objects.update(deadline=due, grace_days=grace)
    complete.refresh_from_db()
    receipt = received(complete, leader, midnight + timedelta(seconds=seconds))
    assert (receipt.is_late, receipt.deadline) == (is_late, midnight)


@pytest.mark.parametrize("hour", [0, 1])
def test_the_hour_that_comes_twice_is_told_apart(complete, leader, round_, hour):
    """25 October 2015: half past two comes in summer time, and once more an hour later."""
    moment = datetime(2015, 10, 25, hour, 30, tzinfo=UTC)
    receipt = received(complete, leader, moment)
    assert receipt.contents["received_at"] == f"2015-10-25T02:30:00+0{2 - hour}:00"
    receipt.refresh_from_db()
    assert receipt.received_at == moment
    assert is_whole(receipt)


def received(report, leader, moment):
    """The report submitted at a moment, as a clock in Oslo tells it."""
    by = Actor(leader, moment.astimezone(OSLO))
    report = Report.objects.get(pk=report.pk)
    what = content(report, by.today)
    return submissions.submit(by=by, report=report, idempotency_key=uuid4(), seen=what)


def test_a_real_installation_asks_the_database_what_time_it_is(complete, leader, settings):
    """However wrong the web server's clock: with SQLite the two are one machine, and have one clock."""
    settings.DEMO = False
    receipt = submitted(complete, leader, date(2015, 2, 2))
    if connection.vendor == "sqlite":
        assert (receipt.received_at, receipt.is_late) == (at(date(2015, 2, 2)), False)
    else:
        assert abs(receipt.received_at - clock.real_now()) < timedelta(minutes=5)
        assert receipt.is_late


def test_a_round_may_ask_for_the_signature_afterwards(programme, project, target, leader, owner):
    report = filled(begun(project, leader, a_round(programme, signature="after")), leader)
    receipt = submitted(report, leader)
    assert not receipt.is_signed
    report.refresh_from_db()
    assert reports.sign(by=act(owner), report=report, seen=receipt.contents["content"]).digest == receipt.content_digest


def test_missing_answers_stop_it_section_by_section(report, leader):
    save(report, leader, "gevinster", arsverk="ca. to")
    with pytest.raises(reports.Incomplete) as refusal:
        submitted(report, leader)
    assert refusal.value.errors["gevinster"] == {"gevinster": "required", "arsverk": "not_a_number"}
    assert "fallgruver_haandtert" not in refusal.value.errors["fallgruver"]


@pytest.mark.parametrize("who", ["owner", "benefit_owner", "adviser", "reader", "admin", "stranger", "other_leader"])
def test_only_the_leader_submits(who, ready, request):
    with pytest.raises(NotAllowed):
        submitted(ready, request.getfixturevalue(who))


@pytest.mark.parametrize("who", ["leader", "benefit_owner", "adviser", "admin", "stranger"])
def test_only_the_owner_signs(who, complete, request):
    with pytest.raises(NotAllowed):
        signed(complete, request.getfixturevalue(who))


@pytest.mark.parametrize("table", ["reporting_submission", "reporting_ownersignature"])
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE {} SET report_id = report_id",
        "DELETE FROM {}",
        "{} AGAIN",  # the whole row once more, in the place of itself
    ],
)
def test_raw_sql_cannot_change_what_is_submitted(ready, leader, table, sql):
    submitted(ready, leader)
    if sql == "{} AGAIN":
        sql = "REPLACE INTO {0} SELECT * FROM {0}" if connection.vendor == "sqlite" else "TRUNCATE {} CASCADE"
    connection.check_constraints()  # what waits for the commit would refuse TRUNCATE by itself
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(table))


INSTEAD = "ON CONFLICT ({}) DO UPDATE SET snapshot = excluded.snapshot"


@pytest.mark.parametrize("key", ["id", "number", "idempotency_key", "report_id, revision"])
def test_nothing_takes_the_place_of_a_submission_by_any_of_its_keys(ready, leader, key):
    """SQLite's REPLACE deletes what stands in the way, and asks no trigger on DELETE."""
    receipt = submitted(ready, leader)
    fresh = {"id": "999", "number": "'X'", "idempotency_key": f"'{uuid4()}'", "revision": "9"}
    for name in key.split(", "):
        fresh[name] = name
    columns = [field.column for field in Submission._meta.fields]
    picked = ", ".join(fresh.get(column, column) for column in columns)
    insert, instead = ("REPLACE", "") if connection.vendor == "sqlite" else ("INSERT", INSTEAD.format(key))
    sql = (
        f"{insert} INTO reporting_submission ({', '.join(columns)}) SELECT {picked} FROM reporting_submission {instead}"
    )
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert Submission.objects.get().pk == receipt.pk


def test_content_survives_the_way_through_a_page(complete):
    assert unseal(seal(seen(complete))) == seen(complete)


def test_last_years_answer_stands_where_nothing_has_changed(programme, project, target, leader, owner):
    before = a_round(
        programme,
        year=2013,
        period_start=date(2013, 1, 1),
        period_end=date(2013, 12, 31),
        opens_on=date(2013, 12, 1),
        deadline=date(2014, 2, 3),
    )
    last = filled(begun(project, leader, before), leader)
    submitted(last, leader, date(2015, 1, 20))
    report = begun(project, leader, a_round(programme), short=True)
    save(report, leader, "fallgruver", unchanged=True)
    section = next(part for part in seen(report)["sections"] if part["key"] == "fallgruver")
    answers = {question["key"]: question["answer"] for question in section["questions"]}
    assert section["unchanged"]
    assert answers["virket_ikke"].startswith("Andelen")


def test_a_new_content_has_a_new_receipt():
    numbers = {receipt_number(2014, report, revision) for report in range(1, 60) for revision in (1, 2)}
    assert len(numbers) == 118
    assert all(is_receipt_number(number) for number in numbers)


def test_check_digits_find_every_single_wrong_digit():
    right = receipt_number(2014, 238, 1)
    for place, old in enumerate(right):
        if old.isdigit():
            wrong = [right[:place] + new + right[place + 1 :] for new in "0123456789" if new != old]
            assert not any(is_receipt_number(number) for number in wrong)
