"""The pages of the analysis: what each asks, and the figures it answers with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.analysis import forecast, pitfalls, quadrant, realised, similar, worked
from reporting.analysis.facts import Facts
from reporting.analysis.figure import Figure

GROUP_BY = _("Grupper etter")
Figures = Mapping[str, Callable[[Facts, str], Figure]]


@dataclass(frozen=True, slots=True)
class Page:
    """One question. `figures`: key -> (facts, what to group by) -> figure, in the order they are shown.

    `groupings`: what its figures may be grouped by or be about, value in the address -> word; the first is what is not
    asked for. `asked_by` is what the address calls it, `label` what people do.
    """

    title: str | Promise
    lead: str | Promise
    figures: Figures
    groupings: Callable[[Facts], Mapping[str, str]] = lambda _facts: {}
    asked_by: str = "etter"
    label: str | Promise = GROUP_BY

    def grouping(self, facts: Facts, asked: str) -> str:
        """What to group by, given what the address says; "" where there is nothing to choose among."""
        known = self.groupings(facts)
        return asked if asked in known else next(iter(known), "")

    def made(self, facts: Facts, by: str) -> Sequence[Figure]:
        """Its figures."""
        return [make(facts, by) for make in self.figures.values()]


PAGES: dict[str, Page] = {
    "gevinster": Page(
        _("Gevinster mot plan"),
        _("Hva er oppnådd av det prosjektene har lovet, og hvor langt er de fra sin egen plan?"),
        {
            "status": lambda facts, by: realised.states(facts.targets, facts.projects, by),
            "avstand": lambda facts, by: realised.against_plan(facts.targets, facts.projects, by),
        },
        lambda _facts: realised.dimensions(),
    ),
    "prognose": Page(
        _("Prognose"),
        _("Hvor mange av effektmålene blir nådd innen programmet er slutt?"),
        {
            "slutten": lambda facts, _by: forecast.reached_by_the_end(facts.targets, facts.thresholds, facts.ends_on),
            "grunnlag": lambda facts, _by: forecast.grounds(facts.targets, facts.thresholds, facts.ends_on),
        },
    ),
    "fallgruver": Page(
        _("Fallgruver"),
        _("Hvor vanlige er fallgruvene, og hvor lenge står varslene åpne?"),
        {
            "hyppighet": lambda facts, _by: pitfalls.frequency(facts.projects.values()),
            "lukketid": lambda facts, _by: pitfalls.time_to_close(facts.warnings, facts.today),
        },
    ),
    "aktivitet": Page(
        _("Aktivitet og resultat"),
        _("Følges mye aktivitet av mye resultat? Hver prikk er et prosjekt, og ingen rangeres."),
        {"kvadrant": lambda facts, _by: quadrant.activity_and_outcome(facts.projects, facts.tried, facts.targets)},
    ),
    "virket": Page(
        _("Hva virket hvor"),
        _("Hva slags tiltak ble brukt, hva endret seg, og hva virket ikke?"),
        {
            "tiltakstyper": lambda facts, _by: worked.by_kind(facts.tried, facts.approved, facts.projects),
            "uten-framgang": lambda facts, _by: worked.without_progress(facts.tried, facts.approved, facts.projects),
        },
    ),
    "lignende": Page(
        _("Kommuner som ligner"),
        _("Hvordan er et effektmål sammenlignet med det samme tallet i kommuner som ligner? Ingen rangeres."),
        {"fordeling": similar.distribution, "trakt": similar.chance},
        similar.choices,
        "mal",
        _("Prosjekt og effektmål"),
    ),
}
