"""Words for concerns: what is wrong in one sentence, what to do about it, where, and who does it."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from benefits.wording.evidence import SLOTS
from benefits.wording.values import Text, Variants, first_that_fits, readable
from projects.roles import Role
from saman import formatting


class Concerned(Protocol):
    """What is read of a concern: the model's fields, with `project` and `target` already loaded."""

    pk: Any
    project: Any
    target: Any
    cause: str
    action: str
    values: Any


TITLES: dict[str, Text] = {
    "effect_without_baseline": _("Tiltak uten nullpunkt"),
    "no_targets": _("Ingen effektmål"),
    "target_undefined": _("Uferdig effektmål"),
    "target_equals_baseline": _("Mål lik nullpunkt"),
    "target_wrong_direction": _("Mål på feil side av nullpunktet"),
    "baseline_one_season": _("Nullpunkt for bare en del av året"),
    "baseline_overdue": _("Nullpunkt over fristen"),
    "baseline_missing": _("Nullpunkt mangler"),
    "target_outside_range": _("Måltallet ser feil ut"),
    "never_measured": _("Aldri målt"),
    "measurement_stale": _("Målingen er for gammel"),
    "not_measurable": _("Kan ikke måles"),
    "benefits_orphaned": _("Ingen har overtatt gevinstene"),
    "project_ending": _("Prosjektet avsluttes, og ingen overtar målingene"),
    "leader_leaving": _("Prosjektlederen slutter, og ingen overtar"),
    "handover_missing": _("Overleveringen er ikke registrert"),
    "leader_vacant": _("Ingen prosjektleder"),
    "owner_vacant": _("Ingen prosjekteier"),
    "owner_is_leader": _("Prosjekteier og prosjektleder er samme person"),
    "report_unsigned": _("Rapporten er ikke signert"),
    "one_person": _("Målingene hviler på én person"),
    "below_baseline_after_gain": _("Dårligere enn nullpunktet"),
    "back_to_zero": _("Tilbake til 0"),
    "relapse_confirmed": _("Tilbakefall"),
    "possible_relapse": _("Mulig tilbakefall"),
}

SENTENCES: dict[str, Variants] = {
    "effect_without_baseline": (
        ngettext_lazy(
            "Tiltakene bak effektmål %(numbers)s har virket i %(days_since_effect)s dager uten at nullpunktet er målt.",
            "Tiltakene bak effektmål %(numbers)s har begynt å virke uten at nullpunktene er målt.",
            "targets",
        ),
    ),
    "no_targets": (
        _("Prosjektet startet %(since)s og har ikke satt noe effektmål."),
        _("Prosjektet har ikke satt noe effektmål."),
    ),
    "target_undefined": (
        ngettext_lazy(
            "Effektmål %(numbers)s sier ikke %(slot)s.",
            "Effektmål %(numbers)s er ikke ferdig beskrevet.",
            "targets",
        ),
    ),
    "target_equals_baseline": (_("Effektmål %(numbers)s har samme måltall som nullpunkt, så ingenting skal endres."),),
    "target_wrong_direction": (_("Effektmål %(numbers)s har et måltall som er dårligere enn nullpunktet."),),
    "baseline_one_season": (
        ngettext_lazy(
            "Nullpunktet for effektmål %(numbers)s dekker bare %(baseline_points)s av %(baseline_needed)s perioder i "
            "året, så årstiden kan forklare endringen.",
            "Nullpunktene for effektmål %(numbers)s dekker ikke et helt år, så årstiden kan forklare endringen.",
            "targets",
        ),
    ),
    "baseline_overdue": (
        ngettext_lazy(
            "Nullpunktet for effektmål %(numbers)s skulle vært målt innen %(baseline_due_on)s.",
            "Nullpunktene for effektmål %(numbers)s skulle vært målt.",
            "targets",
        ),
    ),
    "baseline_missing": (_("Effektmål %(numbers)s mangler nullpunkt, så framgang kan ikke måles."),),
    "target_outside_range": (
        ngettext_lazy(
            "Måltallet %(target)s for effektmål %(numbers)s er utenfor det som er rimelig for indikatoren.",
            "Måltallene for effektmål %(numbers)s er utenfor det som er rimelig for indikatorene.",
            "targets",
        ),
    ),
    "never_measured": (
        ngettext_lazy(
            "Effektmål %(numbers)s er aldri målt. Første måling skulle vært gjort %(due_on)s.",
            "Effektmål %(numbers)s er aldri målt.",
            "targets",
        ),
        _("Effektmål %(numbers)s er aldri målt, og ingen måling er planlagt."),
    ),
    "measurement_stale": (
        ngettext_lazy(
            "Effektmål %(numbers)s ble sist målt %(measured_on)s. Neste måling skulle vært gjort %(due_on)s.",
            "Effektmål %(numbers)s er ikke målt på lenge. Den eldste fristen var %(due_on)s.",
            "targets",
        ),
        _("Effektmål %(numbers)s er ikke målt på lenge."),
    ),
    "not_measurable": (_("Prosjektet sier at effektmål %(numbers)s ikke kan måles med tall."),),
    "benefits_orphaned": (
        _(
            "Prosjektet ble avsluttet %(project_ends_on)s, og %(orphans)s av %(unrealised)s effektmål som ikke er "
            "nådd, har ingen som måler i linjen."
        ),
        _(
            "Prosjektlederen sluttet %(role_ends_on)s, og %(orphans)s av %(unrealised)s effektmål som ikke er nådd, "
            "har ingen som måler i linjen."
        ),
        _("Effektmål som ikke er nådd, har ingen som måler i linjen."),
    ),
    "project_ending": (
        _(
            "Prosjektet avsluttes %(project_ends_on)s, og %(orphans)s av %(unrealised)s effektmål som ikke er nådd, "
            "har ingen som måler i linjen."
        ),
        _("Prosjektet avsluttes snart, og ingen i linjen skal måle videre."),
    ),
    "leader_leaving": (
        _("Prosjektlederen slutter %(role_ends_on)s, og ingen er utpekt til å overta."),
        _("Prosjektlederen slutter snart, og ingen er utpekt til å overta."),
    ),
    "handover_missing": (
        _("Prosjektlederen slutter %(role_ends_on)s, og overleveringen er ikke registrert."),
        _("Prosjektlederen slutter snart, og overleveringen er ikke registrert."),
    ),
    "leader_vacant": (
        ngettext_lazy(
            "Prosjektet har vært uten prosjektleder i %(days_vacant)s dag.",
            "Prosjektet har vært uten prosjektleder i %(days_vacant)s dager.",
            "days_vacant",
        ),
        _("Prosjektet har ingen prosjektleder."),
    ),
    "owner_vacant": (
        ngettext_lazy(
            "Prosjektet har vært uten prosjekteier i %(days_without_owner)s dag.",
            "Prosjektet har vært uten prosjekteier i %(days_without_owner)s dager.",
            "days_without_owner",
        ),
        _("Prosjektet har ingen prosjekteier."),
    ),
    "owner_is_leader": (_("Den som leder prosjektet, eier det også, så ingen andre følger opp at gevinstene kommer."),),
    "report_unsigned": (
        _(
            "Rapporten for %(report_year)s ble sendt inn %(received_on)s, og prosjekteier har ikke signert den på "
            "%(days_unsigned)s dager."
        ),
        _("En rapport er sendt inn, og prosjekteier har ikke signert den."),
    ),
    "one_person": (
        _(
            "%(persons_points)s av %(open_points)s målinger som gjenstår, hviler på én person, "
            "og rollen slutter %(person_ends_on)s."
        ),
        _("De fleste målingene som gjenstår, hviler på én person som slutter."),
    ),
    "below_baseline_after_gain": (
        _("Framgangen i effektmål %(numbers)s har vært borte siden %(since)s, og resultatet er under nullpunktet."),
        _("Framgangen i effektmål %(numbers)s er borte, og resultatet er under nullpunktet."),
    ),
    "back_to_zero": (
        _("%(lost_share)s av framgangen i effektmål %(numbers)s har gått tapt siden %(since)s."),
        _("Framgangen i effektmål %(numbers)s er nesten helt borte."),
    ),
    "relapse_confirmed": (
        _("%(lost_share)s av framgangen i effektmål %(numbers)s har gått tapt siden %(since)s."),
        _("Mer enn halve framgangen i effektmål %(numbers)s har gått tapt."),
    ),
    "possible_relapse": (
        _("Siste måling tyder på at %(lost_share)s av framgangen i effektmål %(numbers)s kan være tapt."),
        _("Siste måling tyder på at framgangen i effektmål %(numbers)s kan være i ferd med å forsvinne."),
    ),
}

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
}
MEASURING = frozenset({"register_measurement", "measure_again"})


