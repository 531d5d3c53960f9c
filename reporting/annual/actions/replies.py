"""The project's reply to an adviser's comment: written with the draft, read by the adviser when it comes in again."""

from django.db import transaction

from accounts.actor import Actor, NotAllowed
from projects.access import may, roles_in
from projects.revision import touch
from projects.roles import Access
from reporting.annual.actions.drafts import NotWritable, after_change
from reporting.annual.actions.reports import lock
from reporting.annual.models import ReviewComment, Submission
from saman.parsing import clean_text

LONGEST = 4000


class ReplyTaken(Exception):
    """Someone else has replied since the page was opened. `comment` is as it stands."""

    def __init__(self, comment: ReviewComment) -> None:
        super().__init__(comment.reply)
        self.comment = comment


@transaction.atomic
def reply(*, by: Actor, comment: ReviewComment, text: str, seen: str) -> ReviewComment:
    """Reply to a comment of the newest return, change the reply, or take it back with an empty text.

    `seen` is the reply as the page showed it. Raises NotAllowed, NotWritable (the report is not back with the project,
    or the comment is not of its newest return), ReplyTaken, saman.parsing.InvalidText.
    """
    submission = Submission.objects.only("report_id", "revision").get(review=comment.review_id)
    report = lock(submission.report_id)
    if by.user is not None and not may(roles_in(by.user, report.project, by.today), Access.WRITE):
        raise NotAllowed
    stored = ReviewComment.objects.select_related("replied_by").get(pk=comment.pk)
    if not report.is_back or report.revision != submission.revision + 1 or stored.withdrawn_at is not None:
        raise NotWritable
    said = clean_text(text, LONGEST)
    if said == stored.reply:
        return stored
    is_mine = stored.replied_by_id == by.user_id
    if stored.reply != seen and not is_mine:
        raise ReplyTaken(stored)
    stored.reply, stored.replied_by, stored.replied_at = said, by.user if said else None, by.now if said else None
    stored.save(update_fields=["reply", "replied_by", "replied_at"])
    after_change(report)  # a reply is part of what the owner signs
    touch(report.project_id)
    return stored
