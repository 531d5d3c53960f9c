"""Where a quote stands in an answer, its sentences, and names taken out of it. No database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.across import anonymity
from reporting.across.letters import BadTemplate, check
from reporting.across.words import NotThere, SeveralPlaces, find, joined, pieces, sentences, words_of

TEXT = "Vi målte tidlig. Det hjalp.\nVi målte tidlig, og vi målte «ofte»."


def test_a_quote_is_found_however_its_white_space_came_along():
    start, end = find("Det  hjalp.\r\nVi målte", TEXT)
    assert TEXT[start:end] == "Det hjalp.\nVi målte"
    assert TEXT[slice(*find("«Det hjalp.»", TEXT))] == "Det hjalp."


def test_words_that_are_not_there_or_stand_twice_are_refused():
    with pytest.raises(NotThere):
        find("Vi målte sent", TEXT)
    with pytest.raises(NotThere):
        find(" «» ", TEXT)
    with pytest.raises(SeveralPlaces):
        find("Vi målte tidlig", TEXT)
    assert find("Vi målte tidlig", TEXT, near=25)[0] == 28


@given(st.text(alphabet="ab .!?\n«»é", max_size=60))
def test_sentences_cover_every_word_once(text):
    spans = sentences(text)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert "".join("".join(text[start:end] for start, end in spans).split()) == "".join(text.split())


def test_sentences_end_where_marks_have_a_blank_after_them():
    text = "… Se 3.4.b?! Han sa «ja!». Så... ble det slutt"
    assert [text[slice(*span)] for span in sentences(text)] == [
        "… Se 3.4.b?!", "Han sa «ja!».", "Så...", "ble det slutt",
    ]  # fmt: skip


def test_no_number_of_marks_holds_the_page_up():
    """Each mark tried once more for each before it would take minutes."""
    text = f"x{'.' * 100_000}y{'.»' * 50_000}y"
    assert sentences(text) == [(0, len(text))]


def test_chosen_sentences_that_follow_each_other_are_one_passage():
    spans = sentences(TEXT)
    assert [TEXT[start:end] for start, end in joined([2, 0, 1], spans)] == [TEXT]
    assert len(joined([0, 2], spans)) == 2


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=4))
def test_pieces_are_the_answer_again(text, spans):
    assert "".join(piece.text for piece in pieces(text, spans)) == text


def test_the_words_of_lessons_are_the_same_in_every_language():
    lessons = [{"title": "Mål tidlig", "text": "Det hjelper.", "theme": "maaling", "outcome": "worked"}]
    assert words_of({"type": "lessons", "answer": lessons}) == "Mål tidlig\nDet hjelper."
    assert words_of({"type": "choice", "answer": "ja"}) == ""


def test_known_names_are_replaced_and_what_looks_like_a_name_is_pointed_out():
    known = {"Os": "[kommune]", "Ole Os": "[navn]", "Ole": "[navn]", "Sør-Varanger": "[kommune]"}
    replaced = anonymity.Names(anonymity._step(known)).out_of(
        "Ole Os ringte Os, OS og Sør-Varangers folk. Osen svarte, og Kari Mo kom."
    )
    assert replaced.text == "[navn] ringte [kommune], [kommune] og [kommune] folk. Osen svarte, og Kari Mo kom."
    assert replaced.counts == {"[navn]": 1, "[kommune]": 3}
    assert replaced.left == ["Kari", "Mo"]


def test_a_sami_name_looks_like_a_name_and_an_abbreviation_does_not():
    replaced = anonymity.Names([]).out_of("Vi møtte Ánne-Máret i Čuđegieddi og NAV. Šattai buorre.")
    assert replaced.left == ["Ánne-Máret", "Čuđegieddi"]


@pytest.mark.parametrize("text", ["Til {komune}", "Til {kommune", "Til }", "{}", "{{kommune}}"])
def test_a_template_with_a_bad_field_is_refused(text):
    with pytest.raises(BadTemplate):
        check(text)


def test_a_template_with_fields_there_are_is_taken():
    check("Til {kommune} og { leder }: {avgjørelse}")
