"""One warning's page: what it rests on, and everything that has happened to it, with who and when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from benefits import wording
from benefits.discretion import withhold
from benefits.engine.codes import WITHHELD
from benefits.models import Assessment, Concern, PitfallWarning, WarningEvent
from benefits.queries.openness import held_back, is_held
from projects.access import is_inside, may
from projects.models import Project
from projects.roles import Access, Role
from reporting.work.queries.warnings import Answer, WarningRow, earlier_of, warning_rows
from saman import formatting
from saman.words import risk_sign

Kind = WarningEvent.Kind


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a warning: the day, what, in whose words, and by whom where the reader may know."""

    on: date
    text: str
    note: str
    name: str


@dataclass(frozen=True, slots=True)
class WarningPage:
    """A warning as one reader sees it on a date. `earlier` are the same rule's warnings about the same subject before.

    `last_seen` is the last day the rule saw a sign; `held_since` the day it was first gone with nothing new learnt.
    """

    row: WarningRow
    rule: str
    sentence: str
    advice: str
    steps: list[Step]
    earlier: list[PitfallWarning]
    last_seen: date
    is_acknowledged: bool
    may_answer: bool
    may_accept: bool

    @property
    def warning(self) -> PitfallWarning:
        """The warning itself."""
        return self.row.warning

    @property
    def is_for_the_meeting(self) -> bool:
        """Whether a case can be made of it: it is open, and the reader may know what it rests on."""
        return self.warning.closed_on is None and self.warning.cause != WITHHELD

    @property
    def answer(self) -> Answer | None:
        """The answer in force."""
        return self.row.answer


def warning_page(project: Project, pk: int, roles: frozenset[Role], today: date) -> WarningPage | None:
    """A project's warning; None when there is none, or it is not open to the reader yet (decisions 18c, 18f)."""
    inside = is_inside(roles)
    rows = {row.warning: row for row in warning_rows(project, today, names=inside)}
    warning = next((one for one in rows if one.pk == pk), None)
    if warning is None or (not inside and is_held(warning, _held(project, today))):
        return None
    events = list(WarningEvent.objects.filter(warning=warning).select_related("by").order_by("recorded_at", "pk"))
    if warning.is_wordless:
        _hide_words(events, warning.cause)
    is_open = warning.closed_on is None
    return WarningPage(
        row=rows[warning],
        rule=wording.rule_line(warning.rule),
        sentence=_sentence(project, warning, inside),
        advice=wording.action_advice(warning.action) if is_open else "",
        steps=_steps(events, inside, today),
        earlier=earlier_of(warning, rows),
        last_seen=_last_seen(project, warning),
        is_acknowledged=any(e.kind in WarningEvent.SEEN and e.cause in ("", warning.cause) for e in events),
        may_answer=is_open and may(roles, Access.ANSWER),
        may_accept=is_open and may(roles, Access.SIGN),
    )


def _held(project: Project, today: date) -> list[Concern]:
    """Concerns not open to those outside yet, with their causes withheld as the warnings' are."""
    concerns = list(Concern.objects.filter(project=project))
    withhold(concerns)
    return held_back(concerns, today)


def _hide_words(events: Iterable[WarningEvent], cause: str) -> None:
    """Leave out people's own words; and the causes too where they would tell what the warning rests on."""
    for event in events:
        event.note = ""
        if cause == WITHHELD and event.cause:
            event.cause = WITHHELD


def _sentence(project: Project, warning: PitfallWarning, inside: bool) -> str:
    """What the concern it is evidence of says, or itself where it is none; nothing when it is closed."""
    if warning.closed_on is not None:
        return ""
    concerns = Concern.objects.filter(project=project, cause=warning.cause).select_related("target")
    own = [c for c in concerns if c.target_id in (None, warning.target_id)]
    if not inside:
        withhold(own)
    for concern in own:
        concern.project = project
    if own:
        return wording.concern_sentence(own[0])
    number = warning.target.number if warning.target else ""
    values = wording.finding_values(warning.evidence, warning.threshold, number)
    return wording.cause_sentence(warning.cause, values)


def _last_seen(project: Project, warning: PitfallWarning) -> date:
    """While it is open and not held, the sign was there at the newest assessment."""
    if warning.closed_on is not None or warning.held_since is not None:
        return warning.last_seen_on
    newest = Assessment.objects.filter(project=project).values_list("as_of", flat=True).first()
    return max(newest or warning.last_seen_on, warning.last_seen_on)


def _steps(events: Sequence[WarningEvent], names: bool, today: date) -> list[Step]:
    """Everything that has happened, oldest first; an acceptance that ran out is told too, though nobody did it."""
    steps = [Step(event.on, step_text(event), event.note, _name(event, names)) for event in events]
    return sorted([*steps, *_returned(events, today)], key=lambda step: step.on)


def _returned(events: Iterable[WarningEvent], today: date) -> list[Step]:
    """The days a warning came back by itself: its acceptance was over, and nothing had replaced or closed it."""
    closed = min((event.on for event in events if event.kind == Kind.CLOSED), default=date.max)
    return [
        Step(back, _("Godtakelsen gikk ut, og varselet kom tilbake"), "", "")
        for event in events
        if event.kind == Kind.ACCEPTED and event.until
        for back in [event.until + timedelta(days=1)]
        if back <= min(today, closed) and (event.superseded_at is None or event.superseded_at.date() >= back)
    ]


def _name(event: WarningEvent, names: bool) -> str:
    if event.by is None:
        return ""
    return str(event.by) if names else _("prosjektet")


def step_text(event: WarningEvent) -> str:
    """One step in a warning's life in words."""
    values = {
        "level": risk_sign(event.severity).word,
        "cause": wording.cause_title(event.cause) if event.cause else "",
        "until": formatting.day(event.until),
    }
    texts = {
        Kind.OPENED: _("Åpnet: %(level)s"),
        Kind.SEVERITY: _("Alvorligheten ble endret til «%(level)s»"),
        Kind.CAUSE: _("Varselet gjelder nå noe annet: %(cause)s"),
        Kind.ACKNOWLEDGED: _("Kvittert ut"),
        Kind.ACTION: _("Tiltak registrert, ferdig innen %(until)s") if event.until else _("Tiltak registrert"),
        Kind.ACCEPTED: _("Godtatt til %(until)s"),
        Kind.FALSE_POSITIVE: _("Meldt som feil varsel"),
        Kind.CLOSED: _("Lukket av nye opplysninger"),
    }
    return texts[Kind(event.kind)] % values
