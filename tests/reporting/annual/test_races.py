"""Many at once on both databases: nothing is lost, nothing is doubled, and the guards are what makes it so."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier, BrokenBarrierError
from time import sleep
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.http import Http404

from journal.actions import record
from journal.models import AuditEvent
from journal.queries import broken_events
from reporting.annual.actions import drafts, reports, reviews, submissions
from reporting.annual.actions.wiping import wipe_round
from reporting.annual.merge import Change
from reporting.annual.models import ConflictCopy, Report, ReportSection, SaveReceipt, Submission
from tests.effort import times
from tests.reporting.annual.writing import DEADLINE, a_round, act, at, begun, filled, save, seen, signed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.robustness]
WRITERS = 17
SAVES = 118  # each: 17 × 118 = 2,006; an answer has no room for the lines of many more
CROWDS_OF_WRITERS = times(1, 5)  # 10,030 saves
CROWD = 50
FEW = 4  # enough where everyone has looked before anyone writes
CROWDED = times(1, 51)  # submissions by a crowd
EDITS = 20  # by each of eight who do not look
RACES = times(40, 200)
CARELESS_RACES = 10
WIPED = times(6, 60)  # trials, each while somebody submits in it


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
            saved = store(report, leader, version, "neste", text, new)
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
        store(report, leader, 1, question, old, new)
        old = new
    return new


def store(report, leader, version, question, old, new):
    """One save of one answer in the section all write in."""
    return drafts.save_section(
        by=act(leader),
        report=report,
        key="videre",
        base_version=version,
        save_id=uuid4(),
        fields={question: Change(old, new)},
    )


@pytest.mark.parametrize("turn", range(CROWDS_OF_WRITERS))
def test_of_2000_saves_by_17_writers_none_is_lost(report, leader, turn):
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
    print(f"{WRITERS * SAVES} saves by {WRITERS} writers on {connection.vendor}: 0 lost, {len(beside)} kept beside")


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


def crowd(report, leader, what):
    """Fifty submissions of what was seen, together: half of them one request sent again and again."""
    again = uuid4()
    keys = [again] * (CROWD // 2) + [uuid4() for _ in range(CROWD - CROWD // 2)]
    return all_at_once([lambda k=k: submit(report, leader, what, k) for k in keys])


def submit(report, leader, what, key=None):
    """Submit what was on the screen."""
    return submissions.submit(by=act(leader), report=report, idempotency_key=key or uuid4(), seen=what)


def returned(submission, adviser):
    """The report back with the project, as its next revision."""
    review = reviews.open_review(by=act(adviser), submission=submission)
    reviews.return_report(by=act(adviser), review=review, new_deadline=DEADLINE, note="Skriv mer.")


def test_fifty_submissions_at_once_are_one_with_one_receipt(report, leader, owner, adviser):
    filled(report, leader)
    for done in range(1, CROWDED + 1):
        signed(report, owner)
        outcomes = crowd(report, leader, seen(report))
        assert [outcome for outcome in outcomes if not isinstance(outcome, Submission)] == []
        assert len({outcome.number for outcome in outcomes}) == 1
        assert Submission.objects.count() == AuditEvent.objects.filter(action="report_submitted").count() == done
        returned(outcomes[0], adviser)
    assert broken_events(f"project:{report.project_id}") == []
    print(f"{CROWDED * CROWD} submissions in crowds of {CROWD} on {connection.vendor}: {done} stored, one receipt each")


def careless_submit(report, all_have_looked):
    """What submitting without a lock does: looks whether it is submitted, then says that it is."""
    with transaction.atomic():
        if Report.objects.get(pk=report.pk).is_writable:
            with suppress(BrokenBarrierError):  # where one transaction at a time may write, the others never come
                all_have_looked.wait(timeout=20 if connection.vendor == "postgresql" else 0.5)
            record(stream="control", action="submitted", obj=("report", report.pk), actor_id=None, at=at())
            Report.objects.filter(pk=report.pk).update(state=Report.State.SUBMITTED)


def test_without_the_lock_a_crowd_submits_more_than_once_where_the_database_allows_it(report):
    """The control, as for saves."""
    everyone = Barrier(FEW)
    all_at_once([lambda: careless_submit(report, everyone)] * FEW)
    stored = AuditEvent.objects.filter(stream="control").count()
    print(f"without a lock: {stored} of {FEW} submissions stored on {connection.vendor}")
    assert stored == (FEW if connection.vendor == "postgresql" else 1)


def test_a_report_that_is_submitted_while_its_trial_is_wiped_is_whole_or_gone(programme, project, leader, owner, admin):
    """Nobody meets an error of the database: the one who comes last finds the report gone."""
    trial = a_round(programme, is_test=True)
    for _ in range(WIPED):
        report = filled(begun(project, leader, trial), leader)
        signed(report, owner)
        what = seen(report)
        trial.refresh_from_db()
        wipe = partial(wipe_round, by=act(admin), round_=trial, version=trial.version, is_kept=True)
        sent, wiped = all_at_once([partial(submit, report, leader, what), wipe])
        assert wiped == 1
        assert isinstance(sent, (Submission, Http404))
        assert not Submission.objects.exists()


def edit(report, leader, text):
    """Another answer, saved on top of whatever stands there."""
    return save(report, leader, "videre", neste=text)


def race(report, leader, what, text, send):
    """An edit and a submission of what was seen: every other time the edit is acknowledged first, else together."""
    number = int(text.split()[-1])
    if number % 2 == 0:
        return [
            all_at_once([call])[0] for call in (lambda: edit(report, leader, text), lambda: send(report, leader, what))
        ]

    def later():
        sleep(number % 16 / 1000)
        return edit(report, leader, text)

    return all_at_once([later, lambda: send(report, leader, what)])


def test_an_edit_between_preview_and_submission_stops_it_and_is_shown(report, leader, owner, adviser):
    """Whatever wins, what is submitted is what was seen; and what stopped it is the edit, with both texts."""
    filled(report, leader)
    before, stopped = ReportSection.objects.get(report=report, key="videre").data["neste"], 0
    for number in range(RACES):
        signed(report, owner)
        what, text = seen(report), f"Noe helt annet, {number}"
        edited, received = race(report, leader, what, text, submit)
        if isinstance(received, Submission):
            assert number % 2
            assert isinstance(edited, drafts.NotWritable)
            assert received.contents["content"] == what
            returned(received, adviser)
            continue
        assert isinstance(received, reports.ChangedSinceSeen)
        assert isinstance(edited, drafts.Saved)
        shown = [(each.question, each.seen, each.now) for each in received.changes]
        assert shown == [("neste", before, text)]
        before, stopped = text, stopped + 1
    assert Submission.objects.count() == RACES - stopped
    print(
        f"{RACES} edits against a submission on {connection.vendor}: {stopped} stopped it, {RACES - stopped} too late"
    )


def test_without_the_digest_what_nobody_has_seen_is_submitted(report, leader, owner, adviser, round_):
    """The control: a submission that sends whatever stands there sends the edit too."""
    type(round_).objects.update(signature="after")
    filled(report, leader)
    unseen = 0
    for number in range(CARELESS_RACES):
        what = seen(report)
        _, received = race(
            report,
            leader,
            what,
            f"Noe helt annet, {number}",
            lambda r, by, _: submit(r, by, seen(Report.objects.get())),
        )
        if isinstance(received, Submission):
            unseen += received.contents["content"] != what
            returned(received, adviser)
    print(f"without a digest: {unseen} of {CARELESS_RACES} submitted unseen on {connection.vendor}")
    assert unseen >= CARELESS_RACES // 2
