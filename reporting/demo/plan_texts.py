"""The invented texts of the plans: benefits by indicator, initiatives by theme, each in bokmål and nynorsk."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BenefitText:
    """One benefit; `gross` is what it is worth in a full year, in thousand kroner, 0 where it has no price."""

    title: dict[str, str]
    description: dict[str, str]
    form: str
    kind: str
    assumption: dict[str, str]
    gross: int = 0


@dataclass(frozen=True, slots=True)
class InitiativeText:
    """One initiative; `home` is where it is to live when the project is over."""

    title: dict[str, str]
    kind: str
    evidence: dict[str, str]
    home: str
    reference: dict[str, str]
    cost: int = 0


def _both(nb: str, nn: str) -> dict[str, str]:
    return {"nb": nb, "nn": nn}


BENEFITS: dict[str, BenefitText] = {
    "heltidsandel": BenefitText(
        _both(
            "Mindre bruk av vikarer når flere har hel stilling", "Mindre bruk av vikarar når fleire har heil stilling"
        ),
        _both("Færre hull i turnusen å leie inn til.", "Færre hol i turnusen å leige inn til."),
        "budget",
        "avoided_cost",
        _both("Turnusen endres i alle avdelinger.", "Turnusen blir endra i alle avdelingar."),
        420,
    ),
    "stillingsstorrelse": BenefitText(
        _both("Færre ansatte å kjenne for hver bruker", "Færre tilsette å kjenne for kvar brukar"),
        _both(
            "Brukeren møter færre ulike folk i løpet av en uke.", "Brukaren møter færre ulike folk i løpet av ei veke."
        ),
        "unpriced",
        "quality",
        _both("Ledige timer legges til dem som vil ha mer.", "Ledige timar blir lagde til dei som vil ha meir."),
    ),
    "ufrivillig_deltid": BenefitText(
        _both("Lettere å rekruttere fagfolk", "Lettare å rekruttere fagfolk"),
        _both("Søkerne får tilbud om den stillingen de vil ha.", "Søkjarane får tilbod om den stillinga dei vil ha."),
        "unpriced",
        "quality",
        _both("Alle stillinger lyses ut hele.", "Alle stillingar blir lyste ut heile."),
    ),
    "sykefravaer_legemeldt": BenefitText(
        _both("Lavere utgifter til vikarer ved sykdom", "Lågare utgifter til vikarar ved sjukdom"),
        _both("Færre fraværsdager å leie inn for.", "Færre fråværsdagar å leige inn for."),
        "budget",
        "avoided_cost",
        _both("Budsjettet for vikarer følger fraværet.", "Budsjettet for vikarar følgjer fråværet."),
        310,
    ),
    "sykefravaer_totalt": BenefitText(
        _both("Mer tid til brukerne", "Meir tid til brukarane"),
        _both(
            "Timer som før gikk til å finne vikar, brukes på dagen.",
            "Timar som før gjekk til å finne vikar, blir brukte på dagen.",
        ),
        "alternative",
        "time_saved",
        _both("Lederne setter av tiden til fagarbeid.", "Leiarane set av tida til fagarbeid."),
    ),
    "ubesatte_stillinger": BenefitText(
        _both("Mindre kjøp fra vikarbyrå", "Mindre kjøp frå vikarbyrå"),
        _both("Stillinger fylles av egne ansatte.", "Stillingar blir fylte av eigne tilsette."),
        "budget",
        "avoided_cost",
        _both("Nye folk får en plan for det første året.", "Nye folk får ein plan for det første året."),
        380,
    ),
    "andel_fagutdannet": BenefitText(
        _both("Tryggere tjenester med flere fagutdannede", "Tryggare tenester med fleire fagutdanna"),
        _both("Flere på hver vakt har fagutdanning.", "Fleire på kvar vakt har fagutdanning."),
        "unpriced",
        "quality",
        _both("De som tar fagbrev, får tid til det.", "Dei som tek fagbrev, får tid til det."),
    ),
    "innbyggertilfredshet": BenefitText(
        _both("Mer fornøyde innbyggere", "Meir fornøgde innbyggjarar"),
        _both(
            "Folk får svar, og saken følges til den er ferdig.", "Folk får svar, og saka blir følgd til ho er ferdig."
        ),
        "unpriced",
        "quality",
        _both("Servicetorget har myndighet til å svare.", "Servicetorget har mynde til å svare."),
    ),
    "sokere_totalt": BenefitText(
        _both("Flere å velge mellom når vi ansetter", "Fleire å velje mellom når vi tilset"),
        _both("Færre utlysninger må gjøres om igjen.", "Færre utlysingar må gjerast om att."),
        "alternative",
        "time_saved",
        _both("Alle lyser ut på samme måte.", "Alle lyser ut på same måten."),
    ),
}
OTHER = BenefitText(
    _both("Bedre oversikt for lederne", "Betre oversikt for leiarane"),
    _both("Lederne ser tallene og kan gripe inn tidlig.", "Leiarane ser tala og kan gripe inn tidleg."),
    "unpriced",
    "quality",
    _both("Tallene gås gjennom hvert kvartal.", "Tala blir gått gjennom kvart kvartal."),
)

INITIATIVES: dict[str, tuple[InitiativeText, InitiativeText]] = {
    "heltid": (
        InitiativeText(
            _both("Ny turnus med lengre vakter i helgene", "Ny turnus med lengre vakter i helgene"),
            "roster",
            _both(
                "Andre kommuner har fått flere hele stillinger med lengre helgevakter.",
                "Andre kommunar har fått fleire heile stillingar med lengre helgevakter.",
            ),
            "roster",
            _both("Turnusavtalen", "Turnusavtalen"),
            60_000,
        ),
        InitiativeText(
            _both("Alle ledige stillinger lyses ut som hele", "Alle ledige stillingar blir lyste ut som heile"),
            "recruitment",
            _both(
                "Kartleggingen viste at ni av ti ledige stillinger var deltid.",
                "Kartlegginga viste at ni av ti ledige stillingar var deltid.",
            ),
            "routine",
            _both("Rutine for utlysning", "Rutine for utlysing"),
        ),
    ),
    "sykefravaer": (
        InitiativeText(
            _both("Tidlig dialog mellom leder og ansatt", "Tidleg dialog mellom leiar og tilsett"),
            "routine",
            _both(
                "Tidlig oppfølging er det tiltaket som har best støtte i forskningen.",
                "Tidleg oppfølging er det tiltaket som har best støtte i forskinga.",
            ),
            "routine",
            _both("Rutine for oppfølging", "Rutine for oppfølging"),
        ),
        InitiativeText(
            _both("Opplæring av alle ledere i tilrettelegging", "Opplæring av alle leiarar i tilrettelegging"),
            "training",
            _both(
                "Lederne sa i kartleggingen at de manglet verktøy.", "Leiarane sa i kartlegginga at dei mangla verktøy."
            ),
            "plan",
            _both("Plan for lederopplæring", "Plan for leiaropplæring"),
            90_000,
        ),
    ),
    "kompetanse": (
        InitiativeText(
            _both("Kompetanseplan for hver enhet", "Kompetanseplan for kvar eining"),
            "organisation",
            _both(
                "Enhetene visste ikke hvem som kom til å slutte de neste årene.",
                "Einingane visste ikkje kven som kom til å slutte dei neste åra.",
            ),
            "plan",
            _both("Økonomiplanen", "Økonomiplanen"),
        ),
        InitiativeText(
            _both("Fagopplæring for ufaglærte", "Fagopplæring for ufaglærte"),
            "training",
            _both(
                "Flertallet av de ufaglærte svarte at de ville ta fagbrev.",
                "Fleirtalet av dei ufaglærte svarte at dei ville ta fagbrev.",
            ),
            "budget",
            _both("Posten for opplæring", "Posten for opplæring"),
            150_000,
        ),
    ),
    "omdomme": (
        InitiativeText(
            _both("Svar til innbyggerne innen tre dager", "Svar til innbyggjarane innan tre dagar"),
            "routine",
            _both(
                "Det innbyggerne var minst fornøyd med, var ventetiden på svar.",
                "Det innbyggjarane var minst nøgde med, var ventetida på svar.",
            ),
            "routine",
            _both("Serviceerklæringen", "Serviceerklæringa"),
        ),
        InitiativeText(
            _both("Felles servicetorg", "Felles servicetorg"),
            "organisation",
            _both(
                "Andre kommuner har fått mer fornøyde innbyggere med ett sted å henvende seg.",
                "Andre kommunar har fått meir nøgde innbyggjarar med éin stad å vende seg til.",
            ),
            "plan",
            _both("Virksomhetsplanen", "Verksemdsplanen"),
            200_000,
        ),
    ),
}

SUMMARY = _both(
    "Planen sier hvem i linjen som tar ut hver gevinst, og hvordan vi ser at den er kommet.",
    "Planen seier kven i linja som tek ut kvar gevinst, og korleis vi ser at han er komen.",
)
REVISED = _both("Framdriften i tiltakene er oppdatert.", "Framdrifta i tiltaka er oppdatert.")
RETURNED = _both(
    "Hvem i linjen har sagt ja til å ta ut gevinsten? Det må stå her før jeg godkjenner.",
    "Kven i linja har sagt ja til å ta ut gevinsten? Det må stå her før eg godkjenner.",
)
ELSEWHERE = _both("Gevinstplanen i sak 13/1842, kommunens arkiv", "Gevinstplanen i sak 13/1842, arkivet til kommunen")
STOPPED = _both(
    "Deltakerne var fornøyde, men tallene flyttet seg ikke.", "Deltakarane var nøgde, men tala flytta seg ikkje."
)
KEPT = _both("Tallene går rett vei der det er innført.", "Tala går rett veg der det er innført.")
