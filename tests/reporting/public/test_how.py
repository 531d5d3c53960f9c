"""«Slik regner vi»: every word explained, every rule named, every number from the code or the programme."""

from datetime import date
from html.parser import HTMLParser

import pytest
from django.urls import reverse

from accounts.actor import Actor
from benefits.actions.thresholds import change_threshold
from benefits.engine.rules import RULES
from benefits.engine.thresholds import DEFAULT, SPECS
from benefits.engine.verdicts import State
from benefits.wording import state_word
from benefits.wording.meanings import MEANINGS
from benefits.wording.thresholds import threshold_name
from reporting.public.worked import EXAMPLES, judged
from saman import words
from tests import factories
from tests.factories import noon

LANGUAGES = ("nb", "nn", "en")


class Page(HTMLParser):
    """The ids of a page, and the anchors it links to on itself."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links = [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        known = dict(attributes)
        if "id" in known:
            self.ids.append(known["id"])
        if known.get("href", "").startswith("#"):
            self.links.add(known["href"][1:])


@pytest.fixture
def asked(client, db):
    def get(language="nb", **query):
        client.cookies["language"] = language
        return client.get(reverse("how"), query, headers={"accept-language": language}).text.replace("\xa0", " ")

    return get


def test_every_state_has_a_meaning_and_every_example_is_judged_as_its_section_says():
    assert set(MEANINGS) == set(State)
    states = {key: str(judged(series, DEFAULT).state) for key, series in EXAMPLES.items()}
    assert states == {
        "way": "on_track", "large": "at_risk", "small": "within_uncertainty", "unknown": "unknown",
        "season": "on_track", "relapse": "relapse",
    }  # fmt: skip


def test_a_verdict_can_link_to_its_word_and_its_rule(asked):
    page = Page(asked())
    anchors = {sign.key for sign in words.RESULTS.values()} | {code.lower() for code in RULES}
    assert anchors <= set(page.ids)
    assert page.links <= set(page.ids)
    assert len(page.ids) == len(set(page.ids)), "an id twice"


def test_every_state_rule_and_number_is_on_the_page(asked):
    text = asked()
    assert not [state for state in State if state_word(state) not in text]
    assert not [name for name in SPECS if threshold_name(name) not in text]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_code_and_no_empty_value_is_shown(asked, language):
    text = asked(language)
    assert not [name for name in SPECS if name in text]
    assert "None" not in text
    assert "%(" not in text


def test_a_programme_shows_the_numbers_it_has_chosen(asked, programme, admin):
    assert "Har målet ikke sin egen grense, er den 10 % av veien" in asked()
    change_threshold(
        by=Actor(admin, noon(date(2014, 1, 1))), programme=programme, name="default_tolerance", version=1, value=0.15,
        reason="x",
    )  # fmt: skip
    text = asked()
    assert "Har målet ikke sin egen grense, er den 15 % av veien" in text
    assert "(standard: 10 %)" in text
    other = factories.programme()
    assert "er den 10 % av veien" in asked(program=other.slug)
    assert "er den 15 % av veien" in asked(program=programme.slug)
    assert "Siden viser standardverdiene" in asked(program="finnes-ikke")


def test_nobody_is_named_and_the_database_is_asked_little(asked, programme, admin, django_assert_max_num_queries):
    change_threshold(
        by=Actor(admin, noon(date(2014, 1, 1))), programme=programme, name="grace_days", version=1, value=90, reason="x"
    )
    with django_assert_max_num_queries(4):
        text = asked()
    assert admin.name not in text
