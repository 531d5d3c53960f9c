"""Saving a draft: every save says which version it was based on; nobody's text is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.shortcuts import get_object_or_404

from accounts.actor import Actor, NotAllowed
from accounts.models import User
from projects.access import may, roles_in
from projects.roles import Access
from reporting.annual.answers import UNCHANGED, WrongShape, shaped, shaped_flag
from reporting.annual.merge import Change, Merged, PageSave, merge
from reporting.annual.models import (
    ConflictCopy,
    Question,
    Report,
    ReportSection,
    Round,
    SaveReceipt,
    SectionHistory,
)

ATTEMPTS = 4  # the whole transaction again after a lock that took too long: nothing was stored
KEEP_EVERY = timedelta(minutes=10)
KEEP_CHANGES = 200
LONG_ANSWER = 100  # characters
RECEIPTS_LAST = timedelta(days=2)


class MissingVersion(Exception):
    """A save must say which version it was based on (428)."""


class NotWritable(Exception):
    """The report is not begun, or it has been submitted, or the round is not open: the draft cannot be changed."""


class UnknownField(Exception):
    """The form has no such question in this section, or the answer is not of its kind (422)."""


class StaleSection(Exception):
    """The section has been saved since the page was opened."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save led to: the section as stored now. `merged`: answers by others that the page has not seen yet.

    `is_overtaken`: a later save of the same page came first, so this one changed nothing.
    """

    version: int
    at: datetime | None
    data: dict[str, Any]
    merged: dict[str, Any]
    is_overtaken: bool = False


class Conflict(Exception):
    """Someone else has changed the same answers. What could be merged is stored (`saved`); the rest is in `copies`."""

    def __init__(self, copies: list[ConflictCopy], saved: Saved) -> None:
        super().__init__("the same answers have been changed")
        self.copies, self.saved = copies, saved

    @property
    def mine(self) -> dict[str, Any]:
        """What this save wanted, by question."""
        return {copy.question: copy.mine for copy in self.copies}

    @property
    def theirs(self) -> dict[str, Any]:
        """What is stored, by question."""
        return {copy.question: copy.theirs for copy in self.copies}

    @property
    def who(self) -> User | None:
        """Who saved what is stored."""
        return self.copies[0].theirs_by

    @property
    def when(self) -> datetime | None:
        """When that was."""
        return self.copies[0].theirs_at


def save_section(
    *,
    by: Actor,
    report: Report,
    key: str,
    base_version: int | None,
    save_id: UUID,
    fields: Mapping[str, Change],
    page: PageSave | None = None,
) -> Saved:
    """Store changed answers of a section. The same `save_id` again changes nothing and answers the same version.

    `fields` may hold unchanged answers too. With `page`, what the page has stored without hearing of it is what it
    builds on, not someone else's change; and a save that has been overtaken by a later one of its page changes nothing.
    Raises NotAllowed, MissingVersion, NotWritable, UnknownField, saman.parsing.InvalidText, and Conflict after both
    texts have been committed: do not call it inside another transaction.
    """
    if base_version is None:
        raise MissingVersion
    saved, copies = _saved(by, report, key, _Save(base_version, save_id, fields, page))
    if copies:
        raise Conflict(copies, saved)
    return saved


@transaction.atomic
def keep_mine(*, by: Actor, copy: ConflictCopy, value: Any) -> None:
    """Keep what one goes on writing in an answer that waits to be settled; only in one's own copy. Raises NotAllowed,
    NotWritable, UnknownField, saman.parsing.InvalidText.
    """
    section = ReportSection.objects.get(pk=copy.section_id)
    report = lock_for_writing(by, section.report_id)
    mine = _shaped(report, section.key, {copy.question: Change(None, value)})[copy.question].new
    ConflictCopy.objects.filter(pk=copy.pk, by=by.user, settled_at=None).update(mine=mine)


def settle(*, by: Actor, copy: ConflictCopy, base_version: int, value: Any) -> Saved:
    """End a conflict with the answer that is to stand: mine, theirs or a new one. Raises as `save_section`."""
    section = ReportSection.objects.select_related("report").get(pk=copy.section_id)
    change = {copy.question: Change(old=copy.theirs, new=value)}
    with transaction.atomic():
        saved, copies = _save(by, section.report, section.key, _Save(base_version, uuid4(), change, None))
        ConflictCopy.objects.filter(pk=copy.pk, settled_at=None).update(settled_at=by.now, settled_by=by.user)
    if copies:
        raise Conflict(copies, saved)
    return saved


@transaction.atomic
def restore(*, by: Actor, section: ReportSection, version: int, base_version: int) -> Saved:
    """Bring a kept version of a section back, as a new version; what stood there is kept.

    Raises NotAllowed, NotWritable, StaleSection, SectionHistory.DoesNotExist.
    """
    report = lock_for_writing(by, section.report_id)
    stored = ReportSection.objects.get(pk=section.pk)
    kept = SectionHistory.objects.get(section=section, version=version)
    if stored.version != base_version:
        raise StaleSection
    _keep_replaced(by, stored)
    if not _set(by, stored, kept.data):
        raise StaleSection
    after_change(report)
    _keep(by, stored, kept.data)
    return Saved(stored.version + 1, by.now, kept.data, {})


def lock_for_writing(by: Actor, report_id: int, access: Access = Access.WRITE) -> Report:
    """The report, locked, for who may write in it now. Raises NotAllowed, NotWritable, Http404 once it is wiped."""
    related = ("round", "project__cohort", "form")
    report = get_object_or_404(Report.objects.select_for_update(of=("self",)).select_related(*related), pk=report_id)
    if by.user is not None and not may(roles_in(by.user, report.project, by.today), access):
        raise NotAllowed
    is_open = report.is_back or report.round.is_open(by.today)
    if not report.is_writable or report.started_at is None or not is_open:
        raise NotWritable
    return report


def after_change(report: Report, because: Report.CalledBack = Report.CalledBack.ANSWERS) -> bool:
    """A changed draft, locked, no longer waits for the owner's signature. Whether it must now be sent there again."""
    was_with_owner = report.state == Report.State.AWAITING_SIGNATURE
    must_again = was_with_owner and report.round.signature == Round.Signature.BEFORE
    if was_with_owner or report.state == Report.State.NOT_STARTED:
        report.state, report.called_back = Report.State.DRAFT, because if must_again else ""
        changed = {"state": report.state, "called_back": report.called_back}
        Report.objects.filter(pk=report.pk).update(version=F("version") + 1, **changed)
    return must_again


