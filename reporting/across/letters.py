"""The feedback letter: a template with fields, filled in for one submitted report, in the report's written language."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from projects.access import advised_programmes
from projects.models import Programme, ProjectMunicipality, RoleAssignment
from projects.roles import Role
from reporting.across.models import LetterTemplate
from reporting.annual.models import Review, Submission
from reporting.annual.models.forms import text_in
from saman import formatting, papers
from saman.words import EXAMPLE_DATA

DATA = Path(__file__).parent / "data"
LONGEST_TITLE, LONGEST_BODY = 200, 8000
_FIELD = re.compile(r"\{([^{}\n]*)\}")
_COMMENTS = "kommentarer"


class BadTemplate(ValueError):
    """The template cannot be filled in. `unknown`: fields that are not there; `is_open`: a brace without its other."""

    def __init__(self, unknown: list[str], is_open: bool) -> None:
        super().__init__(", ".join(unknown) or "a brace without its other")
        self.unknown, self.is_open = unknown, is_open


@dataclass(frozen=True, slots=True)
class Template:
    """A letter as it is written; `number` 0 is the one Saman comes with, `row` then None."""

    language: str
    number: int
    title: str
    body: str
    row: LetterTemplate | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter filled in, as paragraphs; `missing` are the fields of the template nobody has given a value."""

    submission: Submission
    template: Template
    title: str
    blocks: list[papers.Block]
    missing: list[str]
    written_on: date
    notice: str
    review: Review | None
    may_add_comments: bool
    has_added_comments: bool

    @property
    def is_decided(self) -> bool:
        """Whether the report has been decided."""
        return self.review is not None and self.review.is_decided

    @property
    def is_shared(self) -> bool:
        """Whether the project has been shown the comments."""
        return _is_shared(self.review)

    @property
    def language(self) -> str:
        """The written language of the letter."""
        return self.template.language

    @property
    def file_name(self) -> str:
        """The name of the document, without its ending."""
        return f"tilbakemelding-{self.submission.report.project.slug}-{self.submission.number}-{self.language}"


def fields() -> dict[str, str]:
    """What a template may be filled in with, and what each is, in the reader's language."""
    return {
        "kommune": _("kommunen eller kommunene"),
        "prosjekt": _("prosjektets navn"),
        "program": _("programmets navn"),
        "runde": _("rapporten og året, for eksempel «årsrapport 2014»"),
        "år": _("året det rapporteres for"),
        "kvittering": _("kvitteringsnummeret"),
        "mottatt": _("dagen rapporten kom"),
        "leder": _("prosjektlederens navn"),
        "eier": _("prosjekteierens navn"),
        "avgjørelse": _("om rapporten er godkjent eller sendt tilbake, og en ny frist"),
        "melding": _("meldingen rådgiveren skrev da rapporten ble avgjort"),
        _COMMENTS: _("rådgiverens kommentarer, del for del"),
        "rådgiver": _("navnet på den som avgjorde rapporten, ellers ditt eget"),
        "dato": _("dagens dato"),
    }


def check(text: str) -> None:
    """Raise BadTemplate unless every brace belongs to a field there is."""
    unknown = [name for name in dict.fromkeys(_FIELD.findall(text)) if name.strip() not in fields()]
    is_open = bool(re.search(r"[{}]", _FIELD.sub("", text)))
    if unknown or is_open:
        raise BadTemplate(unknown, is_open)


def template_of(programme: Programme, language: str) -> Template:
    """The newest template of a programme in a written language, else the one Saman comes with; one query."""
    row = LetterTemplate.objects.filter(programme=programme, language=language).select_related("created_by").first()
    return shipped(language) if row is None else Template(language, row.number, row.title, row.body, row)


@cache
def shipped(language: str) -> Template:
    """The template Saman comes with."""
    title, _blank, body = (DATA / f"brev.{language}.txt").read_text(encoding="utf-8").partition("\n\n")
    return Template(language, 0, title.strip(), body.strip())


