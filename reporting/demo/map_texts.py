"""The invented maps, by the project's name in the catalogue: boxes beside those drawn of the plan, and the lines.

A box of the plan is named by letter and order: «t1» the first target, «i2» the second initiative, «b1» the first
benefit; a text of the same name is used where the plan has none. In a line «a > b» is documented, «a ~ b» assumed, and
a number after it the share in per cent.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class BoxText:
    """A box: its key in the lines, its kind, its own title, or the title of the milestone it shows."""

    key: str
    kind: str
    title: str
    driver: str = ""
    is_milestone: bool = False


@dataclass(frozen=True, slots=True)
class MapText:
    """One project's map. `is_drawn`: it begins with what the plan has; `is_redrawn`: its lines are then drawn anew."""

    on: date
    boxes: tuple[BoxText, ...] = ()
    lines: tuple[str, ...] = ()
    is_drawn: bool = True
    is_redrawn: bool = False
    notes: dict[str, str] = field(default_factory=dict)


HAMAR = MapText(
    on=date(2014, 11, 5),
    is_redrawn=True,
    boxes=(
        BoxText("i1", "initiative", "Langvakter i helgene"),
        BoxText("i2", "initiative", "Hele stillinger i alle utlysninger"),
        BoxText("b1", "benefit", "Lavere vikarutgifter"),
        BoxText("b2", "benefit", "Færre ansatte å kjenne for hver bruker"),
        BoxText("b3", "benefit", "Mer attraktiv arbeidsplass"),
        BoxText("senter", "initiative", "Felles bemanningssenter"),
        BoxText("fagbrev", "initiative", "Fagbrev for assistenter"),
        BoxText("kampanje", "initiative", "Holdningskampanje"),
        BoxText("avtale", "driver", "Heltidsavtale med tillitsvalgte", driver="unions"),
        BoxText("to", "deliverable", "Ny turnus i to avdelinger", is_milestone=True),
        BoxText("alle", "deliverable", "Ny turnus i alle avdelinger", is_milestone=True),
        BoxText("retningslinje", "deliverable", "Retningslinje for utlysning"),
        BoxText("enhet", "deliverable", "Ressursenhet med 12 årsverk"),
        BoxText("lange", "practice", "Lange vakter hver tredje helg"),
        BoxText("lyses", "practice", "Ledige stillinger lyses ut på heltid"),
        BoxText("faste", "practice", "Faste ansatte dekker fravær"),
        BoxText("oppgaver", "practice", "Fagarbeidere tar flere oppgaver"),
        BoxText("ulike", "effect", "Ulike ansatte per bruker"),
        BoxText("kontinuitet", "benefit", "Bedre kontinuitet for brukerne"),
        BoxText("frigitt", "benefit", "Frigitt tid: 2,4 årsverk"),
        BoxText("folk", "objective", "Heltidskultur og nok folk"),
        BoxText("tjenester", "objective", "Gode tjenester til alle også i framtida"),
    ),
    lines=(
        "i1 > to",
        "i1 > alle",
        "avtale > alle",
        "i2 > retningslinje",
        "senter > enhet",
        "fagbrev ~ oppgaver",
        "to > lange",
        "alle > lange",
        "retningslinje > lyses",
        "enhet > faste",
        "lange > t3 60",
        "lange ~ t1",
        "lyses > t1 50",
        "lyses > t3 40",
        "faste ~ t2",
        "faste ~ ulike",
        "oppgaver ~ ulike",
        "t1 > b1",
        "t1 ~ frigitt",
        "t2 > b2",
        "t3 > b3",
        "ulike > kontinuitet",
        "b1 > folk",
        "b3 > folk",
        "b2 ~ tjenester",
        "kontinuitet > tjenester",
    ),
    notes={"lange > t3 60": "Spurt de ansatte i to avdelinger før og etter.", "lyses > t1 50": "Personalsystemet."},
)
MAPS: dict[str, MapText] = {
    "Hamar": HAMAR,
    "Rælingen": MapText(
        on=date(2014, 3, 12),
        boxes=(
            BoxText("ledere", "driver", "Ledere som spør etter hele stillinger", driver="leadership"),
            BoxText("lyses", "practice", "Alle ledige stillinger lyses ut hele"),
            BoxText("kultur", "objective", "En heltidskultur i pleie og omsorg"),
        ),
        lines=("ledere ~ lyses", "lyses > t1", "b1 > kultur", "b2 ~ kultur"),
    ),
    "Oppegård": MapText(
        on=date(2014, 5, 20),
        boxes=(
            BoxText("dialog", "practice", "Lederen ringer den første uka"),
            BoxText("oppgaver", "practice", "Sykmeldte får andre oppgaver"),
            BoxText("naervaer", "objective", "Friske folk på jobb"),
        ),
        # the shares are more than the whole
        lines=("i1 > dialog", "i2 ~ oppgaver", "dialog > t1 70", "oppgaver ~ t1 60", "b1 > naervaer", "b2 ~ naervaer"),
    ),
    "Sunndal": MapText(on=date(2014, 9, 3)),  # what the plan has, and nothing more: ends that lead nowhere
    "Haugesund": MapText(  # a full-time map of rosters and staffing alone
        on=date(2014, 10, 8),
        is_drawn=False,
        boxes=(
            BoxText("turnus", "driver", "Turnus med hele stillinger", driver="roster"),
            BoxText("bemanning", "driver", "Grunnbemanning som dekker fraværet", driver="staffing"),
            BoxText("lyses", "practice", "Alle ledige stillinger lyses ut hele"),
            BoxText("folk", "objective", "Nok folk med fagutdanning"),
        ),
        lines=("turnus ~ lyses", "bemanning ~ lyses", "lyses ~ folk"),
    ),
}
