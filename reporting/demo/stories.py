"""The fifty-one stories: which theme each project works on, how it goes, and what went wrong.

Ringerike has no story: its participation is unresolved. Themes that are publicly known are kept as the catalogue has
them. Everything else is invented.
"""

from dataclasses import dataclass
from datetime import date

# How the main target goes: see `series.SHAPES`; "recounted" registers a break in the series as well.
# Traits: what else is true of the project.
#   no_targets, no_baseline (an effect target without zero point), no_value (without a target value),
#   stopped (nobody has measured since), leaves (the leader leaves soon, nobody takes over), hands_over (the same, but
#   somebody takes over, and has not accepted the handover yet), vacant (no leader),
#   nobody_measures (ended, and nobody in the line measures), ended, late (joined late), fresh (new figures),
#   forgetful (has measured too late once, and does it again),
#   owner_left (the owner left after the end), seldom (every target measured once), no_follow_up (nothing planned after
#   the end), old_sentence (the sentence says a number that has been changed), small (few people behind the figures),
#   no_steps (no milestones), leavers (the share grows because those in small posts leave), stand_in (the indicator
#   measures something else than the target is about), explained (likewise, and the project has said why it will do),
#   freed (time freed and used), no_line (likewise, and nobody has named the line of the budget), freed_waits (free
#   soon, and nobody has decided), twice (the same figure in two targets);
#   heard (its stakeholders were asked, answered and asked again, and it is shared), objects (one objects, and waits for
#   an answer), cools (one looks at it with less favour than before);
#   and those of `targets.EXTRAS`, each with a target of its own


@dataclass(frozen=True, slots=True)
class Story:
    """One project's invented life. `ends_on` None: 31 December 2015."""

    name: str
    theme: str
    shape: str
    traits: frozenset[str] = frozenset()
    ends_on: date | None = None


def _story(name: str, theme: str, shape: str, *traits: str, ends_on: date | None = None) -> Story:
    return Story(name, theme, shape, frozenset(traits), ends_on)


STORIES: tuple[Story, ...] = (
    _story("Oppegård", "sykefravaer", "steady", "fresh"),
    _story("Rælingen", "heltid", "lagging", "freed_waits"),
    _story("Sørum", "kompetanse", "steady", "leaves"),
    _story("Øvre Eiker", "omdomme", "flat", "stopped"),
    _story("Båtsfjord", "kompetanse", "slow", "seldom"),
    _story("Hamar", "heltid", "fallen", "fresh", "heard"),
    _story("Os", "sykefravaer", "reached"),
    _story("Tolga", "omdomme", "steady", "no_baseline"),
    _story("Åsnes", "omdomme", "slow"),
    _story("Austrheim", "sykefravaer", "steady"),
    _story("Etne", "heltid", "steady", "fresh", "freed"),
    _story("Stord", "heltid", "ahead", "counter"),
    _story("Vaksdal", "sykefravaer", "slow", "small"),
    _story("Fræna", "sykefravaer", "steady", "vacant"),
    _story("Kristiansund", "heltid", "slow", "old_sentence"),
    _story("Stordal", "sykefravaer", "steady", "explained"),
    _story("Sunndal", "kompetanse", "steady", "fresh"),
    _story("Surnadal", "heltid", "ahead", "fresh", "leavers", "freed", "no_line"),
    _story("Ørsta", "heltid", "flat", "courses"),
    _story("Andøy", "sykefravaer", "noisy", "objects"),
    _story("Dønna", "kompetanse", "steady", "stopped"),
    _story("Lofotsamarbeid", "kompetanse", "steady"),
    _story("Grong", "sykefravaer", "steady", "ended", ends_on=date(2014, 6, 30)),
    _story("Høylandet", "sykefravaer", "reached", "ended", "owner_left", ends_on=date(2014, 9, 30)),
    _story("Inderøy", "kompetanse", "steady", "ended", "fresh", "no_follow_up", ends_on=date(2014, 12, 31)),
    _story("Innherred samkommune", "heltid", "recounted", "fresh"),
    _story("Nordre Land", "heltid", "slow", "objects"),
    _story("Sel", "sykefravaer", "steady", "only_end"),
    _story("Vågå", "omdomme", "steady", "no_value"),
    _story("Østre Toten", "heltid", "steady", "fresh", "freed", "kept"),
    _story("Eigersund", "sykefravaer", "ahead", "no_steps"),
    _story("Haugesund", "heltid", "slow", "freed_waits"),
    _story("Høyanger", "kompetanse", "reached"),
    _story("Sogndal", "kompetanse", "ahead", "fresh", "cools"),
    _story("Frøya", "kompetanse", "slow", "activity"),
    _story("Midtre Gauldal", "sykefravaer", "noisy", "fresh"),
    _story("Oppdal", "heltid", "slow", "stand_in"),
    _story("Rissa", "omdomme", "steady", "hands_over"),
    _story("Åfjord", "sykefravaer", "steady", "late"),
    _story("Porsgrunn", "heltid", "sliding", "ended", ends_on=date(2014, 6, 30)),
    _story("Ibestad", "kompetanse", "none", "no_targets", "vacant"),
    _story("Kvæfjord", "sykefravaer", "steady", "twice"),
    _story("Lenvik", "heltid", "missed", "ended", "nobody_measures", ends_on=date(2014, 11, 30)),
    _story("Salangen", "omdomme", "none", "no_targets"),
    _story("Skånland", "sykefravaer", "slow", "forgetful"),
    _story("Sørreisa", "kompetanse", "steady", "no_baseline"),
    _story("Listerregionen", "heltid", "lagging", "freed"),
    _story("Andebu", "sykefravaer", "steady", "stopped", "ended", ends_on=date(2014, 8, 31)),
    _story("Nøtterøy", "heltid", "worse"),
    _story("Sarpsborg", "heltid", "fallen"),
    _story("Spydeberg", "sykefravaer", "reached", "fresh"),
)

