"""What is read across as files: one question's answers, the codes, and the passages that have one."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from reporting.across.coded import Quote, Use
from reporting.across.codes import Code
from reporting.across.column import Line
from reporting.annual.models import Question, Round
from saman import formatting
from saman.sheets import Cell, Column, Sheet

About = list[tuple[str, str]]


def answers_sheet(
    round_: Round | None, question: Question | None, lines: Iterable[Line], filtered: Sequence[tuple[str, str]]
) -> Sheet:
    """One row a submitted report: its answer to one question, and the codes that are given in it."""
    columns = [
        Column("project", _("Prosjekt")),
        Column("municipalities", _("Kommuner")),
        Column("themes", _("Temaer")),
        Column("state", _("Status"), definition=_("Hvor rapporten er")),
        Column("is_late", _("Etter fristen")),
        Column("answer", _("Svar"), definition=_("Den nyeste versjonen som er sendt inn, på rapportens eget språk")),
        Column("codes", _("Koder"), definition=_("Koder som er gitt til steder i svaret")),
    ]
    about = [*_round(round_), *([(_("Spørsmål"), question.title_text)] if question else []), *filtered]
    return Sheet("svar", _("Lese på tvers"), columns, map(_answer, lines), about)


def _answer(line: Line) -> list[Cell]:
    given = line.asked.answer
    standing = [*line.marks, *(older.mark for older in line.carried)]
    words = {"approved": _("Godkjent"), "returned": _("Sendt tilbake"), "submitted": _("Til gjennomgang")}
    return [
        line.project.title,
        formatting.joined(line.place_names),
        formatting.joined([str(theme) for theme in line.themes]),
        words[line.state],
        _("Ja") if line.submission.is_late else _("Nei"),
        line.asked.words or "\n".join(given.items) or given.text,
        ", ".join(dict.fromkeys(name for mark in standing for name in mark.names)),
    ]


def codes_sheet(round_: Round | None, used: Iterable[Use], unused: Iterable[Code]) -> Sheet:
    """One row a code, those nobody has given last."""
    columns = [
        Column("code", _("Kode")),
        Column("name", _("Navn")),
        Column("passages", _("Steder"), "integer", definition=_("Steder i rapportene som har koden")),
        Column("outdated", _("Steder i eldre versjoner"), "integer", definition=_("Ord som ikke står i den nyeste")),
        Column("projects", _("Prosjekter"), "integer"),
        Column("titles", _("I hvilke prosjekter")),
    ]
    rows: list[list[Cell]] = [
        [
            use.code.key,
            use.code.name,
            len(use.quotes),
            use.outdated,
            len(use.projects),
            "\n".join(project.title for project in use.projects),
        ]
        for use in used
    ]
    rows += [[code.key, code.name, 0, 0, 0, None] for code in unused]
    return Sheet("koder", _("Koder"), columns, rows, _round(round_))


def quotes_sheet(round_: Round | None, code: Code, quotes: Iterable[Quote]) -> Sheet:
    """One row a passage with the code."""
    columns = [
        Column("project", _("Prosjekt")),
        Column("municipalities", _("Kommuner")),
        Column("round", _("Runde")),
        Column("passage", _("Sted"), definition=_("Ordene som er merket, på rapportens eget språk")),
        Column("still_stands", _("Står ennå"), definition=_("Om ordene står i den nyeste versjonen av rapporten")),
        Column("codes", _("Koder")),
        Column("notes", _("Merknader"), definition=_("Med navnet på den som skrev dem")),
    ]
    return Sheet(f"kode-{code.key}", code.name, columns, map(_quote, quotes), [(_("Kode"), code.name), *_round(round_)])


def _quote(quote: Quote) -> list[Cell]:
    notes = [f"{given.coding.by}: {given.coding.note}" for given in quote.mark.given if given.coding.note]
    return [
        quote.project.title,
        formatting.joined(quote.place_names),
        str(quote.submission.report.round),
        quote.passage.text,
        _("Ja") if quote.still_stands else _("Nei"),
        ", ".join(quote.mark.names),
        "\n".join(notes),
    ]


def _round(round_: Round | None) -> About:
    return [(_("Runde"), str(round_) if round_ else _("Alle runder"))]
