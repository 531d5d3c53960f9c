"""What is to be said of each row of a file before anything is stored: ready, known, asked about, passed over or wrong.

The verdicts are worked out anew when the file is accepted, from the same rows, so nothing is stored that was not shown.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from benefits.actions.measurements import LARGEST, MOST_PEOPLE, Value
from benefits.imports.columns import Column, Layout
from benefits.models import Measurement, TargetVersion
from benefits.pasting import refusal_of_period, refusal_of_value
from benefits.periods import Period, parse_period
from benefits.plausibility import Reference
from benefits.shares import agree, value_of
from benefits.slips import doubt_about
from municipalities.models import Municipality
from saman import formatting
from saman.parsing import InvalidDay, Refused, clean_text, parse_decimal
from saman.tables import TableRow

Key = tuple[int, int | None, date]  # target, municipality, day
_SERIAL = re.compile(r"[2-6][0-9]{4}(?:[.,][0-9]+)?")  # 20000–69999: the years 1954–2091 as a spreadsheet counts
_YES = {"ja", "j", "x", "1", "yes", "y", "sann", "true"}
_NO = {"", "nei", "n", "0", "no", "usann", "false"}
_FIGURES = (Column.VALUE, Column.NUMERATOR, Column.DENOMINATOR, Column.N)


class Verdict(StrEnum):
    """What happens to a row."""

    READY = "ready"
    ASKED = "asked"  # ready, but looks like a slip: somebody must say that it is right
    KNOWN = "known"
    SKIPPED = "skipped"
    WRONG = "wrong"


@dataclass(slots=True)
class Entry:
    """One row: what was understood, and what is said of it."""

    number: int
    verdict: Verdict = Verdict.WRONG
    words: str = ""
    version: TargetVersion | None = None
    municipality: Municipality | None = None
    value: Value | None = None
    written: str = ""  # the row as it stands in the file

    @property
    def is_stored(self) -> bool:
        """Whether accepting the file stores this row."""
        return self.verdict in (Verdict.READY, Verdict.ASKED)


@dataclass(slots=True)
class Known:
    """What a project has: its targets, its municipalities, and the live values by place and day."""

    versions: list[TargetVersion]
    municipalities: list[Municipality]
    live: Mapping[Key, Measurement]
    today: date
    references: dict[tuple[int, int | None], list[Reference]] = field(default_factory=dict)


def verdicts_on(layout: Layout, known: Known, chosen: TargetVersion | None, day_zero: date) -> list[Entry]:
    """The verdict on each row. `chosen`: the target the file is about when it has no column for it."""
    entries: list[Entry] = []
    taken: dict[Key, Entry] = {}
    for row in layout.rows:
        entry = Entry(row.number, written=" · ".join(cell for cell in row.cells if cell)[:120])
        entries.append(entry)
        try:
            _understand(entry, row, layout, known, chosen, day_zero)
        except Refused as refused:
            entry.verdict, entry.words = Verdict.WRONG, str(refused.message)
        if entry.is_stored:
            _compare(entry, known, taken)
    return entries


def digest_of(entries: Iterable[Entry]) -> str:
    """What a person was shown, so that accepting it can be held to it."""
    said = [
        (e.number, e.verdict, e.version and e.version.target_id, e.municipality and e.municipality.pk, e.value)
        for e in entries
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()


class _Wrong(Refused):
    """Something in a row that cannot be used, said in words."""

    def __init__(self, words: str) -> None:
        super().__init__("wrong", words)


def _understand(
    entry: Entry, row: TableRow, layout: Layout, known: Known, chosen: TargetVersion | None, day_zero: date
) -> None:
    """Read a row into its entry. Raises Refused."""
    if row.is_hidden:
        entry.verdict, entry.words = Verdict.SKIPPED, _("Raden er skjult i filen, og er ikke tatt med.")
        return
    if not any(layout.text(row, column) for column in _FIGURES) and not row.unsolved:
        entry.verdict, entry.words = Verdict.SKIPPED, _("Ingen tall i raden.")
        return
    if layout.width and any(row.cells[layout.width :]):
        raise _Wrong(
            _("Raden har flere celler enn overskriftene. Er tallene skrevet med komma, må skilletegnet være ;.")
        )
    _check_cells(row, layout)
    version = entry.version = _target(layout.text(row, Column.TARGET), known, chosen)
    entry.municipality = _municipality(layout.text(row, Column.MUNICIPALITY), known)
    unit = layout.text(row, Column.UNIT)
    if unit and unit.casefold() != version.unit.casefold():
        raise _Wrong(_("Enheten er %(unit)s, men målet måles i %(own)s.") % {"unit": unit, "own": version.unit})
    period = _period(layout.text(row, Column.ON), day_zero)
    if refusal := refusal_of_period(period, version, known.today):
        raise _Wrong(refusal)
    entry.value = _value(row, layout, version, period.ends_on)
    entry.verdict = Verdict.READY


def _check_cells(row: TableRow, layout: Layout) -> None:
    """Formulas nobody has worked out, errors such as #DIV/0!, and figures shared with the row above."""
    for column in (*_FIGURES, Column.ON, Column.TARGET):
        place = layout.places.get(column)
        if place is None:
            continue
        if place in row.unsolved:
            raise _Wrong(_("Formelen er ikke regnet ut. Åpne filen i Excel, lagre den, og prøv igjen."))
        if layout.text(row, column).startswith("#"):
            raise _Wrong(_("Cellen viser feilen %(error)s.") % {"error": layout.text(row, column)[:12]})
        if place in row.shared and column in _FIGURES:
            raise _Wrong(_("Cellen er slått sammen med raden over. Skriv tallet på hver rad."))


