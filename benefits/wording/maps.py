"""Words for the benefit map: its columns, the state of what is followed by facts alone, and where it is weak."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from benefits.models import InitiativeVersion, MapLink, MapNode, Milestone
from benefits.wording.values import Text
from saman import formatting

Kind = MapNode.Kind


@dataclass(frozen=True, slots=True)
class Status:
    """How it goes with a box: `result` is a result's key (None: drivers have none), `figure` what stands beside it."""

    result: str | None
    figure: str = ""


MISSING = Status("missing")

# The column's word, and its icon in the sprite.
COLUMNS: tuple[tuple[Text, str], ...] = (
    (pgettext_lazy("map", "Tiltak"), "tools"),
    (pgettext_lazy("map", "Leveranse"), "package"),
    (pgettext_lazy("map", "Endret praksis"), "practice"),
    (pgettext_lazy("map", "Effekt"), "chart"),
    (pgettext_lazy("map", "Gevinst"), "gevinst"),
    (pgettext_lazy("map", "Mål"), "maal"),
)

# What is wrong with a box that leads nowhere: on the box, and what to do about it; {box} is the box's name.
LOOSE: dict[str, tuple[Text, Text]] = {
    Kind.INITIATIVE: (
        gettext_lazy("Gir ingen leveranse"),
        gettext_lazy("{box} gir ingen leveranse. Koble det til det det fører til, eller avslutt tiltaket."),
    ),
    Kind.DRIVER: (
        gettext_lazy("Driver ingenting"),
        gettext_lazy("{box} driver ingenting. Koble det til det det påvirker."),
    ),
    Kind.DELIVERABLE: (
        gettext_lazy("Tas ikke i bruk"),
        gettext_lazy("{box} tas ikke i bruk. Hva gjør de ansatte annerledes når den er på plass?"),
    ),
    Kind.PRACTICE: (
        gettext_lazy("Gir ingen effekt"),
        gettext_lazy("{box} gir ingen effekt. Hva blir annerledes for dem det gjelder?"),
    ),
    Kind.EFFECT: (
        gettext_lazy("Gir ingen gevinst"),
        gettext_lazy("{box} gir ingen gevinst. Hvem får det bedre, eller hva blir spart?"),
    ),
    Kind.BENEFIT: (
        gettext_lazy("Bidrar ikke til noe mål"),
        gettext_lazy("{box} bidrar ikke til noe mål. Bestem hva gevinsten skal brukes til."),
    ),
}
NO_GROUND = gettext_lazy("{box} bygger ikke på noe i kartet. Hva må gjøres for at det skal skje?")
TOO_MUCH = gettext_lazy("Bidragene til {box} er til sammen {share}. Noe er talt to ganger.")


def initiative_status(said: InitiativeVersion, today: date) -> Status:
    """How it goes with an initiative, from its dates and how much of it is done."""
    if said.stopped_on:
        return Status("withdrawn", _("stanset %(day)s") % {"day": formatting.day_medium(said.stopped_on)})
    if said.done_share == 100:
        return Status("achieved", _("ferdig"))
    is_late = said.ends_on is not None and said.ends_on < today
    if said.done_share:
        done = _("%(share)s gjort") % {"share": formatting.percent(said.done_share / 100)}
        return Status("behind" if is_late else "on_track", done)
    if said.started_on and said.started_on <= today:
        return Status("behind" if is_late else "on_track", _("i gang"))
    if said.starts_on is None:
        return Status("not_started")
    values = {"day": formatting.day_medium(said.starts_on)}
    if said.starts_on < today:
        return Status("behind", _("skulle startet %(day)s") % values)
    return Status("not_started", _("starter %(day)s") % values)


def milestone_status(one: Milestone, today: date) -> Status:
    """How it goes with a milestone."""
    if one.state == Milestone.State.SIGNED:
        # «i» keeps spreadsheets from taking the month for a date
        return Status("achieved", _("i %(month)s") % {"month": formatting.month(one.decided_on or one.due_on)})
    if one.state == Milestone.State.WITHDRAWN:
        return Status("withdrawn")
    if one.state == Milestone.State.REPORTED:
        return Status("on_track", _("meldt som nådd"))
    if one.due_on < today:
        return Status("behind", formatting.due_in(one.due_on, today))
    return Status("not_started", _("frist %(day)s") % {"day": formatting.day_medium(one.due_on)})


def share_in_route(good: int, total: int) -> str:
    """How many of what a box builds on is on track or better."""
    return _("%(good)s av %(total)s i rute") % {"good": good, "total": total}


def unmeasured_sentence(count: int, objectives: list[str]) -> str:
    """How many boxes lack a measurement, and which objectives can therefore not be followed."""
    said = ngettext("%(count)s boks mangler måling.", "%(count)s bokser mangler måling.", count) % {"count": count}
    if not objectives:
        return said
    names = formatting.joined([f"«{title}»" for title in objectives])
    return f"{said} {_('Veien til %(names)s kan ikke følges.') % {'names': names}}"


def assumed_sentence(count: int) -> str:
    """How many lines nobody has shown."""
    text = ngettext("%(count)s sammenheng er bare antatt.", "%(count)s sammenhenger er bare antatt.", count)
    return text % {"count": count}


def kind_words(node: MapNode) -> str:
    """What kind of box it is, a driver with what it is."""
    kind = str(node.get_kind_display())
    return f"{kind}: {node.get_driver_display()}" if node.driver else kind


def line_words(title: str, link: MapLink) -> str:
    """What a box leads to, with what is known of it: «Lavere vikarutgifter (antatt, 40 %)»."""
    known = [] if link.is_documented else [_("antatt")]
    if link.share is not None:
        known.append(share_word(link.share))
    return f"{title} ({', '.join(known)})" if known else title


def link_word(is_documented: bool) -> str:
    """What is known of a line."""
    return _("dokumentert") if is_documented else _("antatt")


def share_word(share: int | None) -> str:
    """How much of what it leads to a line stands for."""
    return formatting.with_unit(share, "%")
