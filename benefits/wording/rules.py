"""Words for the rules: their titles, their limits, what is missing, and what would close a finding."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from benefits.wording import resistance
from benefits.wording.values import ANSWER_LATER, Text, first_that_fits, readable
from saman import formatting

# The sentence of the deck first, since people know it; then a softer heading, then the word of a matrix column.
TITLES: dict[str, Text] = {
    "F1": _("Manglende eller mangelfull gevinstrealiseringsplan"),
    "F2": _("Motstand mot forandring"),
    "F3": _("Manglende måltall – hva og hvor mye skal endres/måles"),
    "F4": _("Ledelsen tar ikke ansvar for videreføringen – gevinstrealiseringen!"),
    "F5": _("Hvor ble det av prosjektledelsen – de som kunne alt?"),
    "F6": _("Hvordan skal frigitt tid utnyttes?"),
    "R0": _("Kan vi unngå å rykke tilbake til 0?"),
    "V1": _("Måler vi målet? Effekt eller aktivitet"),
    "V2": _("Måler vi målet? Ordene i målet"),
    "V3": _("Måler vi målet? Riktig indikator"),
    "V4": _("Måler vi målet? Hvem som telles"),
    "V5": _("Måler vi målet? Kontrollindikator"),
    "V6": _("Måler vi målet? Tall som kan flytte seg"),
    "V7": _("Måler vi målet? Setning og tall"),
    "V8": _("Måler vi målet? Stor nok endring"),
    "V9": _("Måler vi målet? Telt én gang"),
    "L1": _("Måling og kvantifisering"),
    "L2": _("Jobb langsiktig, ikke quickfix"),
    "L3": _("Gode prosessmål"),
    "L4": _("Hver enkelt vurderer egne justeringer"),
    "L5": _("Kulturelementer under drivere"),
    "L6": _("Permanent i organisasjonen"),
}
HEADINGS: dict[str, Text] = {
    "F1": _("Planen er ikke på plass"),
    "F2": _("Innvendinger uten svar"),
    "F3": _("Måltall mangler"),
    "F4": _("Eierskapet er uklart"),
    "F5": _("Ingen har overtatt"),
    "F6": _("Frigitt tid uten plan"),
    "R0": _("Gevinsten kan forsvinne"),
    "V1": _("Effekt eller aktivitet"),
    "V2": _("Ordene i målet"),
    "V3": _("Riktig indikator"),
    "V4": _("Hvem som telles"),
    "V5": _("Kontrollindikator"),
    "V6": _("Tall som kan flytte seg"),
    "V7": _("Setning og tall"),
    "V8": _("Stor nok endring"),
    "V9": _("Telt én gang"),
    "L1": _("Måling og kvantifisering"),
    "L2": _("Langsiktig arbeid"),
    "L3": _("Delmål på veien"),
    "L4": _("Svar på rådgiverens kommentarer"),
    "L5": _("Kultur blant driverne"),
    "L6": _("Innarbeiding i drift"),
}
SHORT: dict[str, Text] = {
    "F1": pgettext_lazy("pitfall", "Plan"),
    "F2": pgettext_lazy("pitfall", "Motstand"),
    "F3": pgettext_lazy("pitfall", "Måltall"),
    "F4": pgettext_lazy("pitfall", "Ledelse"),
    "F5": pgettext_lazy("pitfall", "Prosjektledelse"),
    "F6": pgettext_lazy("pitfall", "Frigitt tid"),
    "R0": pgettext_lazy("pitfall", "Tilbakefall"),
    "V1": _("Effekt eller aktivitet"),
    "V2": _("Ordene i målet"),
    "V3": _("Riktig indikator"),
    "V4": _("Hvem som telles"),
    "V5": _("Kontrollindikator"),
    "V6": _("Tall som kan flytte seg"),
    "V7": _("Setning og tall"),
    "V8": _("Stor nok endring"),
    "V9": _("Telt én gang"),
    "L1": _("Måling"),
    "L2": _("Langsiktig"),
    "L3": _("Delmål"),
    "L4": _("Kommentarer"),
    "L5": _("Kultur"),
    "L6": _("Drift"),
}
_MEASURE = _("Måler vi målet?")
_LEARNING = _("Læringspunkt")
KINDS: dict[str, Text] = {
    "F1": _("Fallgruve 1"),
    "F2": _("Fallgruve 2"),
    "F3": _("Fallgruve 3"),
    "F4": _("Fallgruve 4"),
    "F5": _("Fallgruve 5"),
    "F6": _("Fallgruve 6"),
    "R0": pgettext_lazy("pitfall", "Tilbakefall"),
    "V1": _MEASURE,
    "V2": _MEASURE,
    "V3": _MEASURE,
    "V4": _MEASURE,
    "V5": _MEASURE,
    "V6": _MEASURE,
    "V7": _MEASURE,
    "V8": _MEASURE,
    "V9": _MEASURE,
    "L1": _LEARNING,
    "L2": _LEARNING,
    "L3": _LEARNING,
    "L4": _LEARNING,
    "L5": _LEARNING,
    "L6": _LEARNING,
}

# What a rule reads; also what it lacked, after «mangler».
INPUTS: dict[str, Text] = {
    "definition": _("hva som skal måles"),
    "baseline": _("nullpunktet"),
    "target_value": _("måltallet og datoen"),
    "frequency": _("hvor ofte det skal måles"),
    "noise": _("hvor usikker en måling er"),
    "plausible_range": _("hva som er rimelige verdier"),
    "planned_points": _("når det skal måles"),
    "measurements": _("målinger"),
    "fresh_measurement": _("en fersk nok måling"),
    "project_dates": _("når prosjektet starter og slutter"),
    "continuation": _("om videreføringen er besluttet"),
    "roles": _("hvem som har roller i prosjektet"),
    "reports": _("innsendte rapporter"),
    "indicator": _("hvilken indikator i katalogen det er"),
    "counters": _("hva som ville vist at gevinsten er flyttet"),
    "denominators": _("hvor mange målingene er gjort blant"),
    "statement": _("målet i én setning"),
    "warnings": _("åpne varsler og svarene på dem"),
    "comments": _("rådgiverens kommentarer"),
    "initiatives": _("tiltakene"),
    "map_drivers": _("driverne i gevinstkartet"),
    "milestones": _("milepæler"),
    "freed_time": _("frigitt tid og bruken av den"),
    "stakeholders": _("interessentene og svarene de har fått"),
    "fresh_stakeholders": _("nye registreringer av interessentene"),
    "plan": _("gevinstrealiseringsplanen"),
    "neighbours": _("effektmålene til andre prosjekter i samme kommune"),
    "map_shares": _("bidragene i gevinstkartet"),
}

# What keeps a rule from warning about the normal, as «Slik regner vi» says it.
FALSE_ALARMS: dict[str, Text] = {
    "F1": _(
        "En plan dere har et annet sted, teller som en plan. Små prosjekter blir spurt om det viktigste, og det de "
        "ikke blir spurt om, mangler ikke. Et effektmål som selv er uferdig, varsles for det og ikke her."
    ),
    "F2": _(
        "En innvending kan være riktig, så et svar lukker varselet, ikke at noen blir overtalt. Det gjelder grupper, "
        "aldri personer. Det bare de som leder prosjektet, har sett, gir ikke mer enn «Følg med». Er rommet ikke i "
        "bruk, sies ingenting. Hvor langt tiltakene er tatt i bruk, registreres ikke ennå, og er ikke med."
    ),
    "F3": _(
        "Et nullpunkt som skal måles innen en dato, er i orden til datoen er passert. 0 er et tall, et tomt felt er "
        "det ikke. Et mål som måles én gang i året, er ikke for sent ute før fristen for neste måling er passert."
    ),
    "F4": _(
        "En vara teller som prosjekteier. I fellesprosjekter holder det at én av eierne ikke leder prosjektet. Juli og "
        "høsten etter et kommunevalg teller ikke med når noen venter på svar. Å beslutte at noe ikke videreføres, er "
        "også en beslutning, og en protokoll på papir teller når den er registrert."
    ),
    "F5": _(
        "En vara teller, også i en foreldrepermisjon. En rolle som varer like lenge som prosjektet, er ikke et "
        "varsel når noen i linjen måler videre."
    ),
    "F6": _(
        "Frigir prosjektet ikke tid, trengs ikke regnskapet. Tid som er for oppdelt til å disponere, er ingen feil, og "
        "er det svært lite til sammen, blir det bare nevnt. En budsjettreduksjon trenger ikke budsjettpost før "
        "budsjettet er vedtatt."
    ),
    "R0": _(
        "Fallet må være større enn tilfeldigheter kan forklare, og neste måling må vise det samme. Sykefravær "
        "sammenlignes med samme kvartal. Etter et brudd i serien begynner vi på nytt. Tegn på at gevinsten kan gå "
        "tapt, nevnes bare der det er en framgang som kan gå tapt."
    ),
    "V1": _("Resultatmål og prosessmål skal telle det dere gjør, og blir ikke varslet."),
    "V2": _(
        "Regelen spør bare, og stopper ingenting. Indikatorene i katalogen er sett på før, og en fullført utdanning er "
        "en effekt."
    ),
    "V3": _(
        "Et mål som ikke sier at det gjelder noe annet enn indikatoren, blir ikke spurt. En begrunnelse er nok til at "
        "varselet bare blir en påminnelse, og rådgiverens bekreftelse lukker det."
    ),
    "V4": _(
        "Framgangen må være større enn det som betyr noe, og både teller og nevner må være oppgitt. Vokser antallet "
        "med inntil grensen, og flere er kommet dit målet vil ha dem, sies det ingenting. Etter et brudd i serien "
        "begynner vi på nytt."
    ),
    "V5": _(
        "Kontrollindikatoren må være blitt dårligere med mer enn det som betyr noe, og mer enn tilfeldigheter kan "
        "forklare, mens målet selv har gått framover."
    ),
    "V6": _(
        "Et mål som etter planen ennå ikke skulle ha kommet langt, blir ikke varslet. Sykefravær har et vanlig nivå "
        "det ikke faller under, og har derfor ikke noe gulv her."
    ),
    "V7": _(
        "En setning uten tall sier ingenting feil. Endringen kan sies som nytt nivå, som endring eller i prosent, og "
        "et år betyr hele året. Tall som hører til noe annet, regnes ikke med."
    ),
    "V8": _("Regelen sier fra når målet settes, og stopper ingenting."),
    "V9": _(
        "To avdelinger, to perioder og to slags gevinster av det samme målet er ikke det samme. Gevinster uten pris er "
        "ikke med i noen sum, og blir ikke spurt. Har dere bestemt hvem som teller, er det i orden."
    ),
    "L1": _(
        "Bare effektmål der fristen for andre måling er passert, teller. Mål som mangler nullpunkt eller måltall, "
        "varsles for det og ikke her."
    ),
    "L2": _(
        "Det holder at ett mål måles etter prosjektet. Mål uten planlagte datoer måles så ofte som de sier selv. Et "
        "kurs eller et kort tiltak som har fått en plass i drift, regnes ikke som kortvarig, og ett tiltak alene er "
        "for lite å dømme etter."
    ),
    "L3": _("Milepæler teller som delmål."),
    "L4": _("Kommentarer til en godkjent rapport, og kommentarer rådgiveren har trukket, trenger ikke svar."),
    "L5": _("Et prosjekt uten gevinstkart, eller uten drivere i kartet, blir ikke spurt."),
    "L6": _(
        "Tiltak som er stoppet, eller som skal være ferdige før prosjektet, trenger ingen plass i drift. Er det "
        "besluttet ikke å fortsette, spør vi ikke."
    ),
}

CLOSES_WHEN: dict[str, Text] = {
    **resistance.CLOSES_WHEN,
    "plan_approved": _("Varselet lukkes når prosjekteier har godkjent planen."),
    "plan_sent": _("Varselet lukkes når planen er sendt til prosjekteier."),
    "plan_complete": _("Varselet lukkes når mer av det planen spør om, er fylt ut."),
    "plan_revised": _("Varselet lukkes når prosjekteier har godkjent en oppdatert plan."),
    "baseline_set": _("Varselet lukkes når nullpunktet er satt."),
    "target_defined": _("Varselet lukkes når målet sier hva, hvor mye og når."),
    "target_differs": _("Varselet lukkes når måltallet er bedre enn nullpunktet."),
    "baseline_whole_year": _("Varselet lukkes når nullpunktet dekker et helt år."),
    "target_in_range": _("Varselet lukkes når måltallet er rettet, eller grensene for indikatoren er endret."),
    "measured": _("Varselet lukkes når en ny måling er registrert."),
    "made_measurable": _("Varselet lukkes når målet har fått en måleskala."),
    "responsible_named": _("Varselet lukkes når hvert mål som ikke er nådd, har en ansvarlig i linjen."),
    "successor_named": _("Varselet lukkes når en ny prosjektleder har rollen fra dagen den gamle slutter."),
    "handover_recorded": _("Varselet lukkes når de som overtar, har godtatt overleveringen."),
    "owner_named": _("Varselet lukkes når noen har rollen som prosjekteier."),
    "owner_apart": _("Varselet lukkes når prosjekteier er en annen enn prosjektlederen."),
    "continuation_decided": _("Varselet lukkes når beslutningen om videreføring er registrert."),
    "line_owner_named": _("Varselet lukkes når hvert mål og hver gevinst har en ansvarlig i linjen."),
    "report_signed": _("Varselet lukkes når prosjekteier har signert rapporten."),
    "leader_named": _("Varselet lukkes når noen har rollen som prosjektleder."),
    "measuring_shared": _("Varselet lukkes når flere deler på målingene, eller rollen har en etterfølger."),
    "use_fits": _("Varselet lukkes når det ikke er disponert mer tid enn det som er frigitt."),
    "time_allocated": _("Varselet lukkes når nok av tiden er disponert."),
    "budget_line_named": _("Varselet lukkes når budsjettposten er oppgitt, eller bruken er en annen."),
    "freed_time_entered": _("Varselet lukkes når tiden er ført, eller planen sier en senere dato."),
    "level_regained": _("Varselet lukkes når nye målinger viser at framgangen er tilbake, klart over grensen."),
    "next_point_clears": _("Varselet lukkes når neste måling viser at framgangen holder."),
    "effect_measured": _("Varselet lukkes når målet ikke lenger er et effektmål, eller måles med en effekt."),
    "indicator_reworded": _("Varselet lukkes når ordene er endret, eller målet ikke lenger er et effektmål."),
    "indicator_fits": _("Varselet lukkes når indikatoren måler det målet gjelder, eller dere har skrevet hvorfor."),
    "stand_in_confirmed": _("Varselet lukkes når rådgiveren har bekreftet begrunnelsen."),
    "denominator_explained": _(
        "Varselet lukkes når bruddet i serien er registrert, eller når flere er kommet dit målet vil ha dem."
    ),
    "counter_added": _("Varselet lukkes når prosjektet har en kontrollindikator."),
    "counter_recovers": _("Varselet lukkes når kontrollindikatoren er tilbake der den startet."),
    "indicator_chosen": _("Varselet lukkes når målet har en annen indikator eller et annet nullpunkt."),
    "figure_moves": _("Varselet lukkes når tallet flytter seg, eller regnes ut på en ny måte."),
    "sentence_agrees": _("Varselet lukkes når setningen og målet sier det samme."),
    "change_detectable": _("Varselet lukkes når endringen er større enn det som kan være tilfeldig."),
    "points_planned": _("Varselet lukkes når mange nok målinger er planlagt, nullpunktet medregnet."),
    "warnings_answered": _("Varselet lukkes når noen har svart på varslene."),
    "carrier_named": _("Varselet lukkes når noen har overtatt ansvaret."),
    "measured_twice": _("Varselet lukkes når mange nok av effektmålene er målt to ganger."),
    "followed_after_end": _("Varselet lukkes når en måling er planlagt etter prosjektets slutt."),
    "step_planned": _("Varselet lukkes når en milepæl eller et prosessmål skal være nådd innen grensen."),
    "comments_answered": _("Varselet lukkes når dere har svart på kommentarene, eller rapporten er godkjent."),
    "counted_once": _("Varselet lukkes når dere har bestemt hvem som teller, eller de to ikke lenger er det samme."),
    "shares_within_whole": _("Varselet lukkes når bidragene til hver boks er høyst 100 % til sammen."),
    "lasting_planned": _("Varselet lukkes når flere av tiltakene er slike som varer."),
    "home_named": _("Varselet lukkes når hvert tiltak som skal fortsette, har en plass i drift og en som har det."),
    "paid_by_own": _("Varselet lukkes når tiltaket står i budsjettet, eller ingen andre betaler for det."),
    "culture_driver_added": _("Varselet lukkes når kartet har en driver for holdninger, ledelse eller tillitsvalgte."),
}

# What a finding was compared with, by its cause; the names in brackets are the thresholds'.
_RELAPSE = _(
    "Grensen: fallet er minst %(relapse_share)s av framgangen, og større enn tilfeldigheter kan forklare. "
    "«Tilbake til 0» betyr at mindre enn %(zero_share)s er igjen."
)
THRESHOLDS: dict[str, Text] = {
    "plan_unapproved": _("Grensen: %(days)s dager før prosjektet avsluttes, eller når overleveringen er godkjent."),
    "plan_missing": _("Grensen: %(days)s dager etter at prosjektet begynte."),
    "plan_incomplete": _("Grensen: %(share)s av det planen spør om."),
    "plan_before_phase": _("Grensen: %(days)s dager etter at fasen var over."),
    "plan_outdated": _("Grensen: %(days)s dager etter godkjenningen."),
    "effect_without_baseline": _("Grensen: %(days)s dager etter at tiltakene begynte å virke."),
    "baseline_one_season": _("Grensen: et helt år, som her er %(points)s perioder."),
    "project_ending": _("Grensen: %(days)s dager før prosjektet avsluttes."),
    "leader_leaving": _("Grensen: %(days)s dager før rollen slutter."),
    "handover_missing": _("Grensen: %(days)s dager før rollen slutter."),
    "owner_vacant": _("Grensen: %(days)s dager uten prosjekteier."),
    "continuation_missing": _("Grensen: %(days)s dager før prosjektet avsluttes."),
    "line_owner_missing": _("Grensen: %(days)s dager før prosjektet avsluttes."),
    "report_unsigned": _("Grensen: %(days)s dager etter innsending."),
    "leader_vacant": _("Grensen: %(days)s dager uten prosjektleder."),
    "one_person": _("Grensen: mer enn %(share)s av målingene på én person som slutter innen %(days)s dager."),
    "possible_relapse": _RELAPSE,
    "relapse_confirmed": _RELAPSE,
    "back_to_zero": _RELAPSE,
    "below_baseline_after_gain": _RELAPSE,
    "denominator_moved": _("Grensen: %(share)s flere eller færre."),
    "at_edge": _("Grensen: %(share)s fra 0 eller 100 %%."),
    "inert": _("Grensen: %(points)s målinger på rad uten endring."),
    "few_points": _("Grensen: %(points)s målinger, nullpunktet medregnet."),
    "warnings_unanswered": _("Grensen: %(days)s dager, der juli og valghøsten ikke teller."),
    "carrier_left": _("Grensen: mindre enn %(days)s dager siden, og lenger enn en rolle får stå tom."),
    "few_measured": _("Grensen: %(share)s av effektmålene."),
    "short_term": _("Grensen: %(days)s dager før prosjektet avsluttes."),
    "objection_unanswered": _("Grensen: innflytelse %(influence)s av 3."),
    "objections_weigh": _("Grensen: %(share)s av innflytelsen."),
    "answers_promised": _("Grensen: %(share)s av innflytelsen."),
    "freed_unallocated": _("Grensen: %(share)s uten bestemt bruk, fra %(days)s dager før tiden er fri."),
    "freed_not_entered": _("Grensen: %(days)s dager etter datoen i planen."),
    "quick_fixes": _("Grensen: %(share)s av tiltakene."),
    "no_home": _("Grensen: %(days)s dager før prosjektet avsluttes."),
    "paid_by_others": _("Grensen: %(days)s dager før prosjektet avsluttes."),
    "no_step": _("Grensen: %(days)s dager fram."),
    "comment_unanswered": _("Grensen: %(days)s dager før rapporten skal inn igjen."),
}


def rule_title(code: str) -> str:
    """The rule in the deck's own words."""
    return str(TITLES.get(code, code))


