"""What the public may know of results: the newest approved report of each project, from published rows only."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from projects.models import Programme, Project
from reporting.annual.access import round_key
from reporting.annual.models import Published, PublishedTarget

SHOWN_ON_FRONT = 4
# The sign of each of the four public words, by the result whose icon and colour it has.
SIGNS = {
    PublishedTarget.Word.REACHED: "achieved",
    PublishedTarget.Word.ON_THE_WAY: "on_track",
    PublishedTarget.Word.NOT_REACHED: "not_achieved",
    PublishedTarget.Word.NOT_MEASURED: "missing",
}


@dataclass(frozen=True, slots=True)
class Approved:
    """A project's newest approved report, its targets in their order."""

    published: Published
    targets: Sequence[PublishedTarget]

    @property
    def project(self) -> Project:
        """Whose results they are."""
        return self.published.project

    @property
    def has_hidden(self) -> bool:
        """Whether a figure is hidden because someone could be recognised in it."""
        return any(target.is_suppressed for target in self.targets)

    @property
    def main(self) -> PublishedTarget | None:
        """The main target, else the first."""
        first = [target for target in self.targets if target.is_main] or self.targets
        return first[0] if first else None


@dataclass(frozen=True, slots=True)
class Headline:
    """The approved results of a programme: how many targets each word is said of, and how old they are."""

    words: list[tuple[str, str, int]]
    targets: int
    projects: int
    oldest: date
    newest: date
    shown: list[Approved]


def results_of(project: Project) -> Approved | None:
    """A project's newest approved results; None before the first."""
    found = approved([project])
    return found[0] if found else None


def approved(projects: Iterable[Project]) -> list[Approved]:
    """The newest approved results of projects, the newest first, in two queries."""
    rows = Published.objects.filter(project__in=projects).order_by("project", "-as_of", "-pk")
    newest = [next(group) for _, group in groupby(rows.prefetch_related("targets"), key=lambda row: row.project_id)]
    known = {project.pk: project for project in projects}
    for row in newest:
        row.project = known[row.project_id]
    found = [Approved(row, list(row.targets.all())) for row in newest]
    return sorted(found, key=lambda item: (-item.published.as_of.toordinal(), item.project.title.casefold()))


def public_reports(slug: str) -> list[tuple[Published, str]]:
    """The public versions of a project's approved reports with their rounds' keys, the newest first; one query."""
    rows = Published.objects.filter(project__slug=slug).exclude(contents="")
    related = rows.select_related("project", "submission__report__round").defer("submission__snapshot")
    return [(row, round_key(row.submission.report.round)) for row in related.order_by("-as_of", "-pk")]


def headline(programme: Programme, projects: Iterable[Project]) -> Headline | None:
    """The approved results of a programme's projects; None before the first report is approved."""
    found = approved([project for project in projects if project.cohort.programme_id == programme.pk])
    if not found:
        return None
    words = Counter(target.word for item in found for target in item.targets if target.is_counted)
    days = [item.published.as_of for item in found]
    return Headline(
        words=[(sign, str(word.label), words.get(word, 0)) for word, sign in SIGNS.items()],
        targets=words.total(),
        projects=len(found),
        oldest=min(days),
        newest=max(days),
        shown=[item for item in found if item.main and _has_figures(item.main)][:SHOWN_ON_FRONT],
    )


def _has_figures(target: PublishedTarget) -> bool:
    """Whether a sentence can say what it was, is and should be."""
    return None not in (target.baseline_value, target.value, target.target_value)
