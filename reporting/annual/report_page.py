"""What the pages of a draft show: the way through its sections, and one section with its fields."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from projects.models import RoleAssignment
from projects.roles import Role
from reporting.annual import content, facts_shown
from reporting.annual.access import Place
from reporting.annual.answers import UNCHANGED, alone, is_asked
from reporting.annual.models import ConflictCopy, Question, Report, ReportSection, Section
from reporting.annual.posted import PREFIX
from reporting.annual.prefilled import OpenWarning, Prefilled, judged, prefilled, warnings_of
from reporting.annual.reading import Answer, Fact, facts_in, in_words, outcomes
from reporting.annual.returned import TypedReplies, replies_in
from saman.formatting import joined, number, with_unit

Type = Question.Type


@dataclass(frozen=True, slots=True)
class Step:
    """A section in the navigation: `state` is done, comment (its answers are, a reply is not), error (an answer must be
    mended), wrong (answers are missing) or todo; `note` the same in words.
    """

    key: str
    number: int
    title: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Two texts for one answer. `other` is the one that is not in the field, by `who`, stored `at`."""

    copy: ConflictCopy
    other: Answer
    who: str
    at: datetime | None
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One question as a field: what it holds, what is wrong with it, what was answered last year.

    `hint` says that what is stored cannot be sent in so, while one goes on writing; `error` stops one.
    """

    question: Question
    value: Any
    is_asked: bool
    error: str = ""
    hint: str = ""
    before: Answer | None = None
    clash: Clash | None = None
    options: list[tuple[str, str, bool]] = field(default_factory=list)
    lessons: list[dict[str, Any]] = field(default_factory=list)
    outcomes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The field's name and id in the page."""
        return PREFIX + self.question.key

    @property
    def is_checked(self) -> bool:
        """Whether an answer that was given may be wrong, and said so at once."""
        return self.question.type in {Type.NUMBER, Type.MULTIPLE}

    @property
    def is_copy(self) -> bool:
        """Whether a text stands as it stood last year."""
        return bool(self.before and self.before.is_own_words and self.before.text.split() == str(self.value).split())

    @property
    def described_by(self) -> str:
        """The ids of what belongs to it, for screen readers."""
        parts = [f"{self.id}_help"] if self.question.help else []
        said = "said" if self.is_checked else "error" if self.error else ""
        return " ".join(parts + ([f"{self.id}_{said}"] if said else []))


