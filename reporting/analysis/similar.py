"""A target beside the same figure of the municipalities that resemble its own most: a distribution, never a ranking."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from statistics import median

from django.utils.translation import gettext as _

from municipalities.models import MunicipalityFact
from reporting.analysis import funnel
from reporting.analysis.drawing import Step, steps
from reporting.analysis.facts import Facts
from reporting.analysis.figure import FEW, Figure, project_href, tenths
from reporting.analysis.peers import (
    BASELINE,
    CENTRALITY,
    DIMENSIONS,
    NEAREST,
    POPULATION,
    SHARE_67,
    Comparison,
    Peer,
    compare,
    peers_of,
)
from saman import formatting
from saman.sheets import Cell, Column

DECIMALS = 1


def choices(facts: Facts) -> Mapping[str, str]:
    """What the page may be about: the value in the address and its words, the first of nothing chosen."""
    return {"": _("Velg prosjekt og effektmål"), **{peer.key: named(peer) for peer in peers_of(facts)}}


def named(peer: Peer) -> str:
    """A target with its project and number."""
    return f"{peer.project.title}: E{peer.target.number} {peer.target.title}"


def dimension_words() -> dict[str, str]:
    """What municipalities are compared on, in a sentence."""
    return {
        POPULATION: _("folketall"),
        SHARE_67: _("andel 67 år og over"),
        CENTRALITY: _("sentralitet"),
        BASELINE: _("nullpunkt"),
    }


def found(facts: Facts, key: str) -> tuple[Comparison | None, list[Peer]]:
    """The comparison that is asked for, None where nothing is chosen, and everything there is to choose among."""
    peers = peers_of(facts)
    own = next((peer for peer in peers if peer.key == key), None)
    return (compare(own, peers) if own else None), peers


def distribution(facts: Facts, key: str) -> Figure:
    """Where a target started and stands, and the nearest ones beside it, in the order of names."""
    comparison, peers = found(facts, key)
    if comparison is None:
        return _nothing("fordeling", _("Egen verdi og de som ligner mest"), _invitation(peers))
    own, unit = comparison.own, comparison.own.level.unit
    shown = [own, *(peer for peer, _distance in comparison.near)] if comparison.near else []
    distances = {peer.key: distance for peer, distance in comparison.near}
    finding = _finding(comparison)
    central = MunicipalityFact.Unit(own.place.unit).label if own.place.unit else ""
    drawn = [
        Step(
            _row_name(peer, own),
            peer.level.baseline,
            peer.level.value,
            _words(peer),
            project_href(peer.project),
            peer == own,
        )
        for peer in shown
    ]
    return Figure(
        key="fordeling",
        title=_("Egen verdi og de som ligner mest"),
        finding=finding,
        alt=_("En rad for hvert prosjekt, det valgte øverst og resten etter navn: en ring der det begynte, og et merke "
              "der det er nå. %(finding)s") % {"finding": finding},
        plot=steps(drawn, middle(comparison), unit) if shown else None,
        columns=[
            Column("prosjekt", _("Prosjekt")),
            Column("nullpunkt", _("Nullpunkt"), "decimal", unit),
            Column("verdi", _("Sist målt"), "decimal", unit),
            Column("malt", _("Målt"), "date"),
            Column("til_mal", _("Igjen til eget mål"), "decimal", difference_unit(unit)),
            Column("folketall", _("Folketall"), "integer"),
            Column("andel_67", _("Andel 67 år og over"), "decimal", "%"),
            Column("sentralitet", f"{_('Sentralitet')} ({central})" if central else _("Sentralitet"), "decimal"),
            Column("ulikhet", _("Ulikhet"), "decimal"),
        ],
        rows=[_line(peer, own, distances.get(peer.key, 0.0)) for peer in shown],
        links=[project_href(peer.project) for peer in shown],
        notes=_notes(facts, comparison),
        size=2,
    )  # fmt: skip


def chance(facts: Facts, key: str) -> Figure:
    """Whether the differences are more than so few people's chance: the funnel."""
    comparison, _peers = found(facts, key)
    if comparison is None:
        finding = _("Ikke valgt ennå: Grensene for tilfeldig variasjon vises for det målet som velges.")
        return _nothing("trakt", _("Er forskjellene større enn tilfeldig variasjon?"), finding)
    return funnel.figure(comparison)


