"""Which codes have been given, to which passages, in which projects."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.db.models import Prefetch

from projects.models import Programme, Project
from reporting.across.codes import Code
from reporting.across.column import PLACES, newest
from reporting.across.marks import Mark, marked
from reporting.across.models import Passage
from reporting.across.words import Span, asked_in, still_at
from reporting.annual.models import Round, Submission
from saman.sorting import norwegian


@dataclass(frozen=True, slots=True)
class Quote:
    """A marked passage; whether it is in the newest version of the project's report, and whether its words stand there.

    What was marked in an older version and stands unchanged is carried to the newest; what does not is of that version.
    """

    mark: Mark
    is_newest: bool
    span: Span | None  # where its words stand in the newest version

    @property
    def still_stands(self) -> bool:
        """Whether its words stand in the newest version."""
        return self.span is not None

    @property
    def is_carried(self) -> bool:
        """Whether it was marked in an older version, and stands in the newest too."""
        return self.still_stands and not self.is_newest

    @property
    def passage(self) -> Passage:
        """The passage itself."""
        return self.mark.passage

    @property
    def submission(self) -> Submission:
        """The report it stands in."""
        return self.passage.submission

    @property
    def project(self) -> Project:
        """Whose words they are."""
        return self.passage.submission.report.project

    @property
    def place_names(self) -> list[str]:
        """The project's municipalities, the host first."""
        return [row.municipality.name for row in self.project.participations.all()]


@dataclass(frozen=True, slots=True)
class Use:
    """A code with the passages that have it and stand in the newest versions; `outdated` more are of older ones."""

    code: Code
    quotes: list[Quote]
    outdated: int

    @property
    def carried(self) -> int:
        """How many of them were marked in an older version."""
        return sum(quote.is_carried for quote in self.quotes)

    @property
    def projects(self) -> list[Project]:
        """The projects they stand in, by name."""
        found = {quote.project.pk: quote.project for quote in self.quotes}
        return sorted(found.values(), key=lambda project: norwegian(project.title))


def quotes_in(programme: Programme, codes: Mapping[str, Code], round_: Round | None) -> list[Quote]:
    """Every passage that has a code, in one round or in all, by the projects' names; seven queries at most."""
    rows = Passage.objects.filter(submission__report__round__programme=programme, submission__test_round=None)
    if round_ is not None:
        rows = rows.filter(submission__report__round=round_)
    related = ("submission__report__project", "submission__report__round")
    rows = rows.select_related(*related).defer("submission__snapshot").order_by("submission", "start", "end", "pk")
    found = marked(rows.prefetch_related(Prefetch("submission__report__project__participations", PLACES)), codes)
    later = _later([mark.passage for mark in found])
    taken: dict[tuple[int, str], set[Span | None]] = defaultdict(set)
    quotes = _together([_quote(mark, later, taken[_answer(mark)]) for mark in found])
    return sorted(quotes, key=lambda quote: norwegian(quote.project.title))


def uses(codes: Mapping[str, Code], quotes: Iterable[Quote]) -> list[Use]:
    """Each code that is in use, in the codes' order."""
    found: dict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        for key in quote.mark.keys:
            found[key].append(quote)
    return [
        Use(
            code,
            [quote for quote in found[code.key] if quote.still_stands],
            sum(not quote.still_stands for quote in found[code.key]),
        )
        for code in codes.values()
        if code.key in found
    ]


def _together(quotes: list[Quote]) -> list[Quote]:
    """Words that were marked in one version and again in a newer one are one place, with the codes of both."""
    kept = {quote.passage.pk: quote for quote in quotes if not quote.is_carried}
    places = {_place(quote): pk for pk, quote in kept.items() if quote.is_newest}
    for quote in sorted(filter(lambda quote: quote.is_carried, quotes), key=lambda quote: -quote.submission.revision):
        pk = places.setdefault(_place(quote), quote.passage.pk)
        if pk in kept:
            mark = kept[pk].mark
            kept[pk] = replace(kept[pk], mark=Mark(mark.passage, [*mark.given, *quote.mark.given]))
        else:
            kept[pk] = quote
    return list(kept.values())


def _place(quote: Quote) -> tuple[int, str, Span | None]:
    return quote.submission.report_id, quote.passage.question, quote.span


def _later(passages: list[Passage]) -> dict[int, Submission]:
    """The newest submission by report, where a passage stands in an older one."""
    reports = {row.submission.report_id for row in passages}
    current = dict(newest(Submission.objects.filter(report__in=reports)).values_list("report", "pk"))
    outdated = {row.submission.report_id for row in passages if current[row.submission.report_id] != row.submission_id}
    if not outdated:
        return {}
    rows = Submission.objects.filter(pk__in=[current[report] for report in outdated])
    return {row.report_id: row for row in rows}


def _answer(mark: Mark) -> tuple[int, str]:
    return mark.passage.submission_id, mark.passage.question


def _quote(mark: Mark, later: dict[int, Submission], taken: set[Span | None]) -> Quote:
    passage = mark.passage
    row = later.get(passage.submission.report_id)
    if row is None or row.pk == passage.submission_id:
        return Quote(mark, is_newest=True, span=(passage.start, passage.end))
    asked = asked_in(row, passage.question)
    span = None if asked is None else still_at(passage.text, asked.words, passage.start, taken)
    taken.add(span)
    return Quote(mark, is_newest=False, span=span)
