"""The invented projects go from phase to phase: asked for by their leaders, signed by their owners."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from accounts.actor import Actor
from benefits.actions import phases
from benefits.models import PhaseStep
from benefits.phases import CHECKLISTS
from reporting.demo import people
from reporting.demo.timeline import at

if TYPE_CHECKING:
    from reporting.demo.lives import Life

# Days after the start a phase is left; a project that has ended leaves the last two before and at its end.
LEFT_AFTER = {"idea": 45, "planning": 190}
LEFT_BEFORE_END = {"delivery": 60, "handover": 6}
NOT_IN_USE = frozenset({"no_steps", "no_targets", "late", "vacant"})
DECLINED = "Rælingen"  # its owner wanted more before letting it go on
WAITS_SINCE = date(2015, 1, 12)
WORDS = {
    "nb": ("Gjennomgått i styringsgruppen.", "Nullpunktet for ett av målene mangler ennå."),
    "nn": ("Gjennomgått i styringsgruppa.", "Nullpunktet for eitt av måla manglar enno."),
}


def tell(life: "Life") -> None:
    """Put the shifts on the timeline, those of projects that use them."""
    if life.story.traits & NOT_IN_USE:
        return
    days = {phase: life.start + timedelta(days=after) for phase, after in LEFT_AFTER.items()}
    if "ended" in life.story.traits and "owner_left" not in life.story.traits:
        days |= {phase: life.ends_on - timedelta(days=before) for phase, before in LEFT_BEFORE_END.items()}
    for phase, day in days.items():
        if life.story.name == DECLINED and phase == "planning":
            _add(life, phase, day - timedelta(days=40), signs=False)
        _add(life, phase, day)
    if life.story.name == people.FULL_HOUSE:
        life.timeline.add(at(WAITS_SINCE, 14), lambda: _ask(life, "delivery", WAITS_SINCE))


def _add(life: "Life", phase: str, day: date, *, signs: bool = True) -> None:
    """Asked for some days before, and decided on the day."""
    asked = day - timedelta(days=7)
    life.timeline.add(at(asked, 14), lambda: _ask(life, phase, asked))
    life.timeline.add(at(day, 14), lambda: _decide(life, day, signs))


def _last(life: "Life") -> int | None:
    return PhaseStep.objects.filter(project=life.project).values_list("pk", flat=True).last()


def _ask(life: "Life", phase: str, day: date) -> None:
    phases.ask(
        by=Actor(life.cast.leader, at(day, 14)),
        project=life.project,
        last=_last(life),
        checked=CHECKLISTS[phase],
        note=WORDS[life.language][0],
    )


def _decide(life: "Life", day: date, signs: bool) -> None:
    by, last = Actor(life.cast.owner, at(day, 14)), _last(life)
    if signs:
        phases.sign(by=by, project=life.project, last=last)
    else:
        phases.decline(by=by, project=life.project, last=last, note=WORDS[life.language][1])
