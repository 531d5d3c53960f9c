"""Asking the union representatives for a statement, and their writing, signing and taking it back.

What is asked and signed is part of what the owner signs, so a report that waits for the owner waits no longer.
"""

from django.db import transaction
from django.db.models import F

from accounts.actor import Actor, NotAllowed
from projects.roles import Access
from reporting.annual.actions.drafts import after_change, lock_for_writing
from reporting.annual.actions.reports import note
from reporting.annual.models import Report, UnionStatement
from reporting.annual.statements import TAKEN_BACK, representatives
from reporting.notices import telling


class NobodyToAsk(Exception):
    """Nobody has the role in the project."""


class NothingWritten(Exception):
    """There is no text to sign."""


class StaleStatement(Exception):
    """The writer has changed it on another page. `current` is what is stored."""

    def __init__(self, current: UnionStatement) -> None:
        super().__init__("the statement has changed")
        self.current = current


@transaction.atomic
def ask(*, by: Actor, report: Report) -> None:
    """Ask for a statement, and share the draft with those who are asked; asked before, asked.

    Raises NotAllowed, NotWritable, NobodyToAsk.
    """
    report = lock_for_writing(by, report.pk)
    if not representatives(report, by.today):
        raise NobodyToAsk
    if report.statement_asked_at is not None:
        return
    report.statement_asked_at, report.statement_asked_by = by.now, by.user
    report.save(update_fields=["statement_asked_at", "statement_asked_by"])
    after_change(report)
    note(by, report, "statement_asked")
    telling.statement_asked(by, report)


@transaction.atomic
def save(*, by: Actor, report: Report, text: str, version: int) -> UnionStatement:
    """Store the draft; `version` is the one the page showed (0: none).

    Raises NotAllowed, NotWritable, StaleStatement.
    """
    return _written(by, lock_for_writing(by, report.pk, Access.STATE), text, version)


@transaction.atomic
def sign(*, by: Actor, report: Report, text: str, version: int) -> UnionStatement:
    """Store the text and sign it: from now on it is part of the report, and only a new signature changes it.

    Raises NotAllowed, NotWritable, NothingWritten, StaleStatement.
    """
    report = lock_for_writing(by, report.pk, Access.STATE)
    if not text:
        raise NothingWritten
    row = _written(by, report, text, version)
    if row.text != text:
        row.text, row.signed_at = text, by.now
        row.save(update_fields=["text", "signed_at"])
        _changed(by, report)
        note(by, report, "statement_signed", statement=row.pk)
    return row


@transaction.atomic
def take_back(*, by: Actor, report: Report, text: str, version: int) -> UnionStatement:
    """Take the signed statement out of the report; `text`, or what was drafted before it was emptied, stays as a draft.

    Raises NotAllowed, NotWritable, NothingWritten, StaleStatement.
    """
    report = lock_for_writing(by, report.pk, Access.STATE)
    row = _written(by, report, text, version) if text else _claimed(by, report, version)
    if row.text is not None:
        row.text = row.signed_at = None
        row.save(update_fields=["text", "signed_at"])
        _changed(by, report)
        note(by, report, TAKEN_BACK, statement=row.pk)
    return row


def _changed(by: Actor, report: Report) -> None:
    """A statement is part of what the owner signs: who leads and owns hear of it when it was with the owner."""
    if after_change(report, Report.CalledBack.STATEMENT):
        telling.called_back(by, report)


def _written(by: Actor, report: Report, text: str, version: int) -> UnionStatement:
    """The writer's row with the draft in it. What it says already, as when a form is sent twice, is not said again."""
    if by.user is None:
        raise NotAllowed
    row = UnionStatement.objects.filter(report=report, person=by.user).first()
    if row is not None and row.draft == text:
        return row
    if row is None:
        return UnionStatement.objects.create(report=report, person=by.user, draft=text, changed_at=by.now)
    row = _claimed(by, report, version)
    row.draft, row.changed_at = text, by.now
    row.save(update_fields=["draft", "changed_at"])
    return row


def _claimed(by: Actor, report: Report, version: int) -> UnionStatement:
    """Compare and set: the row as the writer saw it."""
    rows = UnionStatement.objects.filter(report=report, person=by.user)
    changed = rows.filter(version=version).update(version=F("version") + 1)
    row = rows.first()
    if row is None:
        raise NothingWritten
    if not changed:
        raise StaleStatement(row)
    return row
