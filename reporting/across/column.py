"""One question, all projects, one column: the newest submitted report of each project in a round."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from benefits.models import TargetVersion
from projects.models import Project, ProjectMunicipality, ProjectTheme, Theme
from reporting.across.codes import Code
from reporting.across.marks import Mark, Older, marks_by_submission, older_marks
from reporting.across.words import Asked, asked_in, pieces
from reporting.annual.models import Question, Report, Round, Submission
from reporting.annual.pieces import Piece
from reporting.annual.reading import Answer
from saman.filters import AddressFilters
from saman.sorting import norwegian

UNASKED = Asked(section="", key="", type="", title="", answer=Answer(), words="")
PLACES = ProjectMunicipality.objects.select_related("municipality__county").order_by("-is_host", "order")


@dataclass(frozen=True, slots=True)
class Filters(AddressFilters):
    """What is asked for."""

    NAMES = {"round": "runde", "question": "sporsmal", "county": "fylke", "theme": "tema", "text": "q"}
    NEUTRAL = frozenset({"round", "question"})

    round: str = ""
    question: str = ""
    county: str = ""
    theme: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One project's answer with the passages marked in it, `carried` those of older versions that stand unchanged."""

    submission: Submission
    project: Project
    places: Sequence[ProjectMunicipality]
    themes: Sequence[Theme]
    asked: Asked
    marks: Sequence[Mark] = ()
    carried: Sequence[Older] = ()

    @property
    def state(self) -> str:
        """Where the report is: approved, submitted or returned."""
        if self.submission.report.state == Report.State.APPROVED:
            return "approved"
        return "returned" if self.submission.report.is_back else "submitted"

    @property
    def place_names(self) -> list[str]:
        """The municipalities, the host first."""
        return [row.municipality.name for row in self.places]

    @property
    def pieces(self) -> list[Piece]:
        """The answer's words, marked where there are passages."""
        spans = [(mark.passage.start, mark.passage.end) for mark in self.marks]
        return pieces(self.asked.words, [*spans, *(one.span for one in self.carried if one.span)])

    def is_of(self, filters: Filters) -> bool:
        """Whether the project is among those asked for, whatever it has answered."""
        counties = {row.municipality.county.number for row in self.places}
        return (not filters.county or filters.county in counties) and (
            not filters.theme or any(theme.key == filters.theme for theme in self.themes)
        )

    def says(self, text: str) -> bool:
        """Whether a text stands in the answer, or in the project's or a municipality's name."""
        answer = self.asked.answer
        said = [self.project.title, *self.place_names, self.asked.words, answer.text, *answer.items]
        return text.casefold() in "\n".join(said).casefold()


@dataclass(frozen=True, slots=True)
class Column:
    """The answers to one question that the filters let through; the others are counted.

    `empty`: submitted without an answer; `not_asked`: on a form, or in a situation, where the question does not come.
    """

    lines: list[Line]
    empty: int
    not_asked: int
    received: int
    places: dict[str, str]
    themes: dict[str, Theme]
    tally: list[tuple[str, int]] = field(default_factory=list)


def newest(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """The newest revision of each report only."""
    later = Submission.objects.filter(report=OuterRef("report"), revision__gt=OuterRef("revision"))
    return rows.filter(~Exists(later))


def questions_of(round_: Round) -> list[Question]:
    """What people are asked in a round, in the forms' order, whatever form they use; two queries at most."""
    forms = Report.objects.filter(round=round_).values("form")
    rows = (
        Question.objects.filter(Q(section__form__in=forms) | Q(section__form=round_.form_id))
        .exclude(type__in=Question.FACTS)
        .select_related("section__form")
        .order_by("section__form__kind", "-section__form__number", "section__order", "order")
    )
    found: dict[str, Question] = {}
    for question in rows:
        found.setdefault(question.key, question)
    return list(found.values())


def column(round_: Round, key: str, filters: Filters, codes: Mapping[str, Code], today: date) -> Column:
    """Every submitted report's answer to a question, by the projects' names."""
    rows = list(newest(submissions_of(round_.programme_id).filter(report__round=round_)))
    themes = themes_by_project([row.report.project for row in rows], today)
    marks = marks_by_submission(rows, key, codes)
    answers = {row: asked_in(row, key) for row in rows}
    older = older_marks({row: asked.words for row, asked in answers.items() if asked}, key, codes, marks)
    lines, not_asked = [], 0
    for row, asked in answers.items():
        project = row.report.project
        line = Line(
            submission=row,
            project=project,
            places=list(project.participations.all()),
            themes=themes.get(project.pk, ()),
            asked=asked or UNASKED,
            marks=marks.get(row.pk, ()),
            carried=[one for one in older.get(row.pk, ()) if one.span],
        )
        if asked is None:
            not_asked += line.is_of(filters)
        else:
            lines.append(line)
    among = [line for line in lines if line.is_of(filters)]
    shown = [line for line in among if line.asked.is_answered and (not filters.text or line.says(filters.text))]
    return Column(
        lines=sorted(shown, key=lambda line: norwegian(line.project.title)),
        empty=sum(not line.asked.is_answered for line in among),
        not_asked=not_asked,
        received=len(rows),
        places={
            place.municipality.county.number: place.municipality.county.name
            for row in rows
            for place in row.report.project.participations.all()
        },
        themes={theme.key: theme for found in themes.values() for theme in found},
        tally=_tally(shown),
    )


def submissions_of(programme: int) -> QuerySet[Submission]:
    """The programme's submissions with what a page says of them; what was only tried is none of them."""
    return (
        Submission.objects.filter(report__round__programme=programme, test_round=None)
        .select_related("report__round", "report__project")
        .prefetch_related(Prefetch("report__project__participations", PLACES))
    )


def themes_by_project(projects: Iterable[Project], today: date) -> dict[int, list[Theme]]:
    """The themes a public source names for each project, else those of its targets; two queries."""
    wanted = [project.pk for project in projects]
    found: dict[int, dict[str, Theme]] = defaultdict(dict)
    sourced = ProjectTheme.objects.filter(project__in=wanted).select_related("theme")
    for link in sourced.order_by("theme__order", "theme__key"):
        found[link.project_id][link.theme.key] = link.theme
    others = [pk for pk in wanted if pk not in found]
    chosen = TargetVersion.objects.live().valid_on(today).filter(target__project__in=others, theme__isnull=False)
    for row in chosen.select_related("target", "theme").order_by("target__number"):
        assert row.theme is not None
        found[row.target.project_id].setdefault(row.theme.key, row.theme)
    return {pk: list(themes.values()) for pk, themes in found.items()}


def _tally(lines: Iterable[Line]) -> list[tuple[str, int]]:
    """How many have chosen what, the most frequent first; [] for a question answered in words or numbers."""
    chosen = {Question.Type.CHOICE, Question.Type.MULTIPLE}
    given = [line.asked.answer for line in lines if line.asked.type in chosen]
    counted = Counter(word for answer in given for word in (answer.items or [answer.text]))
    return counted.most_common()
