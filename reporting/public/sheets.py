"""The public tables as files: the catalogue, and who has reported."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from reporting.public.filters import Choices, Filters
from reporting.public.queries import Listed
from reporting.public.reported import Line, Reported
from saman import formatting
from saman.sheets import Cell, Column, Sheet


def catalogue_sheet(found: Iterable[Listed], filters: Filters, choices: Choices) -> Sheet:
    """One row a project of the catalogue, also those nobody uses yet."""
    columns = [
        Column("project", _("Prosjekt")),
        Column("municipalities", _("Kommuner"), definition=_("Slik de het da programmet begynte, vertskommunen først")),
        Column("municipality_numbers", _("Kommunenummer"), definition=_("I samme rekkefølge som kommunene")),
        Column("later_names", _("Heter nå"), definition=_("For kommuner som har fått et annet navn siden")),
        Column("counties", _("Fylke")),
        Column("themes", _("Temaer"), definition=_("Bare temaer en offentlig kilde nevner. Tomt: ikke kjent.")),
        Column("cohort", _("Pulje")),
        Column("programme", _("Program")),
        Column("participation", _("Deltakelse"), definition=_("Bare bekreftede prosjekter telles")),
        Column("in_use", _("I bruk"), definition=_("Om prosjektet bruker Saman: ja eller nei")),
    ]
    names = {"county": choices.counties, "theme": choices.themes, "cohort": choices.cohorts}
    labels = {"county": _("Fylke"), "theme": _("Tema"), "cohort": _("Pulje")}
    about = [(_("Søk"), filters.search)] if filters.search else []
    about += [
        (labels[field], dict(names[field]).get(value, value)) for field in names if (value := getattr(filters, field))
    ]
    return Sheet("katalog", _("Prosjektene i katalogen"), columns, map(_listed, found), about)


def _listed(item: Listed) -> list[Cell]:
    project = item.project
    return [
        project.title,
        formatting.joined(item.place_names),
        ", ".join(place.then.number for place in item.places),
        formatting.joined(item.later_names),
        formatting.joined(item.counties),
        formatting.joined([str(link.theme) for link in item.themes]),
        project.cohort.name,
        project.cohort.programme.name,
        project.get_participation_display(),
        _("Ja") if project.followed_since else _("Nei"),
    ]


def reported_sheet(found: Reported | None) -> Sheet:
    """One row a project that reports in the round; none before the first round has opened."""
    columns = [
        Column("project", _("Prosjekt")),
        Column("municipalities", _("Kommuner")),
        Column("received_on", _("Mottatt"), "date", definition=_("Da den første rapporten kom. Tomt: ikke mottatt.")),
        Column(
            "is_late",
            _("Etter fristen"),
            definition=_("Ja eller nei, etter fristen som gjaldt da rapporten kom. Tomt: ikke mottatt."),
        ),
    ]
    about = []
    if found:
        about = [(_("Program"), found.round.programme.name), (_("Runde"), str(found.round))]
        about += [(_("Frist"), formatting.day(found.round.due_on))]
    return Sheet("rapportert", _("Hvem har rapportert"), columns, map(_line, found.lines if found else ()), about)


def _line(line: Line) -> list[Cell]:
    late = _("Ja") if line.is_late else _("Nei")
    item = line.item
    names = formatting.joined(item.place_names)
    return [item.project.title, names, line.received_on, late if line.received_on else None]
