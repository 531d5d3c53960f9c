"""What seems to point at one person is seen; what people write about groups is let through."""

import pytest

from benefits.groups_only import Personal, personal


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Skriv til ola.nordmann@kommune.no", Personal.MAIL, "ola.nordmann@kommune.no"),
        ("Ring 912 34 567 først", Personal.TELEPHONE, "912 34 567"),
        ("Tlf. 22 33 44 55", Personal.TELEPHONE, "22 33 44 55"),
        ("+47 91234567", Personal.TELEPHONE, "+47 91234567"),
        ("Kari Nordmann er imot", Personal.NAME, "Kari Nordmann"),
        ("Verneombudet Anne-Lise Bakken sier nei", Personal.NAME, "Anne-Lise Bakken"),
        ("Rektor Xenia Hansen", Personal.NAME, "Xenia Hansen"),
        ("Kari", Personal.NAME, "Kari"),
        ("Øyvind", Personal.NAME, "Øyvind"),
    ],
)
def test_a_person_is_seen(text, kind, words):
    found = personal(text)
    assert found == (kind, words)


@pytest.mark.parametrize(
    "text",
    [
        "Nattevaktene på sykehjemmet",
        "Fagforbundet og Sykepleierforbundet",
        "Per i dag er det ingen som vil ha langvakter.",
        "Ansatte i Nordre Land",
        "De vil ikke jobbe mer enn 2 av 5 helger",
        "Budsjettet er på 12 500 000 kroner",
        "De mener at 25 000 000 er for lite",
        "Arkivsak 2014/1234567",
        "Vedtak 14.05.2014, sak 101",
        "Foreldrerådet ved Solvang skole",
        "",
    ],
)
def test_a_group_is_let_through(text):
    assert personal(text) is None
