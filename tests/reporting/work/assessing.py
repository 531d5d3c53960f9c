"""What the tests of the work pages share: the demonstration's date, an actor, and an assessment in the foreground."""

from datetime import date

from accounts.actor import Actor
from benefits.assessment import assess_projects
from tests import factories

TODAY = date(2015, 1, 22)


def actor(person, on=TODAY):
    """A person acting at noon."""
    return Actor(user=person, now=factories.noon(on))


def assess(*projects, on=TODAY):
    """Judge projects on a date and store it."""
    assess_projects([project.pk for project in projects], as_of=on, now=factories.noon(on))
