"""Words for what is to be done about a concern, and the address where it is done."""

from typing import Any, Protocol

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

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
    "set_baseline": _("Sett nullpunkt"),
    "define_target": _("Lag effektmål"),
    "complete_target": _("Fullfør effektmålet"),
    "correct_target": _("Rett måltallet"),
    "extend_baseline": _("Utvid nullpunktet"),
    "register_measurement": _("Registrer måling"),
    "use_scale": _("Velg måleskala"),
    "name_responsible": _("Utpek ansvarlig"),
    "name_successor": _("Utpek etterfølger"),
    "record_handover": _("Avtal overlevering"),
    "name_leader": _("Utpek prosjektleder"),
    "name_owner": _("Utpek prosjekteier"),
    "sign_report": _("Signer rapporten"),
    "share_measuring": _("Fordel målingene"),
    "act_on_relapse": _("Finn årsaken"),
    "measure_again": _("Mål på nytt"),
    "set_level": _("Rett målet"),
    "reword_indicator": _("Se på ordene"),
    "look_at_counter": _("Finn sammenhengen"),
    "add_counter": _("Lag en kontrollindikator"),
    "choose_indicator": _("Se på indikatoren"),
    "correct_sentence": _("Rett setningen"),
    "widen_target": _("Se på målet"),
    "plan_points": _("Mål oftere"),
    "answer_warnings": _("Svar på varslene"),
    "measure_more": _("Registrer målinger"),
    "plan_follow_up": _("Planlegg målinger etterpå"),
    "add_step": _("Lag en milepæl"),
    "reply_to_comments": _("Svar på kommentarene"),
}

_ROLES = _("Bli enige om hvem det skal være. Programmets administrator legger inn rollen.")
ADVICE: dict[str, Text] = {
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
    "record_handover": _("Gå gjennom åpne målinger og avtaler med den som overtar, og skriv her hva dere er enige om."),
    "name_leader": _ROLES,
    "name_owner": _ROLES,
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
    "correct_sentence": _("Rett setningen, eller rett tallet og datoen, så de sier det samme."),
    "plan_points": _("Velg hvor ofte det måles, så planlegger Saman målingene fram til to år etter målet."),
    "answer_warnings": _("Se på varslene, og si hva dere gjør med dem."),
    "measure_more": _("Registrer tallene dere har, også de fra før i år."),
    "plan_follow_up": _(
        "Velg hvor ofte det måles, eller flytt målet lenger fram. Da planlegger Saman målinger til to år etter målet."
    ),
    "add_step": _("Lag en milepæl eller et prosessmål for det neste dere skal få til."),
    "reply_to_comments": _("Svar på hver kommentar der den står: hva gjør dere med den, eller hvorfor ikke?"),
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
NEW_TARGET = frozenset({"define_target", "add_counter"})
MEASURING = frozenset({"register_measurement", "measure_again"})
WRITING = frozenset({"plan_follow_up", "add_step", "reply_to_comments"})


def action_label(code: str) -> str:
    """What to do, as a button says it."""
    return str(ACTIONS.get(code, _("Se prosjektet")))


def action_advice(code: str) -> str:
    """What to do, in a sentence or two."""
    return str(ADVICE.get(code, ""))


def action_url(concern: Concerned) -> str:
    """Where it is done: on the target, or in the project's list of concerns."""
    slug, action = concern.project.slug, concern.action
    if action in NEW_TARGET:
        return reverse("target_new", args=[slug])
    if action == "add_step":
        return reverse("milestone_new", args=[slug])
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
