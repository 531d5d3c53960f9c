"""Reports of the demonstration whose official questions two advisers have answered, each before seeing the other's."""

import random
from datetime import date, datetime

from accounts.actor import Actor
from accounts.models import User
from benefits.models import EffectTarget
from projects.models import Programme
from reporting.annual.actions import reviews, second_readings
from reporting.annual.models import Submission, TargetAnswer
from reporting.demo.lives import SEED
from reporting.demo.timeline import Timeline, at

READ_TWICE = ("Sogndal", "Etne", "Nøtterøy")
READ_BY_THE_OTHER = "Kvæfjord"  # whose answers the adviser has not seen
FIRST, OTHER = "radgiver@demo.example", "radgiver2@demo.example"
DAY = date(2015, 1, 21)
ANSWERS = ("yes", "yes", "partly", "no")
LINES = {
    ("operationalised", "yes"): "Målet sier hva, hvor mye og når.",
    ("operationalised", "partly"): "Det står ikke hvem målet gjelder for.",
    ("operationalised", "no"): "Målet kan ikke etterprøves slik det står.",
    ("suited", "yes"): "Tiltaket retter seg mot årsaken de selv peker på.",
    ("suited", "partly"): "Tiltaket når bare noen av enhetene.",
    ("suited", "no"): "Kurs alene endrer neppe tallet.",
    ("documented", "yes"): "To målinger med samme metode.",
    ("documented", "partly"): "Nullpunktet er ikke målt på samme måte.",
    ("documented", "no"): "Det mangler en ny måling.",
}
Given = list[tuple[EffectTarget, str, str, str]]


def tell(timeline: Timeline, programme: Programme) -> None:
    """Put the answers, and then the second readings, on the timeline."""
    timeline.add(at(DAY, 16), lambda: _first(programme, at(DAY, 16)))
    timeline.add(at(DAY, 17), lambda: _second(programme, at(DAY, 17)))


def _first(programme: Programme, moment: datetime) -> None:
    for name in (*READ_TWICE, READ_BY_THE_OTHER):
        by = Actor(_person(OTHER if name == READ_BY_THE_OTHER else FIRST), moment)
        for submission in _submission(programme, name):
            review = reviews.open_review(by=by, submission=submission)
            for target, question, answer, line in _answers(submission, name):
                reviews.answer(by=by, review=review, target=target, question=question, answer=answer, line=line)


def _second(programme: Programme, moment: datetime) -> None:
    for name in READ_TWICE:
        for submission in _submission(programme, name):
            answers = _answers(submission, name, seldom=True)
            second_readings.save_reading(by=Actor(_person(OTHER), moment), submission=submission, answers=answers)


def _answers(submission: Submission, name: str, *, seldom: bool = False) -> Given:
    """What is answered about each target; with `seldom`, now and then something else than the first answered."""
    chance = random.Random(f"{SEED}/{name}/questions")
    other = random.Random(f"{SEED}/{name}/questions/second")
    live = [row["id"] for row in submission.contents["content"]["targets"] if row["withdrawn_on"] is None]
    given: Given = []
    for target in EffectTarget.objects.filter(pk__in=live).order_by("pk"):
        for question in TargetAnswer.Question.values:
            answer = chance.choice(ANSWERS)
            if seldom and other.random() < 0.3:
                answer = other.choice(ANSWERS)
            given.append((target, question, answer, LINES[question, answer]))
    return given


def _submission(programme: Programme, name: str) -> list[Submission]:
    """The project's newest submission of the year, or none."""
    rows = Submission.objects.filter(
        report__project__catalogue_name=name, report__round__programme=programme, report__round__year=2014
    )
    return list(rows.order_by("-revision")[:1])


def _person(email: str) -> User:
    return User.objects.get(email=email)
