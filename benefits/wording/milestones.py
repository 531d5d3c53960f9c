"""Words for milestones: the sign of a state, and who reported and decided what."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from benefits.models import Milestone
from benefits.wording.values import Text
from saman import formatting

State = Milestone.State


@dataclass(frozen=True, slots=True)
class MilestoneSign:
    """How a state looks: Designsystemet's `colour` and the `icon` of the sprite beside its word."""

    word: str
    colour: str
    icon: str


_LOOKS: dict[str, tuple[str, str]] = {
    State.PLANNED: ("neutral", "ikke-startet"),
    State.REPORTED: ("info", "flag"),
    State.SIGNED: ("success", "check"),
    State.DECLINED: ("warning", "warn"),
    State.WITHDRAWN: ("neutral", "trukket"),
}


def milestone_sign(state: str) -> MilestoneSign:
    """The sign of a state. Raises KeyError for a value that is not one."""
    colour, icon = _LOOKS[state]
    return MilestoneSign(str(State(state).label), colour, icon)


_REPORTED = (_("%(name)s meldte den som nådd %(day)s"), _("Meldt som nådd %(day)s"))
_DECIDED: dict[str, tuple[Text, Text]] = {
    State.SIGNED: (_("%(name)s godkjente den %(day)s"), _("Godkjent %(day)s")),
    State.DECLINED: (_("%(name)s godkjente den ikke %(day)s"), _("Ikke godkjent %(day)s")),
}


def milestone_said(milestone: Milestone) -> list[tuple[str, str]]:
    """(who did what when, their own words) for what the leader reported and what the owner decided."""
    said = []
    if milestone.reported_on:
        said.append((_by(_REPORTED, milestone.reported_by, milestone.reported_on), milestone.report_note))
    if milestone.decided_on and milestone.state in _DECIDED:
        said.append(
            (_by(_DECIDED[milestone.state], milestone.decided_by, milestone.decided_on), milestone.decision_note)
        )
    return said


def _by(texts: tuple[Text, Text], person: User | None, on: date) -> str:
    """The sentence with the person's name, or without where nobody in person did it."""
    named, nameless = texts
    return str((named if person else nameless) % {"name": person, "day": formatting.day(on)})
