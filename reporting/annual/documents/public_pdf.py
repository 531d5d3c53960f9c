"""The public version of a report as tagged PDF: made of what was stored when it was approved, and of nothing else."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from reporting.annual.documents.pdf import Piece, compiled, dated, heading, in_print, note, notice
from reporting.annual.models import Question
from reporting.annual.public_version import PublicSection, PublicTarget, shown
from saman import formatting


def public_pdf(contents: dict[str, Any], checksum: str, *, is_demo: bool) -> bytes:
    """The public version, in the report's own language; the same bytes each time."""
    with translation.override(contents["language"]):
        what = shown(contents)
        day: date = what["approved_on"]
        return compiled(
            {
                "language": what["language"],
                "title": _("%(name)s, offentlig versjon") % {"name": what["name"]},
                "project": what["title"],
                "number": _("Offentlig versjon"),
                "date": [day.year, day.month, day.day, 12, 0, 0],
                "notice": notice(contents["round"], is_demo=is_demo),
                "receipt": _("Om denne versjonen"),
                "facts": list(_facts(what, checksum)),
                "sections": [_section(section, what["results"].targets) for section in what["sections"]],
            }
        )


def _facts(what: dict[str, Any], checksum: str) -> Iterator[tuple[str, str]]:
    """What it is, line by line."""
    yield _("Mottatt"), formatting.day(what["received_on"])
    yield _("Godkjent som grunnlag"), formatting.day(what["approved_on"])
    taken_out = _(
        "Navn på personer vi kjenner, kontaktopplysninger og de tallene om få som vi finner, er tatt ut. En rådgiver "
        "leser det som blir lagt ut, før rapporten blir godkjent."
    )
    yield _("Tatt ut"), taken_out
    for section in what["left_out"]:
        yield _("Ikke med: %(section)s") % {"section": section.title}, _ground(section)
    yield _("Sjekksum (SHA-256)"), checksum


def _ground(section: PublicSection) -> str:
    return section.ground or _("offentlighet ikke vurdert")


def _section(section: PublicSection, targets: list[PublicTarget]) -> dict[str, Any]:
    if not section.is_public:
        return {
            "title": section.title,
            "pieces": [note(_("Unntatt offentlighet: %(ground)s") % {"ground": _ground(section)})],
        }
    return {"title": section.title, "pieces": list(_pieces(section, targets))}


def _pieces(section: PublicSection, targets: list[PublicTarget]) -> Iterator[Piece]:
    if section.is_unchanged:
        yield note(_("Ingen endring siden i fjor"))
    for question in section.questions:
        yield heading(question.title)
        if question.is_hidden:
            yield note(_("Tallet er skjult fordi det er under fem."))
        elif question.type == Question.Type.MEASUREMENTS:
            yield _table(targets) if targets else note(_("Prosjektet har ingen effektmål."))
        else:
            yield in_print(question.answer)


def _table(targets: list[PublicTarget]) -> Piece:
    rows = [
        [
            row.title,
            row.get_word_display(),
            *(
                [_("Skjult")] * 2
                if row.is_suppressed
                else [
                    dated(formatting.with_unit(row.baseline_value, row.unit), row.baseline_on),
                    dated(formatting.with_unit(row.value, row.unit), row.measured_on),
                ]
            ),
            dated(formatting.with_unit(row.target_value, row.unit), row.target_on),
        ]
        for row in targets
    ]
    head = [_("Effektmål"), _("Resultat"), _("Før prosjektet"), _("Målt"), _("Målet")]
    return {"kind": "table", "head": head, "rows": rows}
