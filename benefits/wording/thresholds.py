"""Words for thresholds: what each is, what it is counted in, and where its value comes from."""

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from benefits.engine.threshold_specs import Spec, Subject, Unit
from benefits.engine.thresholds import SPECS
from benefits.wording.values import Text
from saman import formatting

SUBJECTS: dict[Subject, Text] = {
    Subject.NOISE: _("Hvor usikker en måling er"),
    Subject.PROGRESS: _("I rute, bak planen og nådd"),
    Subject.FRESHNESS: _("Når en måling er for gammel"),
    Subject.TREND: _("Utvikling og prognose"),
    Subject.RELAPSE: _("Tilbakefall"),
    Subject.MEASURABILITY: _("Måltall og «Måler vi målet?»"),
    Subject.PLAN: _("Plan og frigitt tid"),
    Subject.LEADERSHIP: _("Eierskap og ledelse"),
    Subject.INVOLVEMENT: _("Motstand og innvendinger"),
    Subject.LEARNING: _("Læring"),
    Subject.SEVERITY: _("Hvor alvorlig et varsel er"),
}

UNITS: dict[Unit, Text] = {
    Unit.SHARE: "%",
    Unit.DAYS: _("dager"),
    Unit.POINTS: _("målinger"),
    Unit.Z: _("standardavvik"),
    Unit.TIMES: pgettext_lazy("så mye større", "ganger"),
    Unit.COUNT: "",
    Unit.RATIO: "",
}

# By how a source begins.
SOURCES: dict[str, Text] = {
    "statistics": _("Statistisk metode, prøvd ved simulering"),
    "domain": _("Metodene for gevinstrealisering"),
    "decisions": _("Avgjort for Saman"),
    "our own": _("Anslag, uten kilde"),
}

