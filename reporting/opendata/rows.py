"""The rows of each data set: the catalogue, published rows, and who has reported."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from projects.models import Project
from reporting.annual.access import round_key
from reporting.annual.integrity import is_as_published
from reporting.annual.models import Published, PublishedTarget, Report, Round, Submission
from reporting.annual.models.forms import text_in
from reporting.public.lessons import public_lessons
from reporting.public.queries import Listed, listed_projects
from reporting.public.results import approved
from saman.canonical import decimal_text

Value = str | int | bool | Decimal | date | None
Row = Sequence[Value]

PARTICIPATION = {
    Project.Participation.CONFIRMED: "bekreftet",
    Project.Participation.UNRESOLVED: "uavklart",
    Project.Participation.WITHDRAWN: "trukket",
}
Word = PublishedTarget.Word
WORDS = {
    Word.REACHED: "naadd",
    Word.ON_THE_WAY: "paa_vei",
    Word.NOT_REACHED: "ikke_naadd",
    Word.NOT_MEASURED: "ikke_maalt",
}
OUTCOMES = {"worked": "ja", "partly": "delvis", "failed": "nei"}


def projects(today: date) -> Iterator[Row]:
    """Each project of the catalogue. `today`: whose place names are now."""
    reports = dict(Published.objects.order_by().values_list("project").annotate(n=Count("pk")))
    for item in listed_projects(today):
        one = item.project
        yield (
            one.slug,
            one.title,
            one.language,
            one.cohort.programme.slug,
            one.cohort.slug,
            PARTICIPATION[Project.Participation(one.participation)],
            one.followed_since is not None,
            ";".join(link.theme.key for link in item.themes),
            len(item.places),
            reports.get(one.pk, 0),
            settings.SITE_URL + reverse("public_project", args=[one.slug]),
        )


def places(today: date) -> Iterator[Row]:
    """Each municipality of each project, as it was in the project and as it is now."""
    for item in listed_projects(today):
        for place in item.places:
            then, now = place.then, place.now
            yield (
                item.project.slug, then.number, then.name, then.county.number, then.county.name,
                place.is_host and len(item.places) > 1, now.number, now.name, now.county.name,
            )  # fmt: skip


def results(_today: date) -> Iterator[Row]:
    """Each target of each approved report, as it was published; none of a report that is not what was published."""
    every = Published.objects.only("sha256", "contents").order_by()
    broken = {row.pk for row in every.iterator(chunk_size=100) if not is_as_published(row)}
    related = "published__submission__report__round"
    targets = PublishedTarget.objects.select_related("published__project", related)
    ordered = targets.defer("published__contents", "published__submission__snapshot").order_by(
        "published__project__slug", "published__as_of", "published", "number"
    )
    for row in ordered.iterator(chunk_size=500):
        said = row.published
        if said.pk in broken:
            continue
        yield (
            said.project.slug, round_key(said.submission.report.round), said.year, said.as_of,
            row.number, row.title, row.is_main, WORDS[Word(row.word)], row.unit,
            None if row.is_suppressed else _plain(row.baseline_value), row.baseline_on,
            None if row.is_suppressed else _plain(row.value), row.measured_on,
            _plain(row.target_value), row.target_on, row.is_suppressed, row.is_counted,
        )  # fmt: skip


def reports(today: date) -> Iterator[Row]:
    """Who has reported in each round that has opened, by the first submission. A test round is nobody's business."""
    rounds = Round.objects.filter(opens_on__lte=today, is_test=False).select_related("programme")
    known = {row.pk: row for row in rounds}
    first = Submission.objects.filter(report__round__in=known, revision=1, test_round=None)
    came = {report: (at, late) for report, at, late in first.values_list("report", "received_at", "is_late")}
    asked = Report.objects.filter(round__in=known).exclude(project__participation=Project.Participation.WITHDRAWN)
    ordered = asked.order_by("round__programme__slug", "round__period_end", "round", "project__slug")
    for pk, round_pk, slug in ordered.values_list("pk", "round", "project__slug"):
        row = known[round_pk]
        at, late = came.get(pk, (None, None))
        received = timezone.localtime(at).date() if at else None
        yield row.programme.slug, round_key(row), row.year, row.due_on, slug, received, late


def lessons(_today: date) -> Iterator[Row]:
    """Each learning point that is public."""
    for row in public_lessons():
        yield (
            row.published.project.slug, row.round, row.published.year, text_in(row.theme_words, "nb"),
            OUTCOMES.get(row.outcome), row.title, row.text, row.language,
        )  # fmt: skip


@dataclass(slots=True)
class _Sum:
    projects: int = 0
    reported: int = 0
    words: Counter[str] = field(default_factory=Counter)


def summary(today: date) -> Iterator[Row]:
    """Counts of projects and targets, all of them and by county, theme and cohort, for each programme.

    They are counts of projects and targets, never of people, and each can be counted from the other data sets.
    """
    listed = [item for item in listed_projects(today) if item.is_confirmed]
    words = {
        row.project.pk: Counter(target.word for target in row.targets if target.is_counted)
        for row in approved([item.project for item in listed])
        if is_as_published(row.published)
    }
    sums: dict[tuple[str, str, str], _Sum] = defaultdict(_Sum)
    for item in listed:
        for place in _where(item):
            found = sums[(item.project.cohort.programme.slug, *place)]
            found.projects += 1
            found.reported += item.project.pk in words
            found.words.update(words.get(item.project.pk, {}))
    for (programme, division, value), found in sorted(sums.items()):
        counted = [found.words.get(word, 0) for word in WORDS]
        yield programme, division, value, found.projects, found.reported, found.words.total(), *counted


def _where(item: Listed) -> Iterable[tuple[str, str]]:
    yield "alle", ""
    yield "pulje", item.project.cohort.slug
    for county in sorted({place.then.county.number for place in item.places}):
        yield "fylke", county
    for theme in [link.theme.key for link in item.themes] or [""]:
        yield "tema", theme


def _plain(value: Decimal | None) -> Decimal | None:
    """Without the zeros a column's number of decimals adds."""
    return None if value is None else Decimal(decimal_text(value))
