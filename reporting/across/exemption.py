"""What of the submitted reports is exempt from the public: the one place the drafts of this room ask.

Advisers read it all. A draft that leaves the house takes in what is exempt only when the adviser says so.
"""

from collections.abc import Iterable

from reporting.annual.models import Submission
from reporting.annual.openness import is_public

# The union representative's own words reveal who is organised, and belong to their writer (decision 18g).
EXEMPT_QUESTIONS = frozenset({"merknad_tillitsvalgte"})


def exempt_questions(submissions: Iterable[int]) -> dict[int, frozenset[str]]:
    """The questions of each submission whose answers are exempt, as it was when it was submitted; one query."""
    rows = Submission.objects.filter(pk__in=set(submissions))
    return {row.pk: EXEMPT_QUESTIONS | _in_exempt_sections(row) for row in rows}


def _in_exempt_sections(submission: Submission) -> frozenset[str]:
    return frozenset(
        question["key"]
        for section in submission.contents["content"]["sections"]
        if not is_public(section)
        for question in section["questions"]
    )
