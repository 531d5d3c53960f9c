"""What the projects have learned: the learning points of public sections of approved reports, and of nothing else."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reporting.annual.access import round_key
from reporting.annual.answers import OUTCOMES
from reporting.annual.integrity import is_as_published
from reporting.annual.models import Published, Question
from reporting.annual.models.forms import text_in
from reporting.annual.reading import outcomes
from saman.canonical import parse
from saman.filters import AddressFilters
from saman.sorting import norwegian

ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Lesson:
    """A learning point of a public section of an approved report.

    `theme`: its key in the form, `theme_words` what the form calls it, per language; `round`: the report's, as in
    addresses; `outcome`: worked, partly, failed or ""; `language`: the text's own.
    """

    published: Published
    round: str
    theme: str
    theme_words: dict[str, str]
    outcome: str
    title: str
    text: str
    language: str

    @property
    def theme_text(self) -> str:
        """The theme in the reader's language."""
        return text_in(self.theme_words)

    @property
    def outcome_text(self) -> str:
        """What became of it, in the reader's language; "" where that is not said."""
        return dict(outcomes()).get(self.outcome, "")


@dataclass(frozen=True, slots=True)
class Filters(AddressFilters):
    """Words, theme, what became of it, and which page."""

    NAMES = {"text": "q", "theme": "tema", "outcome": "virket", "page": "side"}
    KNOWN = {"outcome": OUTCOMES}
    NEUTRAL = frozenset({"page"})

    text: str = ""
    theme: str = ""
    outcome: str = ""
    page: str = ""

    def has(self, lesson: Lesson) -> bool:
        """Whether a lesson is among what is asked for; each word is in its text, its project's title or its theme."""
        said = f"{lesson.title} {lesson.text} {lesson.published.project.title} {lesson.theme_text}".casefold()
        return (
            self.theme in ("", lesson.theme)
            and self.outcome in ("", lesson.outcome)
            and all(word in said for word in self.text.casefold().split())
        )


@dataclass(frozen=True, slots=True)
class Lessons:
    """What the page shows: one page's lessons, of all that were `found`, of all there are.

    `themes`: (key, word, number of lessons) there is to choose among.
    """

    shown: Sequence[Lesson]
    found: int
    total: int
    themes: Sequence[tuple[str, str, int]]
    page: int
    pages: int


def public_lessons() -> Iterator[Lesson]:
    """The learning points of public sections, the newest report first; one query."""
    rows = Published.objects.exclude(contents="").select_related("project", "submission__report__round")
    for row in rows.defer("submission__snapshot").order_by("-as_of", "project__slug", "pk").iterator(chunk_size=100):
        if not is_as_published(row):
            continue
        public = parse(row.contents)
        for section in public["sections"]:
            asked = [q for q in section["questions"] if section["public"] and q["type"] == Question.Type.LESSONS]
            for question in asked:
                yield from _lessons(row, question, public["language"])


def lessons_page(filters: Filters) -> Lessons:
    """The lessons an address asks for. A page that is not there is the nearest that is."""
    every = list(public_lessons())
    found = [lesson for lesson in every if filters.has(lesson)]
    pages = max(1, -(-len(found) // ON_A_PAGE))
    page = min(max(int(filters.page) if filters.page.isdecimal() else 1, 1), pages)
    return Lessons(
        found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE], len(found), len(every), _themes(every), page, pages
    )


def _themes(lessons: Iterable[Lesson]) -> list[tuple[str, str, int]]:
    """Each by its word, which is that of the newest form."""
    words: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for lesson in lessons:
        words.setdefault(lesson.theme, lesson.theme_text)
        counts[lesson.theme] += 1
    return sorted(((key, word, counts[key]) for key, word in words.items()), key=lambda row: norwegian(row[1]))


def _lessons(published: Published, question: dict[str, Any], language: str) -> Iterator[Lesson]:
    themes = {choice["key"]: choice for choice in question["choices"]}
    key = round_key(published.submission.report.round)
    for said in question["answer"] or []:
        words = themes.get(said["theme"], {"nb": said["theme"]})
        yield Lesson(published, key, said["theme"], words, said["outcome"], said["title"], said["text"], language)
