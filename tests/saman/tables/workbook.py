"""Excel files as small as they can be, written part by part, so that a test decides every cell and every sign."""

import io
import zipfile

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>'
)
PACKAGE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
BOOK_PARTS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
    "</Relationships>"
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
# Styles: 0 plain, 1 a date, 2 a percentage with one decimal.
STYLES = (
    f'<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
    '<fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="164"/></cellXfs></styleSheet>'
)


def cell(ref, value, style=0, formula=None):
    """One cell; text as inline text, None with a formula: one nobody has worked out."""
    written = f"<f>{formula}</f>" if formula else ""
    if isinstance(value, str):
        return f'<c r="{ref}" t="inlineStr" s="{style}"><is><t xml:space="preserve">{value}</t></is></c>'
    shown = "" if value is None else f"<v>{value}</v>"
    return f'<c r="{ref}" s="{style}">{written}{shown}</c>'


def workbook(rows, *, hidden=(), merged=(), is_1904=False, sheet_state="", extra=None, head=""):
    """A file with one sheet. `rows`: lists of values or ready-made cells; `extra`: further parts by name."""
    body = ""
    for number, values in enumerate(rows, start=1):
        cells = "".join(
            value if isinstance(value, str) and value.startswith("<c ") else cell(f"{chr(65 + place)}{number}", value)
            for place, value in enumerate(values)
            if value is not None
        )
        body += f'<row r="{number}"{" hidden=" + chr(34) + "1" + chr(34) if number in hidden else ""}>{cells}</row>'
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    areas = f'<mergeCells count="{len(merged)}">{areas}</mergeCells>' if merged else ""
    state = f' state="{sheet_state}"' if sheet_state else ""
    book = (
        f'<workbook {MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<workbookPr{' date1904=' + chr(34) + '1' + chr(34) if is_1904 else ''}/>"
        f'<sheets><sheet name="Ark1" sheetId="1"{state} r:id="rId1"/></sheets></workbook>'
    )
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": PACKAGE,
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": BOOK_PARTS,
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": f"{head}<worksheet {MAIN}><sheetData>{body}</sheetData>{areas}</worksheet>",
        **(extra or {}),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()
