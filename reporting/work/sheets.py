"""A project's targets as a file, as one reader sees them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.models import Project
from reporting.work.queries.target_rows import TargetRow
from saman.sheets import HIDDEN, Cell, Column, Sheet
from saman.words import result_sign


def targets_sheet(project: Project, rows: Iterable[TargetRow]) -> Sheet:
    """One row a target with its status."""
    columns = [
        Column("number", _("Nummer"), "integer"),
        Column("target", pgettext("flere", "Effektmål")),
        Column("is_main", _("Hovedmål")),
        Column("about", _("Hva som måles")),
        Column("unit", _("Enhet")),
        Column(
            "baseline",
            _("Nullpunkt"),
            "decimal",
            definition=_("I målets enhet. Tomt: ikke målt. Skjult når det er for få."),
        ),
        Column("now", pgettext("value", "Nå"), "decimal", definition=_("I målets enhet. Skjult når det er for få.")),
        Column("measured_on", pgettext("targets", "Målt"), "date"),
        Column("goal", _("Mål"), definition=_("Verdien som skal nås, eller grensene den skal holdes innenfor")),
        Column("status", _("Status"), definition=_("Regnet ut fra målingene. Se «Slik regner vi».")),
        Column("reasons", _("Hvorfor")),
    ]
    return Sheet(
        f"{project.slug}-effektmal",
        pgettext("flere", "Effektmål"),
        columns,
        map(_target, rows),
        [(_("Prosjekt"), project.title)],
    )


def _target(row: TargetRow) -> list[Cell]:
    target = row.version.target
    return [
        target.number,
        row.version.title,
        _("Ja") if target.is_main else _("Nei"),
        row.about,
        row.version.unit,
        HIDDEN if row.is_hidden else row.version.baseline_value,
        HIDDEN if row.is_hidden else row.value,
        row.measured_on,
        row.goal,
        result_sign(row.status.result).word if row.status else None,
        " ".join(row.reasons),
    ]
