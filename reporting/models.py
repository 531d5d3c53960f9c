"""The models of this app live in the rooms that own them."""

from reporting.annual.models import *  # noqa: F403