@dataclass(frozen=True, slots=True)
class _Save:
    """One save, as `save_section` takes it."""

    base_version: int
    save_id: UUID
    fields: Mapping[str, Change]
    page: PageSave | None


def _saved(by: Actor, report: Report, key: str, save: _Save) -> tuple[Saved, list[ConflictCopy]]:
    """Save in a transaction of its own, again when the queue for the report's lock was too long."""
    for patience in reversed(range(ATTEMPTS)):
        try:
            with transaction.atomic():
                return _save(by, report, key, save)
        except OperationalError:
            if not patience or connection.in_atomic_block:
                raise
    raise AssertionError("unreachable")


def _save(by: Actor, report: Report, key: str, save: _Save) -> tuple[Saved, list[ConflictCopy]]:
    report = lock_for_writing(by, report.pk)
    shaped_fields = _shaped(report, key, save.fields)
    section = report.sections.select_related("changed_by").get(key=key)
    earlier = _unheard(by, section, save.page)
    if earlier and save.page and earlier[-1].turn > save.page.turn:
        return Saved(section.version, section.changed_at, section.data, {}, is_overtaken=True), []
    receipt = SaveReceipt.objects.filter(section=section, save_id=save.save_id).first()
    if receipt and (not earlier or earlier[-1].pk == receipt.pk):
        copies = list(section.conflicts.filter(save_id=save.save_id, settled_at=None).select_related("theirs_by"))
        return Saved(receipt.version, receipt.saved_at, section.data, {}), copies
    changes = _built_on(shaped_fields, earlier)
    merged = _merged(section, save.base_version, changes)
    copies = [_copy(by, section, save.save_id, question, changes[question], earlier) for question in merged.conflicts]
    version = _store(by, report, section, merged.data)
    if changes or (save.page and save.page.turn):
        _receive(by, section, save, version, {key: changes[key].new for key in changes if key not in merged.conflicts})
    unseen = _unseen(section, save.base_version, changes)
    return Saved(version, by.now, merged.data, unseen), copies


def _unheard(by: Actor, section: ReportSection, page: PageSave | None) -> list[SaveReceipt]:
    """What this person's page has stored since the last answer it got, in the order it was sent."""
    if page is None:
        return []
    return list(SaveReceipt.objects.filter(section=section, page=page.page, by=by.user).order_by("turn", "pk"))


def _built_on(fields: Mapping[str, Change], earlier: list[SaveReceipt]) -> dict[str, Change]:
    """The answers that differ from what the page showed, or from what it has stored since without hearing of it."""
    wrote: dict[str, Any] = {}
    for receipt in earlier:
        wrote |= receipt.wrote
    on_top = {key: Change(wrote.get(key, change.old), change.new) for key, change in fields.items()}
    return {key: change for key, change in on_top.items() if change.old != change.new}


