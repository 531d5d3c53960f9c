"""The reports of a round as a file, as an adviser sees them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from reporting.annual.models import Round
from reporting.annual.queue import Line
from reporting.annual.queue_filters import QueueFilters
from saman import formatting
from saman.sheets import Cell, Column, Sheet


def queue_sheet(round_: Round | None, lines: Iterable[Line], filters: QueueFilters) -> Sheet:
    """One row a project that reports; a draft is the municipality's own until it is sent in."""
    only = _("Tomt: ikke mottatt.")
    columns = [
        Column("project", _("Prosjekt")),
        Column("state", _("Status")),
        Column("received_on", _("Mottatt"), "date", definition=_("Dagen den nyeste versjonen kom")),
        Column("revision", _("Versjon"), "integer", definition=only),
        Column(
            "is_late",
            _("Etter fristen"),
            definition=_("Ja eller nei, etter fristen som gjaldt da rapporten kom. Tomt: ikke mottatt."),
        ),
        Column("due_on", _("Frist"), "date", definition=_("Ny frist der rapporten er sendt tilbake")),
        Column("is_signed", _("Signert"), definition=_("Ja eller nei. Tomt: ikke mottatt.")),
        Column("opened_by", _("Påbegynt av")),
        Column("read", _("Lest"), "integer", _("deler"), only),
        Column("parts", _("Å lese"), "integer", _("deler")),
        Column("approved_at", _("Godkjent"), "moment"),
        Column("outcome", _("Prosjektet"), definition=_("Det prosjektet ble tilbudt da rapporten ble godkjent")),
    ]
    about = []
    if round_:
        about = [(_("Program"), round_.programme.name), (_("Runde"), str(round_))]
        about += [(_("Frist"), formatting.day(round_.due_on))]
    about += _asked(filters)
    return Sheet("rapporter", _("Rapporter"), columns, map(_line, lines), about)


def _asked(filters: QueueFilters) -> list[tuple[str, str]]:
    """The filters in words: those that leave something out."""
    words = {
        "ikke-begynt": _("Ikke begynt"),
        "begynt": _("Påbegynt"),
        "lest": _("Alle deler lest"),
        "7": _("Minst 7 dager"),
        "14": _("Minst 14 dager"),
        "28": _("Minst 28 dager"),
        "i-tide": _("I tide"),
        "for-sent": _("Etter fristen"),
        "signert": _("Signert"),
        "usignert": _("Ikke signert"),
    }
    chosen = (
        (_("Gjennomgang"), words.get(filters.begun)),
        (_("Har ventet"), words.get(filters.waited)),
        (_("Frist"), words.get(filters.came)),
        (_("Signatur"), words.get(filters.signed)),
        (_("Søk"), filters.text),
    )
    return [(label, word) for label, word in chosen if word]


def _line(line: Line) -> list[Cell]:
    words = {
        "submitted": _("Til gjennomgang"),
        "returned": _("Sendt tilbake"),
        "approved": _("Godkjent"),
        "missing": _("Ikke mottatt"),
    }
    came, review, is_approved = line.submission, line.review, line.kind == "approved"
    return [
        line.project.title,
        words[line.kind],
        line.received_on,
        came.revision if came else None,
        (_("Ja") if came.is_late else _("Nei")) if came else None,
        line.report.due_on,
        (_("Ja") if came.is_signed else _("Nei")) if came else None,
        review.opened_by.name if review and review.opened_by else None,
        line.read if came else None,
        line.parts,
        line.report.approved_at if is_approved else None,
        review.get_project_outcome_display() if review and is_approved else None,
    ]
