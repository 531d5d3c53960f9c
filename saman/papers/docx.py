"""A paper as DOCX, with real headings, lists and languages."""

from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from saman.papers import LOCALES, WRITTEN, Block, Heading, Item, Paper, Quote, Text, writable

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST_TITLE = 255  # in a document's properties


def docx(paper: Paper) -> bytes:
    """The paper as a file."""
    document = dressed(paper.title, paper.language)
    for line in paper.before:
        _add(document, line)
    document.add_heading(writable(paper.title), 1)
    for block in paper.blocks:
        _add(document, block)
    return saved(document)


def dressed(title: str, language: str) -> Any:
    """An empty document: A4, a plain typeface, its title and language, so that it is read and spelled rightly."""
    document: Any = Document()
    page, style = document.sections[0], document.styles["Normal"]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    page.top_margin = page.bottom_margin = Mm(18)
    style.font.name, style.font.size = "Calibri", Pt(10.5)
    style.paragraph_format.space_after = Pt(4)
    core = document.core_properties
    core.title, core.author, core.language = writable(title)[:LONGEST_TITLE], "Saman", LOCALES[language]
    for found in document.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), LOCALES[language])
    return document


def saved(document: Any) -> bytes:
    """The document as a file."""
    dated, out = BytesIO(), BytesIO()
    document.save(dated)
    with ZipFile(dated) as package, ZipFile(out, "w") as undated:
        for part in package.infolist():
            undated.writestr(ZipInfo(part.filename, WRITTEN), package.read(part), ZIP_DEFLATED)
    return out.getvalue()


def _add(document: Any, block: Block) -> None:
    text = writable(block.text)
    match block:
        case Heading():
            document.add_heading(text, 2)
        case Item():
            document.add_paragraph(text, style="List Bullet")
        case Text():
            document.add_paragraph().add_run(text).bold = block.is_strong or None
        case Quote():
            run = document.add_paragraph(style="Quote").add_run(text)
            language = OxmlElement("w:lang")
            language.set(qn("w:val"), LOCALES[block.language])
            run._r.get_or_add_rPr().append(language)
