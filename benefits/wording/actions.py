"""Words for what is to be done about a concern, and the address where it is done."""

from typing import Any, Protocol

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from benefits.engine.codes import WITHHELD
from benefits.wording import resistance
from benefits.wording.values import Text


class Concerned(Protocol):
    """What is read of a concern: the model's fields, with `project` and `target` already loaded."""

    pk: Any
    project: Any
    target: Any
    cause: str
    action: str
    values: Any


ACTIONS: dict[str, Text] = {
    "approve_plan": _("Få planen godkjent"),
    "make_plan": _("Lag planen"),
    "complete_plan": _("Fyll ut planen"),
    "revise_plan": _("Oppdater planen"),
    "set_baseline": _("Sett nullpunkt"),
    "define_target": _("Lag effektmål"),
    "complete_target": _("Fullfør effektmålet"),
    "correct_target": _("Rett måltallet"),
    "extend_baseline": _("Utvid nullpunktet"),
    "register_measurement": _("Registrer måling"),
    "use_scale": _("Velg måleskala"),
    "name_responsible": _("Utpek ansvarlig"),
    "name_successor": _("Utpek etterfølger"),
    "record_handover": _("Lag overleveringen"),
    "name_leader": _("Utpek prosjektleder"),
    "name_owner": _("Utpek prosjekteier"),
    "decide_continuation": _("Registrer beslutningen"),
    "name_line_owner": _("Utpek ansvarlig i linjen"),
    "sign_report": _("Signer rapporten"),
    "share_measuring": _("Fordel målingene"),
    "act_on_relapse": _("Finn årsaken"),
    "measure_again": _("Mål på nytt"),
    "set_level": _("Rett målet"),
    "reword_indicator": _("Se på ordene"),
    "look_at_counter": _("Finn sammenhengen"),
    "add_counter": _("Lag en kontrollindikator"),
    "choose_indicator": _("Se på indikatoren"),
    "justify_indicator": _("Begrunn indikatoren"),
    "await_adviser": _("Se begrunnelsen"),
    "explain_denominator": _("Se hvem som telles"),
    "correct_sentence": _("Rett setningen"),
    "widen_target": _("Se på målet"),
    "plan_points": _("Mål oftere"),
    "answer_warnings": _("Svar på varslene"),
    "measure_more": _("Registrer målinger"),
    "plan_follow_up": _("Planlegg målinger etterpå"),
    "add_step": _("Lag en milepæl"),
    "reply_to_comments": _("Svar på kommentarene"),
    "add_culture_driver": _("Legg til en driver"),
    "plan_lasting": _("Legg inn tiltak som varer"),
    "name_home": _("Gi tiltaket en plass i drift"),
    "budget_for_it": _("Få det inn i budsjettet"),
    **resistance.ACTIONS,
    "correct_use": _("Rett bruken"),
    "allocate_time": _("Bestem bruken"),
    "name_budget_line": _("Oppgi budsjettposten"),
    "enter_freed_time": _("Før frigitt tid"),
    "decide_who_counts": _("Bestem hvem som teller"),
    "lower_shares": _("Se over bidragene"),
}

