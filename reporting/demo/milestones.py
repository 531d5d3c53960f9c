"""The invented milestones of each theme: title in bokmål and nynorsk, phase, months after the start."""

MILESTONES: dict[str, tuple[tuple[str, str, str, int], ...]] = {
    "heltid": (
        ("Nullpunkt målt i alle enheter", "Nullpunkt målt i alle einingar", "planning", 2),
        ("Ny turnus drøftet med tillitsvalgte", "Ny turnus drøfta med tillitsvalde", "planning", 7),
        ("Ny turnus i to avdelinger", "Ny turnus i to avdelingar", "delivery", 14),
        ("Ny turnus i alle avdelinger", "Ny turnus i alle avdelingar", "delivery", 23),
        ("Ansvaret overlevert til linjen", "Ansvaret overlevert til linja", "handover", 30),
    ),
    "sykefravaer": (
        ("Nullpunkt målt i alle enheter", "Nullpunkt målt i alle einingar", "planning", 2),
        ("Rutine for tidlig dialog vedtatt", "Rutine for tidleg dialog vedteken", "planning", 6),
        ("Alle ledere har fått opplæring", "Alle leiarar har fått opplæring", "delivery", 13),
        ("Rutinen brukt i alle nye saker", "Rutinen brukt i alle nye saker", "delivery", 22),
        ("Oppfølgingen er en del av lederavtalene", "Oppfølginga er ein del av leiaravtalane", "handover", 29),
    ),
    "kompetanse": (
        ("Kompetansebehovet kartlagt", "Kompetansebehovet kartlagt", "planning", 3),
        ("Kompetanseplan vedtatt", "Kompetanseplan vedteken", "planning", 9),
        ("Første kull har startet fagopplæring", "Første kull har starta fagopplæring", "delivery", 15),
        ("Felles utlysninger tatt i bruk", "Felles utlysingar tekne i bruk", "delivery", 23),
        ("Planen følger budsjettet", "Planen følgjer budsjettet", "handover", 30),
    ),
    "omdomme": (
        ("Innbyggerne spurt første gang", "Innbyggjarane spurde første gong", "planning", 4),
        ("Arbeidsgiverløfte drøftet med de ansatte", "Arbeidsgjevarløfte drøfta med dei tilsette", "planning", 10),
        ("Nytt servicetorg i drift", "Nytt servicetorg i drift", "delivery", 17),
        ("Svar til innbyggerne innen tre dager", "Svar til innbyggjarane innan tre dagar", "delivery", 23),
        ("Målingene er en del av virksomhetsplanen", "Målingane er ein del av verksemdsplanen", "handover", 30),
    ),
}
