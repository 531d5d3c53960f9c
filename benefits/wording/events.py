"""Words for what has happened in a project, from the journal's codes."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from benefits.wording.concerns import responsible_word
from benefits.wording.rules import rule_heading
from benefits.wording.values import Text, first_that_fits

# Each event with what is known of it, then without: a figure someone may not see, or a target that is gone.
EVENTS: dict[str, tuple[Text, ...]] = {
    "project_created": (_("Prosjektet ble lagt inn"),),
    "project_changed": (_("Rammene for prosjektet ble endret"),),
    "project_followed": (_("Prosjektet ble tatt i bruk"),),
    "participation_decided": (_("Deltakelsen ble avgjort"),),
    "role_assigned": (_("Rolle gitt: %(role)s"), _("Rolle gitt")),
    "role_ended": (_("Rolle avsluttet: %(role)s"), _("Rolle avsluttet")),
    "target_created": (_("Effektmål laget: %(target)s"), _("Effektmål laget")),
    "target_changed": (_("Effektmål endret: %(target)s"), _("Effektmål endret")),
    "main_target_chosen": (_("Hovedmål valgt: %(target)s"), _("Hovedmål valgt")),
    "measurement_registered": (
        _("Måling registrert: %(target)s, %(value)s"),
        _("Måling registrert: %(target)s"),
        _("Måling registrert"),
    ),
    "measurement_corrected": (
        _("Måling rettet: %(target)s, nå %(value)s"),
        _("Måling rettet: %(target)s"),
        _("Måling rettet"),
    ),
    "measurement_withdrawn": (_("Måling trukket: %(target)s"), _("Måling trukket")),
    "break_registered": (_("Brudd i serien registrert: %(target)s"), _("Brudd i serien registrert")),
    "break_withdrawn": (_("Brudd i serien tatt bort: %(target)s"), _("Brudd i serien tatt bort")),
    "milestone_planned": (_("Milepæl lagt til: %(milestone)s"), _("Milepæl lagt til")),
    "milestone_changed": (_("Milepæl endret: %(milestone)s"), _("Milepæl endret")),
    "milestone_reported": (_("Milepæl meldt som nådd: %(milestone)s"), _("Milepæl meldt som nådd")),
    "milestone_signed": (_("Milepæl godkjent: %(milestone)s"), _("Milepæl godkjent")),
    "milestone_declined": (_("Milepæl ikke godkjent: %(milestone)s"), _("Milepæl ikke godkjent")),
    "milestone_withdrawn": (_("Milepæl trukket: %(milestone)s"), _("Milepæl trukket")),
    "warning_acknowledged": (_("Varsel kvittert ut: %(rule)s"), _("Varsel kvittert ut")),
    "warning_action": (_("Tiltak registrert: %(rule)s"), _("Tiltak registrert")),
    "warning_accepted": (_("Varsel godtatt til dato: %(rule)s"), _("Varsel godtatt til dato")),
    "warning_false_positive": (_("Meldt som feil varsel: %(rule)s"), _("Meldt som feil varsel")),
}


def event_text(action: str, known: Mapping[str, Any]) -> str:
    """What happened, with what is `known` of target, value, milestone, role and rule; nothing for other events."""
    if action not in EVENTS:
        return ""
    values = {key: value for key, value in known.items() if value}
    if "role" in values:
        values["role"] = responsible_word(str(values["role"]))
    if "rule" in values:
        values["rule"] = rule_heading(str(values["rule"]))
    return first_that_fits(EVENTS[action], values)
