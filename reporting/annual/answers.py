"""Answers as they are kept: their shape, which questions are asked, and what is missing before submission.

An answer is None (not given), a text (also for numbers, as typed), a choice's key, a sorted list of keys, True, or a
list of lessons {"title", "text", "theme", "outcome"}. `unchanged` beside them says «Ingen endring siden i fjor».
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from reporting.annual.models.forms import Question
from saman.canonical import decimal_text, normal
from saman.parsing import InvalidNumber, clean_text, parse_decimal

UNCHANGED = "unchanged"
LONGEST = 20_000  # characters a draft may hold, far above any question's limit
MOST_LESSONS = 20
OUTCOMES = ("worked", "partly", "failed")
_LESSON = ("title", "text", "theme", "outcome")


class WrongShape(ValueError):
    """The answer is not of the kind the question asks for: a page would not have sent it."""


def shaped(question: Question, value: Any) -> Any:
    """An answer as it is kept; raises WrongShape, or saman.parsing.InvalidText for a text that must not be stored."""
    kind = Question.Type(question.type)
    if question.is_fact:
        raise WrongShape(question.key)
    if value is None or value == "" or value == []:
        return None
    if kind in {Question.Type.TEXT, Question.Type.NUMBER}:
        return _text(value)
    if kind == Question.Type.CHOICE:
        return _one_of(question, value)
    if kind == Question.Type.MULTIPLE:
        return sorted({_one_of(question, item) for item in _listed(value)})
    if kind == Question.Type.LESSONS:
        lessons = [_lesson(item) for item in _listed(value)]
        return [lesson for lesson in lessons if any(lesson.values())] or None
    return _flag(value)


def shaped_flag(value: Any) -> bool | None:
    """The `unchanged` mark as it is kept."""
    return None if value is None else _flag(value)


def flattened(sections: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The answers of all sections by question key."""
    return {key: value for data in sections for key, value in data.items() if key != UNCHANGED}


def is_asked(question: Question, answers: Mapping[str, Any]) -> bool:
    """Whether the question applies, given the answers to the others."""
    if not question.condition:
        return True
    other = answers.get(question.condition["question"])
    if "above" in question.condition:
        amount = amount_of(other)
        return amount is not None and amount > Decimal(str(question.condition["above"]))
    given = other if isinstance(other, list) else [other]
    return any(item in question.condition["in"] for item in given)


def amount_of(answer: Any) -> Decimal | None:
    """The number a typed answer is; None where it is not one."""
    try:
        return parse_decimal(answer) if isinstance(answer, str) else None
    except InvalidNumber:
        return None


def settled(question: Question, answer: Any) -> Any:
    """An answer as a submission keeps it: a number in canonical form, the rest as it is."""
    if question.type == Question.Type.NUMBER:
        amount = amount_of(answer)
        return answer if amount is None else decimal_text(amount)
    return answer


def problem(question: Question, answer: Any) -> str:
    """What stands in the way of submitting this answer, as a code; "" when nothing does.

    Codes: required, not_a_number, out_of_bounds, not_alone, too_long, too_many, lesson_incomplete.
    """
    if answer is None or (isinstance(answer, str) and not answer.strip()):
        return "required" if question.required else ""
    if question.type == Question.Type.NUMBER:
        return _number_problem(question, amount_of(answer))
    if question.type == Question.Type.MULTIPLE:
        return "not_alone" if len(answer) > 1 and set(answer) & alone(question) else ""
    if question.type == Question.Type.LESSONS:
        return _lessons_problem(question, answer)
    too_long = question.type == Question.Type.TEXT and question.limit is not None and len(answer) > question.limit
    return "too_long" if too_long else ""


def alone(question: Question) -> set[str]:
    """The choices that cannot be chosen with others, such as «Ingen av disse»."""
    return {choice["key"] for choice in question.choices if choice.get("excludes")}


def _number_problem(question: Question, amount: Decimal | None) -> str:
    if amount is None:
        return "not_a_number"
    is_low = question.lowest is not None and amount < question.lowest
    is_high = question.highest is not None and amount > question.highest
    return "out_of_bounds" if is_low or is_high else ""


def _lessons_problem(question: Question, lessons: list[dict[str, str]]) -> str:
    if question.limit is not None and len(lessons) > question.limit:
        return "too_many"
    return "" if all(lesson["title"].strip() and lesson["outcome"] for lesson in lessons) else "lesson_incomplete"


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise WrongShape(type(value).__name__)
    clean_text(value, LONGEST)
    return normal(value)


def _one_of(question: Question, value: Any) -> str:
    if value not in [choice["key"] for choice in question.choices]:
        raise WrongShape(question.key)
    return str(value)


def _listed(value: Any) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_LESSONS:
        raise WrongShape(type(value).__name__)
    return value


def _lesson(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not set(value) <= set(_LESSON):
        raise WrongShape("lesson")
    lesson = {name: _text(value.get(name) or "") for name in _LESSON}
    if lesson["outcome"] not in ("", *OUTCOMES):
        raise WrongShape("outcome")
    return lesson


def _flag(value: Any) -> bool | None:
    if not isinstance(value, bool):
        raise WrongShape(type(value).__name__)
    return value or None
