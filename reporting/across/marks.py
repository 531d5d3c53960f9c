"""The passages marked in answers, with the codes they have now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from reporting.across.codes import Code
from reporting.across.models import Coding, Passage
from reporting.across.words import Span, still_at
from reporting.annual.models import Submission


@dataclass(frozen=True, slots=True)
class Given:
    """A code somebody has given, with its name in the reader's language."""

    coding: Coding
    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage with the codes it has."""

    passage: Passage
    given: list[Given]

    @property
    def names(self) -> list[str]:
        """The codes' names, each once however many have given it."""
        return list(dict.fromkeys(given.name for given in self.given))

    @property
    def keys(self) -> frozenset[str]:
        """The codes' keys."""
        return frozenset(given.coding.code for given in self.given)


def marked(rows: QuerySet[Passage], codes: Mapping[str, Code]) -> list[Mark]:
    """The passages of a query that have a code, in its order; two queries."""
    live = Coding.objects.live().select_related("by").order_by("at", "pk")
    found = rows.filter(Exists(Coding.objects.live().filter(passage=OuterRef("pk"))))
    return [
        Mark(row, [given_of(coding, codes) for coding in row.codings.all()])
        for row in found.prefetch_related(Prefetch("codings", live))
    ]


def marks_by_submission(rows: Iterable[Submission], question: str, codes: Mapping[str, Code]) -> dict[int, list[Mark]]:
    """The passages in each submission's answer to a question, in the order of the words; two queries."""
    passages = Passage.objects.filter(submission__in=[row.pk for row in rows], question=question)
    found: dict[int, list[Mark]] = defaultdict(list)
    for mark in marked(passages.order_by("start", "end"), codes):
        found[mark.passage.submission_id].append(mark)
    return found


@dataclass(frozen=True, slots=True)
class Older:
    """A passage marked in an earlier version; `span`: where its words stand in this one (None: nowhere)."""

    mark: Mark
    span: Span | None

    @property
    def revision(self) -> int:
        """The version it was marked in."""
        return self.mark.passage.submission.revision


def older_marks(
    words: Mapping[Submission, str], question: str, codes: Mapping[str, Code], marks: Mapping[int, Sequence[Mark]]
) -> dict[int, list[Older]]:
    """What is marked in earlier versions of each submission's answer (its `words`), newest first; two queries.

    Left out is what is marked with the same codes in this version (`marks`).
    """
    rows = {row.report_id: row for row in words}
    passages = Passage.objects.filter(submission__report__in=rows, question=question).select_related("submission")
    found: dict[int, list[Older]] = defaultdict(list)
    for mark in marked(passages.defer("submission__snapshot").order_by("-submission__revision", "start"), codes):
        row = rows[mark.passage.submission.report_id]
        again = [one for one in marks.get(row.pk, ()) if one.passage.text == mark.passage.text]
        if mark.passage.submission.revision < row.revision and not any(mark.keys <= one.keys for one in again):
            found[row.pk].append(Older(mark, still_at(mark.passage.text, words[row], mark.passage.start)))
    return found


def given_of(coding: Coding, codes: Mapping[str, Code]) -> Given:
    """A code by name; one the programme no longer has, by its key."""
    code = codes.get(coding.code)
    return Given(coding, code.name if code else coding.code)
