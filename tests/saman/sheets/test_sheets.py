"""Tables as files: the same values in each form, inert, and of any size."""

import io
import re
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal

import pandas
import pytest
from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext

from saman.sheets import HIDDEN, Column, Sheet, csv_file, download, names, ods, xlsx
from saman.sheets.values import CUT, LONGEST_TEXT, clean, inert, value_of
from tests.saman.sheets.reading import content, csv_frame, ods_sheets, xlsx_book

AT = datetime(2015, 1, 22, 8, 41, 7, tzinfo=UTC)
FORMS = ("csv", "xlsx", "ods")
PAYLOADS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    '"=1+1"',
    "'=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://127.0.0.1/?x="&A1;"trykk")',
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1+1)",
    "\ufeff=1+1",
    "\u200b\u202e=1+1",
    "\x00\x1f=1+1",
    "\u22121+1",
    "=1+1;=2+2\n=3+3",
]
COLUMNS = [
    Column("title", "Prosjekt", definition="Det prosjektet heter"),
    Column("count", "Antall", "integer"),
    Column("share", "Andel", "decimal", "%", "Andelen av dem som har svart"),
    Column("on", "Dato", "date"),
    Column("at", "Tidspunkt", "moment"),
]
ROWS = [
    ("Værøy «heiltid»", 3, Decimal("30.40"), date(2014, 12, 31), AT),
    ("Røst; Moskenes", -12, Decimal("-3.5"), date(2013, 2, 1), None),
    ("to\nlinjer", None, None, None, None),
    ("", 0, Decimal("0.00"), None, None),
]


def sheet(rows=ROWS, columns=COLUMNS, name="prosjekter", **more):
    return Sheet(name, "Prosjekter", columns, rows, about=[("Fylke", "Nordland")], **more)


def taken(form, **more):
    return content(download(sheet(**more), form, AT))


def texts_of(form, data):
    """Every text of the file's first sheet by row and column, and what a program would take for a formula."""
    if form == "csv":
        frame = pandas.read_csv(io.BytesIO(data), sep=";", skiprows=1, header=None, dtype=str, encoding="utf-8-sig")
        rows = frame.fillna("").values.tolist()
        return rows, [text for row in rows for text in row if re.match(r"[\s'\"\W]*?\A[=+\-@\t\r＝＋－＠]", text)]
    if form == "xlsx":
        page = xlsx_book(data).worksheets[0]
        rows = [[cell.value or "" for cell in row] for row in page.iter_rows()]
        return rows, [cell for row in page.iter_rows() for cell in row if cell.data_type not in "sn"]
    sheets, formulas = ods_sheets(data)
    rows = [[text for _kind, text in row] for row in next(iter(sheets.values()))]
    return rows, formulas


# --- the same values ------------------------------------------------------------------------------------------------


def test_csv_is_read_back_by_pandas():
    frame = csv_frame(taken("csv"))
    assert list(frame.columns) == ["Prosjekt", "Antall", "Andel", "Dato", "Tidspunkt"]
    assert frame["Prosjekt"].tolist()[:3] == ["Værøy «heiltid»", "Røst; Moskenes", "to\nlinjer"]
    assert frame["Antall"].fillna(-1).tolist() == [3, -12, -1, 0]
    assert frame["Andel"].fillna(-1).tolist() == [30.4, -3.5, -1, 0]
    assert frame["Dato"].tolist()[:2] == ["2014-12-31", "2013-02-01"]
    assert frame["Tidspunkt"][0] == "2015-01-22 09:41:07"  # in Norway


def test_excel_is_read_back_with_types():
    frame = pandas.read_excel(io.BytesIO(taken("xlsx")), sheet_name=0)
    assert frame["Antall"].fillna(-1).tolist() == [3, -12, -1, 0]
    assert frame["Andel"].fillna(-1).tolist() == [30.4, -3.5, -1, 0]
    assert frame["Dato"][0] == pandas.Timestamp(2014, 12, 31)
    assert frame["Tidspunkt"][0] == pandas.Timestamp(2015, 1, 22, 9, 41, 7)


def test_opendocument_is_read_back_with_types():
    sheets, formulas = ods_sheets(taken("ods"))
    heads, first, second, third, last = sheets["Eksempeldata prosjekter"]
    assert [text for _kind, text in heads] == ["Prosjekt", "Antall", "Andel", "Dato", "Tidspunkt"]
    assert first[1:] == [("float", "3"), ("float", "30.4"), ("date", "2014-12-31"), ("date", "2015-01-22T09:41:07")]
    assert second[1:3] == [("float", "-12"), ("float", "-3.5")]
    assert third[1:] == [(None, "")] * 4
    assert last[1:3] == [("float", "0"), ("float", "0")]
    assert not formulas


