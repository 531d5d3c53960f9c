"""A grant as other pages show it: the answer as a label, the sums, and what is missing with the way to mend it."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from projects.models import Project
from reporting.grants.readiness import Answer, Facts, readiness
from reporting.grants.wording import ANSWERS, missing_link, missing_words


@dataclass(frozen=True, slots=True)
class GrantCard:
    """`missing`: (what, where it is mended; "" where the reader cannot go there)."""

    answer: Answer
    word: str
    colour: str
    icon: str
    promised: int | None
    paid: int | None
    remaining: int | None
    missing: list[tuple[str, str]]


def card_of(facts: Facts, today: date, project: Project, reader: User) -> GrantCard:
    """The grant of a project for a reader, on a day."""
    found = readiness(facts, today)
    word, colour, icon = ANSWERS[found.answer]
    is_administrator = reader.is_administrator
    return GrantCard(
        found.answer,
        str(word),
        colour,
        icon,
        facts.promised,
        facts.paid,
        facts.remaining,
        [
            (missing_words(each), missing_link(each, project.slug, is_administrator=is_administrator))
            for each in found.missing
        ],
    )
