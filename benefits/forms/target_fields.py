"""The fields of a target's full sheet, in the order and under the headings people meet them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from benefits.actions.measurements import LARGEST, MOST_PEOPLE
from benefits.forms.fields import PeriodInput
from benefits.models import TargetVersion
from saman.fields import DayInput, DecimalInput, TextInput

Row = TargetVersion


def _choices(kinds: Any) -> list[tuple[str, Any]]:
    return [("", "–"), *kinds]


def _number(label: Any, **options: Any) -> DecimalInput:
    given: dict[str, Any] = {"required": False, "max_value": LARGEST, "min_value": -LARGEST} | options
    return DecimalInput(label=label, **given)


class TargetFields(forms.Form):
    """Everything a target says. `version` is the one it was opened on."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    title = TextInput(label=gettext_lazy("Navn på målet"), limit=120)
    statement = TextInput(label=gettext_lazy("Målet i én setning"), limit=1000, rows=2, required=False)
    theme = forms.TypedChoiceField(label=gettext_lazy("Tema"), coerce=int, empty_value=None, required=False)
    level = forms.ChoiceField(label=gettext_lazy("Hva slags mål er det?"), choices=Row.Level.choices)
    scope = TextInput(label=gettext_lazy("Gjelder"), limit=120, required=False)
    need = TextInput(
        label=gettext_lazy("Hvilket behov svarer målet på?"),
        help_text=gettext_lazy("Hva er utfordringen hos dere, og hvem gjelder den?"),
        limit=1000,
        rows=2,
        required=False,
    )
    need_figure = TextInput(
        label=gettext_lazy("Tallet som viser behovet"),
        help_text=gettext_lazy("For eksempel «62 av 140 fast ansatte arbeider deltid»."),
        limit=120,
        required=False,
    )
    concept = forms.ChoiceField(
        label=gettext_lazy("Hva er det dere vil endre?"),
        help_text=gettext_lazy("Velg bare hvis det er noe annet enn det indikatoren måler direkte."),
        required=False,
    )
    concept_reason = TextInput(
        label=gettext_lazy("Hvorfor kan indikatoren stå for det?"),
        help_text=gettext_lazy("Fyll ut når indikatoren måler noe annet. Rådgiveren bekrefter begrunnelsen."),
        limit=500,
        rows=2,
        required=False,
    )

    definition = TextInput(label=gettext_lazy("Definisjon av indikatoren"), limit=1000, rows=2, required=False)
    is_redefined = forms.BooleanField(
        label=gettext_lazy("Tallet regnes ut på en ny måte fra nå av"),
        help_text=gettext_lazy("Målinger før og etter blir da ikke sammenlignet."),
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Hva slags tall er det?"), choices=_choices(Row.Kind.choices), required=False
    )
    unit = TextInput(label=gettext_lazy("Enhet"), limit=40, required=False)
    direction = forms.TypedChoiceField(
        label=gettext_lazy("Hva er best?"),
        choices=_choices(Row.Direction.choices),
        coerce=int,
        empty_value=None,
        required=False,
    )
    source = TextInput(label=gettext_lazy("Kilde"), limit=120, required=False)
    method = TextInput(
        label=gettext_lazy("Slik måles det"),
        help_text=gettext_lazy("Hvem henter tallet, hvor, og hvordan regnes det ut?"),
        limit=300,
        rows=2,
        required=False,
    )
    disaggregation = TextInput(
        label=gettext_lazy("Deles opp etter"),
        help_text=gettext_lazy("For eksempel enhet, kjønn eller alder. Tall om færre enn fem vises aldri utad."),
        limit=200,
        required=False,
    )
    counter = forms.TypedChoiceField(
        label=gettext_lazy("Kontrollindikator"),
        help_text=gettext_lazy("Det målet som ville vist at gevinsten bare var flyttet."),
        coerce=int,
        empty_value=None,
        required=False,
    )
    frequency = forms.ChoiceField(
        label=gettext_lazy("Hvor ofte måles det?"), choices=_choices(Row.Frequency.choices), required=False
    )
    population = _number(gettext_lazy("Hvor mange gjelder det?"), whole=True, min_value=1, max_value=MOST_PEOPLE)
    is_measurable = forms.BooleanField(label=gettext_lazy("Målet kan måles med tall"), required=False)

    baseline_value = _number(gettext_lazy("Nullpunkt"))
    baseline_on = PeriodInput(label=gettext_lazy("Nullpunktet ble målt"), required=False)
    baseline_points = _number(
        gettext_lazy("Antall målinger nullpunktet er snitt av"), whole=True, min_value=1, max_value=60
    )
    baseline_n = _number(gettext_lazy("Antall bak nullpunktet"), whole=True, min_value=1, max_value=MOST_PEOPLE)
    baseline_is_retrospective = forms.BooleanField(
        label=gettext_lazy("Nullpunktet er funnet i ettertid, fra et register"), required=False
    )
    baseline_method = TextInput(label=gettext_lazy("Slik ble nullpunktet målt"), limit=200, required=False)
    baseline_low = _number(
        gettext_lazy("Nullpunktet er trolig minst"),
        help_text=gettext_lazy("Fyll ut når nullpunktet er usikkert, for eksempel når det er funnet i ettertid."),
    )
    baseline_high = _number(gettext_lazy("Nullpunktet er trolig høyst"))
    baseline_due_on = DayInput(label=gettext_lazy("Nullpunktet skal være målt innen"), required=False)

    target_value = _number(pgettext_lazy("effektmål", "Mål"))
    target_on = PeriodInput(label=gettext_lazy("Målet skal være nådd"), required=False)
    rationale = TextInput(
        label=gettext_lazy("Hvorfor akkurat så mye?"),
        help_text=gettext_lazy("Hva bygger måltallet på: andres resultater, forskning, egne tall?"),
        limit=1000,
        rows=2,
        required=False,
    )
    steps = TextInput(
        label=gettext_lazy("Delmål på veien"),
        help_text=gettext_lazy("Ett per linje: når, så verdien. For eksempel «2014 9,8»."),
        limit=2000,
        rows=3,
        required=False,
    )
    keep_min = _number(gettext_lazy("Skal holdes på minst"))
    keep_max = _number(
        gettext_lazy("Skal holdes på høyst"),
        help_text=gettext_lazy("Fyll ut bare når tallet skal holde seg innenfor grenser. La da «Mål» stå tomt."),
    )
    trajectory = forms.ChoiceField(label=gettext_lazy("Veien dit"), choices=Row.Trajectory.choices)
    effect_starts_on = DayInput(label=gettext_lazy("Tiltakene begynner å virke"), required=False)
    mmc = _number(gettext_lazy("Minste endring som betyr noe"), min_value=0)
    tolerance = _number(gettext_lazy("Avstand fra planen som godtas"), min_value=0)
    plausible_min = _number(gettext_lazy("Vanlig for indikatoren: fra"))
    plausible_max = _number(gettext_lazy("Vanlig for indikatoren: til"))
    declared_sd = _number(gettext_lazy("Spredning (standardavvik)"), min_value=0)

    measurement_responsible = forms.TypedChoiceField(
        label=gettext_lazy("Måleansvarlig"), coerce=int, empty_value=None, required=False
    )
    line_owner = TextInput(
        label=gettext_lazy("Ansvarlig for målet i linjen"),
        help_text=gettext_lazy("En stilling, for eksempel «leder for pleie og omsorg». Den blir når folk slutter."),
        limit=120,
        required=False,
    )
    planned = TextInput(
        label=gettext_lazy("Når det skal måles"),
        help_text=gettext_lazy(
            "Én dato per linje. Skriv nullpunkt, midtveis, slutt eller oppfølging etter datoen når den er det. "
            "Endrer du bare nullpunktet, målet eller hvor ofte det måles, lages datoene på nytt."
        ),
        limit=6000,
        rows=6,
        required=False,
    )
    measures_after_end = TextInput(
        label=gettext_lazy("Hvem måler etter at prosjektet er slutt?"), limit=120, required=False
    )
    reason = TextInput(
        label=gettext_lazy("Hvorfor endres målet?"),
        help_text=gettext_lazy("Må fylles ut når nullpunktet eller målet endres. Det gamle målet står i historikken."),
        limit=1000,
        rows=2,
        required=False,
        is_asked_at_times=True,
    )

    groups = (
        (
            gettext_lazy("Målet"),
            (
                *("title", "statement", "theme", "level", "scope", "target_value", "target_on", "keep_min", "keep_max"),
                *("steps", "trajectory", "rationale"),
            ),
            False,
        ),
        (gettext_lazy("Behovet"), ("need", "need_figure", "concept", "concept_reason"), False),
        (
            gettext_lazy("Nullpunktet"),
            (
                "baseline_value",
                "baseline_on",
                "baseline_points",
                "baseline_n",
                "baseline_is_retrospective",
                "baseline_method",
                "baseline_low",
                "baseline_high",
                "baseline_due_on",
            ),
            False,
        ),
        (
            gettext_lazy("Indikatoren"),
            (
                "definition",
                "is_redefined",
                "kind",
                "unit",
                "direction",
                "source",
                "method",
                "frequency",
                "population",
                "is_measurable",
                "disaggregation",
                "counter",
            ),
            True,
        ),
        (
            gettext_lazy("Hva som regnes som en endring"),
            ("mmc", "tolerance", "plausible_min", "plausible_max", "declared_sd"),
            True,
        ),
        (
            gettext_lazy("Hvem og når"),
            ("effect_starts_on", "planned", "line_owner", "measurement_responsible", "measures_after_end"),
            False,
        ),
        (gettext_lazy("Endringen"), ("reason",), False),
    )
