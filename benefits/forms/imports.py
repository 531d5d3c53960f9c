"""A file of measurements: read, shown row by row, and accepted as it was shown."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy

from benefits.imports.columns import Layout, layout_of
from benefits.imports.verdicts import Entry, Known, Verdict, digest_of, verdicts_on
from benefits.models import TargetVersion
from saman.tables import Table, TableRow, Unreadable
from saman.tables.reading import read_table

SALT = "measurements-from-file"
LONGEST_LOOK = 12 * 60 * 60  # seconds from reading a file to accepting it
LONGEST_CARRIED = 2_000_000  # characters


@dataclass(slots=True)
class Reading:
    """A file that could be read: its columns and the verdict on each row."""

    layout: Layout
    entries: list[Entry]
    carried: str  # the rows, signed, so that the file need not be sent again

    @property
    def digest(self) -> str:
        """What the person is shown, to hold the acceptance to."""
        return digest_of(self.entries)

    @property
    def stored(self) -> list[Entry]:
        """The rows that accepting stores."""
        return [entry for entry in self.entries if entry.is_stored]

    @property
    def asked(self) -> list[Entry]:
        """The rows that look like slips."""
        return [entry for entry in self.entries if entry.verdict is Verdict.ASKED]

    @property
    def wrong(self) -> list[Entry]:
        """The rows that keep the whole file from being stored."""
        return [entry for entry in self.entries if entry.verdict is Verdict.WRONG]

    @property
    def known(self) -> list[Entry]:
        """The rows that are stored already."""
        return [entry for entry in self.entries if entry.verdict is Verdict.KNOWN]

    @property
    def skipped(self) -> list[Entry]:
        """The rows that are passed over."""
        return [entry for entry in self.entries if entry.verdict is Verdict.SKIPPED]

    @property
    def has_places(self) -> bool:
        """Whether some rows are about one municipality of several."""
        return any(entry.municipality for entry in self.entries)


class FileForm(forms.Form):
    """A file, and the target it is about where the file does not say so."""

    target = forms.TypedChoiceField(
        label=gettext_lazy("Hvilket mål gjelder tallene?"), coerce=int, empty_value=None, required=False
    )
    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy("CSV eller Excel (.xlsx), høyst 1000 kB og 1000 rader."),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Velg en fil.")},
    )

    def __init__(self, *args: Any, known: Known, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known
        self.reading: Reading | None = None
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)
        targets = [(v.target.number, f"E{v.target.number} {v.title}") for v in known.versions]
        field.choices = [("", gettext_lazy("Det står i filen, i kolonnen «Mål»")), *targets]
        self.fields["file"].widget.attrs["accept"] = ".csv,.txt,.xlsx"

    def clean(self) -> dict[str, Any]:
        """Read the file. Raises ValidationError when it cannot be read as a table."""
        cleaned = super().clean() or {}
        upload = cleaned.get("file")
        if upload is None:
            return cleaned
        try:
            table = read_table(upload.read())
            self.reading = _reading(table, self.known, cleaned.get("target"))
        except Unreadable as unreadable:
            self.add_error("file", str(unreadable.message))
        return cleaned


class AcceptForm(forms.Form):
    """The rows of a file as they were shown, to be stored."""

    rows = forms.CharField(max_length=LONGEST_CARRIED, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(required=False)

    def reading(self, known: Known) -> Reading | None:
        """The rows read again with what is known now; None when they are not ours, or were read too long ago."""
        try:
            carried = signing.loads(self.cleaned_data["rows"], salt=SALT, max_age=LONGEST_LOOK)
        except signing.BadSignature:
            return None
        rows = tuple(
            TableRow(number, tuple(cells), bool(hidden), frozenset(shared), frozenset(unsolved))
            for number, cells, hidden, shared, unsolved in carried["rows"]
        )
        return _reading(Table(rows, date.fromisoformat(carried["day_zero"])), known, carried["target"])


def _reading(table: Table, known: Known, number: int | None) -> Reading:
    layout = layout_of(table)
    entries = verdicts_on(layout, known, _chosen(known.versions, number), table.day_zero)
    rows = [(row.number, row.cells, row.is_hidden, sorted(row.shared), sorted(row.unsolved)) for row in table.rows]
    carried = {"rows": rows, "target": number, "day_zero": table.day_zero.isoformat()}
    return Reading(layout, entries, signing.dumps(carried, salt=SALT, compress=True))


def _chosen(versions: list[TargetVersion], number: int | None) -> TargetVersion | None:
    return next((version for version in versions if version.target.number == number), None)
