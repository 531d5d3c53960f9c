"""Words for the fine states, and a sentence for each reason a state can have."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from benefits.engine.verdicts import Result, State
from benefits.keeping import limits_words
from benefits.wording.values import Text, Variants, difference_unit, first_that_fits, readable
from saman import formatting

MEASURED_RESULTS = frozenset(Result) - {Result.MISSING, Result.NOT_STARTED, Result.WITHDRAWN}

STATES: dict[str, Text] = {
    State.WITHDRAWN: pgettext_lazy("result", "Trukket"),
    State.NOT_MEASURABLE: _("Kan ikke måles"),
    State.NOT_DEFINED: _("Målet er ikke ferdig beskrevet"),
    State.NO_BASELINE: _("Mangler nullpunkt"),
    State.UNKNOWN: _("Målingen er for gammel eller mangler"),
    State.PLANNED: _("Ikke begynt"),
    State.TOO_EARLY: _("For tidlig å si"),
    State.ON_TRACK: _("I rute"),
    State.WITHIN_UNCERTAINTY: _("Innenfor usikkerheten"),
    State.ACHIEVED_UNCONFIRMED: _("Nådd, ikke bekreftet ennå"),
    State.BEHIND: _("Bak planen"),
    State.AT_RISK: _("I fare"),
    State.BELOW_BASELINE: _("Dårligere enn nullpunktet"),
    State.RELAPSE: _("Tilbakefall"),
    State.BACK_TO_ZERO: _("Tilbake til 0"),
    State.BELOW_BASELINE_AFTER_GAIN: _("Dårligere enn nullpunktet etter framgang"),
    State.REALISED: _("Oppnådd"),
    State.NEARLY_REACHED: _("Så godt som nådd"),
    State.SUSTAINED: _("Oppnådd og holdt"),
    State.NOT_ACHIEVED: _("Ikke nådd"),
}

COUNTS = frozenset({"points", "breaks", "years", "verdicts", "targets", "number", "ratio"})
LEFT = frozenset({"possible_relapse", "relapse_confirmed", "back_to_zero"})  # tell what is left of a gain
FROM_START = frozenset({"behind_plan", "not_reached"})  # tell how much of the way has been covered
FASTEST = 3.0  # ways a year: a pace above it says only that time is out
COUNTED_NEED = frozenset({"season_incomplete", "baseline_one_season"})  # here `needed` is points, elsewhere a fall

REASONS: dict[str, Variants] = {
    "withdrawn": (_("Målet ble trukket %(on)s."), _("Målet er trukket.")),
    "not_measurable": (_("Prosjektet har sagt at målet ikke kan måles med tall."),),
    "slot_what_missing": (_("Det står ikke hva som skal måles, eller hvilken vei det skal gå."),),
    "slot_how_much_missing": (_("Det står ikke hvor mye som skal endres."),),
    "slot_when_missing": (_("Det står ikke når målet skal være nådd."),),
    "target_equals_baseline": (_("Målet på %(target)s er det samme som nullpunktet."),),
    "target_wrong_direction": (
        _("Målet på %(target)s ligger på feil side av nullpunktet på %(baseline)s for den retningen som er valgt."),
    ),
    "baseline_planned": (_("Nullpunktet skal være målt innen %(due_on)s."),),
    "baseline_overdue": (_("Nullpunktet skulle vært målt innen %(due_on)s."),),
    "baseline_missing": (_("Nullpunktet mangler, så ingen vet hvor prosjektet startet."),),
    "baseline_one_season": (
        _("Nullpunktet dekker %(points)s av %(needed)s perioder i året. Da kan årstiden forklare hele endringen."),
    ),
    "effect_not_started": (_("Virkningen er ikke ventet før %(starts_on)s."),),
    "measured_before_effect": (
        _("Siste måling er fra %(measured_on)s, før virkningen er ventet å begynne %(starts_on)s."),
    ),
    "first_measurement_not_due": (_("Første måling er planlagt %(due_on)s."),),
    "season_incomplete": (
        ngettext_lazy(
            "%(points)s måling er registrert. Det trengs %(needed)s for å sammenligne samme tid på året.",
            "%(points)s målinger er registrert. Det trengs %(needed)s for å sammenligne samme tid på året.",
            "points",
        ),
    ),
    "never_measured": (
        _("Ingenting er målt. Første måling skulle vært gjort %(due_on)s."),
        _("Ingenting er målt ennå, og ingen måling er planlagt."),
    ),
    "measurement_stale": (
        _("Siste måling er fra %(measured_on)s. Neste skulle vært gjort %(due_on)s."),
        _("Siste måling er fra %(measured_on)s og er for gammel."),
    ),
    "last_known": (_("Sist vi visste det, %(measured_on)s, var svaret: %(state_word)s."),),
    "possible_relapse": (
        _(
            "De siste målingene tyder på et mulig tilbakefall: framgangen var %(plateau)s fra nullpunktet før fallet "
            "og er nå %(recent)s. Neste måling avgjør."
        ),
        _(
            "De siste målingene tyder på et mulig tilbakefall: framgangen var %(plateau)s fra nullpunktet før fallet, "
            "og nå er alt borte. Neste måling avgjør."
        ),
        _("De siste målingene tyder på et mulig tilbakefall. Neste måling avgjør."),
    ),
    "relapse_confirmed": (
        _(
            "Framgangen var %(plateau)s fra nullpunktet. Siden %(since)s er den nede i %(recent)s. "
            "Det er mer enn tilfeldigheter kan forklare."
        ),
        _(
            "Framgangen var %(plateau)s fra nullpunktet. Siden %(since)s er alt borte. "
            "Det er mer enn tilfeldigheter kan forklare."
        ),
        _("Mye av framgangen er borte, og det er mer enn tilfeldigheter kan forklare."),
    ),
    "back_to_zero": (
        _("Framgangen var %(plateau)s fra nullpunktet. Siden %(since)s er nesten alt borte: %(recent)s er igjen."),
        _("Framgangen var %(plateau)s fra nullpunktet. Siden %(since)s er alt borte."),
        _("Nesten hele framgangen er borte."),
    ),
    "below_baseline_after_gain": (
        _(
            "Framgangen var %(plateau)s fra nullpunktet. Siden %(since)s er den borte, og resultatet er %(worse)s "
            "dårligere enn da prosjektet startet."
        ),
        _("Framgangen var %(plateau)s fra nullpunktet. Siden %(since)s er det dårligere enn da prosjektet startet."),
        _("Det er dårligere enn da prosjektet startet."),
    ),
    "sustained": (
        ngettext_lazy(
            "%(mean)s av veien er holdt i %(points)s måling etter måldatoen.",
            "I snitt er %(mean)s av veien holdt i %(points)s målinger etter måldatoen.",
            "points",
        ),
    ),
    "reached": (_("De to siste målingene er i snitt %(mean)s av veien: målet er nådd."),),
    "reached_once": (
        _("Siste måling er %(attainment)s av veien til målet. Det trengs én til før vi sier at det er nådd."),
    ),
    "reached_held": (
        _("Målet har vært nådd, og %(mean)s av veien er holdt i de to siste målingene."),
        _("Målet har vært nådd, og gevinsten er holdt."),
    ),
    "nearly_reached": (
        _(
            "Målingene er på %(level)s av veien til målet. Det som mangler, er så lite at det ikke betyr noe, eller "
            "kan være tilfeldig."
        ),
    ),
    "not_held": (_("Målet har vært nådd, men bare %(mean)s av veien er holdt i de to siste målingene."),),
    "not_reached": (
        _("Ved måldatoen var %(attainment)s av veien til målet tilbakelagt."),
        _("Ved måldatoen var det ingen framgang fra nullpunktet."),
    ),
    "below_baseline": (
        _(
            "Det har gått feil vei: %(worse)s av veien bort fra målet, regnet fra nullpunktet. Planen var "
            "%(expected)s av veien mot målet."
        ),
        _("Det er dårligere enn nullpunktet."),
    ),
    "behind_plan": (
        _(
            "Målt %(attainment)s av veien til målet. Planen på samme dato var %(expected)s, "
            "og forskjellen er større enn tilfeldigheter kan forklare."
        ),
        _(
            "Målingen er ikke kommet lenger enn nullpunktet. Planen på samme dato var %(expected)s av veien til målet, "
            "og forskjellen er større enn tilfeldigheter kan forklare."
        ),
    ),
    "behind_twice": (
        _(
            "To målinger på rad er bak planen: %(attainment_before)s av veien mot planlagt %(expected_before)s, "
            "og %(attainment)s mot %(expected)s."
        ),
    ),
    "pace_too_slow": (
        _("Farten er %(achieved)s av veien i året. Det trengs %(required)s i året for å rekke målet."),
        _("Farten er %(achieved)s av veien i året. Det er langt fra nok til å rekke målet."),
        _(
            "Det har ikke vært noen framgang fra nullpunktet. Det trengs %(required)s av veien i året for å rekke "
            "målet."
        ),
        _("Det har ikke vært noen framgang fra nullpunktet, og det er for lite tid igjen til å rekke målet."),
    ),
    "band_inside": (_("Målt %(value)s. Tallet skal holdes %(limits)s, og er innenfor."),),
    "band_perhaps_outside": (
        _("Målt %(value)s. Tallet skal holdes %(limits)s, men avviket er så lite at det kan være tilfeldig."),
    ),
    "band_outside": (
        _("Målt %(value)s. Tallet skal holdes %(limits)s, og avviket er større enn tilfeldigheter kan forklare."),
    ),
    "band_outside_twice": (
        _("To målinger på rad er klart utenfor. Tallet skal holdes %(limits)s, og den siste målingen var %(value)s."),
    ),
    "band_inside_once": (
        _(
            "Målt %(value)s da tiden var ute. Tallet skulle holdes %(limits)s, og er innenfor. "
            "Én måling til bekrefter det."
        ),
    ),
    "band_kept": (_("De to siste målingene er i snitt innenfor. Tallet skulle holdes %(limits)s, og er holdt."),),
    "band_nearly_kept": (
        _(
            "De siste målingene er så vidt utenfor. Tallet skulle holdes %(limits)s, men avviket er mindre "
            "enn det som betyr noe."
        ),
    ),
    "band_not_kept": (_("De siste målingene er i snitt utenfor. Tallet skulle holdes %(limits)s, og ble ikke holdt."),),
    "band_sustained": (
        _("Tallet skulle holdes %(limits)s, og er fortsatt innenfor mer enn et år etter at tiden var ute."),
    ),
    "forecast_very_unlikely": (
        _(
            "Slik det går nå, havner målingen %(on)s mellom %(low)s og %(high)s. "
            "Da er det svært lite sannsynlig at målet blir nådd."
        ),
    ),
    "within_uncertainty": (
        _("Målt %(attainment)s av veien mot planlagt %(expected)s. Forskjellen er så liten at den kan være tilfeldig."),
    ),
    "noise_unknown": (
        _("Målt %(attainment)s av veien mot planlagt %(expected)s. Vi vet ikke hvor usikre målingene er."),
    ),
    "on_plan": (_("Målt %(attainment)s av veien til målet. Planen på samme dato var %(expected)s."),),
    "too_few_answers": (
        ngettext_lazy(
            "%(points)s måling er ikke brukt, fordi for få svarte.",
            "%(points)s målinger er ikke brukt, fordi for få svarte.",
            "points",
        ),
    ),
    "other_definition": (
        ngettext_lazy(
            "%(points)s måling er gjort på en annen måte og er ikke sammenlignet.",
            "%(points)s målinger er gjort på en annen måte og er ikke sammenlignet.",
            "points",
        ),
    ),
    "series_break": (
        ngettext_lazy(
            "Serien har %(breaks)s brudd. Målinger før og etter et brudd er ikke sammenlignet.",
            "Serien har %(breaks)s brudd. Målinger før og etter et brudd er ikke sammenlignet.",
            "breaks",
        ),
    ),
    "unit_changed": (_("Fra %(on)s bygger tallet på langt flere eller færre enn før. Da er det ikke samme enhet."),),
    "season_pooled": (
        ngettext_lazy(
            "Målingene er samlet til %(years)s helt år, så årstiden ikke forstyrrer.",
            "Målingene er samlet til %(years)s hele år, så årstiden ikke forstyrrer.",
            "years",
        ),
    ),
    "by_main_target": (_("Resultatet er det hovedmålet viser: effektmål %(number)s."),),
    "by_worst": (_("Prosjektet har ikke valgt hovedmål. Da teller det målet som står dårligst."),),
    "no_targets": (_("Prosjektet har ikke satt noe effektmål ennå."),),
    "none_started": (_("Virkningen er ikke ventet ennå for noen av målene."),),
    "under_half_judged": (_("Bare %(verdicts)s av %(targets)s mål har målinger som gir et svar."),),
}

WITHIN_TOLERANCE: Variants = (
    _(
        "Målt %(attainment)s av veien til målet. Planen på samme dato var %(expected)s, "
        "og avstanden er innenfor det som er godtatt."
    ),
)


def state_word(state: str) -> str:
    """The word of a fine state; nothing where a project has none."""
    return str(STATES.get(state, ""))


def reason_sentence(reason: Mapping[str, Any], unit: str = "") -> str:
    """One reason, {"code": …, "values": {…}}, as a sentence with its numbers. `unit` is the target's."""
    code = str(reason["code"])
    values = _sayable(code, dict(reason.get("values") or {}))
    variants = REASONS.get(code, ())
    if code == "on_plan" and round(values.get("attainment") or 0, 2) < round(values.get("expected") or 0, 2):
        variants = WITHIN_TOLERANCE
    counts = COUNTS | {"needed"} if code in COUNTED_NEED else COUNTS
    known = readable(values, unit, frozenset(counts))
    if code.startswith("band_"):
        known["limits"] = limits_words((values.get("low"), values.get("high")), unit)
    if values.get("state"):
        known["state_word"] = state_word(str(values["state"]))
    if code == "below_baseline_after_gain" and (values.get("recent") or 0) < 0:
        known["worse"] = formatting.with_unit(formatting.number(round(-values["recent"], 1)), difference_unit(unit))
    return first_that_fits(variants, known)


