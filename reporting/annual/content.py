"""What a report says: the form's texts, the answers, and the facts beside them, as data with one checksum.

`content(report, today)` is what a preview shows, an owner signs and a leader submits. A page carries it to the next
request as a sealed text (`seal`/`unseal`), so that a change in between can be shown word by word.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing

from reporting.annual import facts_shown
from reporting.annual.answers import UNCHANGED, flattened, is_asked, problem, settled
from reporting.annual.models import FormVersion, OwnerSignature, Question, Report, ReportSection, Section, Submission
from reporting.annual.openness import access_of, is_public
from reporting.annual.returned import replies_of
from reporting.annual.statements import stated
from saman.canonical import canonical, digest, parse

SCHEMA = 2  # 1: without what the union representatives say
_SALT = "reporting.annual.content"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not what was seen: an answer, a reply (`section` "replies"), a target's figure ("targets"),
    what the union representatives say ("statements"), or the form itself.

    `question` is a question's key, a comment's text, or "<target number>.<figure>"; values as in the content.
    """

    section: str
    question: str
    seen: Any
    now: Any


def sections_of(form: FormVersion) -> list[Section]:
    """A form's sections with their questions, in order, in two queries."""
    return list(form.sections.prefetch_related("questions").order_by("order"))


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as it is written: the form's sections, the answers of each by section key, and last year's answers.

    `exempt_last_year`: the questions whose answers were not to be published then.
    """

    report: Report
    sections: list[Section]
    answers: dict[str, dict[str, Any]]
    last_year: dict[str, Any]
    exempt_last_year: frozenset[str]

    def carried(self, section: Section) -> dict[str, Any]:
        """What may stand from last year in a section. What was written as exempt is not made public by a tick."""
        return _carried(section, self.last_year, self.exempt_last_year)

    @property
    def everything(self) -> dict[str, Any]:
        """All answers by question key."""
        return flattened(self.answers.values())


def draft(report: Report) -> Draft:
    """The draft of a report, with last year's answers where it says that nothing has changed."""
    return _drafts([report], facts_shown.previous_submissions([report]))[report.pk]


def content(report: Report, today: date) -> dict[str, Any]:
    """Everything the report says on a date, as canonical data: what is seen, signed and submitted."""
    return contents([report], today)[report.pk]


def contents(reports: Sequence[Report], today: date) -> dict[int, dict[str, Any]]:
    """The content of each report, by id; as many questions to the database for many as for one."""
    before = facts_shown.previous_submissions(reports)
    written, targets = _drafts(reports, before), facts_shown.targets_of(reports, today, before)
    statements, replies = stated(reports), replies_of(reports)
    found = {}
    for report in reports:
        what = _content(written[report.pk], targets[report.pk], statements[report.pk])
        if report.round.is_test:
            what["round"]["is_test"] = True
        if report.revision > 1:
            what["replies"] = replies[report.pk]
        found[report.pk] = parse(canonical(what))
    return found


def _content(written: Draft, targets: list[dict[str, Any]], statements: dict[str, Any]) -> dict[str, Any]:
    report = written.report
    return {
        "schema": SCHEMA,
        "report": report.pk,
        "revision": report.revision,
        "language": report.language,
        "project": {"id": report.project_id, "title": report.project.title},
        "round": {
            "kind": report.round.kind,
            "year": report.round.year,
            "period_start": report.round.period_start,
            "period_end": report.round.period_end,
        },
        "form": {"kind": report.form.kind, "number": report.form.number},
        "sections": [_section(section, written) for section in written.sections],
        "targets": targets,
        "statements": statements,
    }


def signature_of(report: Report, today: date) -> OwnerSignature | None:
    """The owner's signature on what the report says now; one query where nobody has signed this revision."""
    return signatures_of([report], today).get(report.pk)


def signatures_of(reports: Sequence[Report], today: date) -> dict[int, OwnerSignature]:
    """The owners' signatures on what the reports say now, by report; as many questions for many as for one."""
    if not reports:
        return {}
    newest = {report.pk: report.revision for report in reports}
    signed: dict[int, dict[str, OwnerSignature]] = {}
    for row in OwnerSignature.objects.filter(report__in=newest).select_related("signed_by"):
        if row.revision == newest[row.report_id]:
            signed.setdefault(row.report_id, {})[row.digest] = row
    now = contents([report for report in reports if report.pk in signed], today) if signed else {}
    found = {pk: signed[pk].get(digest(what)) for pk, what in now.items()}
    return {pk: row for pk, row in found.items() if row is not None}


def errors(written: Draft) -> dict[str, dict[str, str]]:
    """What stands in the way of submitting: section key -> question key -> code (see `answers.problem`)."""
    found = {section.key: section_errors(written, section) for section in written.sections}
    return {key: problems for key, problems in found.items() if problems}


def section_errors(written: Draft, section: Section) -> dict[str, str]:
    """What stands in the way in one section: question key -> code."""
    answers, everything = written.answers[section.key], written.everything
    asked = [q for q in section.questions.all() if not q.is_fact and is_asked(q, everything)]
    found = {question.key: problem(question, answers.get(question.key)) for question in asked}
    return {key: code for key, code in found.items() if code}


def answers_last_year(report: Report) -> dict[str, Any]:
    """What the project answered in its last report, by question key; {} when there is none."""
    return _answers_of(facts_shown.previous_submission(report))