def _target(text: str, known: Known, chosen: TargetVersion | None) -> TargetVersion:
    if not text:
        if chosen is not None:
            return chosen
        if len(known.versions) == 1:
            return known.versions[0]
        raise _Wrong(_("Skriv hvilket mål tallet gjelder, for eksempel E1."))
    wanted = " ".join(text.casefold().split())
    for version in known.versions:
        number = str(version.target.number)
        if wanted in {number, f"e{number}", f"e {number}", version.title.casefold()} or wanted.startswith(
            f"e{number} "
        ):
            return version
    raise _Wrong(_("Prosjektet har ikke noe mål som heter «%(target)s».") % {"target": text[:60]})


def _municipality(text: str, known: Known) -> Municipality | None:
    if not text:
        return None
    wanted = text.casefold().strip()
    for municipality in known.municipalities:
        if wanted in {municipality.name.casefold(), municipality.number}:
            return municipality if len(known.municipalities) > 1 else None
    raise _Wrong(_("«%(name)s» er ikke en av prosjektets kommuner.") % {"name": text[:60]})


def _period(text: str, day_zero: date) -> Period:
    """When the figure holds; a bare number of days is a date as spreadsheets store it."""
    if _SERIAL.fullmatch(text):
        return Period(day_zero + timedelta(days=int(re.split("[.,]", text)[0])))
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9:.]+", text):  # a day and a time
        text = text[:10]
    if not text:
        raise InvalidDay("empty", _("Skriv når det ble målt."))
    return parse_period(text)


def _number(row: TableRow, layout: Layout, column: Column, unit: str = "") -> Decimal | None:
    text = layout.text(row, column)
    if not text:
        return None
    number = parse_decimal(text, unit)
    if abs(number) > LARGEST:
        raise _Wrong(_("Tallet er for stort."))
    return round(number, 4)  # a spreadsheet shows averages with more decimals than mean anything