@dataclass(slots=True)
class SectionPage:
    """One section of a draft before its writer. `codes` says of each error why, as `answers.problem`; "" for a text
    that was not stored.
    """

    place: Place
    report: Report
    section: Section
    row: ReportSection
    steps: list[Step]
    fields: list[Field]
    errors: dict[str, str]
    codes: dict[str, str]
    has_last_year: bool
    facts: list[Fact] = field(default_factory=list)
    warnings: list[OpenWarning] = field(default_factory=list)
    prefilled: Prefilled = field(default_factory=Prefilled)
    roles: list[tuple[str, str]] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Which section it is, from one."""
        return next(step.number for step in self.steps if step.key == self.section.key)

    @property
    def next(self) -> Step | None:
        """The section after this one."""
        return next((step for step in self.steps if step.number == self.number + 1), None)

    @property
    def previous(self) -> Step | None:
        """The section before this one."""
        return next((step for step in self.steps if step.number == self.number - 1), None)

    @property
    def new_lesson(self) -> str:
        """The id of the heading where one more lesson is written; "" in a section without lessons."""
        return next((f"{each.lessons[-1]['id']}-title" for each in self.fields if each.lessons), "")

    @property
    def is_unchanged(self) -> bool:
        """Whether it says that nothing has changed since last year."""
        return bool(self.row.data.get(UNCHANGED))

    @property
    def was(self) -> str:
        """What the page shows, for the next save to say what it changed."""
        shown = dict(self.row.data)
        return json.dumps(shown, ensure_ascii=False)

    @property
    def clashes(self) -> list[Clash]:
        """Texts that wait to be chosen between."""
        return [each.clash for each in self.fields if each.clash]


def steps_of(written: content.Draft, rows: Mapping[str, ReportSection]) -> list[Step]:
    """Every section with its state."""
    wrong = content.errors(written)
    said = replies_in(written.report) if written.report.is_back else []
    waiting = Counter(row["section"] for row in said if row["reply"] is None)
    return [
        _step(number, section, rows.get(section.key), wrong.get(section.key, {}), waiting[section.key])
        for number, section in enumerate(written.sections, start=1)
    ]


def first_unfinished(steps: list[Step]) -> Step | None:
    """Where to go on writing; None when every answer is given."""
    return next((step for step in steps if step.state not in {"done", "comment"}), None)


def problem_in_words(question: Question, code: str) -> str:
    """What is wrong with an answer, and what to do."""
    words = {
        "not_a_number": _("Skriv tallet med siffer, for eksempel 2,4"),
        "lesson_incomplete": _("Gi hvert læringspunkt en overskrift, og velg om det virket"),
        "too_many": _("Skriv høyst %(limit)s læringspunkter") % {"limit": question.limit},
        "too_long": _("Kort ned svaret til %(limit)s tegn") % {"limit": question.limit},
    }
    if code in words:
        return words[code]
    if code == "out_of_bounds":
        return _bounds_in_words(question)
    if code == "not_alone":
        return _alone_in_words(question)
    if question.type == Type.MULTIPLE:
        return _("Velg minst ett alternativ")
    if question.type == Type.CHOICE:
        return _("Velg ett alternativ")
    if question.type == Type.NUMBER:
        return _("Skriv et tall. Skriv 0 hvis svaret er null")
    if question.type == Type.CONFIRMATION:
        return _("Kryss av når dette er gjort")
    return _("Skriv minst ett læringspunkt") if question.type == Type.LESSONS else _("Skriv et svar")


def _bounds_in_words(question: Question) -> str:
    lowest, highest = (with_unit(bound, question.unit_text) for bound in (question.lowest, question.highest))
    if question.highest is None:
        return _("Skriv et tall som er minst %(lowest)s") % {"lowest": lowest}
    if question.lowest is None:
        return _("Skriv et tall som er høyst %(highest)s") % {"highest": highest}
    lowest = number(question.lowest)
    return _("Skriv et tall mellom %(lowest)s og %(highest)s") % {"lowest": lowest, "highest": highest}


def _alone_in_words(question: Question) -> str:
    """Which of the choices leaves no room for the others, and what to do."""
    names = [f"«{text}»" for key, text in question.choice_texts if key in alone(question)]
    words = ngettext(
        "%(alone)s utelukker de andre svarene. La det stå alene, eller fjern krysset der",
        "Hvert av svarene %(alone)s utelukker alle de andre. La ett av dem stå alene, eller fjern kryssene der",
        len(names),
    )
    return words % {"alone": joined(names)}


def left_in_words(codes: Iterable[str]) -> str:
    """What stands in the way (codes of `answers.problem`): «2 svar mangler og 1 svar må rettes»; "" for nothing."""
    given = list(codes)
    missing = sum(code == "required" for code in given)
    said = []
    if missing:
        said.append(ngettext("%(count)s svar mangler", "%(count)s svar mangler", missing) % {"count": missing})
    if wrong := len(given) - missing:
        said.append(ngettext("%(count)s svar må rettes", "%(count)s svar må rettes", wrong) % {"count": wrong})
    return joined(said)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a page holds that is not stored: typed values, texts that were refused, by question key, and replies."""

    raw: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    show_problems: bool = False
    replies: TypedReplies = field(default_factory=TypedReplies)


def section_page(place: Place, report: Report, key: str, user_id: int | None, typed: Typed | None = None) -> Any:
    """A section's page, or None when the form has no such section."""
    typed = typed or Typed()
    written = content.draft(report)
    section = next((each for each in written.sections if each.key == key), None)
    rows = {row.key: row for row in report.sections.select_related("changed_by")}
    if section is None or key not in rows:
        return None
    codes = content.section_errors(written, section)
    questions = list(section.questions.all())
    wrong = {q.key: problem_in_words(q, codes[q.key]) for q in questions if q.key in codes}
    errors = (wrong if typed.show_problems else {}) | dict(typed.errors)
    hints = {key: words for key, words in wrong.items() if codes[key] != "required" and key not in errors}
    copies = _open_copies(rows[key])
    page = SectionPage(
        place=place,
        report=report,
        section=section,
        row=rows[key],
        steps=steps_of(written, rows),
        fields=[
            replace(
                _field(q, written, rows[key], typed.raw, errors, copies.get(q.key), user_id), hint=hints.get(q.key, "")
            )
            for q in questions
        ],
        errors=errors,
        codes={key: "" if key in typed.errors else codes[key] for key in errors},
        has_last_year=any(q.key in written.carried(section) for q in questions),
    )
    _add_facts(page, {question.type for question in questions})
    return page


