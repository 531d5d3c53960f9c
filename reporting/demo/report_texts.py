"""What the invented projects write in their annual reports: for each question some answers, in bokmål and nynorsk."""

Text = tuple[str, str]

TEXTS: dict[str, tuple[Text, ...]] = {
    "endringer": (
        ("En enhet til er med fra høsten.", "Ei eining til er med frå hausten."),
        ("Ny prosjektgruppe fra januar.", "Ny prosjektgruppe frå januar."),
    ),
    "partssamarbeid": (
        (
            "Tillitsvalgte sitter i prosjektgruppen og har vært med på å velge tiltakene.",
            "Tillitsvalde sit i prosjektgruppa og har vore med på å velje tiltaka.",
        ),
        (
            "Hovedtillitsvalgt og verneombud leser hver måling sammen med lederne.",
            "Hovudtillitsvald og verneombod les kvar måling saman med leiarane.",
        ),
    ),
    "maaler_vi": (
        (
            "Ja. Vi måler det ansatte og brukere merker, ikke hvor mange møter vi har hatt.",
            "Ja. Vi måler det tilsette og brukarar merkar, ikkje kor mange møte vi har hatt.",
        ),
        (
            "Langt på vei. Tallene kommer sent på året, så vi ser endringen først om våren.",
            "Langt på veg. Tala kjem seint på året, så vi ser endringa først om våren.",
        ),
    ),
    "tiltakene": (
        (
            "Lederne i alle enhetene har fått opplæring. Hver enhet har en egen plan.",
            "Leiarane i alle einingane har fått opplæring. Kvar eining har ein eigen plan.",
        ),
        (
            "To avdelinger har prøvd ut ny arbeidsmåte siden våren. Resten begynner etter jul.",
            "To avdelingar har prøvd ut ny arbeidsmåte sidan våren. Resten byrjar etter jul.",
        ),
    ),
    "forklaring": (
        (
            "Enhetene som begynte først, har endret seg mest. De som nettopp har begynt, ligger der de lå.",
            "Einingane som byrja først, har endra seg mest. Dei som nettopp har byrja, ligg der dei låg.",
        ),
        (
            "Utviklingen følger tiltakene. Der lederne tok dem i bruk hver uke, ser vi det på tallene.",
            "Utviklinga følgjer tiltaka. Der leiarane tok dei i bruk kvar veke, ser vi det på tala.",
        ),
    ),
    "andre_forklaringer": (
        (
            "Hele landet har hatt en lignende utvikling, men ikke så tydelig.",
            "Heile landet har hatt ei liknande utvikling, men ikkje så tydeleg.",
        ),
        (
            "Kommunen fikk ny turnusordning samtidig. Vi kan ikke skille de to helt fra hverandre.",
            "Kommunen fekk ny turnusordning samstundes. Vi kan ikkje skilje dei to heilt frå kvarandre.",
        ),
    ),
    "gevinster": (
        (
            "Mindre bruk av vikarer i to enheter.",
            "Mindre bruk av vikarar i to einingar.",
        ),
        (
            "Ingen vi kan måle i kroner ennå. Ansatte sier at vaktene er lettere å planlegge.",
            "Ingen vi kan måle i kroner enno. Tilsette seier at vaktene er lettare å planleggje.",
        ),
    ),
    "fallgruver_haandtert": (
        (
            "Vi skrev ned hvem som har ansvaret for hver gevinst, og tok planen opp i ledergruppen.",
            "Vi skreiv ned kven som har ansvaret for kvar gevinst, og tok planen opp i leiargruppa.",
        ),
    ),
    "virket_ikke": (
        (
            "Felles kurs for alle. Det ble for langt fra hverdagen i hver enhet.",
            "Felles kurs for alle. Det vart for langt frå kvardagen i kvar eining.",
        ),
        (
            "Å be om tall hver måned. Enhetene rakk det ikke, og tallene ble dårlige.",
            "Å be om tal kvar månad. Einingane rakk det ikkje, og tala vart dårlege.",
        ),
    ),
    "neste": (
        (
            "Vi tar arbeidsmåten i bruk i de siste enhetene innen juni, og måler på nytt i september.",
            "Vi tek arbeidsmåten i bruk i dei siste einingane innan juni, og måler på nytt i september.",
        ),
        (
            "Vi avtaler med enhetslederne hvem som måler når prosjektet er slutt.",
            "Vi avtaler med einingsleiarane kven som måler når prosjektet er slutt.",
        ),
    ),
    "hvem_videre": (
        (
            "Enhetslederne. Rådmannens ledergruppe bestemte det i høst.",
            "Einingsleiarane. Leiargruppa til rådmannen bestemte det i haust.",
        ),
    ),
}
LATER: dict[str, Text] = {
    "tiltakene": (
        "I år kom resten av avdelingene med.",
        "I år kom resten av avdelingane med.",
    ),
    "forklaring": (
        "Endringen fra i fjor er større enn den vanlige variasjonen.",
        "Endringa frå i fjor er større enn den vanlege variasjonen.",
    ),
    "gevinster": (
        "Overtidsbruken er lavere enn i fjor.",
        "Overtidsbruken er lågare enn i fjor.",
    ),
}
CHOICES = {
    "behandlet": ["ledergruppen", "partssammensatt"],
    "maalene_riktige": "ja",
    "tiltak_egnet": "ja",
    "arsverk": "0",
    "fallgruver_mott": ["plan"],
    "viderefores": "underveis",
    "gjennomgaatt": True,
}
# Learning points: theme, outcome, then title and text in bokmål and in nynorsk.
LESSONS: tuple[tuple[str, str, Text, Text], ...] = (
    (
        "involvering",
        "worked",
        ("Ta med de tillitsvalgte før planen er ferdig.", "Da vi ventet, måtte vi begynne på nytt."),
        ("Ta med dei tillitsvalde før planen er ferdig.", "Då vi venta, måtte vi byrje på nytt."),
    ),
    (
        "maaling",
        "worked",
        ("Mål før dere begynner.", "Vi tok målingen i januar, og slapp å gjette på hvor vi kom fra."),
        ("Mål før de byrjar.", "Vi tok målinga i januar, og slapp å gjette på kvar vi kom frå."),
    ),
    (
        "maaling",
        "partly",
        ("Få tall leses, mange blir bare samlet.", "Vi gikk ned fra tolv tall til tre, og da brukte lederne dem."),
        ("Få tal blir lesne, mange blir berre samla.", "Vi gjekk ned frå tolv tal til tre, og då brukte leiarane dei."),
    ),
    (
        "ledelse",
        "worked",
        ("Sett av tid i ledermøtet hver måned.", "Ti minutter er nok når tallene ligger klare."),
        ("Set av tid i leiarmøtet kvar månad.", "Ti minutt er nok når tala ligg klare."),
    ),
    (
        "ledelse",
        "failed",
        ("Prosjektlederen kan ikke eie gevinsten.", "Da hun sluttet, visste ingen hvem som skulle følge den opp."),
        ("Prosjektleiaren kan ikkje eige gevinsten.", "Då ho slutta, visste ingen kven som skulle følgje han opp."),
    ),
    (
        "tiltak",
        "worked",
        ("Prøv i én enhet først.", "Det vi lærte der, sparte de andre for to omstarter."),
        ("Prøv i éi eining først.", "Det vi lærte der, sparte dei andre for to omstartar."),
    ),
)
COMMENTS = {
    "tiltak": "Skriv hva som er blitt annerledes, ikke bare hva dere har gjort. Hvilke enheter er med?",
    "gevinster": "Dere skriver om mindre bruk av vikarer. Har dere et tall, og hvem bestemmer hva pengene går til?",
}
REPLIES = {
    "tiltak": "Alle fire enhetene er med. I to av dem har ansatte fått større stilling; de to andre begynte i høst.",
    "gevinster": "Vikarbruken er 140 timer lavere i måneden. Enhetslederne har bestemt at pengene går til fagkurs.",
}
NOTE = "Takk for en ærlig rapport. Svar på de to kommentarene, så er vi i mål."

# What the unions' representative says, in a project whose language is bokmål.
STATEMENT = (
    "Vi har vært med i styringsgruppen siden starten, og turnusen ble laget sammen med dem som går i den. Flere har "
    "fått hel stilling, og det er bra. Vi mener at to enheter fikk for liten tid til å prøve den ut i høst, og at "
    "dette er noe av grunnen til at tallene har gått tilbake. Se på grunnbemanningen før neste turnusperiode."
)
