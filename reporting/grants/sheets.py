"""The grants of a programme as a file. What is not registered is empty, and never zero."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.models import Programme
from reporting.grants.programme import Line
from saman.sheets import Cell, Column, Sheet


def grants_sheet(programme: Programme, lines: Iterable[Line], filtered: Sequence[tuple[str, str]]) -> Sheet:
    """One row a project."""
    empty = _("Tomt: ikke registrert.")
    columns = [
        Column("project", _("Prosjekt")),
        Column("cohort", _("Pulje")),
        Column("promised", _("Lovet"), "integer", "kr", empty),
        Column("paid", _("Utbetalt"), "integer", "kr", empty),
        Column("remaining", pgettext("amount", "Igjen"), "integer", "kr", _("Lovet, men ikke utbetalt")),
        Column("ready", _("Klart for utbetaling")),
        Column("missing", _("Hva mangler")),
    ]
    about = [(_("Program"), programme.name), *filtered]
    return Sheet(f"{programme.slug}-tilskudd", _("Tilskudd"), columns, map(_line, lines), about)


def _line(line: Line) -> list[Cell]:
    card = line.card
    what = "\n".join(words for words, _link in card.missing)
    cohort = line.project.cohort.name
    return [line.project.title, cohort, card.promised, card.paid, card.remaining, card.word, what]
