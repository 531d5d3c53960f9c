"""The leader's reply to an adviser's comment: written where the comment stands, read when the report comes in again."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.actor import NotAllowed
from reporting.annual.actions import drafts, replies, reviews, rounds
from reporting.annual.content import content
from reporting.annual.models import Report, ReviewComment, Round
from saman.parsing import InvalidText
from tests import factories
from tests.reporting.annual.test_report_pages import asked, hidden, typed
from tests.reporting.annual.writing import act, filled, read, save, signed, submitted

pytestmark = pytest.mark.django_db
SECTION, DEADLINE = "gevinster", date(2015, 3, 6)
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture(autouse=True)
def _in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, date(2015, 1, 22)


@pytest.fixture
def comment(report, leader, owner, adviser):
    """A comment on a report that has been sent back."""
    signed(filled(report, leader), owner)
    review = reviews.open_review(by=act(adviser), submission=submitted(report, leader))
    made = reviews.comment(by=act(adviser), review=review, section=SECTION, text="Hvor mye skyldes heltid?")
    reviews.return_report(by=act(adviser), review=review, new_deadline=DEADLINE)
    return made


@pytest.fixture
def deputy(report):
    """Someone else who may write the report."""
    made = factories.user("Vara Vik")
    factories.role(made, "leader_deputy", report.project)
    return made


@pytest.fixture
def url(project):
    return reverse("report_section", args=[project.slug, "2014", SECTION])


def answer(page, comment, text):
    """What the section's form sends when a reply has been typed."""
    name = f"svar-{comment.pk}"
    return {
        **typed(page, asked(page)),
        "kommentar": comment.pk,
        name: text,
        f"svar-var-{comment.pk}": was(page, comment),
    }


def was(page, comment):
    return hidden(page, f"svar-var-{comment.pk}")


def stored(comment):
    comment.refresh_from_db()
    return comment.reply


def test_the_reply_is_written_beside_the_comment_and_stored_by_the_same_press(client, url, comment, leader):
    client.force_login(leader)
    sent = answer(client.get(url), comment, "Om lag halvparten.\r\nResten er vikarer.")
    assert client.post(url, {**sent, "go": "save"}).status_code == 303
    assert stored(comment) == "Om lag halvparten.\nResten er vikarer."
    assert (comment.replied_by, comment.replied_at is None) == (leader, False)
    assert "Om lag halvparten." in client.get(url).content.decode()


def test_it_is_stored_while_writing(client, url, comment, leader):
    client.force_login(leader)
    page = client.get(url)
    first = client.post(url, answer(page, comment, "Om lag"), headers=HTMX)
    assert (first.status_code, was(first, comment)) == (200, "Om lag")
    client.post(url, answer(first, comment, "Om lag halvparten."), headers=HTMX)
    assert stored(comment) == "Om lag halvparten."


def test_a_save_overtaken_on_the_way_does_not_bring_an_older_reply_back(client, url, comment, leader):
    client.force_login(leader)
    page = client.get(url)
    client.post(url, {**answer(page, comment, "Om lag halvparten."), "nr": 2}, headers=HTMX)
    client.post(url, {**answer(page, comment, "Om"), "nr": 1}, headers=HTMX)
    assert stored(comment) == "Om lag halvparten."


def test_an_empty_reply_takes_it_back(client, url, comment, leader):
    replies.reply(by=act(leader), comment=comment, text="Feil svar", seen="")
    client.force_login(leader)
    client.post(url, {**answer(client.get(url), comment, "  "), "go": "save"})
    assert stored(comment) == ""
    assert (comment.replied_by, comment.replied_at) == (None, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [("x" * 4001, "4000"), ("Født 01010112377", "fødselsnummer"), ("Usynlig\u202e", "styretegn")],
)
def test_a_reply_that_cannot_be_stored_is_kept_in_its_field(client, url, comment, leader, text, words):
    client.force_login(leader)
    sent = answer(client.get(url), comment, text)
    page = client.post(url, {**sent, "go": "save"})
    shown = page.content.decode()
    assert page.status_code == 422
    assert f"{text}</textarea>" in shown
    assert words in shown.replace("\u202f", "")
    assert f'href="#svar-{comment.pk}"' in shown
    assert stored(comment) == ""
    auto = client.post(url, sent, headers=HTMX)
    assert auto.status_code == 422
    assert "Svaret til rådgiveren:" in auto.content.decode()


def test_two_who_reply_see_each_others(client, url, comment, leader, deputy):
    client.force_login(leader)
    page = client.get(url)
    replies.reply(by=act(deputy), comment=comment, text="Omtrent en tredel.", seen="")
    answered = client.post(url, {**answer(page, comment, "Om lag halvparten."), "go": "save"})
    text = answered.content.decode()
    assert answered.status_code == 422
    assert "Om lag halvparten.</textarea>" in text
    assert "Vara Vik svarte i mellomtiden: «Omtrent en tredel.»" in text
    assert stored(comment) == "Omtrent en tredel."
    assert client.post(url, {**answer(answered, comment, "En tredel."), "go": "save"}).status_code == 303
    assert stored(comment) == "En tredel."


def test_what_is_typed_is_shown_when_the_report_has_been_sent_in_meanwhile(client, url, comment, leader, owner, report):
    client.force_login(leader)
    page = client.get(url)
    signed(report, owner)
    submitted(report, leader)
    late = client.post(url, {**answer(page, comment, "For sent ute"), "sv-gevinster": "Noe mer", "go": "save"})
    assert late.status_code == 409
    assert "For sent ute" in late.content.decode()
    assert "Noe mer" in late.content.decode()
    assert stored(comment) == ""


