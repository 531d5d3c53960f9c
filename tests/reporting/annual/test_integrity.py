"""Tampering is found, whatever is touched, by someone who has switched the triggers off."""

from datetime import timedelta
from random import Random

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from reporting.annual.integrity import broken_submissions, is_whole
from reporting.annual.models import Submission
from saman.canonical import canonical, digest, sha256
from tests.effort import times
from tests.reporting.annual.writing import filled, signed, submitted

pytestmark = pytest.mark.django_db
TAMPERINGS = 1000
STORED_TAMPERINGS = times(200, 1000)


@pytest.fixture
def submission(report, leader, owner):
    signed(filled(report, leader), owner)
    return submitted(report, leader)


def test_what_was_received_is_whole(submission):
    assert broken_submissions() == []
    call_command("verify_integrity")


def test_every_changed_character_is_found(submission):
    """Where does not matter: a thousand places, each with another character."""
    draw, right = Random(7), submission.snapshot
    for _ in range(TAMPERINGS):
        submission.snapshot = another(right, draw)
        assert not is_whole(submission)


def another(text, draw):
    """A text with something added, taken away, changed or in another order, somewhere."""
    place, letter = draw.randrange(len(text) - 1), draw.choice('abcæ012{"')
    how = draw.choice(("added", "taken away", "changed", "swapped"))
    kept = {
        "added": (0, letter),
        "taken away": (1, ""),
        "changed": (1, letter),
        "swapped": (2, text[place + 1] + text[place]),
    }
    length, new = kept[how]
    made = text[:place] + new + text[place + length :]
    return made if made != text else another(text, draw)


def as_its_own(row, contents):
    """What one writes who works out every checksum in the row anew."""
    snapshot = canonical(contents)
    return {"snapshot": snapshot, "sha256": sha256(snapshot), "content_digest": digest(contents["content"])}


def tampered(row, draw):
    """The columns of a stored submission as somebody with the run of the database might write them."""
    contents = row.contents
    moved = row.received_at + draw.choice((-1, 1)) * timedelta(microseconds=draw.randint(1, 10**12))
    question = draw.choice([q for part in contents["content"]["sections"] for q in part["questions"] if q["answer"]])
    ways = {
        "a character": lambda: {"snapshot": another(row.snapshot, draw)},
        "a checksum": lambda: {"sha256": another(row.sha256, draw)[:64]},
        "the digest": lambda: {"content_digest": another(row.content_digest, draw)[:64]},
        "the number": lambda: {"number": another(row.number, draw)},
        "the time": lambda: {"received_at": moved},
        "the deadline": lambda: {"deadline": row.deadline + timedelta(seconds=draw.randint(1, 10**6))},
        "late": lambda: {"is_late": not row.is_late},
        "the revision": lambda: {"revision": row.revision + draw.randint(1, 99)},
        "by nobody": lambda: {"by": None},
        "unsigned": lambda: {"is_signed": False, "signature": None},
        "an answer, and all checksums": lambda: question.update(answer=f"{draw.random()}") or as_its_own(row, contents),
        "the time, and all checksums": lambda: (
            contents.update(received_at=moved) or {"received_at": moved, **as_its_own(row, contents)}
        ),
    }  # fmt: skip
    return ways[draw.choice(list(ways))]()


@pytest.mark.robustness
def test_all_tamperings_with_what_is_stored_are_found(submission):
    unguarded("update")
    draw, columns = Random(2014), [field.name for field in Submission._meta.fields if field.name != "id"]
    stored, found = Submission.objects.filter(pk=submission.pk), 0
    for _ in range(STORED_TAMPERINGS):
        change = tampered(submission, draw)
        stored.update(**change)
        found += len(broken_submissions()) > 0
        stored.update(**{name: getattr(submission, name) for name in columns if name in change})
    print(f"{found} of {STORED_TAMPERINGS} tamperings with a stored submission found on {connection.vendor}")
    assert (found, broken_submissions()) == (STORED_TAMPERINGS, [])


def test_a_submission_that_is_gone_is_missed(submission):
    unguarded("delete")
    Submission.objects.all().delete()
    assert broken_submissions() == [submission.number]


def unguarded(operation):
    """Switch a trigger off, as one can who owns the database."""
    drop = f"DROP TRIGGER submission_refuse_{operation}"
    with connection.cursor() as cursor:
        cursor.execute(drop if connection.vendor == "sqlite" else f"{drop} ON reporting_submission")


@pytest.mark.parametrize("field", ["sha256", "content_digest", "number"])
def test_a_changed_checksum_or_number_is_found(submission, field):
    value = getattr(submission, field)
    setattr(submission, field, value[:-1] + ("1" if value[-1] != "1" else "2"))
    assert not is_whole(submission)


def test_a_late_report_cannot_be_made_to_look_in_time(submission):
    submission.is_late = True
    assert not is_whole(submission)


def test_the_command_fails_when_something_has_been_changed(submission):
    unguarded("update")
    Submission.objects.update(is_late=True, snapshot="{}")
    with pytest.raises(CommandError, match=submission.number):
        call_command("verify_integrity")