def _sayable(code: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values with those made of others, and without those that would make a sentence nobody says.

    Nothing is left of a gain, never less than nothing; a way not begun is no number of per cent; a pace that cannot be
    kept is no number at all.
    """
    attainment, mean = values.get("attainment"), values.get("mean")
    if code in LEFT and round(values.get("recent") or 0, 1) <= 0:
        values["recent"] = None
    if code == "below_baseline" and attainment is not None and round(attainment, 2) < 0:
        values["worse"] = -attainment
    if code == "nearly_reached" and attainment is not None:
        values["level"] = max(attainment, attainment if mean is None else mean)
    if code in FROM_START and round(attainment or 0, 2) <= 0:
        values["attainment"] = None
    if code == "pace_too_slow":
        if round(values.get("achieved") or 0, 2) <= 0:
            values["achieved"] = None
        if (values.get("required") or 0) > FASTEST:
            values["required"] = None
    return values


def reason_sentences(reasons: Iterable[Mapping[str, Any]], unit: str = "") -> list[str]:
    """All reasons of a verdict, the first the one that decided."""
    return [reason_sentence(reason, unit) for reason in reasons]


def as_of_words(result: str, measured_on: date | None, due_on: date | None, today: date) -> str:
    """The day a result is of, where a newer measurement should have been made; empty where it is of today.

    Within its grace a late measurement leaves the result as it was, which must not be read as if it were of now.
    """
    if result not in MEASURED_RESULTS or measured_on is None or due_on is None or not measured_on < due_on < today:
        return ""
    words = {"day": formatting.day_medium(measured_on), "due": formatting.day_medium(due_on)}
    return gettext("per %(day)s, ny måling mangler siden %(due)s") % words