NYNORSK = frozenset(
    ["Austrheim", "Etne", "Stord", "Vaksdal", "Fræna", "Stordal", "Surnadal", "Ørsta", "Vågå", "Høyanger", "Sogndal"]
)

TITLES = {
    ("heltid", "nb"): "Heltid i {place}",
    ("heltid", "nn"): "Heiltid i {place}",
    ("sykefravaer", "nb"): "Nærvær i {place}",
    ("sykefravaer", "nn"): "Nærvær i {place}",
    ("kompetanse", "nb"): "Kompetanse og rekruttering i {place}",
    ("kompetanse", "nn"): "Kompetanse og rekruttering i {place}",
    ("omdomme", "nb"): "Omdømmebygging i {place}",
    ("omdomme", "nn"): "Omdømmebygging i {place}",
}
# Islands, and names that say what they are
PLACES = {
    "Stord": "på Stord",
    "Nøtterøy": "på Nøtterøy",
    "Frøya": "på Frøya",
    "Andøy": "på Andøya",
    "Dønna": "på Dønna",
    "Høylandet": "på Høylandet",
    "Lofotsamarbeid": "i Lofoten",
    "Innherred samkommune": "på Innherred",
    "Listerregionen": "i Lister",
}

SUMMARIES = {
    ("heltid", "nb"): "Flere hele stillinger i pleie og omsorg, med ny turnus laget sammen med de tillitsvalgte.",
    ("heltid", "nn"): "Fleire heile stillingar i pleie og omsorg, med ny turnus laga saman med dei tillitsvalde.",
    ("sykefravaer", "nb"): "Lavere sykefravær gjennom tidlig dialog og bedre tilrettelegging på arbeidsplassen.",
    ("sykefravaer", "nn"): "Lågare sjukefråvær gjennom tidleg dialog og betre tilrettelegging på arbeidsplassen.",
    ("kompetanse", "nb"): "Flere kvalifiserte søkere og flere med fagbrev, med kompetanseplan for hver enhet.",
    ("kompetanse", "nn"): "Fleire kvalifiserte søkjarar og fleire med fagbrev, med kompetanseplan for kvar eining.",
    ("omdomme", "nb"): "Et bedre omdømme som arbeidsgiver og tjenesteyter, målt hos innbyggere og ansatte.",
    ("omdomme", "nn"): "Eit betre omdømme som arbeidsgjevar og tenesteytar, målt hos innbyggjarar og tilsette.",
}


def title_of(story: Story) -> tuple[str, str, str]:
    """(title, language, summary) of a story's project."""
    language = "nn" if story.name in NYNORSK else "nb"
    place = PLACES.get(story.name, f"i {story.name}")
    title = TITLES[story.theme, language].replace("i {place}", place)
    return title, language, SUMMARIES[story.theme, language]
