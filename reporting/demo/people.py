"""Invented people. Names are common first and last names combined by a seeded draw; no real person is meant."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

FIRST = [
    "Anne",
    "Kari",
    "Inger",
    "Marit",
    "Liv",
    "Astrid",
    "Berit",
    "Randi",
    "Solveig",
    "Hilde",
    "Nina",
    "Tone",
    "Silje",
    "Ida",
    "Marte",
    "Ragnhild",
    "Turid",
    "Gro",
    "Eli",
    "Unni",
    "Per",
    "Arne",
    "Odd",
    "Svein",
    "Kjell",
    "Lars",
    "Knut",
    "Geir",
    "Terje",
    "Tor",
    "Magne",
    "Jostein",
    "Eirik",
    "Håkon",
    "Øyvind",
    "Sondre",
    "Vegard",
    "Asbjørn",
    "Trond",
    "Rune",
]
LAST = [
    "Nygård",
    "Moen",
    "Haugland",
    "Lien",
    "Bakken",
    "Solheim",
    "Berge",
    "Strand",
    "Hagen",
    "Dahl",
    "Lunde",
    "Eide",
    "Vik",
    "Myhre",
    "Aasen",
    "Sætre",
    "Rønning",
    "Fjeld",
    "Skogen",
    "Tveit",
    "Brekke",
    "Ødegård",
    "Hovland",
    "Nesse",
    "Sandvik",
    "Kvamme",
    "Ulvestad",
    "Grønli",
    "Fossum",
    "Åsheim",
    "Engen",
    "Kleven",
    "Opdahl",
    "Rud",
    "Myklebust",
]

OWNER_TITLES = {
    "heltid": "kommunalsjef helse og omsorg",
    "sykefravaer": "kommunalsjef organisasjon",
    "kompetanse": "personalsjef",
    "omdomme": "kommunedirektør",
}
# Titles that are written otherwise where the project's language is nynorsk.
NYNORSK_TITLES = {"prosjektleder": "prosjektleiar", "enhetsleder": "einingsleiar"}


@dataclass(frozen=True, slots=True)
class Person:
    """A name and the local part of an address."""

    name: str
    address: str


# Those the sign-in page offers first have short addresses: leader, owner and benefit owner.
LEADING_PARTS = {
    "Hamar": (
        Person("Tor Eirik Moen", "prosjektleder@demo.example"),
        Person("Kari Nygård", "prosjekteier@demo.example"),
        Person("Anne Lise Berg", "gevinstansvarlig@demo.example"),
    ),
    "Salangen": (
        Person("Sunniva Hauge", "nyprosjektleder@demo.example"),
        Person("Olav Storli", "nyprosjekteier@demo.example"),
        Person("Mari Fjelde", "nygevinstansvarlig@demo.example"),
    ),
}

# One project has somebody in every role a project knows.
FULL_HOUSE = "Hamar"
OTHER_PARTS = {
    "measurement_responsible": (Person("Siri Aune", "maleansvarlig@demo.example"), "personalkonsulent"),
    "leader_deputy": (Person("Bjørn Kvale", "varaleder@demo.example"), "fagutvikler"),
    "owner_deputy": (Person("Gunhild Ro", "varaeier@demo.example"), "assisterende kommunalsjef"),
    "benefit_owner_deputy": (Person("Stian Holte", "varagevinst@demo.example"), "avdelingsleder"),
    "measurement_responsible_deputy": (Person("Eva Tangen", "varamaling@demo.example"), "personalkonsulent"),
    "union_representative": (Person("Roar Sletten", "tillitsvalgt@demo.example"), "hovedtillitsvalgt"),
    "political_contact": (Person("Aud Granli", "politiker@demo.example"), "leder av utvalget"),
}

# Two people write this project's report, and once the same answer.
TWO_WRITERS = "Listerregionen"
SECOND_WRITER = (Person("Marte Lian", "varaleder.lister@demo.example"), "fagutvikler")

# Here the unions are asked for a statement, and have not given it yet.
ASKED = "Sørum"
REPRESENTATIVE = (Person("Liv Torunn Hagen", "tillitsvalgt.sorum@demo.example"), "hovedtillitsvalgt")


def invent(draw: random.Random) -> Iterator[Person]:
    """People with different names, without end (1 400 of them before names would repeat)."""
    pairs = [(first, last) for first in FIRST for last in LAST]
    draw.shuffle(pairs)
    for first, last in pairs:
        local = f"{first}.{last}".lower().translate(str.maketrans("æøå", "aoa"))
        yield Person(f"{first} {last}", f"{local}@demo.example")
