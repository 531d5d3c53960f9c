"""Many at once on both databases: nothing is lost, nothing is doubled, and the guards are what makes it so."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction

from journal.models import AuditEvent
from journal.queries import broken_events
from reporting.annual.actions import drafts, reports, submissions
from reporting.annual.merge import Change
from reporting.annual.models import ConflictCopy, Report, ReportSection, SaveReceipt, Submission
from tests.reporting.annual.writing import act, filled, seen, signed

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 17
SAVES = 118  # each: 17 × 118 = 2,006
CROWD = 50
EDITS = 20  # by each of eight who do not look


def all_at_once(calls):
    """Run the calls in threads that start together; what each returned or raised."""
    ready = Barrier(len(calls))

    def run(call):
        ready.wait()
        try:
            return call()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def lines(report):
    """The lines written in the one answer everybody writes in."""
    data = ReportSection.objects.get(report=report, key="videre").data
    return set(filter(None, data.get("neste", "").split("\n")))


def write(report, leader, number):
    """Add lines to the answer everybody writes in, always on what one saw last; the lines said to be stored."""
    version, text, stored = 1, None, set()
    for turn in range(SAVES):
        line = f"{number}.{turn}"
        new = f"{text}\n{line}" if text else line
        try:
            saved = save(report, leader, version, "neste", text, new)
            stored.add(line)
        except drafts.Conflict as conflict:
            saved = conflict.saved
        version, text = saved.version, saved.data["neste"]
    return stored


def write_own(report, leader, question):
    """Write in one's own answer, over and over, from a page that never learns of the others."""
    old = None
    for turn in range(SAVES):
        new = f"{question} {turn}"
        save(report, leader, 1, question, old, new)
        old = new
    return new


def save(report, leader, version, question, old, new):
    """One save of one answer in the section all write in."""
    return drafts.save_section(
        by=act(leader),
        report=report,
        key="videre",
        base_version=version,
        save_id=uuid4(),
        fields={question: Change(old, new)},
    )


def test_of_2000_saves_by_17_writers_none_is_lost(report, leader):
    """Fourteen write in the same answer, three in one of their own: what was said to be stored is there in the end.

    And what was not stored, because somebody else had been there, is kept beside it.
    """
    own = ["hvem_videre", "hjelp", "merknad_tillitsvalgte"]
    same = [lambda n=n: write(report, leader, n) for n in range(WRITERS - len(own))]
    outcomes = all_at_once([*same, *[lambda q=q: write_own(report, leader, q) for q in own]])
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    acknowledged = set().union(*outcomes[: len(same)])
    beside = {copy.mine.split("\n")[-1] for copy in ConflictCopy.objects.all()}
    assert lines(report) == acknowledged
    assert acknowledged | beside == {f"{n}.{turn}" for n in range(len(same)) for turn in range(SAVES)}
    data = ReportSection.objects.get(report=report, key="videre").data
    assert [data[question] for question in own] == outcomes[len(same) :]
    assert SaveReceipt.objects.count() == WRITERS * SAVES


def careless(report, number, saves):
    """What a save without a version does: read, change, write, in a transaction, which is no lock."""
    for turn in range(saves):
        with transaction.atomic():
            section = ReportSection.objects.get(report=report, key="videre")
            section.data["neste"] = f"{section.data.get('neste', '')}\n{number}.{turn}"
            section.save()


def test_without_the_version_saves_are_lost_where_the_database_allows_it(report):
    """The control: SQLite lets one transaction write at a time, PostgreSQL does not."""
    all_at_once([lambda n=n: careless(report, n, EDITS) for n in range(8)])
    lost = 8 * EDITS - len(lines(report))
    print(f"lost without a version: {lost} of {8 * EDITS} on {connection.vendor}")
    assert (lost > 0) == (connection.vendor == "postgresql")


def test_fifty_submissions_at_once_are_one_with_one_receipt(report, leader, owner):
    signed(filled(report, leader), owner)
    what, key = seen(report), uuid4()
    keys = [key] * (CROWD // 2) + [uuid4() for _ in range(CROWD - CROWD // 2)]
    outcomes = all_at_once(
        [lambda k=k: submissions.submit(by=act(leader), report=report, idempotency_key=k, seen=what) for k in keys]
    )
    assert [outcome for outcome in outcomes if not isinstance(outcome, Submission)] == []
    assert len({outcome.number for outcome in outcomes}) == Submission.objects.count() == 1
    assert AuditEvent.objects.filter(action="report_submitted").count() == 1
    assert broken_events(f"project:{report.project_id}") == []


def test_an_edit_racing_a_submission_is_in_it_or_stops_it_or_comes_too_late(report, leader, owner):
    """Whatever wins, what is submitted is what was seen."""
    signed(filled(report, leader), owner)
    what = seen(report)

    def edit():
        version = ReportSection.objects.get(report=report, key="videre").version
        fields = {"neste": Change(None, "Noe helt annet.")}
        return drafts.save_section(
            by=act(leader), report=report, key="videre", base_version=version, save_id=uuid4(), fields=fields
        )

    submit = lambda: submissions.submit(by=act(leader), report=report, idempotency_key=uuid4(), seen=what)  # noqa: E731
    edited, received = all_at_once([edit, submit])
    if isinstance(received, Submission):
        assert isinstance(edited, drafts.NotWritable)
        assert received.contents["content"] == what
    else:
        assert isinstance(received, reports.ChangedSinceSeen)
        assert isinstance(edited, drafts.Saved)
        assert Report.objects.get().is_writable
