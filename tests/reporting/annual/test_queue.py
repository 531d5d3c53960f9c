"""The adviser's queue: filters, what is read, and several reports approved in one go."""

from datetime import date

import pytest
from django.urls import reverse

from journal.models import OutboxMessage
from projects.roles import Role
from reporting.annual.actions import reviews
from reporting.annual.comparison import compared
from reporting.annual.models import Published, Report
from tests import factories
from tests.reporting.annual.writing import a_round, act, approved, read, sent_in


@pytest.fixture
def two(project, other_project, leader, owner, other_leader, target, round_, adviser):
    """Two reports that are read and have no comments."""
    factories.role(factories.user(), Role.OWNER, other_project)
    made = [sent_in(each, round_) for each in (project, other_project)]
    for submission in made:
        read(submission, adviser)
    return made


def page(client, programme, **query):
    return " ".join(client.get(reverse("report_queue", args=[programme.slug]), query).content.decode().split())


def approve(client, two, said=None, **more):
    """Send what the queue's page holds."""
    shown = client.get(reverse("report_queue", args=[two[0].report.round.programme.slug])).context["queue"].ready
    sent = {f"sett-{line.submission.pk}": line.said for line in shown}
    data = {"runde": two[0].report.round_id, "project": "none", "rapport": [row.pk for row in two]}
    data |= {"leaves_questions": "on", **sent, **more}
    address = reverse("report_approve_several", args=[two[0].report.round.programme.slug])
    return client.post(address, data, follow=True)


@pytest.mark.django_db
def test_several_are_approved_at_once_and_their_people_told(client, adviser, two):
    client.force_login(adviser)
    assert "2 rapporter er godkjent." in approve(client, two).content.decode()
    assert Published.objects.count() == 2
    assert OutboxMessage.objects.filter(kind="report_approved").count() == 4


@pytest.mark.django_db
def test_the_public_version_of_each_is_at_hand_where_several_are_approved(client, adviser, two, programme):
    client.force_login(adviser)
    shown = page(client, programme)
    assert "Det som er offentlig, blir lagt ut når du godkjenner." in shown
    for row in two:
        assert reverse("report_public_preview", args=[programme.slug, row.pk]) in shown


@pytest.mark.django_db
def test_questions_nobody_has_answered_are_asked_about_before_several_are_approved(client, adviser, two, programme):
    client.force_login(adviser)
    assert "3 av 3 spørsmål om målene er ikke besvart" in page(client, programme)
    refused = approve(client, two, leaves_questions="")
    assert refused.status_code == 422
    said = f"ikke besvart: {two[0].report.project.title} (3 av 3)."
    assert said in refused.content.decode()
    assert not Published.objects.exists()


@pytest.mark.django_db
def test_one_that_has_changed_stops_itself_and_no_other(client, adviser, two, programme):
    client.force_login(adviser)
    shown = client.get(reverse("report_queue", args=[programme.slug])).context["queue"].ready
    before = {f"sett-{line.submission.pk}": line.said for line in shown}
    key = two[0].contents["content"]["sections"][0]["key"]
    reviews.comment(by=act(adviser), review=two[0].review, section=key, text="Vent litt.")
    answer = approve(client, two, **before).content.decode()
    assert "1 rapport er godkjent." in answer
    assert two[0].report.project.title in answer
    assert Report.objects.get(pk=two[0].report_id).state == Report.State.SUBMITTED


@pytest.mark.django_db
def test_nothing_chosen_is_said_at_the_field(client, adviser, two):
    client.force_login(adviser)
    answer = approve(client, two, rapport=[])
    assert answer.status_code == 422
    assert "Velg minst én rapport." in answer.content.decode()
    assert not Published.objects.exists()


