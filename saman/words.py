"""The words, signs and colours people meet a result or a risk by: one place, so that they are the same everywhere.

Results are keyed by the values of the engine's `Result`, risks by its `Severity` (None: not assessable).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise

# What everything a demonstration shows or writes must say.
EXAMPLE_DATA = _("Eksempeldata: stedsnavnene er ekte, alt annet er oppdiktet")


@dataclass(frozen=True, slots=True)
class ResultSign:
    """How a result looks: `key` names icon, ink and style; `colour` is Designsystemet's data-color."""

    key: str
    word: Text
    colour: str


@dataclass(frozen=True, slots=True)
class RiskSign:
    """How a risk looks: `level` is 0 to 3, «none» where inputs are missing, «unused» where a room is not in use."""

    level: str
    word: Text


# In the order lists and stacked bars use: best first, the uncounted last.
RESULTS: dict[str, ResultSign] = {
    "achieved": ResultSign("oppnadd", _("Oppnådd"), "success"),
    "on_track": ResultSign("i-rute", _("I rute"), "success"),
    "behind": ResultSign("forsinket", _("Bak planen"), "warning"),
    "at_risk": ResultSign("i-fare", _("I fare"), "danger"),
    "relapse": ResultSign("tilbakefall", _("Tilbakefall"), "relapse"),
    "not_achieved": ResultSign("ikke-nadd", _("Ikke nådd"), "neutral"),
    "missing": ResultSign("mangler", _("Mangler måling"), "neutral"),
    "not_started": ResultSign("ikke-startet", _("Ikke startet"), "neutral"),
    "withdrawn": ResultSign("trukket", pgettext_lazy("result", "Trukket"), "neutral"),
}

NOT_ASSESSABLE = RiskSign("none", _("Ikke vurderbar"))
RISKS: dict[int | None, RiskSign] = {
    0: RiskSign("0", _("Ingen tegn")),
    1: RiskSign("0", _("Ingen tegn")),
    2: RiskSign("1", _("Følg med")),
    3: RiskSign("2", _("Bør håndteres")),
    4: RiskSign("3", _("Alvorlig")),
    None: NOT_ASSESSABLE,
}
NOT_IN_USE = RiskSign("unused", _("Ikke i bruk"))  # an optional room nobody has opened: neither a sign nor in order
RISK_LEGEND = (RISKS[0], RISKS[2], RISKS[3], RISKS[4], NOT_ASSESSABLE, NOT_IN_USE)


def result_sign(result: str) -> ResultSign:
    """The sign of a result. Raises KeyError for a value that is not a result."""
    return RESULTS[str(result)]


def risk_sign(severity: int | None) -> RiskSign:
    """The sign of a severity from 0 to 4, or of None, which is never shown as «no sign»."""
    return RISKS[None if severity is None else int(severity)]
