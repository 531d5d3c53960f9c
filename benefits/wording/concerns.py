"""Words for concerns: what is wrong in one sentence, and who does something about it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from benefits.engine.codes import WITHHELD
from benefits.wording import fit, lasting, ledger, resistance
from benefits.wording.actions import Concerned
from benefits.wording.evidence import SLOTS
from benefits.wording.plans import PLAN_SENTENCES, PLAN_TITLES
from benefits.wording.values import COUNTS, Text, Variants, first_that_fits, readable
from projects.roles import Role
from saman import formatting

TITLES: dict[str, Text] = {
    **ledger.TITLES,
    **resistance.TITLES,
    **PLAN_TITLES,
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
    "few_points": _("For få målinger planlagt"),
    "not_measurable": _("Kan ikke måles"),
    "warnings_unanswered": _("Varsler som ingen har sett på"),
    "measuring_stopped": _("Ingen har målt etter prosjektslutt"),
    "carrier_left": _("Ingen bærer gevinsten videre"),
    "few_measured": _("For få effektmål er målt"),
    "short_term": _("Ingen måler etter prosjektslutt"),
    "no_step": _("Ingen delmål på veien"),
    "comment_unanswered": _("Kommentar uten svar"),
    "no_culture": _("Ingen kultur blant driverne"),
    "measures_activity": _("Målet måler det dere gjør"),
    "sounds_like_activity": _("Høres ut som noe dere gjør"),
    **fit.TITLES,
    **lasting.TITLES,
    "counter_worse": _("Gevinsten kan være flyttet"),
    "no_counter": _("Mangler kontrollindikator"),
    "at_edge": _("Lite igjen å vinne"),
    "inert": _("Tallet står stille"),
    "number_differs": _("Setningen sier et annet tall"),
    "date_differs": _("Setningen sier en annen dato"),
    "within_chance": _("Endringen er for liten til å vises"),
    "benefits_orphaned": _("Ingen har overtatt gevinstene"),
    "project_ending": _("Prosjektet avsluttes, og ingen overtar målingene"),
    "leader_leaving": _("Prosjektlederen slutter, og ingen overtar"),
    "handover_missing": _("Overleveringen er ikke registrert"),
    "leader_vacant": _("Ingen prosjektleder"),
    "owner_vacant": _("Ingen prosjekteier"),
    "owner_is_leader": _("Prosjekteier og prosjektleder er samme person"),
    "continuation_missing": _("Beslutning om videreføring mangler"),
    "line_owner_missing": _("Ingen ansvarlig i linjen"),
    "report_unsigned": _("Rapporten er ikke signert"),
    "one_person": _("Målingene hviler på én person"),
    "below_baseline_after_gain": _("Dårligere enn nullpunktet"),
    "back_to_zero": _("Tilbake til 0"),
    "relapse_confirmed": _("Tilbakefall"),
    "possible_relapse": _("Mulig tilbakefall"),
}

SENTENCES: dict[str, Variants] = {
    **ledger.SENTENCES,
    **resistance.SENTENCES,
    **PLAN_SENTENCES,
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
    "few_points": (
        ngettext_lazy(
            "Effektmål %(numbers)s har bare %(points_planned)s planlagte målinger, nullpunktet medregnet, så dere ser "
            "ikke utviklingen underveis.",
            "Effektmål %(numbers)s har så få planlagte målinger at dere ikke ser utviklingen underveis.",
            "targets",
        ),
        _("Effektmål %(numbers)s har så få planlagte målinger at dere ikke ser utviklingen underveis."),
    ),
    "warnings_unanswered": (
        _("%(unanswered)s varsler har stått i %(days_unanswered)s dager uten at noen har svart på dem."),
        _("Flere varsler har stått lenge uten at noen har svart på dem."),
    ),
    "measuring_stopped": (
        ngettext_lazy(
            "Prosjektet ble avsluttet %(project_ends_on)s, og effektmål %(numbers)s er ikke målt etter det.",
            "Effektmål %(numbers)s er ikke målt etter at prosjektet ble avsluttet %(project_ends_on)s.",
            "targets",
        ),
        _("Effektmål %(numbers)s er ikke målt etter at prosjektet ble avsluttet."),
    ),
    "carrier_left": (
        _("Den som hadde ansvaret, sluttet %(carrier_left_on)s. Ingen har overtatt, så framgangen kan gå tapt."),
        _("Den som hadde ansvaret, har sluttet. Ingen har overtatt, så framgangen kan gå tapt."),
    ),
    "few_measured": (
        _(
            "Bare %(measured_twice)s av %(targets_due)s effektmål er målt minst to ganger, så ingen ser om noe "
            "endrer seg."
        ),
        _("For få av effektmålene er målt minst to ganger, så ingen ser om noe endrer seg."),
    ),
    "short_term": (
        _("Alle effektmål skal være nådd før prosjektet avsluttes %(project_ends_on)s, og ingenting måles etterpå."),
        _("Alle effektmål skal være nådd før prosjektet avsluttes, og ingenting måles etterpå."),
    ),
    "no_step": (
        _("Ingen milepæl og ikke noe prosessmål skal være nådd de neste %(days)s dagene."),
        _("Ingen milepæl og ikke noe prosessmål skal være nådd i tiden som kommer."),
    ),
    "comment_unanswered": (
        ngettext_lazy(
            "Rådgiveren har en kommentar til rapporten for %(report_year)s som dere ikke har svart på.",
            "Rådgiveren har %(comments)s kommentarer til rapporten for %(report_year)s som dere ikke har svart på.",
            "comments",
        ),
        _("Rådgiveren har kommentarer til rapporten som dere ikke har svart på."),
    ),
    "no_culture": (_("Alle driverne i gevinstkartet handler om turnus, bemanning og organisering."),),
    "measures_activity": (
        ngettext_lazy(
            "Effektmål %(numbers)s måles med «%(indicator_name)s», som teller det dere gjør, ikke hva det fører til.",
            "Effektmål %(numbers)s måles med tall som teller det dere gjør, ikke hva det fører til.",
            "targets",
        ),
        _("Effektmål %(numbers)s måles med tall som teller det dere gjør, ikke hva det fører til."),
    ),
    "sounds_like_activity": (
        ngettext_lazy(
            "Ordene «%(activity_words)s» i effektmål %(numbers)s tyder på at tallet teller noe dere gjør, og ikke hva "
            "det fører til.",
            "Ordene i effektmål %(numbers)s tyder på at tallene teller noe dere gjør, og ikke hva det fører til.",
            "targets",
        ),
        _("Ordene i effektmål %(numbers)s tyder på at tallene teller noe dere gjør, og ikke hva det fører til."),
    ),
    "counter_worse": (
        ngettext_lazy(
            "Effektmål %(numbers)s går framover, mens %(counter_name)s (effektmål %(counter)s) er blitt dårligere enn "
            "da dere startet.",
            "Effektmål %(numbers)s går framover, mens kontrollindikatoren i effektmål %(counter)s er blitt dårligere.",
            "targets",
        ),
        _("Effektmål %(numbers)s går framover, mens noe som henger sammen med det, er blitt dårligere."),
    ),
    "no_counter": (
        _("Prosjektet måler ikke noe som ville vist om gevinsten i effektmål %(numbers)s bare er flyttet."),
    ),
    **fit.SENTENCES,
    **lasting.SENTENCES,
    "at_edge": (
        ngettext_lazy(
            "Effektmål %(numbers)s startet på %(baseline)s, så det er nesten ikke noe igjen å vinne.",
            "Effektmål %(numbers)s startet så høyt eller lavt at det nesten ikke er noe igjen å vinne.",
            "targets",
        ),
        _("Effektmål %(numbers)s startet så høyt eller lavt at det nesten ikke er noe igjen å vinne."),
    ),
    "inert": (
        ngettext_lazy(
            "Effektmål %(numbers)s har stått stille i %(still_points)s målinger: ingen av dem er mer enn "
            "%(movement_limit)s fra nullpunktet.",
            "Effektmål %(numbers)s har stått stille i minst %(still_points)s målinger, selv om de skulle ha flyttet "
            "seg.",
            "targets",
        ),
        _("Effektmål %(numbers)s har stått stille, selv om det skulle ha flyttet seg."),
    ),
    "number_differs": (
        ngettext_lazy(
            "Setningen i effektmål %(numbers)s sier %(said_number)s, men målet er satt til %(target)s.",
            "Setningene i effektmål %(numbers)s sier andre tall enn målene.",
            "targets",
        ),
        _("Setningen i effektmål %(numbers)s sier et annet tall enn målet."),
    ),
    "date_differs": (
        ngettext_lazy(
            "Setningen i effektmål %(numbers)s sier %(said_date)s, men målet skal være nådd %(target_on)s.",
            "Setningene i effektmål %(numbers)s sier andre datoer enn målene.",
            "targets",
        ),
        _("Setningen i effektmål %(numbers)s sier en annen dato enn målet."),
    ),
    "within_chance": (
        ngettext_lazy(
            "Effektmål %(numbers)s skal endres med %(promised_change)s, men en endring under %(chance_change)s kan "
            "være tilfeldig.",
            "Effektmål %(numbers)s skal endres så lite at det kan være tilfeldig.",
            "targets",
        ),
        _("Effektmål %(numbers)s skal endres så lite at det kan være tilfeldig."),
    ),
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
        _(
            "Prosjektlederen slutter %(role_ends_on)s. Overleveringen ble registrert %(handover_waits_since)s, men er "
            "ikke godtatt av dem som overtar."
        ),
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
    "continuation_missing": (
        _("Prosjektet avsluttes %(project_ends_on)s, og det er ikke besluttet om og hvordan arbeidet videreføres."),
        _("Prosjektet ble avsluttet %(project_ended_on)s uten en beslutning om videreføring."),
    ),
    "line_owner_missing": (
        _("Videreføringen er besluttet, men %(orphans)s effektmål som ikke er nådd, har ingen som måler i linjen."),
        _("Videreføringen er besluttet, men ikke alle gevinstene har en ansvarlig i linjen."),
    ),
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
            "som har rollen til %(person_ends_on)s."
        ),
        _("De fleste målingene som gjenstår, hviler på én person som slutter."),
    ),
    "below_baseline_after_gain": (
        _("Framgangen i effektmål %(numbers)s har vært borte siden %(since)s, og resultatet er under nullpunktet."),
        _("Framgangen i effektmål %(numbers)s er borte, og resultatet er under nullpunktet."),
    ),
    "back_to_zero": (
        _("%(lost_share)s av framgangen i effektmål %(numbers)s har gått tapt siden %(since)s."),
        _("Hele framgangen i effektmål %(numbers)s har gått tapt siden %(all_lost_since)s."),
        _("Framgangen i effektmål %(numbers)s er nesten helt borte."),
    ),
    "relapse_confirmed": (
        _("%(lost_share)s av framgangen i effektmål %(numbers)s har gått tapt siden %(since)s."),
        _("Hele framgangen i effektmål %(numbers)s har gått tapt siden %(all_lost_since)s."),
        _("Mye av framgangen i effektmål %(numbers)s har gått tapt."),
    ),
    "possible_relapse": (
        _("Siste måling tyder på at %(lost_share)s av framgangen i effektmål %(numbers)s kan være tapt."),
        _("Siste måling tyder på at framgangen i effektmål %(numbers)s kan være i ferd med å forsvinne."),
    ),
}


ALL = 0.995  # a share from which it is written 100 %


def concern_title(concern: Concerned) -> str:
    """The concern in a few words."""
    return cause_title(concern.cause)


def cause_title(cause: str) -> str:
    """A cause in a few words."""
    return str(resistance.WITHHELD_TITLE if cause == WITHHELD else TITLES.get(cause, _("Noe må avklares")))


def concern_sentence(concern: Concerned) -> str:
    """The concern in one sentence, with its numbers."""
    return cause_sentence(concern.cause, concern.values)


def cause_sentence(cause: str, values: Mapping[str, Any]) -> str:
    """A cause in one sentence; `values` are those of the concern."""
    if cause == WITHHELD:
        return str(resistance.WITHHELD_SENTENCE)
    known = readable(values, str(values.get("unit") or ""), COUNTS)
    if values.get("lost_share") is not None:
        known["lost_share"] = formatting.percent(values["lost_share"])
        if float(values["lost_share"]) >= ALL:
            del known["lost_share"]
            known |= {"all_lost_since": known["since"]} if "since" in known else {}
    if "numbers" in values:
        known["numbers"] = formatting.joined(str(values["numbers"]).split(", "))
    if "group" in values:
        known["group"] = resistance.group_word(str(values["group"]))
    if "slot_missing" in values:
        known["slot"] = str(SLOTS.get(str(values["slot_missing"]), ""))
    return first_that_fits(SENTENCES.get(cause, ()), known)


def finding_values(
    evidence: Iterable[Mapping[str, Any]], threshold: Mapping[str, Any] | None, number: object = ""
) -> dict[str, Any]:
    """What `cause_sentence` takes, from one stored finding; `number` is its target's, if it is about one."""
    items = list(evidence)
    values = {**(threshold or {}), **{item["label"]: item.get("value") for item in reversed(items)}}
    unit = next((item["unit"] for item in items if item.get("unit")), "")
    return {**values, "targets": 1, "numbers": str(number), "unit": unit}


def responsible_word(role: str) -> str:
    """Who does it."""
    return str(Role(role).label) if role in Role.values else str(_("Prosjektet"))
