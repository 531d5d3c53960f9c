"""Files read back as those who get them read them, by other libraries than those that wrote them."""

import io
import re
import zipfile
from xml.etree import ElementTree

import openpyxl
import pandas

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def content(response):
    """Everything a response streams."""
    return b"".join(response.streaming_content)


def csv_frame(data):
    """A CSV of the demonstration as pandas has it: its first line says that it is an example."""
    return pandas.read_csv(io.BytesIO(data), sep=";", decimal=",", skiprows=1, encoding="utf-8-sig")


def xlsx_book(data):
    """The workbook, formulas and all."""
    return openpyxl.load_workbook(io.BytesIO(data))


def ods_sheets(data):
    """Each sheet's name and its cells as (type, value or text), and every formula there is."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        root = ElementTree.fromstring(packed.read("content.xml"))
    sheets = {
        table.get(f"{TABLE}name"): [[_ods_cell(cell) for cell in row] for row in table.iter(f"{TABLE}table-row")]
        for table in root.iter(f"{TABLE}table")
    }
    return sheets, [cell for cell in root.iter() if cell.get(f"{TABLE}formula")]


def _ods_cell(cell):
    kind = cell.get(f"{OFFICE}value-type")
    text = "\n".join(_ods_line(part) for part in cell.iter(f"{TEXT}p"))
    return kind, cell.get(f"{OFFICE}value") or cell.get(f"{OFFICE}date-value") or text


def _ods_line(part):
    """A line with its runs of spaces, which the format writes as elements."""
    blanks = (" " * int(child.get(f"{TEXT}c", 1)) + (child.tail or "") for child in part)
    return (part.text or "") + "".join(blanks)


def as_text(value):
    """A cell as every form can say it."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        value = value.removeprefix("'")
        if share := re.fullmatch(r"(-?[\d.,]+)\s?%", value):  # LibreOffice takes «30,8 %» in a CSV for a number
            return f"{as_text(share[1])} %"
        try:
            return f"{float(value.replace(',', '.')):g}"
        except ValueError:
            return value.replace("T", " ") if value[:2] in {"19", "20"} and value[4:5] == "-" else value
    return f"{float(value):g}" if isinstance(value, int | float) else str(value).removesuffix(" 00:00:00")


def rows_of(form, data):
    """The rows of the table as text, its heads first."""
    if form == "csv":
        frame = pandas.read_csv(io.BytesIO(data), sep=";", skiprows=1, header=None, dtype=str, encoding="utf-8-sig")
        rows = frame.fillna("").values.tolist()
    elif form == "xlsx":
        page = xlsx_book(data).worksheets[0]
        assert all(cell.data_type in "snd" for row in page.iter_rows() for cell in row)
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
    else:
        sheets, formulas = ods_sheets(data)
        assert not formulas
        rows = [[text for _kind, text in row] for row in next(iter(sheets.values()))]
    return [[as_text(value) for value in row] for row in rows]