def field_of(question: Question) -> Field:
    """A question as a field nobody has written in."""
    return Field(
        question=question,
        value="",
        is_asked=True,
        options=[(key, text, False) for key, text in question.choice_texts],
        lessons=_lesson_rows(question, None) if question.type == Type.LESSONS else [],
        outcomes=outcomes() if question.type == Type.LESSONS else [],
    )


def roles_in(place: Place) -> list[tuple[str, str]]:
    """(role, name) of those who work in the project today."""
    rows = RoleAssignment.objects.active_on(place.today).filter(project=place.project)
    rows = rows.exclude(role=Role.UNION_REPRESENTATIVE).select_related("person").order_by("role", "pk")
    return [(str(Role(row.role).label), str(row.person)) for row in rows]


def _add_facts(page: SectionPage, types: set[str]) -> None:
    page.prefilled = prefilled(page.place, page.section.key)
    if Type.MEASUREMENTS in types:
        page.facts = judged(page.place, facts_in(facts_shown.targets(page.report, page.place.today)))
    if Type.PITFALLS in types:
        page.warnings = warnings_of(page.place)
    if Type.ROLES in types:
        page.roles = roles_in(page.place)


def _step(place: int, section: Section, row: ReportSection | None, wrong: Mapping[str, str], unanswered: int) -> Step:
    missing = len(wrong)
    waits = ngettext("%(n)s kommentar er ikke besvart", "%(n)s kommentarer er ikke besvart", unanswered)
    comment = waits % {"n": unanswered} if unanswered else ""
    if row is None or not (row.data or not missing):
        return Step(section.key, place, section.title_text, "todo", _("Ikke påbegynt"))
    if not missing:
        state = "comment" if comment else "done"
        return Step(section.key, place, section.title_text, state, comment or _("Ferdig"))
    note = left_in_words(wrong.values())
    state = "wrong" if set(wrong.values()) == {"required"} else "error"
    return Step(section.key, place, section.title_text, state, f"{note}, {comment}" if comment else note)


def _open_copies(row: ReportSection) -> dict[str, ConflictCopy]:
    rows = row.conflicts.filter(settled_at=None).select_related("by", "theirs_by").order_by("pk")
    return {copy.question: copy for copy in rows}


def _field(
    question: Question,
    written: content.Draft,
    row: ReportSection,
    raw: Mapping[str, Any],
    errors: Mapping[str, str],
    copy: ConflictCopy | None,
    user_id: int | None,
) -> Field:
    stored = row.data.get(question.key)
    clash = _clash(question, copy, stored, row, user_id) if copy else None
    value = raw.get(question.key, copy.mine if copy and clash and clash.is_mine else stored)
    has_before = bool(written.last_year) and not question.is_fact
    return Field(
        question=question,
        value=value if value is not None else "",
        is_asked=is_asked(question, written.everything),
        error=errors.get(question.key, ""),
        before=_words(question, written.last_year.get(question.key)) if has_before else None,
        clash=clash,
        options=[(key, text, _is_chosen(key, value)) for key, text in question.choice_texts],
        lessons=_lesson_rows(question, value) if question.type == Type.LESSONS else [],
        outcomes=outcomes() if question.type == Type.LESSONS else [],
    )


def _clash(question: Question, copy: ConflictCopy, stored: Any, row: ReportSection, user_id: int | None) -> Clash:
    """My own text stays in the field, with the stored one beside it; another's lies beside what is stored."""
    if copy.by_id == user_id:
        return Clash(copy, _words(question, stored), str(row.changed_by or ""), row.changed_at, True)
    return Clash(copy, _words(question, copy.mine), str(copy.by or ""), copy.at, False)


def _words(question: Question, answer: Any) -> Answer:
    return in_words(question.type, answer, question.unit, question.choices)


def _is_chosen(key: str, value: Any) -> bool:
    return key in value if isinstance(value, list) else key == value


def _lesson_rows(question: Question, value: Any) -> list[dict[str, Any]]:
    """The lessons there are, and room for one more."""
    rows = list(value) if isinstance(value, list) else []
    if question.limit is None or len(rows) < question.limit:
        rows.append({"title": "", "text": "", "theme": "", "outcome": ""})
    return [{"n": n, "number": n + 1, "id": f"{PREFIX}{question.key}-{n}", **row} for n, row in enumerate(rows)]
