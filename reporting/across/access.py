"""Who may read across a programme: its advisers and administrators; what has not been submitted, nobody here."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from accounts.models import User
from projects.access import advised_programmes
from projects.models import Programme, RoleAssignment
from projects.roles import ROLES_WITH, Access
from reporting.across.words import Asked, asked_in
from reporting.annual.models import Submission


def may_read_across(user: User, programme: Programme, today: date) -> bool:
    """Whether a person may use these pages of a programme on a day."""
    if not user.is_active:
        return False
    return user.is_administrator or advised_programmes(user, today).filter(pk=programme.pk).exists()


def programme_across(user: User, slug: str, today: date) -> Programme:
    """The programme; 404 for a stranger, 403 for someone else with a role in it or in a project's workspace."""
    programme = Programme.objects.filter(slug=slug).first()
    if programme is None:
        raise Http404
    if may_read_across(user, programme, today):
        return programme
    inside = Q(project__cohort__programme=programme, role__in=ROLES_WITH[Access.READ])
    if (
        user.is_active
        and RoleAssignment.objects.active_on(today).filter(Q(programme=programme) | inside, person=user).exists()
    ):
        raise PermissionDenied
    raise Http404


def submission_across(user: User, slug: str, pk: int, today: date) -> tuple[Programme, Submission]:
    """A submitted report of the programme; as `programme_across`, and 404 for another programme's or a test round's."""
    programme = programme_across(user, slug, today)
    related = ("report__round__programme", "report__project", "report__form", "by")
    row = (
        Submission.objects.select_related(*related)
        .filter(pk=pk, report__round__programme=programme, test_round=None)
        .first()
    )
    if row is None:
        raise Http404
    return programme, row


def answer_across(user: User, slug: str, pk: int, question: str, today: date) -> tuple[Programme, Submission, Asked]:
    """The answer to a question in a submitted report; 404 where the report was not asked it."""
    programme, row = submission_across(user, slug, pk, today)
    asked = asked_in(row, question)
    if asked is None:
        raise Http404
    return programme, row, asked
