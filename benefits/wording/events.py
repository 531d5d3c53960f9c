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
    "stand_in_confirmed": (_("Indikator bekreftet: %(target)s"), _("Indikator bekreftet")),
    "evaluation_planned": (_("Evaluering planlagt: %(target)s"), _("Evaluering planlagt")),
    "evaluation_decided": (_("Evaluert: %(target)s"), _("Effektmål evaluert")),
    "evaluation_withdrawn": (_("Evaluering tatt bort: %(target)s"), _("Evaluering tatt bort")),
    "measurement_drafted": (_("Måling lagret som utkast: %(target)s"), _("Måling lagret som utkast")),
    "drafts_registered": (_("Utkast til målinger registrert"),),
    "break_registered": (_("Brudd i serien registrert: %(target)s"), _("Brudd i serien registrert")),
    "break_withdrawn": (_("Brudd i serien tatt bort: %(target)s"), _("Brudd i serien tatt bort")),
    "milestone_planned": (_("Milepæl lagt til: %(milestone)s"), _("Milepæl lagt til")),
    "milestone_changed": (_("Milepæl endret: %(milestone)s"), _("Milepæl endret")),
    "milestone_reported": (_("Milepæl meldt som nådd: %(milestone)s"), _("Milepæl meldt som nådd")),
    "milestone_signed": (_("Milepæl godkjent: %(milestone)s"), _("Milepæl godkjent")),
    "milestone_declined": (_("Milepæl ikke godkjent: %(milestone)s"), _("Milepæl ikke godkjent")),
    "milestone_withdrawn": (_("Milepæl trukket: %(milestone)s"), _("Milepæl trukket")),
    "phase_asked": (_("Faseskifte sendt til prosjekteier"),),
    "phase_signed": (_("Faseskifte godkjent"),),
    "phase_declined": (_("Faseskifte ikke godkjent"),),
    "continuation_decided": (_("Beslutning om videreføring registrert"),),
    "handover_recorded": (_("Overlevering registrert: %(role)s"), _("Overlevering registrert")),
    "handover_accepted": (_("Overlevering godtatt: %(role)s"), _("Overlevering godtatt")),
    "handover_declined": (_("Overlevering avslått: %(role)s"), _("Overlevering avslått")),
    "handover_withdrawn": (_("Overlevering trukket: %(role)s"), _("Overlevering trukket")),
    "statement_asked": (_("De tillitsvalgte bedt om en uttalelse"),),
    "statement_signed": (_("Uttalelse fra tillitsvalgte signert"),),
    "statement_taken_back": (_("Uttalelse fra tillitsvalgte tatt tilbake"),),
    "grant_added": (_("Tilskuddet oppdatert"),),
    "grant_corrected": (_("Tilskuddet rettet"),),
    "grant_withdrawn": (_("Rad i tilskuddet trukket"),),
    "grant_judged": (_("Vilkår for tilskuddet vurdert"),),
    "grant_approved": (_("Prosjektregnskap godkjent"),),
    "freed_time_registered": (_("Frigitt tid registrert"),),
    "freed_time_corrected": (_("Frigitt tid rettet"),),
    "freed_time_attested": (_("Frigitt tid bekreftet av gevinstansvarlig"),),
    "freed_time_withdrawn": (_("Frigitt tid trukket"),),
    "freed_time_allocated": (_("Bruken av frigitt tid bestemt"),),
    "allocation_corrected": (_("Bruken av frigitt tid rettet"),),
    "allocation_withdrawn": (_("Bruken av frigitt tid trukket"),),
    "counted_elsewhere": (_("Bestemt at noe telles et annet sted"),),
    "counted_here_again": (_("Telles her igjen"),),
    "stakeholders_shared": (_("Interessentene delt med rådgiverne"),),
    "stakeholders_not_shared": (_("Interessentene ikke delt lenger"),),
    "map_drawn": (_("Gevinstkart laget av det som finnes"),),
    "map_box_added": (_("Boks lagt til i gevinstkartet"),),
    "map_box_changed": (_("Boks i gevinstkartet: «%(was)s» heter nå «%(now)s»"), _("Boks i gevinstkartet endret")),
    "map_box_removed": (_("Boks tatt ut av gevinstkartet"),),
    "map_line_added": (_("Sammenheng lagt til i gevinstkartet"),),
    "map_line_changed": (_("Sammenheng i gevinstkartet endret"),),
    "map_line_removed": (_("Sammenheng tatt ut av gevinstkartet"),),
    "benefit_created": (_("Gevinst lagt til planen"),),
    "benefit_changed": (_("Gevinst endret"),),
    "benefit_withdrawn": (_("Gevinst tatt ut av planen"),),
    "benefit_taken_up": (_("Gevinst tatt inn i planen igjen"),),
    "initiative_created": (_("Tiltak lagt til"),),
    "initiative_changed": (_("Tiltak endret"),),
    "initiative_stopped": (_("Tiltak stoppet"),),
    "initiative_resumed": (_("Tiltak tatt opp igjen"),),
    "initiative_reviewed": (_("Tiltak vurdert"),),
    "plan_written": (_("Planen ble beskrevet"),),
    "plan_submitted": (_("Planen ble sendt til prosjekteier"),),
    "plan_approved": (_("Planen ble godkjent"),),
    "plan_sent_back": (_("Planen ble sendt tilbake"),),
    "warning_acknowledged": (_("Varsel kvittert ut: %(rule)s"), _("Varsel kvittert ut")),
    "warning_action": (_("Tiltak registrert: %(rule)s"), _("Tiltak registrert")),
    "warning_accepted": (_("Varsel godtatt til dato: %(rule)s"), _("Varsel godtatt til dato")),
    "warning_false_positive": (_("Meldt som feil varsel: %(rule)s"), _("Meldt som feil varsel")),
}


def event_text(action: str, known: Mapping[str, Any]) -> str:
    """What happened, with what is `known` of target, value, milestone, role, rule, names; nothing for others."""
    if action not in EVENTS:
        return ""
    values = {key: value for key, value in known.items() if value}
    if "role" in values:
        values["role"] = responsible_word(str(values["role"]))
    if "rule" in values:
        values["rule"] = rule_heading(str(values["rule"]))
    return first_that_fits(EVENTS[action], values)