_ROLES = _("Bli enige om hvem det skal være. Programmets administrator legger inn rollen.")
ADVICE: dict[str, Text] = {
    "approve_plan": _("Fyll ut det som mangler, og send planen til prosjekteier. Eieren godkjenner den på samme side."),
    "make_plan": _(
        "Lag en gevinst fra hvert effektmål, si hvem i linjen som tar den ut, og send planen til prosjekteier."
    ),
    "complete_plan": _("Følg lenkene i planen til det som mangler: de går rett til feltet."),
    "revise_plan": _("Se over gevinster og tiltak, rett det som er blitt annerledes, og send planen på nytt."),
    "set_baseline": _(
        "Sett nullpunktet. Finnes tallet fra før tiltakene begynte, for eksempel i lønnssystemet, "
        "bruk det og merk det som hentet i ettertid."
    ),
    "define_target": _("Lag det første effektmålet i én setning: hva skal endres, hvor mye og når?"),
    "complete_target": _("Fyll ut det som mangler i setningen: hva, hvor mye eller når."),
    "correct_target": _("Se på nullpunktet og måltallet, og rett det som er feil."),
    "extend_baseline": _("Bruk tall fra et helt år som nullpunkt, så årstiden ikke forstyrrer."),
    "register_measurement": _("Registrer den siste målingen. Finnes det ikke noe tall, si hvorfor."),
    "use_scale": _("Velg en enkel skala, for eksempel 1 til 5, så utviklingen kan følges."),
    "name_responsible": _(
        "Utpek en i linjen som måler videre for hvert effektmål. Programmets administrator legger inn rollen."
    ),
    "name_successor": _ROLES,
    "record_handover": _(
        "Gå gjennom det som er åpent, med den som overtar. Registrer overleveringen, og få den godtatt."
    ),
    "name_leader": _ROLES,
    "name_owner": _ROLES,
    "decide_continuation": _(
        "Ta saken opp i ledermøtet eller partssammensatt utvalg. Registrer hva som ble besluttet, og hvem som overtar."
    ),
    "name_line_owner": _("Utpek en i linjen som måler videre. Da overtar de målet gjennom en overlevering."),
    "sign_report": _("Les rapporten slik den ble sendt inn, og signer den."),
    "share_measuring": _("La en til registrere målinger, helst den som skal måle etter at prosjektet er slutt."),
    "act_on_relapse": _("Finn ut hva som sluttet å virke. Juster tiltaket, og mål på nytt."),
    "measure_again": _("Mål på nytt ved neste målepunkt. Da vet vi om framgangen holder."),
    "set_level": _(
        "Lag et effektmål for det dette skal føre til, og gjør målet her til et resultatmål. Da følges det uten å "
        "regnes som en effekt."
    ),
    "reword_indicator": _("Er det en effekt, kan ordene stå. Er det noe dere gjør, skriv hva det skal føre til."),
    "look_at_counter": _(
        "Finn ut om gevinsten er flyttet, for eksempel til flere vikarer. Juster tiltaket, og mål kontrollindikatoren "
        "på nytt."
    ),
    "add_counter": _("Lag et effektmål for noe som ville blitt verre hvis gevinsten bare var flyttet."),
    "choose_indicator": _(
        "Spør om tallet kan fange det dere endrer. Mål noe som ligger nærmere tiltaket, eller si at tallet regnes ut "
        "på en ny måte."
    ),
    "justify_indicator": _(
        "Mål noe som viser det dere vil endre, eller skriv hvorfor indikatoren kan stå for det. Rådgiveren bekrefter "
        "begrunnelsen."
    ),
    "await_adviser": _("Rådgiveren ser på begrunnelsen. Dere trenger ikke gjøre noe nå."),
    "explain_denominator": _(
        "Finn ut om noen er sluttet, flyttet eller regnes på en ny måte. Er enheten en annen enn før, registrer et "
        "brudd i serien."
    ),
    "correct_sentence": _("Rett setningen, eller rett tallet og datoen, så de sier det samme."),
    "plan_points": _(
        "Velg hvor ofte det måles, så planlegger Saman målingene fram til to år etter målet. Eller skriv datoene selv."
    ),
    "answer_warnings": _("Se på varslene, og si hva dere gjør med dem."),
    "measure_more": _("Registrer tallene dere har, også de fra før i år."),
    "plan_follow_up": _(
        "Velg hvor ofte det måles, eller flytt målet lenger fram. Da planlegger Saman målinger til to år etter målet."
    ),
    "add_step": _("Lag en milepæl eller et prosessmål for det neste dere skal få til."),
    "reply_to_comments": _("Svar på hver kommentar der den står: hva gjør dere med den, eller hvorfor ikke?"),
    "add_culture_driver": _(
        "Legg til en driver for holdninger, ledelse eller tillitsvalgte, så kartet viser hva som skal bære endringen."
    ),
    "plan_lasting": _(
        "Legg inn minst ett tiltak som endrer hvordan arbeidet er ordnet, eller gi et av dem en plass i drift."
    ),
    "name_home": _(
        "Bestem om tiltaket skal stå i en vedtatt plan, en fast rutine, turnusen eller budsjettet, og hvem i linjen "
        "som har det. Skal det ikke fortsette, stopp det."
    ),
    "budget_for_it": _("Få tiltaket inn i kommunens eget budsjett, eller endre hvor mye andre betaler."),
    **resistance.ADVICE,
    "correct_use": _("Rett posten, eller trekk noe av bruken, så det ikke brukes mer tid enn det finnes."),
    "allocate_time": _(
        "Bestem hva tiden skal brukes til: ta den ut i budsjettet, gi den til en oppgave, bruk mindre overtid og "
        "vikarer, eller la den være tid til kvalitet. Skriv hvem som bestemte det."
    ),
    "name_budget_line": _("Skriv budsjettposten der reduksjonen står. Ble den ikke noe av, bestem en annen bruk."),
    "enter_freed_time": _("Før hvor mye tid som er frigitt. Er datoen flyttet, endre gevinsten i planen."),
    "decide_who_counts": _(
        "Bli enige om hvem som teller, og merk den andre som «telles ikke her». Er de ikke det samme, rett det som "
        "gjør at de ser like ut."
    ),
    "lower_shares": _("Rett bidragene på gevinstkartet, så de til sammen er høyst 100 %."),
    "widen_target": _("Se flere år under ett, ta med flere enheter, eller godta at svaret blir usikkert."),
}

