"""Which data sets there are, and what each column means. Keys and values are the same in every language.

A key that is published is never given another meaning; what must change comes under a new version of the address.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reporting.opendata import rows
from reporting.opendata.rows import Value
from saman.sheets import Column
from saman.sheets.values import inert

VERSION = "v1"
EXAMPLE = "eksempeldata"  # in a demonstration the first key of the first line of every CSV, and true in every row


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set: `key` is its name in addresses, `rows` its rows in the order of `columns`, with today's date."""

    key: str
    title: Promise
    description: Promise
    columns: Sequence[Column]
    rows: Callable[[date], Iterable[Sequence[Value]]]


def _column(key: str, definition: Promise, kind: str = "text") -> Column:
    return Column(key, key, kind, definition=definition)  # type: ignore[arg-type]  # worded in the reader's language


_PROJECT = _column("prosjekt", _("Prosjektets faste navn i adresser, likt i alle datasettene."))
_PROGRAMME = _column("program", _("Programmets faste navn i adresser."))
_REPORT = _column("rapport", _("Runden rapporten hører til, slik den står i adresser: 2014, 2014-slutt."))
_YEAR = _column("aar", _("Året rapporten gjelder."), "integer")

DATASETS = {
    row.key: row
    for row in (
        Dataset(
            "prosjekter",
            _("Prosjekter"),
            _("Alle prosjektene i katalogen, også de som ikke er tatt i bruk i Saman eller ikke er bekreftet."),
            (
                _PROJECT,
                _column("tittel", _("Prosjektets tittel, på prosjektets eget språk.")),
                _column("spraak", _("Språket prosjektet skriver på: nb eller nn.")),
                _PROGRAMME,
                _column("pulje", _("Puljens faste navn i adresser.")),
                _column("deltakelse", _("bekreftet, uavklart eller trukket. Bare bekreftede prosjekter telles."),
                ),
                _column("i_bruk", _("true når prosjektet følges i Saman, false når det bare er i katalogen."),
                    "boolean"),
                _column("temaer", _("Temaenes faste navn, skilt med semikolon. Tomt når de ikke er kjent.")),
                _column("antall_kommuner", _("Hvor mange kommuner som er med."), "integer"),
                _column("godkjente_rapporter", _("Hvor mange rapporter som er godkjent."), "integer"
                ),
                _column("adresse", _("Prosjektets side.")),
            ),
            rows.projects,
        ),
        Dataset(
            "kommuner",
            _("Kommuner i prosjektene"),
            _("En linje for hver kommune i hvert prosjekt, slik kommunen het da, og hva området heter i dag."),
            (
                _PROJECT,
                _column("kommunenummer", _("Fire sifre, slik det var i prosjektet.")),
                _column("kommune", _("Kommunens navn i prosjektet.")),
                _column("fylkesnummer", _("To sifre, slik det var i prosjektet.")),
                _column("fylke", _("Fylkets navn i prosjektet.")),
                _column("vertskommune", _("true for den som er vert for et fellesprosjekt."), "boolean"),
                _column("kommunenummer_naa", _("Kommunenummeret området har i dag.")),
                _column("kommune_naa", _("Hva kommunen heter i dag.")),
                _column("fylke_naa", _("Fylket området hører til i dag.")),
            ),
            rows.places,
        ),
        Dataset(
            "resultater",
            _("Godkjente resultater"),
            _(
                "Effektmålene i hver godkjente rapport, slik de ble publisert. Tall om så få at noen kunne bli kjent "
                "igjen, er tatt ut."
            ),
            (
                _PROJECT,
                _REPORT,
                _YEAR,
                _column("per_dato", _("Dagen resultatene er fra."), "date"),
                _column("maalnummer", _("Målets nummer i prosjektet."), "integer"),
                _column("maal", _("Målets tittel, på prosjektets eget språk.")),
                _column("hovedmaal", _("true når målet er prosjektets hovedmål."), "boolean"),
                _column("resultat", _("naadd, paa_vei, ikke_naadd eller ikke_maalt.")),
                _column("enhet", _("Enheten til de tre tallene.")),
                _column("foer", _("Nullpunktet, i målets enhet. Tomt når det er skjult eller mangler."), "decimal"),
                _column("foer_dato", _("Dagen nullpunktet gjelder."), "date"),
                _column("maalt", _("Siste måling, i målets enhet. Tomt når den er skjult eller mangler."), "decimal"),
                _column("maalt_dato", _("Dagen målingen gjelder."), "date"),
                _column("maalet", _("Verdien som skal nås, i målets enhet."), "decimal"),
                _column("maalet_dato", _("Dagen verdien skal være nådd."), "date"),
                _column("skjult", _("true når nullpunktet og målingen er skjult fordi de gjelder så få."), "boolean"),
                _column("telles", _("false når prosjektet har bestemt at det samme telles et annet sted."), "boolean"),
            ),
            rows.results,
        ),
        Dataset(
            "rapporter",
            _("Mottatte rapporter"),
            _("Hvem som har rapportert i hver runde, og når den første rapporten kom."),
            (
                _PROGRAMME,
                _REPORT,
                _YEAR,
                _column("frist", _("Fristen for runden, flyttet til neste virkedag."), "date"),
                _PROJECT,
                _column("mottatt", _("Dagen rapporten kom. Tomt når den ikke er kommet."), "date"),
                _column(
                    "etter_fristen",
                    _("true når rapporten kom etter fristen som gjaldt da. Tomt når den ikke er kommet."),
                    "boolean",
                ),
            ),
            rows.reports,
        ),
        Dataset(
            "laeringspunkter",
            _("Læringspunkter"),
            _("Læringspunktene i de offentlige delene av godkjente rapporter."),
            (
                _PROJECT,
                _REPORT,
                _YEAR,
                _column("tema", _("Læringspunktets tema i skjemaet.")),
                _column("virket", _("ja, delvis eller nei.")),
                _column("tittel", _("Læringspunktet i en setning, på prosjektets eget språk.")),
                _column("tekst", _("Mer om læringspunktet, på prosjektets eget språk.")),
                _column("spraak", _("Språket teksten er skrevet på: nb eller nn.")),
            ),
            rows.lessons,
        ),
        Dataset(
            "oppsummert",
            _("Resultater etter fylke, tema og pulje"),
            _("Hvor mange bekreftede prosjekter og effektmål som er nådd, på vei, ikke nådd og ikke målt, i den nyeste "
                "godkjente rapporten til hvert prosjekt. Et prosjekt med flere fylker eller temaer står i hvert av "
                "dem, så bare linjen «alle» er en sum."),
            (
                _PROGRAMME,
                _column("inndeling", _("alle, fylke, tema eller pulje.")),
                _column("verdi", _(
                        "Fylkesnummer, temaets eller puljens faste navn. Tomt for alle og for ukjent tema."
                    )),
                _column("prosjekter", _("Hvor mange bekreftede prosjekter."), "integer"),
                _column("med_godkjent_rapport", _("Hvor mange av dem som har en godkjent rapport."), "integer"),
                _column("effektmaal", _("Hvor mange effektmål som telles i de rapportene."), "integer"),
                _column("naadd", _("Hvor mange av effektmålene som er nådd."), "integer"),
                _column("paa_vei", _("Hvor mange av effektmålene som er på vei."), "integer"),
                _column("ikke_naadd", _("Hvor mange av effektmålene som ikke er nådd."), "integer"),
                _column("ikke_maalt", _("Hvor mange av effektmålene som ikke er målt."), "integer"),
            ),
            rows.summary,
        ),
    )
}  # fmt: skip


def columns_of(dataset: Dataset, *, is_demo: bool) -> list[Column]:
    """The columns of the files; in a demonstration the first says that it is one."""
    said = _column(EXAMPLE, _("true: stedsnavnene er ekte, alt annet er oppdiktet."), "boolean")
    return [*([said] if is_demo else []), *dataset.columns]


def rows_of(dataset: Dataset, today: date, *, is_demo: bool) -> list[tuple[Value, ...]]:
    """The rows of the files, in the order of `columns_of`."""
    first: tuple[Value, ...] = (True,) if is_demo else ()
    return [(*first, *row) for row in dataset.rows(today)]


def written(value: Value) -> str:
    """A value as the CSV has it: point, ISO dates, true and false; empty for what is not known, and no formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else inert(str(value))
