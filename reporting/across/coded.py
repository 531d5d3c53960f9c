"""Which codes have been given, to which passages, in which projects."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Prefetch

from projects.models import Programme, Project
from reporting.across.codes import Code
from reporting.across.column import PLACES, newest
from reporting.across.marks import Mark, marked
from reporting.across.models import Passage
from reporting.across.words import NotThere, SeveralPlaces, asked_in, find
from reporting.annual.models import Round, Submission
from saman.sorting import norwegian


@dataclass(frozen=True, slots=True)
class Quote:
    """A marked passage, and whether its words still stand in the project's newest report of the round."""

    mark: Mark
    still_stands: bool

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
    """A code with the passages that have it."""

    code: Code
    quotes: list[Quote]

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
    quotes = [Quote(mark, _stands(mark.passage, later)) for mark in found]
    return sorted(quotes, key=lambda quote: norwegian(quote.project.title))


def uses(codes: Mapping[str, Code], quotes: Iterable[Quote]) -> list[Use]:
    """Each code that is in use, in the codes' order."""
    found: dict[str, list[Quote]] = defaultdict(list)
    for quote in quotes:
        for key in quote.mark.keys:
            found[key].append(quote)
    return [Use(code, found[code.key]) for code in codes.values() if code.key in found]


def _later(passages: list[Passage]) -> dict[int, Submission]:
    """The newest submission by report, where a passage stands in an older one."""
    reports = {row.submission.report_id for row in passages}
    current = dict(newest(Submission.objects.filter(report__in=reports)).values_list("report", "pk"))
    outdated = {row.submission.report_id for row in passages if current[row.submission.report_id] != row.submission_id}
    if not outdated:
        return {}
    rows = Submission.objects.filter(pk__in=[current[report] for report in outdated])
    return {row.report_id: row for row in rows}


def _stands(passage: Passage, later: dict[int, Submission]) -> bool:
    row = later.get(passage.submission.report_id)
    if row is None or row.pk == passage.submission_id:
        return True
    asked = asked_in(row, passage.question)
    try:
        return asked is not None and find(passage.text, asked.words) is not None
    except SeveralPlaces:
        return True
    except NotThere:
        return False
