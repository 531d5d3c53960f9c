"""The three forms opened by LibreOffice, set up for Norway, and saved again: the same values come out of each."""

import csv
import io
import shutil
import subprocess
from datetime import date

import pandas
import pytest

from saman.sheets import download
from saman.sheets.values import clean, inert
from tests.saman.sheets.reading import as_text
from tests.saman.sheets.test_sheets import AT, COLUMNS, PAYLOADS, ROWS, content, sheet

OFFICE = shutil.which("soffice")
SEMICOLONS = "59,34,76,1"  # semicolon between, quotes, UTF-8, from the first line
AS_CSV = f"csv:Text - txt - csv (StarCalc):{SEMICOLONS},,1044,false,false,false"
NORWEGIAN_CSV = f"CSV:{SEMICOLONS},,1044,false,true,false"
pytestmark = [pytest.mark.robustness, pytest.mark.thorough, pytest.mark.skipif(not OFFICE, reason="no LibreOffice")]


def saved_by_office(paths, form, folder):
    """The folder where LibreOffice has saved the first sheet of each file as CSV."""
    command = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += [f"--infilter={NORWEGIAN_CSV}"] if form == "csv" else []
    command += ["--convert-to", AS_CSV, "--outdir", str(folder / "saved" / form), *map(str, paths)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return folder / "saved" / form


def as_rows(text, form):
    """What LibreOffice saved, as rows of text; the first line of a demonstration's CSV says that it is one."""
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    return [[as_text(value) for value in line] for line in lines[form == "csv" :]]


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """The first sheet of each form, as LibreOffice has it."""
    folder = tmp_path_factory.mktemp("office")
    rows = [*ROWS, ("Minus og null", -7, 0, date(2015, 1, 22), AT)]
    rows += [(payload, number, number, None, None) for number, payload in enumerate(PAYLOADS, start=1)]
    found = {}
    for form in ("csv", "xlsx", "ods"):
        path = folder / f"tabell.{form}"
        path.write_bytes(content(download(sheet(rows=rows), form, AT)))
        saved_by_office([path], form, folder)
        text = (folder / "saved" / form / "tabell.csv").read_text(encoding="utf-8-sig")
        lines = io.StringIO(text.split("\n", 1)[1] if form == "csv" else text)
        found[form] = pandas.read_csv(lines, sep=";", dtype=str, keep_default_na=False)
    return found


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_what_people_typed_is_text_in_libreoffice(form, opened):
    shown = opened[form]["Prosjekt"].tolist()[len(ROWS) + 1 :]
    expected = [clean(payload) for payload in PAYLOADS]
    assert shown == ([inert(text) for text in expected] if form == "csv" else expected)


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_numbers_are_numbers_and_dates_are_dates_in_libreoffice(form, opened):
    frame = opened[form]
    assert list(frame.columns) == [column.label for column in COLUMNS]
    assert frame["Antall"].tolist()[:5] == ["3", "-12", "", "0", "-7"]
    assert frame["Andel"].tolist()[:5] == ["30.4", "-3.5", "", "0", "0"]  # a number, whatever its comma was
    assert frame["Prosjekt"].tolist()[:3] == ["Værøy «heiltid»", "Røst; Moskenes", "to\nlinjer"]
    assert frame["Dato"].tolist()[:2] == ["2014-12-31", "2013-02-01"]
    assert frame["Tidspunkt"].tolist()[0] == "2015-01-22 09:41:07"