def middle(comparison: Comparison) -> float | None:
    """The middle one of the nearest, where there are enough."""
    values = [peer.level.value for peer, _distance in comparison.near if peer.level.value is not None]
    return median(values) if len(values) >= FEW else None


def difference_unit(unit: str) -> str:
    """What a difference between two figures is in."""
    return _("prosentpoeng") if unit == "%" else unit


def _invitation(peers: Sequence[Peer]) -> str:
    projects = Counter(measure for measure, _project in {(peer.level.measure, peer.project.pk) for peer in peers})
    shared = sum(peer.level.measure is not None and projects[peer.level.measure] > NEAREST for peer in peers)
    parts = [
        _("Ikke valgt ennå: Velg et prosjekt og et effektmål."),
        _("%(some)s av %(all)s effektmål måler det samme som minst fem andre prosjekter.")
        % {"some": shared, "all": len(peers)}
        if peers
        else _("Ingen av prosjektene har effektmål ennå."),
    ]
    return " ".join(parts)


def _nothing(key: str, title: str, finding: str) -> Figure:
    return Figure(key=key, title=title, finding=finding, alt="", plot=None, columns=[], rows=[], notes=[])


def _finding(comparison: Comparison) -> str:
    own = comparison.own
    if why := _why_not(comparison):
        return why
    left_out = len(comparison.lacking) + len(comparison.unmeasured) + comparison.hidden
    values = [peer.level.value for peer, _distance in comparison.near if peer.level.value is not None]
    said = {
        "out": left_out,
        "all": comparison.candidates,
        "name": own.project.title,
        "near": len(values),
        "low": _shown(min(values), own),
        "high": _shown(max(values), own),
        "value": _shown(own.level.value, own),
        "middle": _shown(middle(comparison), own),
        "unused": formatting.joined([dimension_words()[name] for name in comparison.unused]),
    }
    parts = [
        _("Kan ikke sammenlignes ennå: %(out)s av %(all)s som måler det samme.") if left_out else "",
        _("Sammenlignet uten %(unused)s, som ikke er kjent for prosjektet eller for nok andre.")
        if comparison.unused else "",
        _("%(name)s er ikke målt.") if own.level.value is None else _("%(name)s er på %(value)s."),
        _("De %(near)s som ligner mest, ligger fra %(low)s til %(high)s, og den midterste er på %(middle)s.")
        if middle(comparison) is not None
        else _("De %(near)s som kan sammenlignes, ligger fra %(low)s til %(high)s. Det er for få til å peke ut den "
               "midterste."),
    ]  # fmt: skip
    return " ".join([*(part % said for part in parts if part), *_gap(comparison)])


def _gap(comparison: Comparison) -> list[str]:
    """How far the target is from the middle one, and from its own goal."""
    level, between = comparison.own.level, middle(comparison)
    if level.value is None:
        return []
    unit, parts = difference_unit(level.unit), []
    if between is not None:
        apart = formatting.with_unit(formatting.signed(level.value - between, DECIMALS), unit)
        parts.append(_("Forskjellen til den midterste er %(apart)s.") % {"apart": apart})
    if (left := _left(comparison.own)) is not None:
        parts.append(
            _("Til eget mål er det igjen %(left)s.") % {"left": formatting.with_unit(tenths(left), unit)}
            if left > 0
            else _("Eget mål er nådd.")
        )
    return parts


