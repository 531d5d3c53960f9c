"""Codes given in a version that has been replaced: they follow words that stand, and say so of words that do not."""

import pytest
from django.urls import reverse

from reporting.across.actions import marking
from reporting.across.coded import quotes_in, uses
from reporting.across.codes import codes_of
from reporting.across.words import find
from reporting.annual.actions import reviews
from tests.reporting.across.conftest import ANSWER, QUESTION, marked
from tests.reporting.annual.writing import DEADLINE, act, save, send_in

pytestmark = pytest.mark.django_db
HURDLE = "Det ble for langt fra hverdagen i Meråker."
COURSE = "Felles kurs for alle. Det ble"


@pytest.fixture
def newer(submission, adviser, leader):
    """Version 1 has two marked passages; in version 2 one of them stands, in another place, and one is rewritten."""
    marked(submission, adviser, HURDLE, "F3")
    marked(submission, adviser, COURSE, "laeringspunkt")
    review = reviews.open_review(by=act(adviser), submission=submission)
    report = reviews.return_report(by=act(adviser), review=review, new_deadline=DEADLINE, note="Skriv mer.")
    section = report.form.sections.get(questions__key=QUESTION)
    text = "Først dette. " + ANSWER.replace("Felles kurs for alle. Det", "Felles kurs. Det", 1)
    save(report, leader, section.key, **{QUESTION: text})
    return send_in(report)


def shown(client, name, *args):
    return " ".join(client.get(reverse(name, args=args)).content.decode().split())


def test_words_that_stand_are_counted_and_others_are_not(client, adviser, newer):
    client.force_login(adviser)
    programme = newer.report.round.programme
    page = shown(client, "across_codes", programme.slug)
    assert "1 sted i 1 prosjekt. 1 av dem er merket i en eldre versjon og står uendret i den nyeste" in page
    assert "0 steder i 0 prosjekter. 1 sted gjelder en eldre versjon og er ikke talt med" in page
    assert "Gjelder versjon 1" in shown(client, "across_code", programme.slug, "laeringspunkt")
    assert "Merket i versjon 1. Ordene står uendret" in shown(client, "across_code", programme.slug, "F3")


def test_the_newest_answer_shows_what_was_marked_before(client, adviser, newer):
    client.force_login(adviser)
    page = shown(client, "across_answer", newer.report.round.programme.slug, newer.pk, QUESTION)
    assert f"<mark>{HURDLE}</mark>" in page
    assert "Ordene står uendret her, så kodene gjelder fortsatt." in page
    assert "Gjelder versjon 1: Ordene står ikke her, så kodene er ikke talt med." in page
    address = f"{reverse('across', args=[newer.report.round.programme.slug])}?sporsmal={QUESTION}"
    column = " ".join(client.get(address).content.decode().split())
    assert f"<mark>{HURDLE}</mark>" in column
    assert "fra versjon 1, uendret" in column


def test_words_marked_in_both_versions_are_one_place_with_the_codes_of_both(programme, adviser, newer):
    marked(newer, adviser, HURDLE, "F7")
    codes = codes_of(programme)
    found = {use.code.key: use for use in uses(codes, quotes_in(programme, codes, None))}
    assert [len(found[key].quotes) for key in ("F3", "F7")] == [1, 1]
    assert found["F3"].quotes == found["F7"].quotes
    assert found["F3"].carried == 0


def test_the_same_words_marked_in_two_places_stay_two(programme, adviser, leader, submission):
    first, last = (find("Felles kurs for alle.", ANSWER, near) for near in (0, len(ANSWER)))
    for span, code in ((first, "F3"), (last, "F7")):
        marking.mark(by=act(adviser), submission=submission, question=QUESTION, spans=[span], codes=[code])
    review = reviews.open_review(by=act(adviser), submission=submission)
    report = reviews.return_report(by=act(adviser), review=review, new_deadline=DEADLINE, note="Skriv mer.")
    section = report.form.sections.get(questions__key=QUESTION)
    save(report, leader, section.key, **{QUESTION: "Et langt avsnitt står foran alt det andre nå. " * 3 + ANSWER})
    send_in(report)
    codes = codes_of(programme)
    found = quotes_in(programme, codes, None)
    assert sorted((*quote.mark.keys, quote.is_carried) for quote in found) == [("F3", True), ("F7", True)]


def test_the_file_has_the_codes_that_are_carried(client, adviser, newer):
    client.force_login(adviser)
    address = reverse("across_download", args=[newer.report.round.programme.slug, "csv"])
    assert codes_of(newer.report.round.programme)["F3"].name in client.get(
        address, {"sporsmal": QUESTION}
    ).getvalue().decode("utf-8-sig")
