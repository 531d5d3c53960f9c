"""The grants of a programme, and the record of one project, as files. What is not registered is empty, never zero."""

from collections.abc import Iterable, Iterator, Sequence

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from projects.models import Programme, Project
from reporting.grants.models import ConditionCheck, GrantAccount, GrantCondition
from reporting.grants.programme import Line
from reporting.grants.record import GrantRecord
from saman.sheets import Cell, Column, Sheet


def grants_sheet(programme: Programme, lines: Iterable[Line], filtered: Sequence[tuple[str, str]]) -> Sheet:
    """One row a project."""
    empty = _("Tomt: ikke registrert.")
    columns = [
        Column("project", _("Prosjekt")),
        Column("cohort", _("Pulje")),
        Column("promised", _("Lovet"), "integer", "kr", empty),
        Column("paid", _("Utbetalt"), "integer", "kr", empty),
        Column("remaining", pgettext("amount", "Igjen"), "integer", "kr", _("Lovet, men ikke utbetalt")),
        Column("ready", _("Klart for utbetaling")),
        Column("missing", _("Hva mangler")),
    ]
    about = [(_("Program"), programme.name), *filtered]
    return Sheet(f"{programme.slug}-tilskudd", _("Tilskudd"), columns, map(_line, lines), about)


def _line(line: Line) -> list[Cell]:
    card = line.card
    what = "\n".join(words for words, _link in card.missing)
    cohort = line.project.cohort.name
    return [line.project.title, cohort, card.promised, card.paid, card.remaining, card.word, what]


def record_sheet(project: Project, record: GrantRecord) -> Sheet:
    """One row for each row of the record that stands, of whatever kind, in the page's order."""
    settled = _("Vilkår som er vurdert, og regnskap som prosjekteier har godkjent")
    columns = [
        Column("kind", _("Slag")),
        Column("about", _("Vilkår eller kilde"), definition=_("Teksten i vilkåret, eller hvem pengene er fra")),
        Column("on", _("Dato"), "date", definition=_("Dagen det ble lovet eller utbetalt")),
        Column("year", _("Regnskapsår"), "integer", definition=_("Bare for regnskap")),
        Column("amount", _("Beløp"), "integer", "kr", _("Lovet, utbetalt, brukt i året eller fra andre")),
        Column("reference", _("Referanse"), definition=_("Hvor det står")),
        Column("recorded_by", _("Registrert av"), definition=_("For tilsagn, utbetalinger og regnskap")),
        Column("due_on", _("Frist"), "date", definition=_("Bare for vilkår")),
        Column("state", _("Status"), definition=_("Bare for vilkår og regnskap")),
        Column("settled_on", _("Vurdert eller godkjent"), "date", definition=settled),
        Column("settled_by", _("Vurdert eller godkjent av"), definition=settled),
        Column("evidence", _("Dokumentasjon"), definition=_("Hvor det kan ses om vilkåret er oppfylt")),
    ]
    about = [(_("Prosjekt"), project.title)]
    return Sheet(f"{project.slug}-tilskudd", _("Tilskuddet, rad for rad"), columns, _entries(record), about)


def _entries(record: GrantRecord) -> Iterator[list[Cell]]:
    no_state: list[Cell] = [None, None, None, None, None]
    for promise in record.promises:
        by = _name(promise.recorded_by)
        yield [_("Tilsagn"), None, promise.promised_on, None, promise.amount, promise.reference, by, *no_state]
    for row, check in record.judged:
        yield _condition(row, check, record)
    for payment in record.payments:
        by = _name(payment.recorded_by)
        yield [_("Utbetaling"), None, payment.paid_on, None, payment.amount, payment.reference, by, *no_state]
    for account in record.accounts:
        yield _account(account)
    for other in record.funding:
        what = _("Annen finansiering")
        yield [what, other.source, None, None, other.amount, other.reference or None, None, *no_state]


def _condition(row: GrantCondition, check: ConditionCheck | None, record: GrantRecord) -> list[Cell]:
    if check:
        state = _("Oppfylt") if check.is_met else _("Ikke oppfylt")
        said: list[Cell] = [state, check.judged_on, _name(check.recorded_by), check.evidence or None]
    else:
        said = [_("Ikke vurdert") if row.due_on < record.today else _("Ikke forfalt"), None, None, None]
    return [_("Vilkår"), row.text, None, None, None, None, None, row.due_on, *said]


def _account(row: GrantAccount) -> list[Cell]:
    state = _("Godkjent") if row.approved_at else _("Ikke godkjent")
    on = localtime(row.approved_at).date() if row.approved_at else None
    settled: list[Cell] = [None, state, on, _name(row.approved_by), None]
    return [_("Regnskap"), None, None, row.year, row.spent, row.reference, _name(row.recorded_by), *settled]


def _name(person: object | None) -> str | None:
    return str(person) if person else None
