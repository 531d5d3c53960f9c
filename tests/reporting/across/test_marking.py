"""Passages and codes: verified against what was submitted, kept when withdrawn; nothing is lost between advisers."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from accounts.actor import NotAllowed
from journal.models import AuditEvent
from reporting.across.actions import marking
from reporting.across.models import Coding, Passage
from tests.reporting.across.conftest import ANSWER, QUESTION, marked
from tests.reporting.annual.test_races import all_at_once
from tests.reporting.annual.writing import act

pytestmark = pytest.mark.django_db
HURDLE = "Det ble for langt fra hverdagen i Meråker."


def test_a_passage_is_the_words_of_the_submission_with_all_its_codes(submission, adviser):
    given = marked(submission, adviser, HURDLE, "laeringspunkt", "F3", note="Bruk denne")
    passage = Passage.objects.get()
    assert ANSWER[passage.start : passage.end] == passage.text == HURDLE
    assert [(row.code, row.by, row.note) for row in given] == [
        ("laeringspunkt", adviser, "Bruk denne"), ("F3", adviser, "Bruk denne"),
    ]  # fmt: skip
    assert AuditEvent.objects.get(action="passage_coded").data["codes"] == ["laeringspunkt", "F3"]


@pytest.mark.parametrize("span", [(0, 10_000), (5, 5), (-3, 4), (9, 3)])
def test_what_is_not_words_of_the_answer_is_refused(submission, adviser, span):
    with pytest.raises(marking.NotAQuote):
        marking.mark(by=act(adviser), submission=submission, question=QUESTION, spans=[(0, 5), span], codes=["F1"])
    assert not Passage.objects.exists(), "nothing is stored half"


def test_a_question_with_a_choice_and_an_unknown_code_are_refused(submission, adviser):
    with pytest.raises(marking.NotAQuote):
        marking.mark(by=act(adviser), submission=submission, question="behandlet", spans=[(0, 2)], codes=["F1"])
    for codes in ([], ["F8"]):
        with pytest.raises(marking.UnknownCode):
            marking.mark(by=act(adviser), submission=submission, question=QUESTION, spans=[(0, 5)], codes=codes)


def test_the_same_twice_is_once_and_another_note_takes_its_place(submission, adviser):
    (first,) = marked(submission, adviser, HURDLE, "F3", note="a")
    assert marked(submission, adviser, HURDLE, "F3", note="a") == [first]
    marked(submission, adviser, HURDLE, "F3", note="b")
    assert [row.note for row in Coding.objects.live()] == ["b"]
    assert Coding.objects.count() == 2, "the history stays"
    assert AuditEvent.objects.get(action="passage_code_withdrawn").data["codes"] == ["F3"]


def test_a_second_code_without_a_note_leaves_the_first_ones_note(submission, adviser):
    (first,) = marked(submission, adviser, HURDLE, "F3", note="Ta med")
    assert marked(submission, adviser, HURDLE, "F3", "F7")[0] == first
    assert [(row.code, row.note) for row in Coding.objects.live()] == [("F3", "Ta med"), ("F7", "")]


def test_a_withdrawn_code_stays_in_the_history_and_may_be_given_again(submission, adviser):
    (given,) = marked(submission, adviser, HURDLE, "F3")
    marking.withdraw(by=act(adviser), coding=given)
    marking.withdraw(by=act(adviser, minute=5), coding=given)
    given.refresh_from_db()
    assert (given.withdrawn_by, given.withdrawn_at) == (adviser, act(adviser).now)
    assert AuditEvent.objects.filter(action="passage_code_withdrawn").count() == 1
    marked(submission, adviser, HURDLE, "F3")
    assert Coding.objects.live().count() == 1


def test_only_advisers_of_the_programme_and_administrators_mark(submission, adviser, admin, leader, stranger):
    for person in (leader, stranger):
        with pytest.raises(NotAllowed):
            marked(submission, person, HURDLE, "F3")
    (given,) = marked(submission, admin, HURDLE, "F3")
    with pytest.raises(NotAllowed):
        marking.withdraw(by=act(leader), coding=given)


def test_a_passage_that_is_changed_is_found(submission, adviser):
    marked(submission, adviser, HURDLE, "F3")
    call_command("verify_integrity")
    Passage.objects.update(text="Det gikk bra i Meråker.")
    with pytest.raises(CommandError, match=f"passages .{Passage.objects.get().pk}"):
        call_command("verify_integrity")


CROWD = 8


def all_mark(submission, person, code):
    """The same from the same person many times at once; those that were not taken."""
    outcomes = all_at_once([lambda: marked(submission, person, HURDLE, code, "F7")] * CROWD)
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


@pytest.mark.django_db(transaction=True)
def test_a_marking_that_is_sent_many_times_at_once_is_given_once(submission, adviser, admin):
    marked(submission, admin, HURDLE, "F1")
    assert all_mark(submission, adviser, "F3") == []
    assert sorted(Coding.objects.live().filter(by=adviser).values_list("code", flat=True)) == ["F3", "F7"]
    assert Passage.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_some_are_refused_where_the_database_allows_it(monkeypatch, submission, adviser, admin):
    """The control: SQLite lets one transaction write at a time, PostgreSQL does not."""
    marked(submission, admin, HURDLE, "F1")  # the first to make a passage is a lock too, and so is the journal's turn
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **options: self)
    monkeypatch.setattr(marking, "record", lambda **event: None)
    refused = next(filter(None, (all_mark(submission, adviser, code) for code in ("F2", "F3", "F4", "F5", "F6"))), [])
    assert bool(refused) == (connection.vendor == "postgresql")
    assert all(isinstance(outcome, IntegrityError) for outcome in refused)