NAMES: dict[str, Text] = {
    "posts_changed_per_year": _("Stillinger som skifter innehaver i løpet av et år"),
    "minimum_response": _("Laveste svarprosent for at en spørreundersøkelse teller"),
    "absence_sd_year": _("Spredning i sykefravær mellom ansatte, på et år"),
    "absence_sd_quarter": _("Spredning i sykefravær mellom ansatte, i et kvartal"),
    "absence_sd_month": _("Spredning i sykefravær mellom ansatte, i en måned"),
    "absence_autocorrelation": _("Hvor mye sykefraværet henger sammen med målingen før"),
    "autocorrelation_points": _("Målinger før vi regner ut hvor mye de henger sammen"),
    "autocorrelation_z": _("Hvor tydelig målinger må henge sammen før vi regner med det"),
    "ranges_for_own_noise": _("Endringer fra måling til måling før en serie viser sin egen usikkerhet"),
    "denominator_change": _("Endring i antall ansatte eller svar som gir brudd i serien"),
    "certainty_z": _("Hvor sikre vi må være på at en forskjell ikke er tilfeldig"),
    "default_tolerance": _(
        "Godtatt avstand bak planen når målet ikke sier noe selv, i del av veien fra nullpunkt til mål"
    ),
    "pace_ratio": _("I fare når farten som trengs, er mer enn så mange ganger farten nå"),
    "pace_points": _("Målinger før vi regner ut farten, med nullpunktet"),
    "sustained_share": _("Del av gevinsten som må holdes for at den regnes som holdt"),
    "sustained_days": _("Så lenge etter måldatoen må gevinsten holdes"),
    "sustained_points": _("Målinger som må vise at gevinsten holdes"),
    "follow_up_days": _("Så lenge etter prosjektslutt venter vi målinger"),
    "stale_days_monthly": _("En månedlig måling er for gammel så lenge etter fristen"),
    "stale_days_quarterly": _("En kvartalsmåling er for gammel så lenge etter fristen"),
    "stale_days_yearly": _("En årlig måling er for gammel så lenge etter fristen"),
    "early_days_monthly": _("En månedlig måling teller selv om den er gjort så lenge før fristen"),
    "early_days_quarterly": _("En kvartalsmåling teller selv om den er gjort så lenge før fristen"),
    "early_days_yearly": _("En årlig måling teller selv om den er gjort så lenge før fristen"),
    "run_chart_points": _("Målinger før et forløpsdiagram leses"),
    "limit_points": _("Målinger før vi tegner grenser for det tilfeldige"),
    "firm_limit_points": _("Målinger før grensene ikke lenger er foreløpige"),
    "limit_ranges": _("Hvor langt fra gjennomsnittet grensene ligger, i vanlige endringer fra måling til måling"),
    "forecast_points": _("Målinger før vi lager en prognose"),
    "forecast_periods": _("Perioder en prognose høyst ser framover"),
    "forecast_window": _("Siste målinger en prognose lages av"),
    "forecast_damping": _("Hvor mye av farten som er igjen etter én periode når utviklingen flater ut"),
    "forecast_autocorrelation": _("Hvor mye en måling henger sammen med den før, til serien selv viser det"),
    "forecast_steadiness": _("Henger målingene mer sammen enn dette, lager vi ingen prognose"),
    "forecast_interval": _("Hvor ofte prognosens område skal treffe"),
    "forecast_very_unlikely": _("«Svært lite sannsynlig» når sjansen er under"),
    "forecast_unlikely": _("«Lite sannsynlig» når sjansen er under"),
    "forecast_likely": _("«Sannsynlig» når sjansen er minst"),
    "gain_share": _("Minste framgang som regnes med, i del av veien fra nullpunkt til mål"),
    "relapse_share": _("Tilbakefall når så mye eller mindre av framgangen er igjen"),
    "zero_share": _("«Tilbake til 0» når mindre enn dette er igjen av framgangen"),
    "relapse_z": _("Hvor langt utenfor det tilfeldige et fall må være, års- og kvartalsmålinger"),
    "relapse_z_monthly": _("Hvor langt utenfor det tilfeldige et fall må være, månedsmålinger"),
    "plateau_points_yearly": _("Årsmålinger som må vise framgangen"),
    "plateau_points_quarterly": _("Kvartalsmålinger som må vise framgangen"),
    "plateau_points_monthly": _("Månedsmålinger som må vise framgangen"),
    "recent_points_yearly": _("Årsmålinger nivået nå leses av"),
    "recent_points_quarterly": _("Kvartalsmålinger nivået nå leses av"),
    "recent_points_monthly": _("Månedsmålinger nivået nå leses av"),
    "effect_without_baseline_days": _("Så lenge kan tiltak virke uten nullpunkt"),
    "fewest_planned_points": _("Minste antall målinger et mål trenger, nullpunktet medregnet"),
    "unanswered_days": _("Så lenge kan et varsel stå uten at noen har svart"),
    "unanswered_warnings": _("Så mange slike varsler før det blir sagt"),
    "carrier_days": _("Så lenge etter at eier eller leder sluttet, ser vi etter om noen overtar"),
    "measured_points": _("Målinger et effektmål bør ha fått"),
    "measured_share": _("Del av effektmålene som bør ha fått dem"),
    "short_term_days": _("Så lenge før prosjektets slutt følger vi med på om noe måles etterpå"),
    "quick_fix_share": _("Del av tiltakene som kan være kortvarige"),
    "quick_fix_days": _("Så lenge kan et tiltak vare og fortsatt regnes som kortvarig"),
    "quick_fix_fewest": _("Så mange tiltak må det være før vi ser på hvor mange som varer"),
    "home_days": _("Så lenge før prosjektets slutt må tiltakene ha en plass i drift"),
    "process_days": _("Så langt fram ser vi etter en milepæl eller et prosessmål"),
    "comment_days": _("Så lenge før en rapport skal inn igjen, bør kommentarene ha fått svar"),
    "side_door_change": _("Så mye kan antallet det måles blant, endre seg før vi spør om det forklarer framgangen"),
    "edge_share": _("Så nær 0 eller 100 % at det nesten ikke er noe igjen å vinne"),
    "inert_points": _("Målinger på rad uten endring før tallet står stille"),
    "inert_days": _("Så lenge etter at tiltakene begynte å virke, bør tallet ha flyttet seg"),
    "inert_expected": _("Del av veien som skulle vært gått før et tall kan sies å stå stille"),
    "plan_days": _("Så lenge kan et prosjekt gå før planen er sendt til prosjekteier"),
    "plan_end_days": _("Så lenge før slutten må planen være godkjent"),
    "plan_share": _("Del av det planen spør om, som må være fylt ut"),
    "plan_old_days": _("Så lenge kan en godkjent plan stå uten å bli oppdatert"),
    "plan_phase_days": _("Så lenge etter at en fase er over, må planen være oppdatert"),
    "freed_ahead_days": _("Så lenge før tiden er fri, bør bruken være bestemt"),
    "freed_unallocated_share": _("Del av den frigitte tiden som kan være uten bestemt bruk"),
    "freed_small_fte": _("Årsverk til sammen som er så lite at vi bare nevner det"),
    "freed_entry_days": _("Så lenge etter lovet dato spør vi om tiden er frigitt"),
    "resistance_influence": _("Fra så stor innflytelse, av 3, må en innvending ha et svar"),
    "resistance_share": _("Så stor del av innflytelsen kan de som har innvendinger, ha"),
    "resistance_fall": _("Så mange steg mer kritisk enn sist gir et varsel"),
    "resistance_fresh_days": _("Så lenge sier en registrering noe om hvordan en gruppe ser på det"),
    "signature_days": _("Så lenge kan prosjekteier vente med å signere en innsendt rapport"),
    "leaving_days": _("Så lenge før noen slutter må noen være utpekt til å overta"),
    "vacancy_days": _("Så lenge kan et prosjekt være uten leder eller eier"),
    "dependence_share": _("Del av målingene som gjenstår, som kan hvile på én person"),
    "continuation_days": _("Videreføringen må være besluttet så lenge før prosjektet avsluttes"),
    "dependence_days": _("Gjelder når rollen til personen slutter innen"),
    "grace_days": _("Så lenge regnes et prosjekt som nytt og får bare milde varsler"),
}


def threshold_name(name: str) -> str:
    """What a threshold is."""
    return str(NAMES.get(name, name))


def subject_heading(subject: Subject) -> str:
    """The heading thresholds of a subject stand under."""
    return str(SUBJECTS[subject])


def unit_word(unit: Unit) -> str:
    """What a threshold is typed in."""
    return str(UNITS[unit])


def source_text(spec: Spec) -> str:
    """Where a threshold's own value comes from."""
    return next(str(text) for start, text in SOURCES.items() if spec.source.startswith(start))


def threshold_value(name: str, value: float) -> str:
    """A value of a threshold as people read it: 15 %, 90 dager, 1,28 standardavvik."""
    unit = SPECS[name].unit
    if unit is Unit.SHARE:
        return formatting.with_unit(round(value * 100, 4), "%")
    if unit is Unit.DAYS:
        return formatting.with_unit(value, ngettext("dag", "dager", int(value)))
    if unit is Unit.POINTS:
        return formatting.with_unit(value, ngettext("måling", "målinger", int(value)))
    return formatting.with_unit(value, unit_word(unit))


def bounds_text(name: str) -> str:
    """Between which values a programme may choose."""
    spec = SPECS[name]
    return gettext("Mellom %(low)s og %(high)s.") % {
        "low": threshold_value(name, spec.low),
        "high": threshold_value(name, spec.high),
    }
