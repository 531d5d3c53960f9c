"""A content in words: what a report says, section by section, for a preview, a receipt and a comparison."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from reporting.annual.answers import OUTCOMES, amount_of
from reporting.annual.models.forms import Question, text_in
from reporting.annual.openness import ground_of, is_public
from saman import formatting

Type = Question.Type


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in words: a running text, or several items. Both empty: not answered."""

    text: str = ""
    items: list[str] = field(default_factory=list)
    lessons: list[dict[str, str]] = field(default_factory=list)
    is_own_words: bool = False

    @property
    def is_given(self) -> bool:
        """Whether there is an answer."""
        return bool(self.text or self.items or self.lessons)


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question with its answer; `type` says which facts stand in its place."""

    key: str
    title: str
    type: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class ReadSection:
    """A section as it is read. `replies`: (an adviser's comment on the last revision, the project's reply)."""

    key: str
    title: str
    is_unchanged: bool
    questions: list[ReadQuestion]
    replies: list[tuple[str, str]]
    is_public: bool = False
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A target's figures in words. `result` is the engine's verdict today, where the page is of today, else ""."""

    number: int
    title: str
    is_withdrawn: bool
    baseline: str
    previous: str
    latest: str
    latest_on: date | None
    goal: str
    goal_on: date | None
    result: str = ""


def sections_in(content: Mapping[str, Any]) -> list[ReadSection]:
    """The sections of a content with every answer in words."""
    return [
        ReadSection(
            section["key"],
            text_in(section["title"]),
            section["unchanged"],
            [_read(question) for question in section["questions"]],
            [
                (row["said"], row["reply"] or "")
                for row in content.get("replies", [])
                if row["section"] == section["key"]
            ],
            is_public=is_public(section),
            ground=ground_of(section),
        )
        for section in content["sections"]
    ]


def facts_in(targets: list[dict[str, Any]]) -> list[Fact]:
    """The figures of each target in words, with units only where they read well in a table."""
    return [
        Fact(
            number=row["number"],
            title=row["title"],
            is_withdrawn=row["withdrawn_on"] is not None,
            baseline=_figure(row["baseline"], row["unit"]),
            previous=_figure(row["previous"], row["unit"]),
            latest=_figure(row["latest"], row["unit"]),
            latest_on=_on(row["latest"]),
            goal=_figure(row["goal"], row["unit"]),
            goal_on=_on(row["goal"]),
        )
        for row in targets
    ]


def in_words(kind: str, answer: Any, unit: Mapping[str, str], choices: list[dict[str, str]]) -> Answer:
    """One answer in words."""
    if answer is None or answer == "" or answer == []:
        return Answer()
    names = {choice["key"]: text_in(choice) for choice in choices}
    if kind == Type.LESSONS:
        return Answer(lessons=[_lesson(row, names) for row in answer])
    if kind == Type.MULTIPLE:
        return Answer(items=[names.get(key, key) for key in _in_order(answer, names)])
    if kind == Type.CHOICE:
        return Answer(text=names.get(answer, answer))
    if kind == Type.CONFIRMATION:
        return Answer(text=_("Ja"))
    if kind == Type.NUMBER:
        return Answer(text=_amount(answer, text_in(dict(unit))))
    return Answer(text=answer, is_own_words=True)


def outcomes() -> list[tuple[str, str]]:
    """(key, word) of what became of a lesson."""
    words = {"worked": _("Virket"), "partly": _("Virket delvis"), "failed": _("Virket ikke")}
    return [(key, words[key]) for key in OUTCOMES]


def _read(question: Mapping[str, Any]) -> ReadQuestion:
    answer = in_words(question["type"], question["answer"], question["unit"], question["choices"])
    return ReadQuestion(question["key"], text_in(question["title"]), question["type"], answer)


def _in_order(answer: list[str], names: Mapping[str, str]) -> list[str]:
    order = {key: place for place, key in enumerate(names)}
    return sorted(answer, key=lambda key: order.get(key, len(order)))


def _lesson(row: Mapping[str, str], themes: Mapping[str, str]) -> dict[str, str]:
    about = [themes.get(row["theme"], row["theme"]), dict(outcomes()).get(row["outcome"], "")]
    return {"title": row["title"], "text": row["text"], "about": " · ".join(part for part in about if part)}


def _amount(answer: str, unit: str) -> str:
    """A number as it was typed, or as it is kept in a submission."""
    amount = amount_of(answer.replace(".", ",") if "," not in answer else answer)
    return formatting.with_unit(amount, unit) if amount is not None else answer


def _figure(point: Mapping[str, str] | None, unit: str) -> str:
    return formatting.UNKNOWN if point is None else formatting.with_unit(Decimal(point["value"]), unit)


def _on(point: Mapping[str, str] | None) -> date | None:
    return None if point is None else date.fromisoformat(point["on"])
