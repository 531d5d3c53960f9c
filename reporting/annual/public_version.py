"""The public version of an approved report: what is public of what was submitted, and the grounds for the rest.

Made once, when the report is approved, and kept as canonical JSON with its checksum; page and PDF are made of that.
Comments, replies, roles, warnings and what each target was measured as last year are in none of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation

from accounts.models import User
from projects.models import Programme, RoleAssignment
from reporting.annual.answers import amount_of
from reporting.annual.models import PublishedTarget, Question, Submission
from reporting.annual.models.forms import text_in
from reporting.annual.models.rounds import name_of
from reporting.annual.openness import ground_of, is_public
from reporting.annual.reading import Answer, in_words
from reporting.annual.redaction import FEWEST, Redactor, counts_people
from saman.canonical import canonical, decimal_text

SCHEMA = 1
Type = Question.Type
_UNSEEN = frozenset({Type.PITFALLS, Type.ROLES})


@dataclass(frozen=True, slots=True)
class PublicQuestion:
    """A question with its answer as everybody sees it; `is_hidden`: a number about too few."""

    key: str
    title: str
    type: str
    answer: Answer
    is_hidden: bool

    @property
    def id(self) -> str:
        """The id of its heading in a page."""
        return f"sp-{self.key}"


@dataclass(frozen=True, slots=True)
class PublicSection:
    """A section as everybody sees it. One that is not public has its ground, which may be "", and no questions."""

    key: str
    title: str
    is_public: bool
    ground: str
    is_unchanged: bool
    questions: list[PublicQuestion]


@dataclass(frozen=True, slots=True)
class PublicTarget:
    """A target's figures; where `is_suppressed`, neither `baseline_value` nor `value` is shown."""

    title: str
    word: str
    unit: str
    baseline_value: Decimal | None
    baseline_on: date | None
    value: Decimal | None
    measured_on: date | None
    target_value: Decimal | None
    target_on: date | None
    is_suppressed: bool

    def get_word_display(self) -> str:
        """The word as it is written."""
        return str(PublishedTarget.Word(self.word).label)


def contents_of(submission: Submission, targets: Iterable[PublishedTarget], approved_on: date) -> str:
    """The public version of a submission, as canonical JSON. `targets` are its targets as they are published."""
    content, rows = submission.contents["content"], list(targets)
    redactor = _redactor(submission, content, rows)
    with translation.override(content["language"]):
        return canonical(
            {
                "schema": SCHEMA,
                "language": content["language"],
                "project": redactor.text(content["project"]["title"]),
                "round": content["round"],
                "received_on": timezone.localtime(submission.received_at).date().isoformat(),
                "approved_on": approved_on.isoformat(),
                "sections": [_section(section, redactor) for section in content["sections"]],
                "targets": [_target(row, redactor) for row in rows],
            }
        )


def sections_of(public: Mapping[str, Any]) -> list[PublicSection]:
    """The sections of a public version in words, with titles in the reader's language."""
    return [
        PublicSection(
            key=section["key"],
            title=text_in(section["title"]),
            is_public=section["public"],
            ground=section["ground"],
            is_unchanged=section["unchanged"],
            questions=[
                PublicQuestion(
                    key=question["key"],
                    title=text_in(question["title"]),
                    type=question["type"],
                    answer=in_words(question["type"], question["answer"], question["unit"], question["choices"]),
                    is_hidden=question["hidden"],
                )
                for question in section["questions"]
            ],
        )
        for section in public["sections"]
    ]


def targets_of(public: Mapping[str, Any]) -> list[PublicTarget]:
    """The targets of a public version."""
    return [
        PublicTarget(
            title=row["title"],
            word=row["word"],
            unit=row["unit"],
            baseline_value=_decimal(row["baseline"]),
            baseline_on=_day(row["baseline_on"]),
            value=_decimal(row["value"]),
            measured_on=_day(row["measured_on"]),
            target_value=_decimal(row["goal"]),
            target_on=_day(row["goal_on"]),
            is_suppressed=row["hidden"],
        )
        for row in public["targets"]
    ]


@dataclass(frozen=True, slots=True)
class PublicResults:
    """The targets of a public version, as the public pages show results."""

    targets: list[PublicTarget]

    @property
    def has_hidden(self) -> bool:
        """Whether a figure is hidden because someone could be recognised in it."""
        return any(target.is_suppressed for target in self.targets)


