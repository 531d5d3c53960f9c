"""A submitted report as tagged PDF (PDF/UA-1 and PDF/A-2a), made of the stored snapshot and of nothing else.

Nothing live is asked for, and the date inside is when the report was received, so the same submission gives the same
bytes each time. People are named by their part in it only: the snapshot has no names, and a name may change.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reporting.annual.models import FormVersion, Question, Submission
from reporting.annual.models.rounds import name_of
from reporting.annual.reading import Answer, Fact, ReadQuestion, ReadSection, facts_in, sections_in
from reporting.annual.statements import signed_words, statements_in, statements_title
from saman import formatting
from saman.canonical import digest
from saman.printable import printed
from saman.words import EXAMPLE_DATA

TEMPLATE = Path(__file__).parent / "report.typ"
UNSEEN = {Question.Type.PITFALLS, Question.Type.ROLES}  # frozen beside the report, and not part of what was signed
Piece = dict[str, Any]


def pdf(submission: Submission, *, is_demo: bool) -> bytes:
    """The report as it was submitted, in its own language."""
    what = submission.contents
    with translation.override(what["content"]["language"]):
        return compiled(_report(submission, what, is_demo))


def title_of(content: dict[str, Any]) -> str:
    """What kind of report it is, and of which year, in the active language."""
    round_ = content["round"]
    return name_of(round_["kind"], round_["year"], is_test=round_.get("is_test", False))


def notice(round_: dict[str, Any], *, is_demo: bool) -> str:
    """What stands at the head of every page: that it is made up, or only a trial."""
    parts = [str(EXAMPLE_DATA)] if is_demo else []
    return " · ".join([*parts, _("Prøverunde: rapporten teller ikke")] if round_.get("is_test") else parts)


def compiled(report: dict[str, Any]) -> bytes:
    """A report as data (see report.typ), made into a PDF."""
    made_of = {"report": json.dumps(printed(report), ensure_ascii=False)}
    return typst.compile(TEMPLATE, sys_inputs=made_of, pdf_standards=["ua-1", "a-2a"], ignore_system_fonts=True)


def _report(submission: Submission, what: dict[str, Any], is_demo: bool) -> dict[str, Any]:
    content, received = what["content"], submission.received_at.astimezone(UTC)
    facts = facts_in(content["targets"])
    return {
        "language": content["language"],
        "title": title_of(content),
        "project": content["project"]["title"],
        "number": submission.number,
        "date": [received.year, received.month, received.day, received.hour, received.minute, received.second],
        "notice": notice(content["round"], is_demo=is_demo),
        "receipt": _("Kvittering"),
        "facts": _facts(submission, what),
        "sections": [
            *({"title": each.title, "pieces": list(_section(each, facts))} for each in sections_in(content)),
            *_statements(content),
        ],
    }


def _facts(submission: Submission, what: dict[str, Any]) -> list[tuple[str, str]]:
    """The receipt, line by line."""
    content, signed_at = what["content"], what["signed_at"]
    form, period = content["form"], content["round"]
    form_name = _("%(form)s, versjon %(n)s") % {"form": FormVersion.Kind(form["kind"]).label, "n": form["number"]}
    unsigned = _("Ikke signert da rapporten ble sendt inn")
    days = [formatting.day(date.fromisoformat(period[name])) for name in ("period_start", "period_end")]
    return [
        (_("Referanse"), submission.number),
        (_("Mottatt"), formatting.moment(submission.received_at)),
        (_("Frist"), _("Mottatt etter fristen") if submission.is_late else _("Mottatt innen fristen")),
        (_("Versjon"), str(submission.revision)),
        (_("Perioden"), "–".join(days)),
        (_("Skjema"), form_name),
        (_("Signert av prosjekteier"), formatting.moment(datetime.fromisoformat(signed_at)) if signed_at else unsigned),
        (_("Sjekksum (SHA-256)"), submission.sha256),
        (_("Sjekksum for innholdet"), digest(content)),
    ]


def _statements(content: dict[str, Any]) -> Iterator[Piece]:
    """What the union representatives say, as a section of its own; none in a report from before there was one."""
    said = statements_in(content)
    if said is not None:
        given = [piece for words, on in said.given for piece in (text(words), note(signed_words(on)))]
        yield {"title": statements_title(), "pieces": given or [note(said.why)]}


def _section(section: ReadSection, facts: list[Fact]) -> Iterator[Piece]:
    if section.ground:
        yield note(_("Unntatt offentlighet: %(ground)s") % {"ground": section.ground})
    if section.is_unchanged:
        yield note(_("Ingen endring siden i fjor"))
    for question in section.questions:
        if question.type not in UNSEEN:
            yield heading(question.title)
            yield from _answered(question, facts)
    for said, reply in section.replies:
        yield heading(_("Kommentar fra rådgiveren"))
        yield text(said)
        yield heading(_("Svaret til rådgiveren"))
        yield text(reply) if reply else note(_("Ikke besvart"))


def _answered(question: ReadQuestion, facts: list[Fact]) -> Iterator[Piece]:
    answer = question.answer
    if question.type == Question.Type.MEASUREMENTS:
        yield _table(facts) if facts else note(_("Prosjektet har ingen effektmål."))
    else:
        yield in_print(answer)


def in_print(answer: Answer) -> Piece:
    """An answer in words, as a piece of the page."""
    if answer.lessons or answer.items:
        return {"kind": "list", "items": answer.items or _lessons(answer)}
    return text(answer.text) if answer.text else note(_("Ikke besvart"))


def _lessons(answer: Answer) -> list[str]:
    parts = ("title", "text", "about")
    return ["\n".join(lesson[part] for part in parts if lesson[part]) for lesson in answer.lessons]


def _table(facts: list[Fact]) -> Piece:
    rows = [
        [
            f"{fact.title} ({pgettext('result', 'trukket')})" if fact.is_withdrawn else fact.title,
            fact.baseline,
            fact.previous,
            dated(fact.latest, fact.latest_on),
            dated(fact.goal, fact.goal_on),
        ]
        for fact in facts
    ]
    return {"kind": "table", "head": [_("Effektmål"), _("Nullpunkt"), _("I fjor"), _("Nå"), _("Mål")], "rows": rows}


def dated(figure: str, on: date | None) -> str:
    """A figure with its date under it."""
    return f"{figure}\n{formatting.day_medium(on)}" if on else figure


def heading(words: str) -> Piece:
    """The heading of a question."""
    return {"kind": "heading", "text": words}


def text(words: str) -> Piece:
    """A paragraph."""
    return {"kind": "text", "text": words}


def note(words: str) -> Piece:
    """What is not an answer, but said in its place."""
    return {"kind": "note", "text": words}