def test_what_is_suppressed_says_so_and_is_no_number():
    with translation.override("nb"):
        assert csv_frame(taken("csv", rows=[("Røst", HIDDEN, HIDDEN, None, None)]))["Antall"][0] == (
            "skjult (gjelder få)"
        )


def test_a_date_before_excel_knows_dates_is_text():
    page = xlsx_book(taken("xlsx", rows=[("Eldst", None, None, date(1837, 1, 1), None)])).worksheets[0]
    assert page["D2"].value == "1837-01-01"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_what_is_no_number_is_an_empty_cell(value):
    assert value_of(value) is None


# --- about the table ------------------------------------------------------------------------------------------------


def test_the_last_sheet_describes_the_table():
    with translation.override("nb"):
        book = xlsx_book(taken("xlsx"))
        sheets, _formulas = ods_sheets(taken("ods"))
    lines = [tuple(cell.value or "" for cell in row) for row in book["Om tabellen"].iter_rows()]
    assert lines == [tuple(text for _kind, text in row) for row in sheets["Om tabellen"]]
    assert lines[0] == ("Hva", "Enhet", "Forklaring")
    assert ("Fylke", "", "Nordland") in lines
    assert ("Hentet", "", "22. januar 2015 kl.\u00a009.41") in lines
    assert ("Kolonne: Andel", "%", "Andelen av dem som har svart") in lines


def test_the_description_of_a_csv_is_a_file_of_its_own_and_reads_no_row():
    def never():
        raise AssertionError("a row was read")
        yield

    with translation.override("nb"):
        response = download(sheet(rows=never()), "om", AT)
        frame = csv_frame(content(response))
    assert response["Content-Disposition"].endswith('prosjekter-2015-01-22.om.csv"')
    assert "Kolonne: Andel" in frame["Hva"].tolist()


@pytest.mark.parametrize("form", FORMS)
def test_a_demonstration_says_so_and_a_real_installation_does_not(form, settings):
    with translation.override("nb"):
        marked = download(sheet(), form, AT)
        first = content(marked)
        settings.DEMO = False
        real = download(sheet(), form, AT)
        second = content(real)
    assert "eksempeldata" in marked["Content-Disposition"]
    assert "eksempeldata" not in real["Content-Disposition"]
    if form == "csv":
        assert first.decode("utf-8-sig").startswith("Eksempeldata: ")
        assert second.decode("utf-8-sig").startswith("Prosjekt;")
    elif form == "xlsx":
        assert xlsx_book(first).sheetnames == ["Eksempeldata prosjekter", "Om tabellen"]
        assert xlsx_book(second).sheetnames == ["prosjekter", "Om tabellen"]
    else:
        assert list(ods_sheets(first)[0]) == ["Eksempeldata prosjekter", "Om tabellen"]
        assert list(ods_sheets(second)[0]) == ["prosjekter", "Om tabellen"]


def test_another_form_is_not_found():
    for form in ("pdf", "", "CSV", "../csv"):
        with pytest.raises(Http404):
            download(sheet(), form, AT)


def test_rows_are_in_the_readers_language_whenever_the_server_asks_for_them():
    rows = ((gettext("Nynorsk") and gettext("under ett minutt"), None, None, None, None) for _ in range(1))
    with translation.override("nn"):
        response = download(sheet(rows=rows), "csv", AT)
        wanted = gettext("under ett minutt")
    with translation.override("en"):
        assert wanted in content(response).decode()
        assert translation.get_language() == "en"


# --- no formulas ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_what_people_typed_is_never_a_formula_in_a_cell_or_a_head(form):
    columns = [Column("a", payload) for payload in PAYLOADS]
    data = taken(form, columns=columns, rows=[PAYLOADS])
    rows, live = texts_of(form, data)
    expected = [clean(payload) for payload in PAYLOADS]
    assert not live
    assert rows == [[inert(text) if form == "csv" else text for text in expected]] * 2


def test_every_payload_is_told_in_a_csv():
    assert [payload for payload in PAYLOADS if not inert(clean(payload)).startswith("'")] == []
    ordinary = ["Røst", "100,-", "a=b", "«ja»", "", "   ", "3 % - 4 %", "1. mars", "(-3)", "n < 5", "–"]
    assert [inert(text) for text in ordinary] == ordinary


@pytest.mark.parametrize("payload", PAYLOADS)
def test_names_of_sheets_and_files_are_inert(payload):
    book = xlsx_book(taken("xlsx", name=payload))
    sheets, formulas = ods_sheets(taken("ods", name=payload))
    assert book.sheetnames == list(sheets)
    assert not formulas
    for name in (*book.sheetnames, *_bare_names(payload)):
        assert 0 < len(name) <= 31
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", name)
        assert not name.startswith(tuple("=+-@'＝＋－＠\t "))
    disposition = download(sheet(name=payload), "csv", AT)["Content-Disposition"]
    assert re.fullmatch(r'attachment; filename="[a-z0-9][a-z0-9-]*-2015-01-22\.csv"', disposition)


