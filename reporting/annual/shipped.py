"""The forms that come with the product, read from reporting/annual/data."""

import tomllib
from pathlib import Path
from typing import Any

from reporting.annual.models.forms import FormVersion, Question, Section
from reporting.annual.models.rounds import Round

_DATA = Path(__file__).parent / "data"


def shipped(kind: str, round_kind: str = Round.Kind.YEAR) -> list[dict[str, Any]]:
    """The sections of a shipped form, each with its questions under "question".

    The annual report's is `full` or `short`; each other kind of round has one of its own.
    """
    name = FormVersion.Kind(kind).value if round_kind == Round.Kind.YEAR else Round.Kind(round_kind).value
    return list(tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))["section"])


def rows(form: FormVersion) -> tuple[list[Section], list[list[Question]]]:
    """The shipped form of these kinds as unsaved sections, and the unsaved questions of each."""
    sections, questions = [], []
    for order, given in enumerate(shipped(form.kind, form.round_kind), start=1):
        section = Section(form=form, order=order, **{k: v for k, v in given.items() if k != "question"})
        sections.append(section)
        questions.append([Question(order=n, **plan) for n, plan in enumerate(given["question"], start=1)])
    return sections, questions
