"""Names taken out of quotes: those Saman knows are replaced, what only looks like a name is pointed out.

No machine can promise that a quote is anonymous. The page says what was replaced, and that a person must read it.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from municipalities.models import County, Municipality
from projects.models import Programme, Project, RoleAssignment
from saman.names import IDENTITY, MAIL, PHONE, matching, parts_of, plain

_LINK = re.compile(r"(?:https?://|www\.)\S+")
# A word that does not begin a sentence.
_WORD = re.compile(r"(?<=[^\s.!?:…»\"”•–])[ \u00a0]+[«\"“(]?([^\W\d_]\w+(?:-\w+)*)")
SURE = 4  # letters from which the project's own place is known without its capital too

Replacing = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text without the names, how many of each kind were replaced, and what looks like a name and still stands."""

    text: str
    counts: Counter[str]
    left: list[str]


@dataclass(frozen=True, slots=True)
class Names:
    """What is replaced in one project's quotes, in turn."""

    steps: list[Replacing]

    def out_of(self, text: str) -> Replaced:
        """The text with every known name replaced."""
        counts: Counter[str] = Counter()
        for pattern, instead in self.steps:
            counts.update(instead(found) for found in pattern.finditer(text))
            text = pattern.sub(instead, text)
        return Replaced(text, counts, sorted(filter(_is_like_a_name, set(_WORD.findall(text)))))


def names_of(programme: Programme, projects: Iterable[Project]) -> dict[int, Names]:
    """The names to take out of each project's quotes, with what stands instead in the active language; four queries.

    The projects are the programme's, and their participations are loaded with them.
    """
    rows = {project.pk: project for project in projects}
    known = {**_places(), **_people(programme)}
    general = [
        (_LINK, _("[nettadresse]")),
        (MAIL, _("[e-postadresse]")),
        (IDENTITY, _("[fødselsnummer]")),
        (PHONE, _("[telefonnummer]")),
    ]
    before: list[Replacing] = [(pattern, _always(instead)) for pattern, instead in general]
    after = _step({**_titles(programme), **known})
    return {pk: Names([*before, *_own(project, known), *after]) for pk, project in rows.items()}


def _own(project: Project, known: Mapping[str, str]) -> list[Replacing]:
    """The project's title and name, and its places even without a capital."""
    called = [name for name in (project.title, project.catalogue_name) if name and name not in known]
    places = [row.municipality.name for row in project.participations.all()]
    sure = [name for name in places if len(name) >= SURE]
    steps = _step(dict.fromkeys(called, _("[prosjektet]")), re.IGNORECASE)
    return [*steps, *_step(dict.fromkeys(sure, _("[kommune]")), re.IGNORECASE)]


def _places() -> dict[str, str]:
    counties = dict.fromkeys(County.objects.values_list("name", flat=True), _("[fylke]"))
    return {**counties, **dict.fromkeys(Municipality.objects.values_list("name", flat=True), _("[kommune]"))}


def _titles(programme: Programme) -> dict[str, str]:
    """What every project of the programme is called."""
    rows = Project.objects.filter(cohort__programme=programme).values_list("title", "catalogue_name")
    return dict.fromkeys([name for row in rows for name in row if name], _("[et annet prosjekt]"))


def _people(programme: Programme) -> dict[str, str]:
    """Everyone who has had a role in the programme or in one of its projects: the whole name, and each part of it."""
    here = Q(programme=programme) | Q(project__cohort__programme=programme)
    ever = RoleAssignment.objects.filter(here).values("person")
    names = list(User.objects.filter(pk__in=ever).values_list("name", flat=True))
    parts = [part for name in names for part in parts_of(name)]
    return dict.fromkeys([*names, *parts], _("[navn]"))


def _step(names: Mapping[str, str], flags: int = 0) -> list[Replacing]:
    """The names as whole words, with the s of a genitive, the longest first; also where all is in capitals."""
    instead = {plain(name).casefold(): word for name, word in names.items()}
    pattern = matching(names, flags)
    return [(pattern, lambda found: instead[plain(found[1]).casefold()])] if pattern else []


def _is_like_a_name(word: str) -> bool:
    """Whether a word has a capital; all capitals is an abbreviation, not a name."""
    return word[0].isupper() and word[1].islower()


def _always(instead: str) -> Callable[[re.Match[str]], str]:
    return lambda _found: instead