# Where an action is done: the address's name, and whether it needs the target's number.
TARGET_PAGES: dict[str, str] = {
    "set_baseline": "target_edit",
    "complete_target": "target_edit",
    "correct_target": "target_edit",
    "extend_baseline": "target_edit",
    "use_scale": "target_edit",
    "register_measurement": "target",
    "measure_again": "target",
    "act_on_relapse": "target",
    "set_level": "target_edit",
    "reword_indicator": "target_edit",
    "choose_indicator": "target_edit",
    "justify_indicator": "target_edit",
    "await_adviser": "target",
    "explain_denominator": "target",
    "correct_sentence": "target_edit",
    "widen_target": "target_edit",
    "plan_points": "target_edit",
}
# Where it is done on a page of a target that the evidence names by number.
NAMED_TARGET: dict[str, tuple[str, str]] = {
    "look_at_counter": ("target", "counter"),
    "measure_more": ("target", "target_number"),
    "plan_follow_up": ("target_edit", "target_number"),
}
# Where it is done on a page of the project itself.
PROJECT_PAGES: dict[str, str] = {
    "add_step": "milestone_new",
    "plan_lasting": "initiatives",
    "name_home": "initiatives",
    "budget_for_it": "initiatives",
    "record_handover": "continuation",
    "name_responsible": "continuation",
    "name_line_owner": "continuation",
    "decide_continuation": "continuation",
    "name_successor": "continuation",
    "share_measuring": "continuation",
    "answer_objection": "stakeholders",
    "ask_the_group": "stakeholders",
    "give_answers": "stakeholders",
    "correct_use": "freed_time",
    "allocate_time": "freed_time",
    "name_budget_line": "freed_time",
    "enter_freed_time": "freed_time_new",
    "decide_who_counts": "counting",
    "lower_shares": "counting",
    "approve_plan": "plan",
    "make_plan": "plan",
    "complete_plan": "plan",
    "revise_plan": "plan",
}
PLANNING = frozenset({"approve_plan", "make_plan", "complete_plan", "revise_plan"})
NEW_TARGET = frozenset({"define_target", "add_counter"})
MEASURING = frozenset({"register_measurement", "measure_again"})
WRITING = PLANNING | frozenset(
    {"plan_follow_up", "add_step", "reply_to_comments", "add_culture_driver", "plan_lasting", "name_home"}
    | {"budget_for_it"}
)


def action_label(code: str) -> str:
    """What to do, as a button says it."""
    return str(ACTIONS.get(code, _("Se prosjektet")))


def action_advice(code: str) -> str:
    """What to do, in a sentence or two."""
    return str(resistance.WITHHELD_ADVICE if code == WITHHELD else ADVICE.get(code, ""))


def action_url(concern: Concerned) -> str:
    """Where it is done: on the target, or in the project's list of concerns."""
    slug, action = concern.project.slug, concern.action
    if action in NEW_TARGET:
        return reverse("target_new", args=[slug])
    if action in PROJECT_PAGES:
        return reverse(PROJECT_PAGES[action], args=[slug])
    if action == "add_culture_driver":
        return reverse("box_new", args=[slug])
    if action == "reply_to_comments" and concern.values.get("round"):
        return reverse("report_round", args=[slug, concern.values["round"]])
    page, label = NAMED_TARGET.get(action, ("", ""))
    if page and concern.values.get(label):
        return reverse(page, args=[slug, concern.values[label]])
    if action in TARGET_PAGES and concern.target is not None:
        address = reverse(TARGET_PAGES[action], args=[slug, concern.target.number])
        return f"{address}#ny" if action in MEASURING else address
    return concern_url(concern)


def concern_url(concern: Concerned) -> str:
    """Where the concern stands with its evidence and its answers."""
    address = reverse("project_overview", args=[concern.project.slug])
    target = f"-{concern.target.number}" if concern.target is not None else ""
    return f"{address}#sak-{concern.cause}{target}"
