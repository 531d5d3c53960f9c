"""A municipality's projects as a file, with the time freed there as the reader may see it."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from benefits.freed_sums import FreedSum
from reporting.places.queries import Place, PlaceProject
from saman import formatting
from saman.sheets import HIDDEN, Cell, Column, Sheet
from saman.words import result_sign


def place_sheet(place: Place) -> Sheet:
    """One row a project the reader may open. A sum that would tell a hidden figure is not made."""
    attested = _("Bekreftet av gevinstansvarlig.")
    fte, few = _("årsverk"), _("Tomt: ingen post. Skjult når tiden er fordelt på færre enn fem stillinger.")
    columns = [
        Column("project", _("Prosjekt")),
        Column("is_joint", _("Fellesprosjekt"), definition=_("Om flere kommuner deltar: ja eller nei")),
        Column("themes", _("Temaer")),
        Column("cohort", _("Pulje")),
        Column("status", _("Status")),
        Column("targets", pgettext("flere", "Effektmål"), definition=_("Status for hvert mål, i målenes rekkefølge")),
        Column("freed", pgettext("freed time", "Frigitt"), "decimal", fte, f"{attested} {few}"),
        Column("used", pgettext("freed time", "Disponert"), "decimal", fte, few),
        Column("unattested", _("Venter på bekreftelse"), "decimal", fte, few),
        Column("unshared", _("Frigitt uten at kommunen er oppgitt"), "decimal", fte, _("I et fellesprosjekt")),
    ]
    about = [(_("Kommune"), place.municipality.name), (_("Fylke"), place.municipality.county.name)]
    name = f"{place.municipality.number}-prosjekter"
    return Sheet(name, place.municipality.name, columns, map(_row, place.projects), about)


def _row(row: PlaceProject) -> list[Cell]:
    here, unshared = row.here, row.unshared
    status = result_sign(row.assessment.result).word if row.assessment else None
    waiting = _("Ikke vurdert ennå") if row.project.followed_since else _("Ikke i bruk")
    return [
        row.project.title,
        _("Ja") if row.is_joint else _("Nei"),
        formatting.joined(row.themes),
        row.project.cohort.name,
        status or waiting,
        ", ".join(str(result_sign(result).word) for result in row.results),
        *([HIDDEN] * 3 if row.is_hidden else _amounts(here)),
        HIDDEN if row.is_unshared_hidden else (unshared.freed if unshared else None),
    ]


def _amounts(here: FreedSum | None) -> list[Cell]:
    return [here.freed, here.used, here.unattested] if here else [None] * 3