def rule_heading(code: str) -> str:
    """The rule in softer words, to stand beside the deck's."""
    return str(HEADINGS.get(code, code))


def rule_short(code: str) -> str:
    """The rule in a word: the heading of a column."""
    return str(SHORT.get(code, code))


def rule_kind(code: str) -> str:
    """Which pitfall of the deck the rule is about: «Fallgruve 3»."""
    return str(KINDS.get(code, code))


def rule_line(code: str) -> str:
    """The rule under its kind: «Fallgruve 3: …»; a title that begins with its kind already stands alone."""
    kind, title = rule_kind(code), rule_title(code)
    return title if title.startswith(kind) else f"{kind}: {title}"


def threshold_text(cause: str, threshold: Mapping[str, Any]) -> str:
    """What a finding was compared with; nothing where it was not compared with a number."""
    if cause not in THRESHOLDS or not threshold:
        return ""
    values = readable(threshold, "", frozenset({"points", "days"}))
    values |= {key: formatting.percent(threshold[key]) for key in ("relapse_share", "zero_share") if key in threshold}
    return first_that_fits((THRESHOLDS[cause],), values)


def input_text(code: str) -> str:
    """Something a rule reads, and cannot answer without."""
    return str(INPUTS.get(code, code))


def false_alarms_text(code: str) -> str:
    """What keeps a rule from warning about the normal."""
    return str(FALSE_ALARMS.get(code, ""))


def closes_when_text(code: str) -> str:
    """What new facts would close a finding."""
    return str(CLOSES_WHEN.get(code, ANSWER_LATER)) if code else ""
