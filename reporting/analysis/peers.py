"""Which targets resemble one: the nearest on what is known of their municipalities and of where they started.

Distance is Euclidean, each dimension in standard deviations among those compared; the population on a logarithmic
scale, as twice as many people mean as much in a small place as in a large one. A dimension is used where the target's
own figure is known and at least `NEAREST` others have it. What lacks one that is used is not compared, never taken
for nought.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import dist, log10
from statistics import pstdev

from reporting.analysis.facts import Facts, Level, PlaceFact, Target
from reporting.portfolio.rows import ProjectRow
from saman.sorting import norwegian

NEAREST = 5
POPULATION, SHARE_67, CENTRALITY, BASELINE = DIMENSIONS = ("population", "share_67", "centrality", "baseline")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known of where a project is; a joint project's is of all its municipalities together, or not known.

    `population`: people; `share_67`: per cent; `centrality` in `unit` («index» or «class»).
    """

    population: float | None = None
    share_67: float | None = None
    centrality: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Peer:
    """A target with its project, its figures, and where the project is."""

    target: Target
    project: ProjectRow
    level: Level
    place: Surroundings

    @property
    def key(self) -> str:
        """What the address calls it."""
        return f"{self.project.slug}-{self.target.number}"

    def known(self, unit: str) -> dict[str, float]:
        """What is known of it, by dimension; how central, in that unit alone."""
        people, place = self.place.population, self.place
        found = {
            POPULATION: log10(people) if people else None,
            SHARE_67: place.share_67,
            CENTRALITY: place.centrality if place.unit == unit else None,
            BASELINE: self.level.baseline,
        }
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One target and those nearest to it, in the order of names, each with its distance.

    `used` and `unused` are dimensions. Those with the same indicator and theme that are not compared: `lacking` what
    is used, `unmeasured`, and `hidden`, of which only the number is told.
    """

    own: Peer
    near: Sequence[tuple[Peer, float]]
    used: Sequence[str]
    unused: Sequence[str]
    lacking: Sequence[Peer]
    unmeasured: Sequence[Peer]
    hidden: int
    candidates: int


def peers_of(facts: Facts) -> list[Peer]:
    """Every effect target, by its project's name and its number."""
    places: dict[int, list[PlaceFact]] = defaultdict(list)
    for fact in facts.places:
        places[fact.project].append(fact)
    where = {pk: surroundings(places[pk], len(project.places)) for pk, project in facts.projects.items()}
    found = [
        Peer(target, facts.projects[target.project], facts.levels[target.pk], where[target.project])
        for target in facts.targets
    ]
    return sorted(found, key=lambda peer: (norwegian(peer.project.title), peer.target.number))


def surroundings(facts: Iterable[PlaceFact], municipalities: int) -> Surroundings:
    """A project's, from the newest figure of each kind about each of its so many municipalities.

    A share and an index are means weighted by the population; a class is known where all have the same.
    """
    newest: dict[str, dict[int, PlaceFact]] = {POPULATION: {}, SHARE_67: {}, CENTRALITY: {}}
    for fact in sorted(facts, key=lambda fact: fact.year):
        newest[fact.kind][fact.municipality] = fact
    whole = {kind: found for kind, found in newest.items() if len(found) == municipalities > 0}
    people = {pk: fact.value for pk, fact in whole.get(POPULATION, {}).items()}
    return Surroundings(
        sum(people.values()) or None,
        _mean(whole.get(SHARE_67, {}), people),
        *_central(whole.get(CENTRALITY, {}), people),
    )


def _mean(facts: Mapping[int, PlaceFact], people: Mapping[int, float]) -> float | None:
    if len(facts) == 1:
        return next(iter(facts.values())).value
    if not facts or not people:
        return None
    return sum(facts[pk].value * number for pk, number in people.items()) / sum(people.values())


def _central(facts: Mapping[int, PlaceFact], people: Mapping[int, float]) -> tuple[float | None, str]:
    if len({fact.unit for fact in facts.values()}) != 1:
        return None, ""
    unit = next(iter(facts.values())).unit
    if unit == "class":
        classes = {fact.value for fact in facts.values()}
        return (classes.pop(), unit) if len(classes) == 1 else (None, "")
    mean = _mean(facts, people)
    return mean, unit if mean is not None else ""


def compare(own: Peer, peers: Iterable[Peer]) -> Comparison:
    """The nearest of the others that measure the same in the same theme, one target of each project.

    Nobody is compared with figures about too few people.
    """
    alike = [] if own.level.is_hidden else _one_of_each(own, peers)
    measured = [peer for peer in alike if peer.level.value is not None]
    unit = own.place.unit
    mine = own.known(unit)
    others = [(peer, peer.known(unit)) for peer in measured]
    used = [name for name in mine if sum(name in known for _peer, known in others) >= NEAREST]
    whole = [(peer, known) for peer, known in others if used and all(name in known for name in used)]
    spread = {name: pstdev([mine[name], *(known[name] for _peer, known in whole)]) for name in used}
    apart = [name for name in used if spread[name]]  # what all have the same of tells none from another
    far = [
        (peer, dist(*([one[name] / spread[name] for name in apart] for one in (mine, known)))) for peer, known in whole
    ]
    nearest = sorted(far, key=lambda pair: (pair[1], pair[0].project.slug))[:NEAREST]
    compared = {peer.key for peer, _known in whole}
    return Comparison(
        own,
        sorted(nearest, key=lambda pair: norwegian(pair[0].project.title)),
        used,
        [name for name in DIMENSIONS if name not in used],
        [peer for peer in measured if peer.key not in compared],
        [peer for peer in alike if peer.level.value is None and not peer.level.is_hidden],
        sum(peer.level.is_hidden for peer in alike),
        len(alike),
    )


def _one_of_each(own: Peer, peers: Iterable[Peer]) -> list[Peer]:
    """Those that measure the same, by name; of a project with several, the main target or the first."""
    themes, found = _themes(own), dict[int, Peer]()
    for peer in peers:
        is_same = peer.level.measure == own.level.measure is not None
        shares_theme = not themes or not themes.isdisjoint(_themes(peer))
        if is_same and shares_theme and peer.project.pk != own.project.pk:
            before = found.get(peer.project.pk)
            if before is None or (peer.target.is_main and not before.target.is_main):
                found[peer.project.pk] = peer
    return sorted(found.values(), key=lambda peer: norwegian(peer.project.title))


def _themes(peer: Peer) -> set[int]:
    own = peer.target.theme
    return {own.pk} if own else {theme.pk for theme in peer.project.themes}
