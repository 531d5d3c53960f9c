"""What has changed between what someone saw and what the report says now, in words."""

from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from reporting.annual.content import Difference
from reporting.annual.models.forms import text_in
from reporting.annual.reading import Answer, facts_in, in_words
from reporting.annual.statements import statements_answer, statements_title


def shown_differences(
    changes: list[Difference], seen: dict[str, Any], now: dict[str, Any]
) -> list[tuple[str, Answer, Answer]]:
    """(question or figure, as it was seen, as it is now)."""
    questions = {
        question["key"]: question for what in (seen, now) for part in what["sections"] for question in part["questions"]
    }
    rows = [
        _reply(change) if change.section == "replies" else _answer(change, questions)
        for change in changes
        if change.section == "replies" or change.question in questions
    ]
    if any(change.section == "targets" for change in changes):
        rows.append((_("Tallene fra målingene"), _figures(seen), _figures(now)))
    rows += [
        (statements_title(), statements_answer(change.seen), statements_answer(change.now))
        for change in changes
        if change.section == "statements"
    ]
    return rows or [(_("Skjemaet"), Answer(), Answer(text=_("Spørsmålene er endret.")))]


def _answer(change: Difference, questions: dict[str, dict[str, Any]]) -> tuple[str, Answer, Answer]:
    question = questions[change.question]
    title = text_in(question["title"])
    before, after = (
        in_words(question["type"], answer, question["unit"], question["choices"])
        for answer in (change.seen, change.now)
    )
    return title, before, after


def _reply(change: Difference) -> tuple[str, Answer, Answer]:
    title = _("Svar på kommentaren «%(text)s»") % {"text": Truncator(change.question).chars(80)}
    return title, Answer(text=change.seen or "", is_own_words=True), Answer(text=change.now or "", is_own_words=True)


def _figures(what: dict[str, Any]) -> Answer:
    return Answer(items=[f"{fact.title}: {fact.latest}" for fact in facts_in(what["targets"])])
