"""The letter's template is edited by adding a version."""

from django.db import transaction

from accounts.actor import Actor
from journal.actions import record
from projects.models import LANGUAGES, Programme
from reporting.across.actions.marking import check_access
from reporting.across.letters import Template, check, template_of
from reporting.across.models import LetterTemplate


class UnknownLanguage(Exception):
    """There is no letter in that language."""


class StaleTemplate(Exception):
    """Someone has stored another version since. `newest` is theirs."""

    def __init__(self, newest: Template) -> None:
        super().__init__(str(newest.number))
        self.newest = newest


@transaction.atomic
def save(*, by: Actor, programme: Programme, language: str, based_on: int, title: str, body: str) -> Template:
    """Store the next version; the same text as the newest stores nothing.

    Raises NotAllowed, UnknownLanguage, StaleTemplate, letters.BadTemplate.
    """
    check_access(by, programme)
    if language not in dict(LANGUAGES):
        raise UnknownLanguage
    check(title)
    check(body)
    Programme.objects.select_for_update().get(pk=programme.pk)
    newest = template_of(programme, language)
    if (newest.title, newest.body) == (title, body):
        return newest
    if newest.number != based_on:
        raise StaleTemplate(newest)
    row = LetterTemplate.objects.create(
        programme=programme,
        language=language,
        number=newest.number + 1,
        title=title,
        body=body,
        created_by=by.user,
        created_at=by.now,
    )
    record(
        stream=f"programme:{programme.pk}",
        action="letter_template_saved",
        obj=("letter_template", row.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"language": language, "number": row.number},
    )
    return Template(language, row.number, row.title, row.body, row)