def _receive(by: Actor, section: ReportSection, save: _Save, version: int, wrote: Mapping[str, Any]) -> None:
    """Note that the save is stored. The same changes again after others of the same page are a save of their own."""
    page, turn = (save.page.page, save.page.turn) if save.page else (None, 0)
    values = {"version": version, "saved_at": by.now, "page": page, "turn": turn, "by": by.user, "wrote": dict(wrote)}
    SaveReceipt.objects.filter(section=section, save_id=save.save_id).delete()
    SaveReceipt.objects.create(section=section, save_id=save.save_id, **values)


def _shaped(report: Report, key: str, fields: Mapping[str, Change]) -> dict[str, Change]:
    """The changes with their answers as they are kept."""
    questions = {q.key: q for q in Question.objects.filter(section__form=report.form_id, section__key=key)}
    if not questions:
        raise UnknownField(key)
    try:
        return {name: _shaped_change(questions, name, change) for name, change in fields.items()}
    except WrongShape as error:
        raise UnknownField(str(error)) from error


def _shaped_change(questions: Mapping[str, Question], name: str, change: Change) -> Change:
    if name == UNCHANGED:
        return Change(shaped_flag(change.old), shaped_flag(change.new))
    if name not in questions:
        raise UnknownField(name)
    return Change(shaped(questions[name], change.old), shaped(questions[name], change.new))


def _merged(section: ReportSection, base_version: int, changes: Mapping[str, Change]) -> Merged:
    """What to store. Where nobody has saved since, the change is made whatever the page thought stood there."""
    if section.version != base_version:
        return merge(section.data, changes)
    return merge(section.data, {key: Change(section.data.get(key), change.new) for key, change in changes.items()})


def _store(by: Actor, report: Report, section: ReportSection, data: dict[str, Any]) -> int:
    """Store what is new, if anything; the version it has then."""
    if data == section.data:
        return section.version
    if any(_takes_away(old, data.get(key)) for key, old in section.data.items()):
        _keep_replaced(by, section)
    if not _set(by, section, data):
        raise StaleSection
    after_change(report)
    _keep(by, section, data)
    return section.version + 1


def _set(by: Actor, section: ReportSection, data: dict[str, Any]) -> bool:
    """Compare and set: the second guard beside the lock on the report. Whether the row was as we read it."""
    row = ReportSection.objects.filter(pk=section.pk, version=section.version)
    return bool(row.update(data=data, version=F("version") + 1, changed_by=by.user, changed_at=by.now))


def _keep(by: Actor, section: ReportSection, data: dict[str, Any]) -> None:
    """Keep this version when ten minutes or 200 changes have passed since the last one kept."""
    version = section.version + 1
    last = SectionHistory.objects.filter(section=section).order_by("-version").first()
    if last and by.now - last.saved_at < KEEP_EVERY and version - last.version < KEEP_CHANGES:
        return
    SectionHistory.objects.create(section=section, version=version, data=data, saved_at=by.now, saved_by=by.user)
    SaveReceipt.objects.filter(section=section, saved_at__lt=by.now - RECEIPTS_LAST).delete()


def _takes_away(old: Any, new: Any) -> bool:
    """Whether an answer is emptied, or a long one cut to less than half: somebody may want it back."""
    had, has = (len(str(value)) if value else 0 for value in (old, new))
    return bool(had and not has) or (had > LONG_ANSWER and has < had / 2)


def _keep_replaced(by: Actor, section: ReportSection) -> None:
    """Keep what is about to be written over, however lately something was kept."""
    values = {"data": section.data, "saved_at": section.changed_at or by.now, "saved_by": section.changed_by}
    SectionHistory.objects.get_or_create(section=section, version=section.version, defaults=values)


def _unseen(section: ReportSection, base_version: int, changes: Mapping[str, Change]) -> dict[str, Any]:
    """Stored answers the page did not send and may not have seen."""
    if section.version == base_version:
        return {}
    return {key: value for key, value in section.data.items() if key not in changes}


def _copy(
    by: Actor, section: ReportSection, save_id: UUID, question: str, change: Change, earlier: list[SaveReceipt]
) -> ConflictCopy:
    """Keep this text beside the stored one; in the place of the copy its page has made without hearing of it."""
    replaced = section.conflicts.filter(question=question, save_id__in=[receipt.save_id for receipt in earlier])
    replaced.filter(by=by.user, settled_at=None).delete()
    return ConflictCopy.objects.create(
        section=section,
        question=question,
        save_id=save_id,
        ancestor=change.old,
        mine=change.new,
        theirs=section.data.get(question),
        by=by.user,
        theirs_by=section.changed_by,
        theirs_at=section.changed_at,
        at=by.now,
    )
