"""What each state means, in a sentence for those who are not statisticians; numbers are the thresholds in force."""

from dataclasses import asdict
from statistics import NormalDist

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from benefits.engine.threshold_specs import Unit
from benefits.engine.thresholds import SPECS, Thresholds
from benefits.engine.verdicts import State
from benefits.wording.thresholds import threshold_value
from benefits.wording.values import Text
from saman import formatting

MEANINGS: dict[State, Text] = {
    State.REALISED: _("Snittet av de to siste målingene er på målet eller bedre."),
    State.SUSTAINED: _(
        "Minst %(sustained_days)s etter måldatoen er fortsatt minst %(sustained_share)s av gevinsten i behold."
    ),
    State.NEARLY_REACHED: _(
        "Måldatoen er kommet, og det som mangler, er mindre enn det som betyr noe, eller så lite at det kan være "
        "tilfeldig."
    ),
    State.ON_TRACK: _("Målingen er der planen sa at den skulle være på den datoen, eller bedre."),
    State.WITHIN_UNCERTAINTY: _(
        "Målingen er litt bak planen, men ikke mer enn tilfeldigheter kan forklare. Da sier vi ikke at prosjektet er "
        "bak planen."
    ),
    State.ACHIEVED_UNCONFIRMED: _("Siste måling er på målet. Vi venter på én måling til før vi sier «Oppnådd»."),
    State.BEHIND: _("Målingen er bak planen, og vi er minst %(certainty)s sikre på at det ikke er tilfeldig."),
    State.AT_RISK: _(
        "Målet er bak planen, og farten som trengs, er mer enn %(pace_ratio)s farten hittil, eller prognosen sier at "
        "det er svært lite sannsynlig å nå det."
    ),
    State.BELOW_BASELINE: _("Det er blitt dårligere enn da prosjektet startet, og det har aldri vært noen framgang."),
    State.RELAPSE: _(
        "Det var framgang, men bare %(relapse_share)s eller mindre av den er igjen. To målinger på rad viser det."
    ),
    State.BACK_TO_ZERO: _("Det var framgang, men under %(zero_share)s av den er igjen."),
    State.BELOW_BASELINE_AFTER_GAIN: _("Det var framgang, men nå er det dårligere enn da prosjektet startet."),
    State.NOT_ACHIEVED: _("Måldatoen er kommet, og målingen viser at målet ikke er nådd, eller ikke ble holdt."),
    State.UNKNOWN: _(
        "Ingenting er målt, eller siste måling er for gammel: %(stale_days_monthly)s etter fristen for månedlige "
        "målinger, %(stale_days_quarterly)s for kvartalsvise og %(stale_days_yearly)s for årlige."
    ),
    State.NO_BASELINE: _("Vi vet ikke hvor prosjektet startet. Da går det ikke an å si om noe er blitt bedre."),
    State.NOT_DEFINED: _("Målet sier ikke hva som skal endres, hvor mye eller når."),
    State.NOT_MEASURABLE: _("Prosjektet har sagt at målet ikke kan måles med tall."),
    State.PLANNED: _("Virkningen er ikke ventet ennå, eller nullpunktet skal måles senere."),
    State.TOO_EARLY: _("Det er ikke tid for den første målingen, eller målingene dekker ikke et helt år ennå."),
    State.WITHDRAWN: _("Målet gjelder ikke lenger. Det står i historikken, men telles ikke."),
}


def values_of(thresholds: Thresholds) -> dict[str, str]:
    """Every threshold by its name, written; `certainty` is how sure `certainty_z` makes us."""
    values = asdict(thresholds)
    certainty = formatting.percent(NormalDist().cdf(thresholds.certainty_z))
    return {name: _written(name, values[name]) for name in SPECS} | {"certainty": certainty}


def _written(name: str, value: float) -> str:
    """A threshold as people say it: whole years instead of hundreds of days."""
    years, rest = divmod(value, 365)
    if SPECS[name].unit is Unit.DAYS and years and not rest:
        return ngettext("ett år", "%(years)s år", int(years)) % {"years": int(years)}
    return threshold_value(name, value)


def state_meaning(state: State, values: dict[str, str]) -> str:
    """What a state means; `values` are those of `values_of`."""
    return str(MEANINGS[state]) % values
