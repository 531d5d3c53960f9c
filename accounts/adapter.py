"""How sign-in is done here: nobody can sign up; accounts are made by an administrator."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed sign-up; the code is the only secret."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: a person gets access by being given a role."""
        return False