def _why_not(comparison: Comparison) -> str:
    """Why there is nothing to compare with; «» where there is."""
    own = comparison.own
    said = {"name": own.project.title}
    if own.level.is_hidden:
        return _("Vises ikke: Tallene til %(name)s er om for få personer.") % said
    if own.level.measure is None:
        return _("Kan ikke sammenlignes: Indikatoren er prosjektets egen, og ingen andre måler det samme.")
    if not comparison.candidates:
        return _("Kan ikke sammenlignes: Ingen andre prosjekter i utvalget måler det samme i samme tema.")
    if not comparison.near:
        return _("Kan ikke sammenlignes: Det er ikke kjent nok om prosjektet, eller om fem andre, til å si hvem som "
                 "ligner.")  # fmt: skip
    return ""


def _left(peer: Peer) -> float | None:
    """What is left to the target's own goal, in the way the target goes; nought or less: reached."""
    level = peer.level
    if level.value is None or level.goal is None or level.direction is None or peer.target.is_kept:
        return None
    return (level.goal - level.value) * level.direction


def _line(peer: Peer, own: Peer, distance: float) -> list[Cell]:
    place, left = peer.place, _left(peer)
    return [
        _row_name(peer, own),
        tenths(peer.level.baseline),
        tenths(peer.level.value),
        peer.level.measured_on,
        None if left is None else max(tenths(left) or Decimal(0), Decimal(0)),
        None if place.population is None else round(place.population),
        tenths(place.share_67),
        tenths(place.centrality) if place.unit == own.place.unit else None,
        tenths(distance),
    ]


def _notes(facts: Facts, comparison: Comparison) -> list[str]:
    words = dimension_words()
    used, unused = (
        [words[name] for name in DIMENSIONS if name in some] for some in (comparison.used, comparison.unused)
    )
    sources = sorted({f"{fact.source} ({fact.year})" for fact in facts.places})
    lacking = [peer.project.title for peer in comparison.lacking]
    unmeasured = [peer.project.title for peer in comparison.unmeasured]
    notes = [
        _("Bare mål med samme indikator og samme tema er sammenlignet, ett fra hvert prosjekt i utvalget. Av dem vises "
          "de fem med minst ulikhet i %(used)s.") % {"used": formatting.joined(used)} if used else "",
        _("Ulikheten er avstanden når hvert tall er målt i standardavvik blant dem som er sammenlignet. Folketallet er "
          "på en logaritmisk skala. I et samarbeid er folketallet summen, og de andre tallene er vektet med det.")
        if used else "",
        _("Ikke brukt, fordi det ikke er kjent for prosjektet eller for minst fem andre: %(unused)s.")
        % {"unused": formatting.joined(unused)} if unused else "",
        _("Ikke sammenlignet, fordi opplysninger mangler: %(names)s.") % {"names": formatting.joined(lacking)}
        if lacking else "",
        _("Ikke sammenlignet, fordi det ikke er målt: %(names)s.") % {"names": formatting.joined(unmeasured)}
        if unmeasured else "",
        _("Holdt utenfor, fordi tallene er om for få personer: %(hidden)s mål.") % {"hidden": comparison.hidden}
        if comparison.hidden else "",
        _("Opplysninger om kommunene: %(sources)s.") % {"sources": formatting.joined(sources)}
        if sources else _("Ingen opplysninger om kommunene er lagt inn."),
        _("Radene følger navnene, og ingen rangeres. Kommuner som ligner i disse tallene, kan være ulike i mye annet. "
          "En forskjell er ikke en virkning av prosjektet."),
    ]  # fmt: skip
    return [note for note in notes if note]


def _row_name(peer: Peer, own: Peer) -> str:
    return _("%(name)s (valgt)") % {"name": peer.project.title} if peer == own else peer.project.title


def _words(peer: Peer) -> str:
    said = {
        "name": peer.project.title,
        "baseline": _shown(peer.level.baseline, peer),
        "value": _shown(peer.level.value, peer),
    }
    return _("%(name)s: fra %(baseline)s til %(value)s") % said


def _shown(value: float | None, of: Peer) -> str:
    return formatting.with_unit(tenths(value), of.level.unit)
