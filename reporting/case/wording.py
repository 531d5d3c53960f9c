"""What a case proposes, and what follows when nothing is decided, in words."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from saman.words import Text

# The decision that settles a warning, by what the warning recommends. Others are proposed in the warning's own words.
PROPOSALS: dict[str, Text] = {
    "name_owner": _("Kommunedirektøren utpeker en prosjekteier som ikke også leder prosjektet."),
    "name_leader": _("Prosjekteieren utpeker en prosjektleder, og sier hvor stor del av stillingen som går til dette."),
    "name_successor": _("Prosjekteieren utpeker den som overtar etter prosjektlederen."),
    "name_responsible": _("Ledermøtet utpeker en i linjen som har ansvar for å måle videre for hvert effektmål."),
    "share_measuring": _("Minst én til får ansvar for målingene, helst den som skal måle etter prosjektslutt."),
    "record_handover": _("Prosjektlederen og den som overtar, går gjennom det som gjenstår, og registrerer det."),
    "sign_report": _("Prosjekteieren leser årsrapporten og signerer den, eller sender den tilbake med en begrunnelse."),
    "plan_follow_up": _("Effektmålene måles i minst to år etter at prosjektet er avsluttet."),
    "name_home": _("Ledermøtet bestemmer hvor tiltaket skal høre hjemme, og hvem i linjen som har det."),
    "act_on_relapse": _("Ledermøtet bestemmer om tiltaket skal styrkes, endres eller avsluttes."),
    "set_baseline": _("Nullpunktet hentes fra kommunens egne systemer, og merkes som hentet i ettertid."),
}

# What waits while nothing is decided, by the kind of concern.
CONSEQUENCES: dict[str, Text] = {
    "A": _("Uten dette kan ingen si om prosjektet virker, verken underveis eller etterpå."),
    "B": _("Uten en plan vet ingen hvem som skal ta ut gevinstene, eller når de skal komme."),
    "C": _("Uten en beslutning slutter arbeidet når prosjektet slutter, og det som er oppnådd, kan gå tapt."),
    "D": _("Uten noen som overtar, blir målinger og tiltak liggende når personen slutter."),
    "E": _("Uten de ansatte og tillitsvalgte med på laget er det lite som varer."),
    "F": _("Uten tiltak er det lite som tyder på at framgangen kommer tilbake av seg selv."),
}

PROPOSAL_MADE_BY = 11  # month: the budget proposal is laid before the council in the autumn, at the latest in November


def next_budget(today: date) -> int:
    """The first budget year a decision made today can still come into: next year's until the proposal is made."""
    return today.year + 1 if today.month < PROPOSAL_MADE_BY else today.year + 2
