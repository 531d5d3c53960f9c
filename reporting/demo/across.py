"""What the adviser of the demonstration has marked in the reports, and a letter they have made their own."""

from datetime import date, datetime

from accounts.actor import Actor
from accounts.models import User
from projects.models import Programme
from reporting.across import letters
from reporting.across.actions import marking, templates
from reporting.across.codes import GOOD, LESSON, THEME
from reporting.across.column import newest
from reporting.across.words import asked_in, joined, sentences
from reporting.annual.models import Submission
from reporting.demo.timeline import Timeline, at

WHEN = {2013: (2014, 3, 25), 2014: (2015, 1, 22)}
# The question, a word of the answer, which of its sentences, their codes, and in how many of the round's reports.
MARKS: tuple[tuple[str, str, tuple[int, ...], tuple[str, ...], int], ...] = (
    ("laeringspunkter", "tillitsval", (0, 1), (LESSON, "F2"), 3),
    ("laeringspunkter", "januar", (0, 1), (LESSON, GOOD, "F3"), 2),
    ("laeringspunkter", "slutt", (0, 1), (LESSON, "F5"), 2),
    ("virket_ikke", "kurs", (0, 1), (LESSON,), 2),
    ("virket_ikke", "tall", (1,), ("F3",), 2),
    ("tiltakene", "", (0, 1), (GOOD, f"{THEME}kompetanse"), 2),
    ("hvem_videre", "", (0, 1), (GOOD, "F5"), 1),
    ("fallgruver_haandtert", "", (0,), (LESSON, "F1"), 1),
)
NOTE = "Sies av flere. Kan brukes på samlingen i mai."
ADDED = "\n\nVi håper å se dere på samlingen i mai.\n\nVennlig hilsen"


def tell(timeline: Timeline, programme: Programme) -> None:
    """Put the marking of each year's reports, and the letter, on the timeline."""
    for year, (of, month, day) in WHEN.items():
        moment = at(date(of, month, day), 9)
        timeline.add(moment, lambda year=year, moment=moment: _mark(programme, year, moment))  # type: ignore[misc]
    moment = at(date(2014, 3, 26), 9)
    timeline.add(moment, lambda: _own_letter(programme, moment))


def _mark(programme: Programme, year: int, moment: datetime) -> None:
    by = Actor(_adviser(), moment)
    of_round = Submission.objects.filter(report__round__programme=programme, report__round__year=year)
    rows = list(newest(of_round).order_by("report__project__list_order", "pk"))
    for number, (question, word, places, codes, most) in enumerate(MARKS):
        found = [(row, asked_in(row, question)) for row in rows]
        written = [(row, sentences(asked.words)) for row, asked in found if asked and word in asked.words]
        for nth, (row, parts) in enumerate([one for one in written if len(one[1]) > max(places)][:most]):
            note = NOTE if (number, nth) == (0, 0) else ""
            marking.mark(by=by, submission=row, question=question, spans=joined(places, parts), codes=codes, note=note)


def _own_letter(programme: Programme, moment: datetime) -> None:
    given = letters.shipped("nb")
    body = given.body.replace("\n\nVennlig hilsen", ADDED)
    by = Actor(_adviser(), moment)
    templates.save(by=by, programme=programme, language="nb", based_on=0, title=given.title, body=body)


def _adviser() -> User:
    return User.objects.get(email="radgiver@demo.example")