def test_a_comment_of_another_report_is_left_alone(client, url, comment, leader):
    other = ReviewComment.objects.create(
        review=comment.review, section="videre", text="En annen del", by=comment.by, at=comment.at
    )
    client.force_login(leader)
    sent = answer(client.get(url), comment, "Svar")
    client.post(url, {**sent, "kommentar": [comment.pk, other.pk], f"svar-{other.pk}": "Feil sted", "go": "save"})
    assert (stored(comment), stored(other)) == ("Svar", "")


def test_the_adviser_reads_it_when_the_report_comes_in_again(client, comment, leader, owner, adviser, report):
    replies.reply(by=act(leader), comment=comment, text="Om lag halvparten.", seen="")
    client.force_login(adviser)
    programme = report.project.cohort.programme.slug

    def look(submission):
        return client.get(reverse("report_review", args=[programme, submission.pk]), {"del": SECTION}).content.decode()

    first = comment.review.submission
    assert "Hvor mye skyldes heltid?" in look(first)
    assert "Om lag halvparten." not in look(first)
    signed(report, owner)
    second = submitted(report, leader)
    assert "Om lag halvparten." in look(first)
    assert "Kommentarene til forrige versjon" in look(second)
    assert "Om lag halvparten." in look(second)


def test_a_reply_is_part_of_what_is_signed_and_submitted(client, comment, leader, owner, report):
    what = content(Report.objects.get(pk=report.pk), date(2015, 1, 22))
    assert [(row["section"], row["reply"]) for row in what["replies"]] == [(SECTION, None)]
    signed(report, owner)
    client.force_login(leader)
    page = client.get(reverse("report_preview", args=[report.project.slug, "2014"]))
    replies.reply(by=act(leader), comment=comment, text="Om lag halvparten.", seen="")
    sent = {name: hidden(page, name) for name in ("seen", "key")}
    stopped = client.post(reverse("report_submit", args=[report.project.slug, "2014"]), sent)
    assert stopped.status_code == 409
    assert "Svar på kommentaren «Hvor mye skyldes heltid?»" in stopped.content.decode()
    assert "Om lag halvparten." in stopped.content.decode()
    signed(report, owner)
    assert submitted(report, leader).contents["content"]["replies"][0]["reply"] == "Om lag halvparten."


def test_a_first_report_carries_no_replies(report):
    assert "replies" not in content(report, date(2015, 1, 22))


@pytest.mark.parametrize("who", ["owner", "adviser", "reader", "stranger", "other_leader"])
def test_only_those_who_write_the_report_reply(who, comment, request):
    with pytest.raises(NotAllowed):
        replies.reply(by=act(request.getfixturevalue(who)), comment=comment, text="Svar", seen="")


def test_there_is_no_reply_before_the_return_nor_after_the_next_submission(report, leader, owner, adviser):
    signed(filled(report, leader), owner)
    review = reviews.open_review(by=act(adviser), submission=submitted(report, leader))
    comment = reviews.comment(by=act(adviser), review=review, section=SECTION, text="Hvor mye?")
    with pytest.raises(drafts.NotWritable):
        replies.reply(by=act(leader), comment=comment, text="For tidlig", seen="")
    reviews.return_report(by=act(adviser), review=review, new_deadline=DEADLINE)
    signed(report, owner)
    second = submitted(report, leader)
    with pytest.raises(drafts.NotWritable):
        replies.reply(by=act(leader), comment=comment, text="For sent", seen="")
    again = reviews.open_review(by=act(adviser), submission=second)
    reviews.return_report(by=act(adviser), review=again, new_deadline=DEADLINE, note="En gang til.")
    with pytest.raises(drafts.NotWritable):
        replies.reply(by=act(leader), comment=comment, text="Til en gammel kommentar", seen="")


def test_a_reply_of_an_invisible_kind_is_refused_by_the_action_too(comment, leader):
    with pytest.raises(InvalidText):
        replies.reply(by=act(leader), comment=comment, text="x" * 4001, seen="")


def test_last_years_comments_are_at_hand(client, url, comment, leader, owner, adviser, report):
    replies.reply(by=act(leader), comment=comment, text="Om lag halvparten.", seen="")
    signed(report, owner)
    reviews.approve(by=act(adviser), review=read(submitted(report, leader), adviser), project_outcome="none")
    next_year = rounds.copy_round(by=act(None), source=report.round, year=2015)
    Round.objects.filter(pk=next_year.pk).update(opens_on=date(2015, 1, 1))
    client.force_login(leader)
    client.post(reverse("report_round", args=[report.project.slug, "2015"]))
    page = client.get(reverse("report_section", args=[report.project.slug, "2015", SECTION])).content.decode()
    assert "Rådgiverens kommentar i fjor" in page
    assert "Om lag halvparten." in page


def test_a_returned_report_goes_to_the_owner_and_in_though_its_round_is_closed(
    client, url, comment, leader, owner, report
):
    """Sent to the owner, and changed after it, it is still the returned one: with its comments, and open to writing."""
    Round.objects.update(closed_on=date(2015, 1, 21))
    client.force_login(leader)
    assert client.post(reverse("report_to_owner", args=[report.project.slug, "2014"])).status_code == 303
    assert "Hvor mye skyldes heltid?" in client.get(url).content.decode()
    save(report, leader, SECTION, gevinster="34 ansatte har fått større stilling.")
    assert Report.objects.get().state == Report.State.DRAFT
    assert "Hvor mye skyldes heltid?" in client.get(url).content.decode()
    replies.reply(by=act(leader), comment=comment, text="Halvparten.", seen="")
    signed(report, owner)
    assert submitted(report, leader).revision == 2
