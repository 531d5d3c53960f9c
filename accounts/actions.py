"""The writers of accounts."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.actor import Actor, check_administrator
from accounts.models import User
from journal.actions import record


class EmailTaken(Exception):
    """Another person already has this address."""


class StalePerson(Exception):
    """Someone else has changed the account since the form was opened."""


class OwnAccount(Exception):
    """Nobody closes the account they are signed in with: there might be no administrator left."""


@transaction.atomic
def create_user(
    *, by: Actor, email: str, name: str, title: str = "", language: str = "", is_administrator: bool = False
) -> User:
    """Make an account. Raises NotAllowed, EmailTaken."""
    check_administrator(by)
    if User.objects.filter(email__iexact=email.strip()).exists():
        raise EmailTaken(email)
    with _email_taken(email):
        user = User.objects.create_user(
            email=email, name=name, title=title, language=language, is_administrator=is_administrator
        )
    record(
        stream="accounts",
        action="user_created",
        obj=("user", user.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"is_administrator": is_administrator},
    )
    return user


@transaction.atomic
def change_user(*, by: Actor, person: User, version: int, email: str, name: str, title: str, is_active: bool) -> None:
    """Correct an account, close it or open it again. Closing it ends the person's sessions; what they did stays.

    Raises NotAllowed, OwnAccount, EmailTaken, StalePerson.
    """
    check_administrator(by)
    if person.pk == by.user_id and not is_active:
        raise OwnAccount
    address = email.strip().lower()
    if User.objects.filter(email__iexact=address).exclude(pk=person.pk).exists():
        raise EmailTaken(address)
    with _email_taken(address):
        changed = User.objects.filter(pk=person.pk, version=version).update(
            email=address, name=name, title=title, is_active=is_active, version=F("version") + 1
        )
    if not changed:
        raise StalePerson
    record(
        stream="accounts",
        action="user_changed",
        obj=("user", person.pk),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
        data={"is_active": is_active},
    )


@transaction.atomic
def choose_language(*, by: Actor, language: str) -> None:
    """Remember the person's own language: nb, nn or en."""
    if by.user:
        User.objects.filter(pk=by.user.pk).update(language=language)


@transaction.atomic
def sign_out_everywhere(*, by: Actor) -> None:
    """End all sessions of the person: each carries a digest of a secret, which is made anew."""
    if by.user:
        User.objects.filter(pk=by.user.pk).update(password=make_password(None))
    _note_own(by, "signed_out_everywhere")


@transaction.atomic
def note_sign_in(*, by: Actor) -> None:
    """Note in the journal that the person has signed in."""
    _note_own(by, "signed_in")


@contextmanager
def _email_taken(email: str) -> Iterator[None]:
    """Turn the database's refusal of a second account with an address into EmailTaken, when two come at once."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise EmailTaken(email) from error


def _note_own(by: Actor, action: str) -> None:
    record(
        stream=f"user:{by.user_id}",
        action=action,
        obj=("user", by.user_id),
        actor_id=by.user_id,
        at=by.now,
        request_id=by.request_id,
    )
