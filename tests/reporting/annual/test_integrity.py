"""Tampering is found, whatever is touched, by someone who has switched the triggers off."""

from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from reporting.annual.integrity import broken_submissions, is_whole
from reporting.annual.models import Submission
from tests.reporting.annual.writing import filled, signed, submitted

pytestmark = pytest.mark.django_db
TAMPERINGS = 1000


@pytest.fixture
def submission(report, leader, owner):
    signed(filled(report, leader), owner)
    return submitted(report, leader)


def test_what_was_received_is_whole(submission):
    assert broken_submissions() == []
    call_command("verify")


def test_every_changed_character_is_found(submission):
    """Where does not matter: a thousand places, each with another character."""
    draw, right = Random(7), submission.snapshot
    for _ in range(TAMPERINGS):
        place = draw.randrange(len(right))
        letter = draw.choice([letter for letter in 'abc1{"' if letter != right[place]])
        submission.snapshot = right[:place] + letter + right[place + 1 :]
        assert not is_whole(submission)


@pytest.mark.parametrize("field", ["sha256", "content_digest", "number"])
def test_a_changed_checksum_or_number_is_found(submission, field):
    value = getattr(submission, field)
    setattr(submission, field, value[:-1] + ("1" if value[-1] != "1" else "2"))
    assert not is_whole(submission)


def test_a_late_report_cannot_be_made_to_look_in_time(submission):
    submission.is_late = True
    assert not is_whole(submission)


def test_the_command_fails_when_something_has_been_changed(submission):
    drop = "DROP TRIGGER submission_refuse_update"
    with connection.cursor() as cursor:
        cursor.execute(drop if connection.vendor == "sqlite" else f"{drop} ON reporting_submission")
    Submission.objects.update(is_late=True, snapshot="{}")
    with pytest.raises(CommandError, match=submission.number):
        call_command("verify")
