"""The forms that come with the product, read from reporting/annual/data."""

import tomllib
from pathlib import Path
from typing import Any

from reporting.annual.models.forms import FormVersion, Question, Section

_DATA = Path(__file__).parent / "data"


def shipped(kind: str) -> list[dict[str, Any]]:
    """The sections of the shipped `full` or `short` form, each with its questions under "question"."""
    sections = tomllib.loads((_DATA / f"{FormVersion.Kind(kind).value}.toml").read_text(encoding="utf-8"))["section"]
    return list(sections)


def rows(form: FormVersion) -> tuple[list[Section], list[list[Question]]]:
    """The shipped form of this kind as unsaved sections, and the unsaved questions of each."""
    sections, questions = [], []
    for order, given in enumerate(shipped(form.kind), start=1):
        section = Section(form=form, order=order, **{k: v for k, v in given.items() if k != "question"})
        sections.append(section)
        questions.append([Question(order=n, **plan) for n, plan in enumerate(given["question"], start=1)])
    return sections, questions
