"""The pages of the analysis: what each asks, and the figures it answers with."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.analysis import realised
from reporting.analysis.facts import Facts
from reporting.analysis.figure import Figure

Figures = Mapping[str, Callable[[Facts, str], Figure]]


@dataclass(frozen=True, slots=True)
class Page:
    """One question. `figures`: key -> (facts, what to group by) -> figure, in the order they are shown.

    `groupings`: what its figures may be grouped by, value in the address -> word; the first is what is not asked for.
    """

    title: str | Promise
    lead: str | Promise
    figures: Figures
    groupings: Callable[[], Mapping[str, str]] = field(default=dict)

    def grouping(self, asked: str) -> str:
        """What to group by, given what the address says; "" where there is nothing to choose among."""
        known = self.groupings()
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
        realised.dimensions,
    ),
}
