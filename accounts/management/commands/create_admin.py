"""Make the first administrator of a real installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import EmailTaken, create_user
from accounts.actor import system
from journal.actions import OtherInstallation, mark_installation
from saman import clock


class Command(BaseCommand):
    """`manage.py create_admin ADDRESS "NAME"`: an account that may set up programmes, and has no rights in projects."""

    help = "Create an administrator, who signs in with a one-time code sent to the address."

    def add_arguments(self, parser: CommandParser) -> None:
        """Address and name."""
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Mark the installation as real and create the account."""
        now = clock.now()
        try:
            mark_installation(mode="real", now=now)
            create_user(by=system(now), email=options["email"], name=options["name"], is_administrator=True)
        except OtherInstallation as error:
            raise CommandError("This database holds demonstration data; use an empty one.") from error
        except EmailTaken as error:
            raise CommandError("Somebody already has this address.") from error
        self.stdout.write(f"Administrator created. Sign in at /logg-inn/ with {options['email']}.")
