"""An administrator wipes a test round, with all that was written and reviewed in it, or removes one made by mistake."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet

from accounts.actor import Actor
from projects.models import Project
from reporting.annual.actions.rounds import StaleRound, check_administrator, note_round
from reporting.annual.models import OwnerSignature, Report, Round, Submission
from saman.sorting import norwegian

# What points at a report, and at what points at it, and goes with a trial. A new relation is put here by somebody who
# has decided that it may be deleted; until then nothing is wiped.
WIPED = frozenset(
    {
        "ReportSection.report",
        "SectionHistory.section",
        "SaveReceipt.section",
        "ConflictCopy.section",
        "OwnerSignature.report",
        "UnionStatement.report",
        "Reminder.report",
        "Submission.report",
        "Submission.signature",
        "Review.submission",
        "SectionRead.review",
        "ReviewComment.review",
        "TargetAnswer.review",
        "SecondReading.review",
        "SecondAnswer.reading",
        "Published.submission",
        "PublishedTarget.published",
        "Passage.submission",
        "Coding.passage",
    }
)


class NotATestRound(Exception):
    """What was reported in earnest is never deleted."""


class AlreadySubmitted(Exception):
    """Somebody has signed or submitted in the round: it is no longer a mistake only."""


class DraftsLeft(Exception):
    """Some have written in the round, and nobody has said that it may go. `titles` are their projects."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__(", ".join(titles))
        self.titles = titles


class UndecidedRelation(Exception):
    """Nobody has decided whether what points at a report in this way may be deleted."""


@transaction.atomic
def wipe_round(*, by: Actor, round_: Round, version: int, is_kept: bool) -> int:
    """Delete a test round's reports with all that belongs to them, and the round too unless it `is_kept`.

    A round that is kept has the same projects' reports anew, not begun. How many reports were begun. The database lets
    go of submissions of test rounds only. Raises NotAllowed, StaleRound, NotATestRound.
    """
    check_administrator(by)
    # The projects first, as whoever writes or submits: what is under way is done before, or finds the report gone.
    list(Project.objects.filter(reports__round=round_).order_by("pk").select_for_update(of=("self",)))
    if not Round.objects.filter(pk=round_.pk, version=version).update(version=F("version") + 1):
        raise StaleRound
    fresh = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    if not fresh.is_test:
        raise NotATestRound
    reports = fresh.reports.all()
    list(reports.select_for_update(of=("self",)).order_by("pk"))
    projects, begun = list(reports.values_list("project", "language")), reports.filter(started_at__isnull=False).count()
    numbers = sorted(Submission.objects.filter(report__round=fresh).values_list("number", flat=True))
    _erase(reports)
    note_round(by, fresh, "test_round_wiped", begun=begun, numbers=numbers, kept=is_kept)
    if is_kept:
        rows = [Report(round=fresh, project_id=pk, form=fresh.form, language=language) for pk, language in projects]
        Report.objects.bulk_create(rows)
    else:
        fresh.delete()
    return begun


@transaction.atomic
def remove_round(*, by: Actor, round_: Round, version: int, takes_drafts: bool = False) -> None:
    """Delete a round nobody has signed or submitted in, with its reports; with their drafts only when that is said.

    Raises NotAllowed, StaleRound, AlreadySubmitted, DraftsLeft.
    """
    check_administrator(by)
    list(Project.objects.filter(reports__round=round_).order_by("pk").select_for_update(of=("self",)))
    if not Round.objects.filter(pk=round_.pk, version=version).update(version=F("version") + 1):
        raise StaleRound
    fresh = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    reports = fresh.reports.all()
    list(reports.select_for_update(of=("self",)).order_by("pk"))
    if is_submitted_in(fresh):
        raise AlreadySubmitted
    begun = begun_in(fresh)
    if begun and not takes_drafts:
        raise DraftsLeft(begun)
    asked = sorted(reports.values_list("project", flat=True))
    _erase(reports)
    note_round(by, fresh, "round_removed", year=fresh.year, kind=fresh.kind, projects=asked, begun=len(begun))
    fresh.delete()


def is_submitted_in(round_: Round) -> bool:
    """Whether anybody has signed or submitted in a round."""
    return _submitted(round_).exists()


def submitted_in(round_: Round) -> list[str]:
    """The titles of the projects whose report somebody has signed or submitted, by title."""
    return sorted(_submitted(round_).values_list("project__title", flat=True), key=norwegian)


def begun_in(round_: Round) -> list[str]:
    """The titles of the projects that have begun to write in a round, or whose unions have, by title."""
    rows = round_.reports.filter(Q(started_at__isnull=False) | Q(statement_asked_at__isnull=False))
    return sorted(rows.values_list("project__title", flat=True), key=norwegian)


def _submitted(round_: Round) -> QuerySet[Report]:
    there = [Exists(row.objects.filter(report=OuterRef("pk"))) for row in (Submission, OwnerSignature)]
    return round_.reports.filter(there[0] | there[1])


def relations(model: type[Model]) -> list[tuple[str, type[Model], str]]:
    """What points at a model: its name as in `WIPED`, the model that points, and the field."""
    found: list[Any] = [row for row in model._meta.get_fields(include_hidden=True) if row.auto_created]
    pointing = [row for row in found if not row.concrete and (row.one_to_many or row.one_to_one)]
    return [(f"{row.related_model.__name__}.{row.field.name}", row.related_model, row.field.name) for row in pointing]


def _erase(rows: QuerySet[Any]) -> None:
    """Delete rows with what points at them, as far as it is decided that it may be deleted."""
    keys = list(rows.values_list("pk", flat=True))
    if not keys:
        return
    for name, pointing, field in relations(rows.model):
        if name not in WIPED:
            raise UndecidedRelation(name)
        _erase(pointing._base_manager.filter(**{f"{field}__in": keys}))
    rows.model._base_manager.filter(pk__in=keys).delete()