def answers_in(what: dict[str, Any]) -> dict[str, Any]:
    """The answers of a content by question key."""
    return {question["key"]: question["answer"] for _, question in _questions(what)}


def seal(what: dict[str, Any]) -> str:
    """A content as text for a hidden field, signed, so that nobody can invent one."""
    return signing.dumps(what, salt=_SALT, compress=True)


def unseal(text: str) -> dict[str, Any]:
    """The content of a sealed text; raises django.core.signing.BadSignature."""
    return signing.loads(text, salt=_SALT)


def differences(seen: dict[str, Any], now: dict[str, Any]) -> list[Difference]:
    """What differs, in the form's order; [] only when the two are the same."""
    if canonical(seen) == canonical(now):
        return []
    found = [*_answer_differences(seen, now), *_reply_differences(seen, now), *_target_differences(seen, now)]
    if seen.get("statements") != now.get("statements"):
        found.append(Difference("statements", "", seen.get("statements"), now.get("statements")))
    return found or [Difference("", "form", seen.get("form"), now.get("form"))]


def _drafts(reports: Sequence[Report], before: Mapping[int, Submission]) -> dict[int, Draft]:
    """The drafts of reports by id, with what each project submitted before; three queries."""
    rows: dict[int, dict[str, dict[str, Any]]] = {report.pk: {} for report in reports}
    for report, key, data in ReportSection.objects.filter(report__in=rows).values_list("report", "key", "data"):
        rows[report][key] = data
    forms: dict[int, list[Section]] = {report.form_id: [] for report in reports}
    for section in Section.objects.filter(form__in=forms).prefetch_related("questions").order_by("form", "order"):
        forms[section.form_id].append(section)
    return {
        report.pk: _draft(report, forms[report.form_id], rows[report.pk], before.get(report.pk)) for report in reports
    }


def _draft(
    report: Report, sections: list[Section], written: dict[str, dict[str, Any]], before: Submission | None
) -> Draft:
    last_year, exempt = _answers_of(before), _exempt_in(before)
    answers = {
        section.key: _given(section, written.get(section.key, {}), _carried(section, last_year, exempt))
        for section in sections
    }
    return Draft(report, sections, answers, last_year, exempt)


def _exempt_in(submission: Submission | None) -> frozenset[str]:
    """The questions of a submission whose answers were not to be published."""
    sections = () if submission is None else submission.contents["content"]["sections"]
    return frozenset(q["key"] for section in sections if not is_public(section) for q in section["questions"])


def _carried(section: Section, last_year: dict[str, Any], exempt: frozenset[str]) -> dict[str, Any]:
    return {key: answer for key, answer in last_year.items() if not (is_public(section) and key in exempt)}


def _answers_of(submission: Submission | None) -> dict[str, Any]:
    return {} if submission is None else answers_in(submission.contents["content"])


def _given(section: Section, data: dict[str, Any], last_year: dict[str, Any]) -> dict[str, Any]:
    """A section's answers; where nothing has changed since last year, last year's stand for those left open."""
    if not data.get(UNCHANGED):
        return dict(data)
    keys = [question.key for question in section.questions.all() if not question.is_fact]
    return {key: data.get(key, last_year.get(key)) for key in keys} | {UNCHANGED: True}


def _section(section: Section, written: Draft) -> dict[str, Any]:
    answers, everything = written.answers[section.key], written.everything
    questions = [question for question in section.questions.all() if is_asked(question, everything)]
    return {
        "key": section.key,
        "title": section.title,
        "access": access_of(section),
        "unchanged": bool(answers.get(UNCHANGED)),
        "questions": [_question(question, answers) for question in questions],
    }


def _question(question: Question, answers: dict[str, Any]) -> dict[str, Any]:
    return {
        "key": question.key,
        "type": question.type,
        "title": question.title,
        "unit": question.unit,
        "choices": question.choices,
        "answer": None if question.is_fact else settled(question, answers.get(question.key)),
    }


def _questions(what: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for section in what["sections"]:
        for question in section["questions"]:
            yield section["key"], question


def _answer_differences(seen: dict[str, Any], now: dict[str, Any]) -> Iterator[Difference]:
    before = {(section, question["key"]): question for section, question in _questions(seen)}
    after = {(section, question["key"]): question for section, question in _questions(now)}
    for place in list(dict.fromkeys([*after, *before])):
        old, new = before.get(place), after.get(place)
        if old != new:
            yield Difference(*place, old and old["answer"], new and new["answer"])


def _reply_differences(seen: dict[str, Any], now: dict[str, Any]) -> Iterator[Difference]:
    before = {row["comment"]: row["reply"] for row in seen.get("replies", [])}
    for row in now.get("replies", []):
        if before.get(row["comment"]) != row["reply"]:
            yield Difference("replies", row["said"], before.get(row["comment"]), row["reply"])


def _target_differences(seen: dict[str, Any], now: dict[str, Any]) -> Iterator[Difference]:
    before = {row["id"]: row for row in seen["targets"]}
    after = {row["id"]: row for row in now["targets"]}
    for pk in list(dict.fromkeys([*after, *before])):
        old, new = before.get(pk, {}), after.get(pk, {})
        number = (new or old)["number"]
        for figure in dict.fromkeys([*new, *old]):
            if old.get(figure) != new.get(figure):
                yield Difference("targets", f"{number}.{figure}", old.get(figure), new.get(figure))