def shown(public: Mapping[str, Any]) -> dict[str, Any]:
    """What a page of a public version shows."""
    sections = sections_of(public)
    round_ = public["round"]
    return {
        "name": name_of(round_["kind"], round_["year"], is_test=round_.get("is_test", False)),
        "title": public["project"],
        "language": public["language"],
        "sections": sections,
        "left_out": left_out(sections),
        "results": PublicResults(targets_of(public)),
        "received_on": date.fromisoformat(public["received_on"]),
        "approved_on": date.fromisoformat(public["approved_on"]),
    }


def left_out(sections: Iterable[PublicSection]) -> list[PublicSection]:
    """The sections that are not public."""
    return [section for section in sections if not section.is_public]


def _section(section: Mapping[str, Any], redactor: Redactor) -> dict[str, Any]:
    shown = is_public(section)
    questions = [question for question in section["questions"] if question["type"] not in _UNSEEN]
    return {
        "key": section["key"],
        "title": section["title"],
        "public": shown,
        "ground": ground_of(section),
        "unchanged": section["unchanged"] and shown,
        "questions": [_question(question, redactor) for question in questions] if shown else [],
    }


def _question(question: Mapping[str, Any], redactor: Redactor) -> dict[str, Any]:
    hidden = _is_few(question)
    return {
        "key": question["key"],
        "type": question["type"],
        "title": question["title"],
        "unit": question["unit"],
        "choices": question["choices"],
        "answer": None if hidden else _redacted(question["type"], question["answer"], redactor),
        "hidden": hidden,
    }


def _redacted(kind: str, answer: Any, redactor: Redactor) -> Any:
    if answer is None:
        return None
    if kind == Type.TEXT:
        return redactor.text(answer)
    if kind == Type.LESSONS:
        return [{**row, "title": redactor.text(row["title"]), "text": redactor.text(row["text"])} for row in answer]
    return answer


def _is_few(question: Mapping[str, Any]) -> bool:
    """Whether a number counts so few people that one could know them; nought is nobody.

    What it counts is told by its unit, or by the question where there is none.
    """
    counted = (any(question["unit"].values()) and question["unit"]) or question["title"]
    if question["type"] != Type.NUMBER or not any(counts_people(text) for text in counted.values()):
        return False
    amount = _amount(question["answer"])
    return amount is not None and 0 < abs(amount) < FEWEST


def _amount(answer: Any) -> Decimal | None:
    return amount_of(answer.replace(".", ",") if "," not in answer else answer) if isinstance(answer, str) else None


def _redactor(submission: Submission, content: Mapping[str, Any], targets: Iterable[PublishedTarget]) -> Redactor:
    """What is taken out: the names of all who have or had a part in it, and the figures that are not published."""
    project = submission.report.project
    programme = Programme.objects.filter(cohorts=project.cohort_id)
    parts = RoleAssignment.objects.filter(project=project) | RoleAssignment.objects.filter(programme__in=programme)
    names = User.objects.filter(pk__in=[submission.by_id, *parts.values_list("person", flat=True)])
    places = [project.title, project.catalogue_name]
    for place in project.municipalities.select_related("county"):
        places += [place.name, place.county.name]
    hidden = {row.target_id for row in targets if row.is_suppressed}
    figures = [
        point["value"]
        for fact in content["targets"]
        if fact["id"] in hidden
        for point in (fact["baseline"], fact["latest"], fact["previous"])
        if point
    ]
    asked = [question for section in content["sections"] for question in section["questions"]]
    few = [decimal_text(amount) for q in asked if _is_few(q) and (amount := _amount(q["answer"]))]
    figures += [figure for figure in few if len(figure) > 1]  # one digit alone is in every other sentence
    return Redactor(list(names.values_list("name", flat=True)), places, sorted(set(figures)))


def _target(row: PublishedTarget, redactor: Redactor) -> dict[str, Any]:
    return {
        "number": row.number,
        "title": redactor.text(row.title),
        "unit": row.unit,
        "word": row.word,
        "baseline": _text(row.baseline_value),
        "baseline_on": row.baseline_on,
        "value": _text(row.value),
        "measured_on": row.measured_on,
        "goal": _text(row.target_value),
        "goal_on": row.target_on,
        "hidden": row.is_suppressed,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else decimal_text(value)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