def _value(row: TableRow, layout: Layout, version: TargetVersion, on: date) -> Value:
    value = _number(row, layout, Column.VALUE, version.unit)
    numerator, denominator = (_number(row, layout, column) for column in (Column.NUMERATOR, Column.DENOMINATOR))
    if (numerator is None) != (denominator is None):
        raise _Wrong(_("Skriv både teller og nevner, eller ingen av dem."))
    if numerator is not None and denominator is not None:
        value = _ratio(value, numerator, denominator, version.unit)
    if value is None:
        raise _Wrong(_("Skriv verdien, eller teller og nevner."))
    if refusal := refusal_of_value(value, version):
        raise _Wrong(refusal)
    people = _number(row, layout, Column.N)
    if people is not None and (people != int(people) or not 1 <= people <= MOST_PEOPLE):
        raise _Wrong(_("Antallet bak tallet må være et helt tall, minst 1."))
    return Value(
        measured_on=on,
        value=value,
        numerator=numerator,
        denominator=denominator,
        n=None if people is None else int(people),
        source=_words(layout.text(row, Column.SOURCE), 120) or version.source,
        reference=_words(layout.text(row, Column.REFERENCE), 200),
        note=_words(layout.text(row, Column.NOTE), 2000),
        is_preliminary=_is_yes(layout.text(row, Column.PRELIMINARY)),
    )


def _ratio(value: Decimal | None, numerator: Decimal, denominator: Decimal, unit: str) -> Decimal:
    if denominator <= 0:
        raise _Wrong(_("Nevneren må være over 0."))
    worked_out = value_of(numerator, denominator, unit)
    if value is None:
        return worked_out
    if not agree(value, numerator, denominator, unit):
        shown = {"value": formatting.with_unit(value, unit), "ratio": formatting.with_unit(worked_out, unit, 1)}
        raise _Wrong(_("Verdien er %(value)s, men teller og nevner gir %(ratio)s.") % shown)
    return worked_out


def _words(text: str, limit: int) -> str:
    """A text as it is stored; the sign our own export puts before what looks like a formula is taken off again."""
    if text.startswith("'") and text[1:2] in ("=", "+", "-", "@", "\u2212"):
        text = text[1:]
    return clean_text(text, limit)


def _is_yes(text: str) -> bool:
    said = text.casefold().strip()
    if said not in _YES | _NO:
        raise _Wrong(_("Skriv ja eller nei i kolonnen «Foreløpig»."))
    return said in _YES


def _compare(entry: Entry, known: Known, taken: dict[Key, Entry]) -> None:
    """Hold a row that can be read against the rows above it and what is stored."""
    assert entry.version is not None
    assert entry.value is not None
    place = (entry.version.target_id, entry.municipality.pk if entry.municipality else None)
    key = (*place, entry.value.measured_on)
    if key in taken:
        first = taken[key]
        if first.value == entry.value:
            entry.verdict, entry.words = Verdict.SKIPPED, _("Lik rad %(row)s.") % {"row": first.number}
        else:
            entry.verdict = Verdict.WRONG
            entry.words = _("Rad %(row)s gjelder samme dato, men sier noe annet.") % {"row": first.number}
        return
    taken[key] = entry
    stored = known.live.get(key)
    references = known.references.setdefault(place, [])
    if stored is not None:
        _compare_stored(entry, stored)
    elif doubt := doubt_about(entry.value.value, entry.value.measured_on, entry.version, references):
        entry.verdict, entry.words = Verdict.ASKED, doubt
    if entry.is_stored:
        references.append(Reference(entry.value.measured_on, entry.value.value))


def _compare_stored(entry: Entry, stored: Measurement) -> None:
    assert entry.version is not None
    assert entry.value is not None
    if stored.value == entry.value.value:
        entry.verdict, entry.words = Verdict.KNOWN, _("Lagret fra før, endres ikke.")
        return
    entry.verdict = Verdict.WRONG
    shown = {"value": formatting.with_unit(stored.value, entry.version.unit)}
    if stored.state == Measurement.State.DRAFT:
        entry.words = _("%(value)s ligger som utkast på denne datoen. Registrer eller forkast utkastet først.") % shown
    else:
        entry.words = _("%(value)s er lagret på denne datoen fra før. Rett tallet i tabellen.") % shown
