"""How far advisers who read the same report independently agree: counts, and nothing that needs explaining."""

from collections.abc import Iterable
from dataclasses import dataclass

from reporting.annual.models import Round, SecondAnswer, TargetAnswer


@dataclass(frozen=True, slots=True)
class Agreement:
    """`same` of `of` questions were answered alike by both; a question one of them left open is no pair."""

    same: int
    of: int


@dataclass(frozen=True, slots=True)
class Read:
    """One answer of a second reading of a report beside the first one's; "" where there was none."""

    report: int
    question: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class RoundAgreement:
    """How many reports have been answered by two, how far they agree, and by question (its words, agreement)."""

    reports: int
    whole: Agreement
    questions: list[tuple[str, Agreement]]


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """How many of the pairs with both answers are alike."""
    both = [(first, second) for first, second in pairs if first and second]
    return Agreement(sum(first == second for first, second in both), len(both))


def summed(rows: Iterable[Read]) -> RoundAgreement:
    """The agreement of what has been read twice."""
    pairs = [row for row in rows if row.first and row.second]
    return RoundAgreement(
        reports=len({row.report for row in pairs}),
        whole=agreement((row.first, row.second) for row in pairs),
        questions=[
            (str(words), agreement((row.first, row.second) for row in pairs if row.question == question))
            for question, words in TargetAnswer.Question.choices
        ],
    )


def agreement_in(round_: Round) -> RoundAgreement:
    """The agreement in a round, in one query."""
    rows = SecondAnswer.objects.filter(reading__review__submission__report__round=round_)
    fields = ("reading__review__submission__report", "question", "first_answer", "answer")
    return summed(Read(*row) for row in rows.order_by("pk").values_list(*fields))
