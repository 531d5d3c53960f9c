"""Files as spreadsheets and old systems save them: what is read, and what is refused with a reason."""

import io
import zipfile
from datetime import date

import pytest

from saman.tables import MOST_ROWS, Unreadable
from saman.tables.reading import read_table
from tests.saman.tables.workbook import cell, workbook

LINES = "Dato;Verdi;Merknad\n2013;10,8;Målt på Ørsta\n2014;9,6; etter ny turnus  \n"
ROWS = [("Dato", "Verdi", "Merknad"), ("2013", "10,8", "Målt på Ørsta"), ("2014", "9,6", "etter ny turnus")]


def cells(content):
    return [row.cells for row in read_table(content).rows]


def refused(content):
    with pytest.raises(Unreadable) as refusal:
        read_table(content)
    return refusal.value.reason


@pytest.mark.parametrize(
    "encoded",
    [
        LINES.encode("utf-8"),
        LINES.encode("utf-8-sig"),
        LINES.encode("cp1252"),
        LINES.encode("utf-16"),
        LINES.encode("utf-16-le"),
        LINES.encode("utf-16-be"),
        b"\xfe\xff" + LINES.encode("utf-16-be"),
        LINES.replace("\n", "\r\n").encode(),
        LINES.replace("\n", "\r").encode("cp1252"),
        LINES.replace(";", "\t").encode("utf-16"),
        ("sep=;\r\n" + LINES).encode("cp1252"),
    ],
    ids=["utf8", "bom", "cp1252", "utf16", "utf16le", "utf16be", "be-bom", "crlf", "cr", "tabs", "sep"],
)
def test_the_same_rows_whatever_the_file_was_saved_as(encoded):
    assert cells(encoded) == ROWS


def test_a_comma_separates_where_decimals_are_points_or_in_quotes():
    assert cells(b'Dato,Verdi\n2013,10.8\n2014,"9,6"\n') == [("Dato", "Verdi"), ("2013", "10.8"), ("2014", "9,6")]


def test_a_decimal_comma_does_not_make_the_comma_a_separator():
    assert cells(b"2013;10,8\n2014;9,6\n") == [("2013", "10,8"), ("2014", "9,6")]


def test_empty_lines_are_passed_over_and_rows_keep_their_numbers():
    assert [row.number for row in read_table(b"Dato;Verdi\n\n;\n2013;10,8\n").rows] == [1, 4]


def test_what_looks_like_a_formula_in_a_text_file_is_text():
    assert cells(b'Dato;Verdi\n2013;=1+1\n2014;=HYPERLINK("http://x")\n')[1:] == [
        ("2013", "=1+1"),
        ("2014", '=HYPERLINK("http://x")'),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"%PDF-1.4 x", "wrong_type"),
        (b"\x89PNG\r\n\x1a\n", "wrong_type"),
        (b"<html><body>hei</body></html>", "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old_or_locked"),
        (b"PK\x03\x04 broken", "broken"),
        (b"a;b\x00\x01\x02;c", "not_text"),
        (b"x" * 1_000_001, "too_large"),
        (b"2013;10,8\n" * (MOST_ROWS + 1), "too_many_rows"),
        ("sep=;\n" + '"' + "x" * 200_000 + '"', "broken"),
    ],
)
def test_other_files_are_refused_with_a_reason(content, reason):
    assert refused(content.encode() if isinstance(content, str) else content) == reason


def test_a_workbook_gives_figures_that_can_be_read_in_one_way():
    rows = [
        ["Dato", "Verdi"],
        [2013, 10.8],
        [cell("A3", 41640, style=1), 1.234],
        [41639, cell("B4", 0.108, style=2)],
        ["  2014 K1 ", -3],
        ["2014 K2", 9.333333333],
    ]
    assert cells(workbook(rows))[1:] == [
        ("2013", "10.8000"),
        ("2014-01-01", "1.2340"),
        ("41639", "10.8000"),
        ("2014 K1", "-3"),
        ("2014 K2", "9.3333"),
    ]


def test_a_workbook_that_counts_days_from_1904_says_so():
    table = read_table(workbook([["Dato", "Verdi"], [40178, 9], [cell("A3", 40178, style=1), 9]], is_1904=True))
    assert table.day_zero == date(1904, 1, 1)
    assert table.rows[2].cells[0] == "2014-01-01"


def test_merged_cells_say_the_same_in_every_row_and_hidden_rows_are_marked():
    rows = [["Mål", "Dato", "Verdi"], ["E1", "2013", 10.8], [None, "2014", 9.6], [None, "2015", 9.1]]
    table = read_table(workbook(rows, merged=["A2:A4"], hidden={3}))
    assert [row.cells for row in table.rows[1:]] == [
        ("E1", "2013", "10.8000"),
        ("E1", "2014", "9.6000"),
        ("E1", "2015", "9.1000"),
    ]
    assert [row.is_hidden for row in table.rows] == [False, False, True, False]
    assert [row.shared for row in table.rows] == [frozenset(), frozenset(), {0}, {0}]


def test_a_title_over_several_columns_stands_once():
    rows = [["Sykefravær i Meråker", None], [None, None], ["Dato", "Verdi"], [2013, 10]]
    table = read_table(workbook(rows, merged=["A1:B2"]))
    assert [row.cells for row in table.rows] == [("Sykefravær i Meråker", ""), ("Dato", "Verdi"), ("2013", "10")]


def test_a_formula_is_what_excel_last_showed_and_one_never_worked_out_is_marked():
    rows = [
        ["Dato", "Verdi"],
        [2013, cell("B2", 10.5, formula="SUM(C1:C9)/2")],
        [2014, cell("B3", None, formula="1+1")],
    ]
    table = read_table(workbook(rows))
    assert table.rows[1].cells == ("2013", "10.5000")
    assert table.rows[2].cells == ("2014", "")
    assert table.rows[2].unsolved == {1}


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    bomb = workbook([["Dato", "Verdi"]], extra={"xl/media/zeros.bin": b"\x00" * 21_000_000})
    assert len(bomb) < 100_000
    assert refused(bomb) == "too_large"


def test_a_workbook_of_very_many_parts_is_refused():
    assert refused(workbook([["Dato"]], extra={f"xl/x{n}.bin": b"" for n in range(400)})) == "too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_workbook_that_defines_entities_is_refused(encoding):
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    bad = workbook([["Dato", "Verdi"]], extra={"xl/worksheets/sheet1.xml": (head + "<worksheet/>").encode(encoding)})
    assert refused(bad) == "entities"


def test_a_zip_that_is_no_workbook_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refused(out.getvalue()) == "wrong_type"


def test_a_workbook_without_a_sheet_people_see_is_refused():
    assert refused(workbook([["Dato", "Verdi"]], sheet_state="hidden")) == "no_sheet"


def test_a_damaged_workbook_is_refused():
    whole = workbook([["Dato", "Verdi"], [2013, 10]])
    assert refused(workbook([["Dato"]], extra={"xl/worksheets/sheet1.xml": "<worksheet><nope"})) == "broken"
    assert refused(whole[: len(whole) // 2]) == "broken"


def test_a_sheet_with_too_many_rows_is_refused():
    assert refused(workbook([["Dato", "Verdi"], *([2013, 10] for _ in range(MOST_ROWS + 1))])) == "too_many_rows"
