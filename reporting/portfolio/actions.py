"""Saved views of the dashboard: the only writer of them. Each is its own adviser's to change."""

from django.db import IntegrityError, transaction

from accounts.actor import Actor, NotAllowed
from journal.actions import record
from projects.access import advised_programmes
from projects.models import Programme
from reporting.portfolio.models import SavedView

MOST = 30  # of one person in one programme: a list one can still look through


class NameTaken(Exception):
    """The person has another view with that name in the programme."""


class TooMany(Exception):
    """The person has as many as there is room for."""


class NothingToSave(Exception):
    """The address asks for nothing, so there is nothing to give a name."""


class Stale(Exception):
    """It has been changed since the page was made, or is gone."""


@transaction.atomic
def save(*, by: Actor, programme: Programme, name: str, query: str, is_shared: bool) -> SavedView:
    """Keep the query of the dashboard's address under a name. Raises NotAllowed, NothingToSave, NameTaken, TooMany."""
    _check_access(by, programme)
    if not query:
        raise NothingToSave
    if SavedView.objects.filter(programme=programme, person=by.user).count() >= MOST:
        raise TooMany
    row = SavedView(
        programme=programme, person=by.user, name=name, name_key=_key(name), query=query, is_shared=is_shared,
        saved_at=by.now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise NameTaken from taken
    _note(by, row, "saved_view_made")
    return row


@transaction.atomic
def change(*, by: Actor, view: SavedView, based_on: int, name: str, is_shared: bool) -> None:
    """Another name, or shared or not; what says the same changes nothing. Raises NotAllowed, NameTaken, Stale."""
    _check_access(by, view.programme)
    mine = SavedView.objects.filter(pk=view.pk, person=by.user)
    if mine.filter(name=name, is_shared=is_shared).exists():
        return
    values = {"name": name, "name_key": _key(name), "is_shared": is_shared, "version": based_on + 1}
    try:
        with transaction.atomic():
            changed = mine.filter(version=based_on).update(**values)
    except IntegrityError as taken:
        raise NameTaken from taken
    if not changed:
        raise Stale
    view.is_shared = is_shared
    _note(by, view, "saved_view_changed")


@transaction.atomic
def delete(*, by: Actor, view: SavedView) -> None:
    """Take it away, for everybody it was shared with too; once is enough. Raises NotAllowed."""
    _check_access(by, view.programme)
    gone, _of = SavedView.objects.filter(pk=view.pk, person=by.user).delete()
    if gone:
        _note(by, view, "saved_view_deleted")


def _check_access(by: Actor, programme: Programme) -> None:
    if by.user is None or not by.user.is_active:
        raise NotAllowed
    if not advised_programmes(by.user, by.today).filter(pk=programme.pk).exists():
        raise NotAllowed


def _key(name: str) -> str:
    """The name as it is compared: upper and lower case, and blanks, are no difference."""
    return " ".join(name.split()).casefold()


def _note(by: Actor, view: SavedView, action: str) -> None:
    record(
        stream=f"programme:{view.programme_id}",
        action=action,
        obj=("saved_view", view.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"is_shared": view.is_shared},
    )