@pytest.mark.django_db
def test_the_queue_is_filtered(client, adviser, two, programme):
    client.force_login(adviser)
    assert "Viser 2 av 2 rapporter." in page(client, programme)
    assert "Viser 1 av 2 rapporter." in page(client, programme, q=two[0].report.project.title)
    assert "Viser 2 av 2 rapporter." in page(client, programme, gjennomgang="lest", signatur="signert", frist="i-tide")
    assert "Viser 0 av 2 rapporter." in page(client, programme, ventet="7")
    assert "Viser 2 av 2 rapporter." in page(client, programme, ventet="mange", frist="tull")


def test_a_rewritten_sentence_is_compared_word_by_word_and_one_with_little_in_common_is_marked_whole():
    was, now = compared("Vi målte i mai. Det gikk bra.", "Vi målte i august. Det gikk bra.")
    assert [(piece.text, piece.is_marked) for piece in was] == [
        ("Vi målte i ", False), ("mai. ", True), ("Det gikk bra.", False),
    ]  # fmt: skip
    assert [piece.text for piece in now if piece.is_marked] == ["august. "]
    was, now = compared("Ingen var med.", "Turnusen er ny, og alle har prøvd den i høst.")
    assert [piece.is_marked for piece in (*was, *now)] == [True, True]
    same, again = compared("Likt. Likt.", "Likt. Likt.")
    assert same == again
    assert not any(piece.is_marked for piece in same)


@pytest.mark.parametrize(
    "text",
    [
        "Fra 31.12.2014 fikk vi 1.200 kroner. Det gikk bra! Ja",
        "Navn: Kari Nordmann, kari@eksempel.no",
        "… Hva?! Nei...\n\nJa.",
        "x" + "." * 20_000 + "y",
    ],
)
def test_what_is_compared_is_all_that_was_written(text):
    for side in compared(text, f"{text} Nytt."):
        assert "".join(piece.text for piece in side).startswith(text)


def test_a_few_words_over_and_over_are_compared_all_the_same():
    """Without leaving out the frequent ones this would take hours."""
    was, now = compared("a b " * 5_000, "a b c " * 3_000)
    assert ("".join(piece.text for piece in was), was[0].is_marked) == (("a b " * 5_000).strip(), True)
    assert "".join(piece.text for piece in now) == ("a b c " * 3_000).strip()


@pytest.mark.django_db
def test_the_machine_asks_about_freed_time_without_a_plan_and_targets_without_a_new_figure(
    client, adviser, project, target, round_, leader, owner
):
    factories.freed_time(project, used=None)
    old = factories.target(project)
    factories.measurement(old, date(2013, 6, 30), 10)
    submission = sent_in(project, round_)
    client.force_login(adviser)
    address = reverse("report_review", args=[round_.programme.slug, submission.pk])
    shown = " ".join(client.get(address).content.decode().split())
    assert "Frigitt tid uten plan: én post" in shown
    assert f"Ikke målt i perioden: {old.versions.get().title}" in shown
    assert "Uttalelse fra tillitsvalgte: ikke bedt om." in shown


@pytest.mark.django_db
def test_the_queue_opens_where_something_waits(
    client, adviser, programme, project, leader, owner, target, round_, django_assert_max_num_queries
):
    newest = a_round(programme, 2015, opens_on=date(2015, 1, 1))
    client.force_login(adviser)
    address = reverse("report_queue", args=[programme.slug])
    assert client.get(address).context["round"] == newest  # nothing has come in any
    submission = sent_in(project, round_)
    with django_assert_max_num_queries(13):  # as with one round, its reviewer, and which round to open
        response = client.get(address)
    assert response.context["round"] == round_
    assert client.get(address, {"runde": newest.pk}).context["round"] == newest
    nothing = page(client, programme, runde=newest.pk)
    assert "Ingen rapporter venter på deg." in nothing
    assert "De som har ventet lengst" not in nothing
    approved(submission, adviser)
    assert client.get(address).context["round"] == round_  # nothing waits; here something has come


@pytest.mark.django_db
def test_the_files_are_of_the_round_on_the_page_after_a_refusal_too(client, adviser, two):
    client.force_login(adviser)
    refused = approve(client, two, rapport=[]).content.decode()
    assert f"last-ned/csv/?runde={two[0].report.round_id}" in refused