def _bare_names(name):
    """A real installation's names for two sheets: without the word that begins a demonstration's."""
    from django.test import override_settings

    with override_settings(DEMO=False):
        endless = names.sheet_names(name, "Om tabellen")
        return next(endless), next(endless)


@pytest.mark.parametrize("name", ["Om tabellen", "om TABELLEN", "History", "", "[]:*?/\\", "x" * 40, "😀" * 20])
def test_a_name_no_spreadsheet_takes_becomes_one_it_does(name, settings):
    settings.DEMO = False
    book = xlsx_book(taken("xlsx", name=name))
    assert len(book.sheetnames) == 2
    assert all(len(made.encode("utf-16-le")) <= 62 for made in book.sheetnames)


@pytest.mark.parametrize("form", FORMS)
def test_letters_no_file_may_hold_are_left_out_and_too_much_is_cut(form):
    odd = "a\x00b\x0bc\x7fd\ud800e\uffffæ<&>\"'"
    rows, _live = texts_of(form, taken(form, columns=COLUMNS[:2], rows=[(odd, 1), ("x" * 40_000, 2)]))
    assert rows[1][0] == "abcdeæ<&>\"'"
    assert rows[2][0] == "x" * (LONGEST_TEXT - len(CUT)) + CUT


def test_a_rare_letter_counts_twice_and_is_never_halved():
    assert len(clean("😀" * 16_383)) == 16_383
    cut = clean("x" + "😀" * 16_384)
    assert cut.endswith("😀" + CUT)
    assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_TEXT


# --- any size -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("write", [xlsx.chunks, ods.chunks])
def test_more_rows_than_a_sheet_takes_go_on_in_the_next(write):
    data = b"".join(write(sheet(rows=[(str(i), i, None, None, None) for i in range(7)]), AT, most_rows=3))
    if write is xlsx.chunks:
        found = {page.title: [row[1].value for row in page.iter_rows(min_row=2)] for page in xlsx_book(data)}
    else:
        found = {
            name: [int(row[1][1]) for row in rows[1:] if row[1][0] == "float"]
            for name, rows in ods_sheets(data)[0].items()
        }
    assert list(found) == [
        "Eksempeldata prosjekter", "Eksempeldata prosjekter (2)", "Eksempeldata prosjekter (3)", "Om tabellen",
    ]  # fmt: skip
    assert list(found.values())[:3] == [[0, 1, 2], [3, 4, 5], [6]]


@pytest.mark.parametrize("write", [xlsx.chunks, ods.chunks])
def test_a_sheet_that_is_exactly_full_is_followed_by_none(write):
    data = b"".join(write(sheet(rows=[(str(i), i, None, None, None) for i in range(3)]), AT, most_rows=3))
    assert len(xlsx_book(data).sheetnames if write is xlsx.chunks else ods_sheets(data)[0]) == 2


@pytest.mark.parametrize("form", FORMS)
def test_a_table_without_rows_is_its_heads(form):
    rows, _live = texts_of(form, taken(form, rows=[]))
    assert rows == [["Prosjekt", "Antall", "Andel", "Dato", "Tidspunkt"]]


@pytest.mark.parametrize("write", [csv_file.chunks, ods.chunks])
def test_rows_are_pulled_as_the_file_is_sent(write):
    pulled = []
    rows = ((pulled.append(i) or f"{i * 7919 % 100_003}", i, None, None, None) for i in range(60_000))
    chunks = write(sheet(rows=rows), AT)
    next(chunks)
    assert len(pulled) < 30_000
    assert sum(1 for _ in chunks) > 3
    assert len(pulled) == 60_000


def _peak(write, count):
    """The most memory writing so many rows takes, in bytes, beyond what is used before."""
    rows = ((f"Prosjekt {i * 7919 % 100_003}", i) for i in range(count))
    tracemalloc.start()
    try:
        for _chunk in write(sheet(rows=rows, columns=COLUMNS[:2]), AT):
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("write", [csv_file.chunks, xlsx.chunks, ods.chunks])
def test_ten_times_the_rows_take_no_more_memory(write):
    _peak(write, 10)  # what is read and kept the first time
    few, many = _peak(write, 1_000), _peak(write, 10_000)
    assert many < few + 500_000  # 10,000 rows kept would be several times that


def test_nothing_is_left_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    started = xlsx.chunks(sheet(), AT)
    next(started)
    assert list(tmp_path.iterdir())
    started.close()  # the reader went away
    assert not list(tmp_path.iterdir())

    def broken():
        yield ROWS[0]
        raise LookupError

    with pytest.raises(LookupError):
        list(xlsx.chunks(sheet(rows=broken()), AT))
    assert not list(tmp_path.iterdir())

    response = download(sheet(), "xlsx", AT)
    next(iter(response.streaming_content))
    response.close()
    assert not list(tmp_path.iterdir())
