"""Words for evidence: what each value a finding rests on is, and the value as people read it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from benefits.concepts import concept_name
from benefits.indicators import indicator
from benefits.wording.plans import ITEMS
from benefits.wording.resistance import JUDGES, group_word
from benefits.wording.rules import input_text, rule_heading
from benefits.wording.values import Text, as_date, difference_unit, shown
from saman import formatting

LABELS: dict[str, Text] = {
    "plan_sent_on": _("Planen ble sendt til prosjekteier"),
    "plan_approved_on": _("Planen ble sist godkjent"),
    "realising_since": _("Overleveringen ble godkjent"),
    "project_began_on": _("Prosjektet begynte"),
    "days_without_plan": _("Dager siden da"),
    "benefits": _("Gevinster lagt inn"),
    "days_unrevised": _("Dager siden da"),
    "phase_changed_on": _("Siste fase var over"),
    "items_asked": _("Opplysninger planen spør om"),
    "items_said": _("Av dem fylt ut"),
    "item_missing": _("Mangler"),
    "slot_missing": _("Målet sier ikke"),
    "baseline": _("Nullpunkt"),
    "baseline_points": _("Målinger bak nullpunktet"),
    "baseline_needed": _("Målinger i et helt år"),
    "baseline_due_on": _("Nullpunktet skulle vært målt"),
    "target": _("Måltall"),
    "target_on": _("Skal være nådd"),
    "plausible_min": _("Laveste rimelige verdi"),
    "plausible_max": _("Høyeste rimelige verdi"),
    "effect_starts_on": _("Tiltakene begynte å virke"),
    "days_since_effect": _("Dager siden da"),
    "measured_on": _("Sist målt"),
    "due_on": _("Neste måling skulle vært gjort"),
    "days_late": _("Dager etter siste frist"),
    "plateau": _("Framgangen før fallet"),
    "recent": _("Framgangen nå"),
    "needed_fall": _("Fall som kan være tilfeldig"),
    "lost_share": _("Tapt av framgangen"),
    "frequency": _("Måles"),
    "since": _("Siden"),
    "role_ends_on": _("Prosjektlederen slutter"),
    "project_ends_on": _("Prosjektet avsluttes"),
    "project_ended_on": _("Prosjektet ble avsluttet"),
    "days_left": _("Dager igjen"),
    "days_vacant": _("Dager uten prosjektleder"),
    "days_without_owner": _("Dager uten prosjekteier"),
    "report_year": _("Rapport for"),
    "received_on": _("Rapporten ble sendt inn"),
    "days_unsigned": _("Dager uten signatur"),
    "unrealised": _("Effektmål som ikke er nådd"),
    "orphans": _("Av dem uten ansvarlig i linjen"),
    "orphan": _("Effektmål uten ansvarlig"),
    "unowned_benefits": _("Gevinster uten gevinstansvarlig"),
    "open_points": _("Målinger som gjenstår"),
    "persons_points": _("Av dem på én person"),
    "person_ends_on": _("Personens rolle slutter"),
    "handover_recorded_on": _("Overlevering registrert"),
    "handover_waits_since": _("Overlevering som ikke er godtatt, fra"),
    "nothing_new_since": _("Ingen nye opplysninger siden"),
    "lacks": _("Kan ikke vurderes lenger, fordi vi mangler"),
    "last_seen_on": _("Kunne sist vurderes"),
    "indicator_name": _("Indikator"),
    "indicator_level": _("Indikatoren måler"),
    "concept": _("Målet gjelder"),
    "missing_indicator": _("Måles ikke"),
    "gain": _("Så langt har tallet flyttet seg"),
    "denominator_before": _("Målt blant, først"),
    "denominator_after": _("Målt blant, nå"),
    "counted_before": _("Så mange var der målet vil ha dem, først"),
    "counted_after": _("Så mange er der målet vil ha dem, nå"),
    "activity_words": _("Ordene i målet"),
    "counter": _("Kontrollindikator i effektmål"),
    "counter_name": _("Kontrollindikator"),
    "counter_baseline": _("Nullpunktet til kontrollindikatoren"),
    "counter_value": _("Kontrollindikatoren nå"),
    "counter_loss": _("Så mye dårligere er den"),
    "counter_mmc": _("Minste endring som betyr noe"),
    "furthest": _("Lengst fra nullpunktet"),
    "movement_limit": _("En endring må være over"),
    "still_points": _("Målinger uten endring"),
    "expected_share": _("Så mye av veien skulle vært gått"),
    "said_number": _("Setningen sier"),
    "said_date": _("Setningen sier"),
    "promised_change": _("Endringen dere vil ha"),
    "chance_change": _("En mindre endring kan være tilfeldig"),
    "seen_change": _("En større endring oppdager vi nesten alltid"),
    "population": _("Antall det gjelder"),
    "points_planned": _("Planlagte målinger, med nullpunktet"),
    "unanswered": _("Varsler uten svar"),
    "days_unanswered": _("Dager siden det eldste, uten juli og valghøst"),
    "carrier_left_on": _("Den ansvarlige sluttet"),
    "days_alone": _("Dager siden da"),
    "targets_due": _("Effektmål som skulle vært målt to ganger"),
    "measured_twice": _("Av dem målt to ganger"),
    "target_number": _("Gjelder effektmål"),
    "last_target_on": _("Siste effektmål skal være nådd"),
    "step_due_on": _("Neste delmål"),
    "comments": _("Kommentarer uten svar"),
    "structural_drivers": _("Drivere for turnus, bemanning og organisering"),
    "initiatives": _("Tiltak det gjelder"),
    "short_lived": _("Av dem kortvarige"),
    "initiative_code": _("Tiltak"),
    "round": _("Rapport"),
    "returned_on": _("Rapporten ble sendt tilbake"),
    "freed": _("Frigitt, i årsverk"),
    "allocated": _("Disponert, i årsverk"),
    "unallocated": _("Ikke disponert, i årsverk"),
    "freed_from": _("Fri fra"),
    "post": _("Poster i regnskapet"),
    "cut_fte": _("Årsverk som skulle tas ut i budsjettet"),
    "cut_decided_on": _("Budsjettreduksjonen ble bestemt"),
    "budget_adopted_on": _("Budsjettet ble vedtatt innen"),
    "promised_from": _("Planen sier at tiden er fri fra"),
    "benefit_code": _("Gevinster som frigir tid"),
    "objections": _("Innvendinger uten svar"),
    "group": _("Gjelder"),
    "groups_fallen": _("Grupper som er mer kritiske"),
    "judged_by": _("Registrert eller bekreftet av"),
    "beside": _("Samtidig er det et annet varsel"),
    "influence_against": _("Del av innflytelsen hos dem som har innvendinger"),
    "groups": _("Grupper som er registrert"),
    "claim": _("Telles i"),
    "claim_too": _("Telles også i"),
    "claims_more": _("Flere par som teller det samme"),
    "box": _("Boks på gevinstkartet"),
    "box_share": _("Bidrag til sammen"),
    "boxes_more": _("Flere bokser over 100 %"),
}
SLOTS: dict[str, Text] = {
    "what": _("hva som skal måles, og hvilken vei det skal gå"),
    "how_much": _("hvor mye som skal endres"),
    "when": _("når det skal være nådd"),
}
FREQUENCIES: dict[str, Text] = {
    "monthly": _("hver måned"),
    "quarterly": _("hvert kvartal"),
    "yearly": _("hvert år, og det er for sjelden til å oppdage et tilbakefall i tide"),
}
LEVELS: dict[str, Text] = {"output": _("det dere leverer"), "process": _("det dere gjør")}
CHANGES = frozenset(
    {"plateau", "recent", "needed_fall", "counter_loss", "counter_mmc", "furthest", "movement_limit"}
    | {"gain", "promised_change", "chance_change", "seen_change"}
)
SHARES = frozenset({"lost_share", "expected_share", "influence_against"})
CODES = {
    "item_missing": ITEMS,
    "slot_missing": SLOTS,
    "frequency": FREQUENCIES,
    "indicator_level": LEVELS,
    "judged_by": JUDGES,
}


def evidence_label(code: str) -> str:
    """What a piece of evidence is."""
    return str(LABELS.get(code, code))


def evidence_value(item: Mapping[str, Any]) -> str:
    """A piece of evidence as people read it: number with unit, date, or word."""
    label, value, unit = str(item["label"]), item.get("value"), str(item.get("unit") or "")
    if value is None:
        return formatting.UNKNOWN
    if label == "box_share":  # what is told of a box may be more than all of it
        return formatting.percent(float(value))
    if label in SHARES:
        return formatting.percent(min(float(value), 1.0))  # nobody loses more than all
    if label == "lacks":
        return input_text(str(value))
    if label == "group":
        return group_word(str(value))
    if label == "beside":
        return rule_heading(str(value))
    if label == "concept":
        return concept_name(str(value))
    if label == "missing_indicator" and (known := indicator(str(value))):
        return known.name.in_language(get_language())
    if label in CHANGES:
        return shown(value, difference_unit(unit))
    word = CODES.get(label, {}).get(str(value))
    return str(word) if word else shown(value, unit)


def evidence_lines(items: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """(what it is, its value) for each label, several values of one label together; a repeated date only once."""
    lines: dict[str, list[str]] = {}
    dates: set[object] = set()
    for item in items:
        day = as_date(item.get("value"))
        if item.get("value") is None or (item["label"] == "since" and day in dates):
            continue
        dates |= {day} if day else set()
        lines.setdefault(evidence_label(str(item["label"])), []).append(evidence_value(item))
    return [(label, formatting.joined(values)) for label, values in lines.items()]
