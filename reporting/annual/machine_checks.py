"""What a machine can say of a submitted report before anyone has read it. It asks; the adviser decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from benefits.models import Allocation, FreedTimeVersion
from reporting.annual.models import Submission
from reporting.annual.statements import Statements
from saman.formatting import joined


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: in order or not, in words, with the page it can be seen on ("": this one)."""

    is_fine: bool
    words: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What the checks look at beside the submission."""

    moved: list[str]
    same: int
    against_revision: bool
    pitfalls: int
    statements: Statements | None


def checks(submission: Submission, looked: Looked, today: date) -> list[Check]:
    """Every check, in the order a reader would make them. Two queries."""
    content = submission.contents["content"]
    return [
        Check(True, _("Alle obligatoriske svar er gitt")),
        _figures(looked.moved),
        *_unmeasured(content),
        *_copies(looked),
        *_freed_time(submission, today),
        *([] if submission.is_signed else [Check(False, _("Prosjekteier har ikke signert"))]),
        *_pitfalls(looked.pitfalls),
        *_statements(looked.statements),
    ]


def _figures(moved: list[str]) -> Check:
    if moved:
        return Check(False, _("Målingene er endret etter innsending: %(names)s") % {"names": joined(moved)})
    return Check(True, _("Tallene stemmer med målingene"))


def _unmeasured(content: dict[str, Any]) -> Iterator[Check]:
    """Targets the period has no figure of: what the report says of them rests on nothing new."""
    start = content["round"]["period_start"]
    live = [row for row in content["targets"] if row["withdrawn_on"] is None]
    old = [row["title"] for row in live if row["latest"] is None or row["latest"]["on"] < start]
    if old:
        yield Check(False, _("Ikke målt i perioden: %(names)s") % {"names": joined(old)})
    elif live:
        yield Check(True, _("Alle effektmål er målt i perioden"))


def _copies(looked: Looked) -> Iterator[Check]:
    if looked.same:
        words = (
            ngettext("Ett svar er likt forrige versjon", "%(n)s svar er like forrige versjon", looked.same)
            if looked.against_revision
            else ngettext("Ett svar er likt fjorårets", "%(n)s svar er like fjorårets", looked.same)
        )
        yield Check(False, words % {"n": looked.same})


def _freed_time(submission: Submission, today: date) -> Iterator[Check]:
    """Freed time nobody has decided the use of; how many posts, and never how much."""
    posts = FreedTimeVersion.objects.live().filter(
        freed_time__project=submission.report.project_id, withdrawn_on=None, starts_on__lte=today
    )
    used = Allocation.objects.live().filter(freed_time__project=submission.report.project_id)
    planned = set(used.values_list("freed_time", flat=True))
    there = [row for row in posts if row.lasts_on(today)]
    without = sum(row.freed_time_id not in planned for row in there)
    href = reverse("freed_time", args=[submission.report.project.slug])
    if without:
        words = ngettext("Frigitt tid uten plan: én post", "Frigitt tid uten plan: %(n)s poster", without) % {
            "n": without
        }
        yield Check(False, words, href)
    elif there:
        yield Check(True, _("All frigitt tid har en plan"), href)


def _pitfalls(count: int) -> Iterator[Check]:
    if count:
        words = ngettext("%(n)s åpent varsel da rapporten kom", "%(n)s åpne varsler da rapporten kom", count)
        yield Check(False, words % {"n": count})


def _statements(said: Statements | None) -> Iterator[Check]:
    if said is not None:
        why = _("gitt.") if said.given else said.why.lower()
        yield Check(
            bool(said.given), _("Uttalelse fra tillitsvalgte: %(why)s") % {"why": why}, "?del=sporsmal#tillitsvalgte"
        )