def letter_of(
    submission: Submission, template: Template, by: User, today: date, *, has_comments: bool, is_demo: bool
) -> Letter:
    """The letter about a submitted report; four queries.

    Comments on a report that was not sent back are the advisers' own. They come where `has_comments` says so, and then
    only for an adviser, when the report is decided.
    """
    with translation.override(template.language):
        review = Review.objects.select_related("decided_by").filter(submission=submission).first()
        is_decided = review is not None and review.is_decided
        advised = advised_programmes(by, today).filter(pk=submission.report.round.programme_id)
        may_add = is_decided and not _is_shared(review) and advised.exists()
        comments = _comments(submission, review) if _is_shared(review) or (may_add and has_comments) else []
        values = _values(submission, review, by, today) | {_COMMENTS: "; ".join(comments)}
        missing: list[str] = []
        blocks: list[papers.Block] = []
        for paragraph in re.split(r"\n[ \t]*\n+", template.body):
            if _alone(paragraph) == _COMMENTS:
                blocks += _list(comments)
            elif name := _alone(paragraph):
                blocks += [papers.Text(values[name])] if values[name] else []
            else:
                blocks.append(papers.Text(_filled(paragraph.strip(), values, missing)))
        return Letter(
            submission=submission,
            template=template,
            title=_filled(template.title, values, missing),
            blocks=blocks,
            missing=list(dict.fromkeys(missing)),
            written_on=today,
            notice=str(EXAMPLE_DATA) if is_demo else "",
            review=review,
            may_add_comments=may_add,
            has_added_comments=may_add and has_comments,
        )


def paper_of(letter: Letter) -> papers.Paper:
    """The letter as a document."""
    before = [papers.Text(letter.notice, is_strong=True)] if letter.notice else []
    with translation.override(letter.language):
        return papers.Paper(
            letter.title, letter.language, letter.blocks, [*before, papers.Text(formatting.day(letter.written_on))]
        )


def _is_shared(review: Review | None) -> bool:
    return review is not None and review.report_outcome == Review.Report.RETURNED


def _alone(paragraph: str) -> str:
    """The field a paragraph consists of; "" when there is more to it."""
    found = _FIELD.fullmatch(paragraph.strip())
    return found[1].strip() if found else ""


def _filled(text: str, values: Mapping[str, str], missing: list[str]) -> str:
    def value(found: re.Match[str]) -> str:
        name = found[1].strip()
        if not values[name]:
            missing.append(name)
        return values[name] or "…"

    return _FIELD.sub(value, text)


def _values(submission: Submission, review: Review | None, by: User, today: date) -> dict[str, str]:
    report, project = submission.report, submission.report.project
    places = ProjectMunicipality.objects.filter(project=project).select_related("municipality")
    people = {
        row.role: row.person.name
        for row in RoleAssignment.objects.active_on(today)
        .filter(project=project, role__in=(Role.LEADER, Role.OWNER))
        .select_related("person")
        .order_by("starts_on", "pk")  # the newest last: it is the one that stays
    }
    decided_by = review.decided_by if review else None
    said = str(report.round)
    return {
        "kommune": formatting.joined([row.municipality.name for row in places.order_by("-is_host", "order")]),
        "prosjekt": project.title,
        "program": report.round.programme.name,
        "runde": said[:1].lower() + said[1:],
        "år": str(report.round.year),
        "kvittering": submission.number,
        "mottatt": formatting.day(timezone.localtime(submission.received_at).date()),
        "leder": people.get(Role.LEADER, ""),
        "eier": people.get(Role.OWNER, ""),
        "avgjørelse": _decision(review),
        "melding": review.note if review and review.is_decided else "",
        "rådgiver": decided_by.name if decided_by else by.name,
        "dato": formatting.day(today),
    }


def _decision(review: Review | None) -> str:
    if review is None or not review.is_decided:
        return _("Rapporten er til gjennomgang.")
    if review.report_outcome == Review.Report.APPROVED:
        return _("Rapporten er godkjent: Den er god nok som grunnlag.")
    if review.new_deadline is None:
        return _("Rapporten er sendt tilbake.")
    return _("Rapporten er sendt tilbake. Ny frist er %(day)s.") % {"day": formatting.day(review.new_deadline)}


def _comments(submission: Submission, review: Review | None) -> list[str]:
    """The comments that stand, each after the part of the report it is about, in the report's order."""
    if review is None:
        return []
    said = list(review.comments.filter(withdrawn_at=None))
    return [
        f"{text_in(section['title'])}: {row.text}"
        for section in (submission.contents["content"]["sections"] if said else ())
        for row in said
        if row.section == section["key"]
    ]


def _list(comments: list[str]) -> list[papers.Block]:
    heading = papers.Text(_("Kommentarer til rapporten:"), is_strong=True)
    return [heading, *map(papers.Item, comments)] if comments else []