def concern_title(concern: Concerned) -> str:
    """The concern in a few words."""
    return cause_title(concern.cause)


def cause_title(cause: str) -> str:
    """A cause in a few words."""
    return str(TITLES.get(cause, _("Noe må avklares")))


def concern_sentence(concern: Concerned) -> str:
    """The concern in one sentence, with its numbers."""
    return cause_sentence(concern.cause, concern.values)


def cause_sentence(cause: str, values: Mapping[str, Any]) -> str:
    """A cause in one sentence; `values` are those of the concern."""
    counts = frozenset(
        {"targets", "days_vacant", "days_without_owner", "days_unsigned", "days_since_effect", "orphans", "unrealised"}
    )
    known = readable(values, "", counts)
    if values.get("lost_share") is not None:
        known["lost_share"] = formatting.percent(min(float(values["lost_share"]), 1.0))
    if "numbers" in values:
        known["numbers"] = formatting.joined(str(values["numbers"]).split(", "))
    if "slot_missing" in values:
        known["slot"] = str(SLOTS.get(str(values["slot_missing"]), ""))
    return first_that_fits(SENTENCES.get(cause, ()), known)


def action_label(code: str) -> str:
    """What to do, as a button says it."""
    return str(ACTIONS.get(code, _("Se prosjektet")))


def action_advice(code: str) -> str:
    """What to do, in a sentence or two."""
    return str(ADVICE.get(code, ""))


def action_url(concern: Concerned) -> str:
    """Where it is done: on the target, or in the project's list of concerns."""
    slug, action = concern.project.slug, concern.action
    if action == "define_target":
        return reverse("target_new", args=[slug])
    if action in TARGET_PAGES and concern.target is not None:
        address = reverse(TARGET_PAGES[action], args=[slug, concern.target.number])
        return f"{address}#ny" if action in MEASURING else address
    return concern_url(concern)


def concern_url(concern: Concerned) -> str:
    """Where the concern stands with its evidence and its answers."""
    address = reverse("project_overview", args=[concern.project.slug])
    target = f"-{concern.target.number}" if concern.target is not None else ""
    return f"{address}#sak-{concern.cause}{target}"


def responsible_word(role: str) -> str:
    """Who does it."""
    return str(Role(role).label) if role in Role.values else str(_("Prosjektet"))
