"""Results in public: only what an approved report published, in four words, never the live assessment."""

from datetime import date

import pytest

from benefits.models import TargetStatus
from projects.models import Project
from reporting.annual.models import Published
from tests import factories
from tests.reporting.annual.writing import a_round, approved, sent_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def target(project):
    made = factories.target(project, title="Lavere sykefravær", is_main=True)
    factories.measurement(made, date(2013, 12, 31), "9.9")
    return made


@pytest.fixture
def published(project, programme, leader, owner, adviser, target):
    """The report for 2013, approved."""
    round_ = a_round(programme, 2013)
    return approved(sent_in(project, round_, date(2014, 1, 20)), adviser, date(2014, 1, 30))


def test_nothing_is_shown_before_approval(project, programme, leader, owner, target, read):
    sent_in(project, a_round(programme, 2013), date(2014, 1, 20))
    text = read(f"/prosjekt/{project.slug}/")
    assert "Resultatene kommer her når årsrapportene er godkjent." in text
    assert "9,9" not in text
    assert "Resultater så langt" not in read("/")


def test_the_project_page_shows_the_word_the_figures_and_their_date(project, published, read):
    text = read(f"/prosjekt/{project.slug}/")
    assert "Lavere sykefravær På vei 10,8 %" in text
    assert "9,9 %" in text
    assert "slik det var 20. januar 2014" in text


def test_what_is_measured_later_waits_for_the_next_approval(project, published, target, read):
    factories.measurement(target, date(2014, 12, 31), "7.7")
    text = read(f"/prosjekt/{project.slug}/")
    assert "7,7" not in text
    assert "9,9" in text


def test_the_live_result_never_shows(project, published, target, read):
    TargetStatus.objects.filter(target=target).update(result="relapse")
    text = read(f"/prosjekt/{project.slug}/")
    assert "Tilbakefall" not in text


def test_the_newest_report_counts_once(project, published, target, programme, adviser, read):
    factories.measurement(target, date(2014, 12, 31), "10.9")
    approved(sent_in(project, a_round(programme)), adviser)
    text = read(f"/prosjekt/{project.slug}/")
    assert "Ikke nådd 10,8 %" in text
    assert "1 av 1 effektmål Ikke nådd" in read("/")


def test_what_was_counted_elsewhere_is_shown_and_not_counted(project, programme, leader, owner, adviser, target, read):
    again = factories.target(project, title="Flere på jobb")
    factories.measurement(again, date(2013, 12, 31), "9.9")
    decided = date(2014, 1, 10)
    factories.counted_elsewhere(again, target, decided_on=decided, recorded_at=factories.noon(decided))
    approved(sent_in(project, a_round(programme, 2013), date(2014, 1, 20)), adviser, date(2014, 1, 30))
    assert "Flere på jobb" in read(f"/prosjekt/{project.slug}/")
    assert "1 av 1 effektmål På vei" in read("/")


def test_a_figure_about_few_people_is_hidden(project, published, read):
    """A row that was suppressed when it was published says so, and says no number."""
    published.targets.update(value=None, is_suppressed=True)
    text = read(f"/prosjekt/{project.slug}/")
    assert "Skjult" in text
    assert "9,9" not in text
    assert "10,8" not in text  # the baseline of a row from before baselines were hidden, too


def test_the_front_page_counts_the_four_words(project, published, read):
    text = read("/")
    assert "Fra 1 godkjent rapport, slik det var 20. januar 2014." in text
    assert "0 av 1 effektmål Nådd 1 av 1 effektmål På vei 0 av 1 effektmål Ikke nådd" in text
    assert "fra 10,8 % til 9,9 %" in text


WAITS = "Én måling kan være tilfeldig, så vi venter med å si «Nådd»."


def test_a_goal_that_is_passed_once_says_why_it_is_not_called_reached(
    project, programme, leader, owner, adviser, target, read
):
    factories.measurement(target, date(2014, 12, 31), "8.8")  # the goal is 9.0 at the end of 2015
    approved(sent_in(project, a_round(programme)), adviser)
    for address in ("/", f"/prosjekt/{project.slug}/"):
        assert "På vei" in read(address)
        assert WAITS in read(address)


def test_a_target_on_its_way_waits_for_nothing(project, published, read):
    assert WAITS not in read("/")
    published.targets.update(value="8.8", word="reached")
    assert WAITS not in read("/")
    published.targets.update(value=None, is_suppressed=True, word="on_the_way")
    assert WAITS not in read(f"/prosjekt/{project.slug}/")


def test_the_pages_ask_few_questions(project, published, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get("/")
    with django_assert_max_num_queries(8):
        client.get(f"/prosjekt/{project.slug}/")
    assert (Project.objects.count(), Published.objects.count()) == (1, 1)
