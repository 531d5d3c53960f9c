"""An adviser marks passages of a submitted answer and gives them codes, and takes a code back."""

from collections.abc import Iterable

from django.db import transaction

from accounts.actor import Actor, NotAllowed
from journal.actions import record
from projects.models import Programme
from reporting.across.access import may_read_across
from reporting.across.codes import codes_of
from reporting.across.models import Coding, Passage
from reporting.across.words import Asked, Span, asked_in
from reporting.annual.integrity import is_untouched
from reporting.annual.models import Submission

LONGEST_NOTE = 1000


class NotAQuote(Exception):
    """The passage is not words of the answer."""


class UnknownCode(Exception):
    """The programme has no such code, or none is given."""


class NotWhole(Exception):
    """The submission is not what was received: nothing is quoted from it."""


@transaction.atomic
def mark(
    *, by: Actor, submission: Submission, question: str, spans: Iterable[Span], codes: Iterable[str], note: str = ""
) -> list[Coding]:
    """Give passages of an answer their codes; the same from the same person again changes the note only,
    and an empty note changes nothing.

    One marking at a time for each submission. Raises NotAllowed, NotAQuote, UnknownCode, NotWhole.
    """
    related = ("report__round__programme", "signature")
    row = Submission.objects.select_for_update(of=("self",)).select_related(*related).get(pk=submission.pk)
    programme = row.report.round.programme
    check_access(by, programme)
    if not is_untouched(row):
        raise NotWhole
    asked, wanted, given = asked_in(row, question), sorted(set(spans)), list(dict.fromkeys(codes))
    if asked is None or not wanted:
        raise NotAQuote
    if not given or not set(given) <= set(codes_of(programme)):
        raise UnknownCode
    passages = [_passage(by, row, asked, span) for span in wanted]
    return [row for passage in passages for row in _give_all(by, programme, passage, given, note)]


@transaction.atomic
def withdraw(*, by: Actor, coding: Coding) -> None:
    """Take a code back, whoever gave it; the row stays. Once is enough. Raises NotAllowed."""
    row = Coding.objects.select_related("passage__submission__report__round__programme").get(pk=coding.pk)
    programme = row.passage.submission.report.round.programme
    check_access(by, programme)
    if Coding.objects.live().filter(pk=row.pk).update(withdrawn_at=by.now, withdrawn_by=by.user):
        _note(by, programme, "passage_code_withdrawn", row.passage, [row.code])


def check_access(by: Actor, programme: Programme) -> None:
    """Raise NotAllowed for anyone who may not read across the programme; the system itself may."""
    if by.user is not None and not may_read_across(by.user, programme, by.today):
        raise NotAllowed


def _passage(by: Actor, submission: Submission, asked: Asked, span: Span) -> Passage:
    start, end = span
    text = asked.words[start:end]
    if not 0 <= start < end <= len(asked.words) or not text.strip():
        raise NotAQuote
    made, _is_new = Passage.objects.get_or_create(
        submission=submission,
        question=asked.key,
        start=start,
        end=end,
        defaults={"section": asked.section, "text": text, "marked_by": by.user, "marked_at": by.now},
    )
    return made


def _give_all(by: Actor, programme: Programme, passage: Passage, codes: list[str], note: str) -> list[Coding]:
    """The passage's codes from one person, those that stood as they are asked for among them."""
    stood = {row.code: row for row in Coding.objects.live().filter(passage=passage, code__in=codes, by=by.user)}
    changed = [code for code in codes if code not in stood or (note and stood[code].note != note)]
    if changed:
        replaced = [code for code in changed if code in stood]
        if replaced:
            old = [stood[code].pk for code in replaced]
            Coding.objects.live().filter(pk__in=old).update(withdrawn_at=by.now, withdrawn_by=by.user)
            _note(by, programme, "passage_code_withdrawn", passage, replaced)
        new = [Coding(passage=passage, code=code, note=note, by=by.user, at=by.now) for code in changed]
        stood |= {row.code: row for row in Coding.objects.bulk_create(new)}
        _note(by, programme, "passage_coded", passage, changed)
    return [stood[code] for code in codes]


def _note(by: Actor, programme: Programme, action: str, passage: Passage, codes: list[str]) -> None:
    record(
        stream=f"programme:{programme.pk}",
        action=action,
        obj=("passage", passage.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"submission": passage.submission_id, "codes": codes},
    )
