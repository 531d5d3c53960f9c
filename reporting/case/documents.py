"""The page as a document: DOCX to go on writing in, PDF (PDF/UA-1 and PDF/A-2a) to hand out."""

import json
from pathlib import Path
from typing import Any

import typst
from django.utils import translation
from django.utils.translation import gettext as _
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reporting.case.content import Case
from saman.papers.docx import dressed, saved
from saman.printable import printed

TEMPLATE = Path(__file__).parent / "case.typ"


def headings() -> dict[str, str]:
    """The page's headings in the active language."""
    return {
        "background": _("Bakgrunn"),
        "figures": _("Tall"),
        "proposal": _("Forslag til beslutning"),
        "budget": _("Budsjett"),
        "consequence": _("Hvis ingenting blir bestemt"),
    }


def columns() -> list[str]:
    """The head of the table of figures in the active language."""
    return [_("Mål"), _("Nullpunkt"), _("Siste måling"), _("Skal bli"), _("Resultat")]


def meta(case: Case) -> str:
    """Which meeting, project and place, and when it was written."""
    return " · ".join(part for part in (_("Sak til ledermøtet"), case.project, case.place, case.written_on) if part)


def made(case: Case) -> str:
    """Where the figures come from."""
    return _("Laget i Saman %(day)s, av det som var registrert da.") % {"day": case.written_on}


def pdf(case: Case) -> bytes:
    """The page as tagged PDF."""
    with translation.override(case.language):
        content: dict[str, Any] = {
            "language": case.language,
            "title": case.title,
            "project": case.project,
            "notice": case.notice,
            "meta": meta(case),
            "made": made(case),
            "issue": case.issue,
            "background": case.background,
            "evidence": case.evidence,
            "columns": columns(),
            "figures": [[row.target, row.baseline, row.now, row.goal, row.result] for row in case.figures],
            "proposal": case.proposal,
            "budget": case.budget,
            "consequence": case.consequence,
            "headings": headings(),
        }
    made_of = {"case": json.dumps(printed(content), ensure_ascii=False)}
    return typst.compile(TEMPLATE, sys_inputs=made_of, pdf_standards=["ua-1", "a-2a"], ignore_system_fonts=True)


def docx(case: Case) -> bytes:
    """The page as a document people may go on writing in, with real headings, lists and language."""
    document = dressed(case.title, case.language)
    with translation.override(case.language):
        words = headings()
        if case.notice:
            document.add_paragraph().add_run(case.notice).bold = True
        document.add_paragraph(meta(case))
        document.add_heading(case.title, 1)
        document.add_paragraph(case.issue)
        document.add_heading(words["background"], 2)
        document.add_paragraph(" ".join(case.background))
        if case.evidence or case.figures:
            document.add_heading(words["figures"], 2)
        for label, value in case.evidence:
            document.add_paragraph(f"{label}: {value}", style="List Bullet")
        if case.figures:
            _table(document, case)
        document.add_heading(words["proposal"], 2)
        for line in case.proposal:
            document.add_paragraph(line, style="List Number")
        document.add_heading(words["budget"], 2)
        document.add_paragraph(" ".join(case.budget))
        document.add_heading(words["consequence"], 2)
        document.add_paragraph(case.consequence)
        document.add_paragraph(made(case))
    return saved(document)


def _table(document: Any, case: Case) -> None:
    table = document.add_table(rows=1, cols=5, style="Table Grid")
    for cell, name in zip(table.rows[0].cells, columns(), strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(_repeated())
    for row in case.figures:
        said = (row.target, row.baseline, row.now, row.goal, row.result)
        for cell, text in zip(table.add_row().cells, said, strict=True):
            cell.text = text


def _repeated() -> Any:
    """Marks a row as the table's head, which screen readers announce."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    return mark
