"""Two advisers answer the official questions independently, and it is said honestly how far they agree."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.actor import NotAllowed
from journal.models import AuditEvent
from reporting.annual.actions import decisions, reviews, second_readings
from reporting.annual.agreement import Agreement, Read, agreement, summed
from reporting.annual.models import SecondAnswer, SecondReading, TargetAnswer
from tests import factories
from tests.reporting.annual.test_races import all_at_once
from tests.reporting.annual.writing import TODAY, act, sent_in


@pytest.fixture(autouse=True)
def _in_january(settings):
    settings.DEMO, settings.DEMO_TODAY = True, TODAY


@pytest.fixture
def submission(project, leader, owner, target, round_):
    return sent_in(project, round_)


@pytest.fixture
def other(programme):
    person = factories.user("Odd Rådgiver")
    factories.role(person, "adviser", programme)
    return person


@pytest.fixture
def answered(submission, adviser, target):
    """The first adviser has answered two of the three questions."""
    answers = [(target, "suited", "partly", "Når bare noen av enhetene."), (target, "documented", "yes", "")]
    decisions.answer_all(by=act(adviser), submission=submission, seen="", answers=answers)
    return submission


def save(person, submission, *answers):
    """Save a reading; to what is not given here, the answer is no."""
    [target] = {target for target, *_ in answers}
    given = {question: (target, question, answer, line) for target, question, answer, line in answers}
    rest = {question: (target, question, "no", "") for question in TargetAnswer.Question.values}
    answers = list((rest | given).values())
    return second_readings.save_reading(by=act(person), submission=submission, answers=answers)


def sent_of(target, **answers):
    """What the page sends with each question answered."""
    return {f"{question}-{target.pk}": answers.get(question, "no") for question in TargetAnswer.Question.values}


def address(name, submission):
    return reverse(name, args=[submission.report.round.programme.slug, submission.pk])


def page(client, submission):
    return " ".join(client.get(address("report_review", submission), {"del": "sporsmal"}).content.decode().split())


@pytest.mark.parametrize(
    ("pairs", "same", "of"),
    [
        ([], 0, 0),
        ([("yes", "yes")], 1, 1),
        ([("yes", "yes"), ("no", "no"), ("partly", "partly")], 3, 3),
        ([("yes", "no"), ("no", "partly")], 0, 2),
        ([("yes", "yes"), ("", "yes"), ("no", ""), ("", "")], 1, 1),
    ],
)
def test_agreement_counts_pairs_and_only_pairs(pairs, same, of):
    assert agreement(pairs) == Agreement(same, of)


def test_a_round_is_summed_by_report_and_question():
    rows = [Read(1, "suited", "yes", "yes"), Read(1, "documented", "yes", "no"), Read(2, "suited", "", "yes")]
    found = summed(rows)
    assert (found.reports, found.whole) == (1, Agreement(1, 2))
    assert [item for _, item in found.questions] == [Agreement(0, 0), Agreement(1, 1), Agreement(0, 1)]
    assert summed([]).reports == 0


@pytest.mark.django_db
def test_the_first_answers_are_hidden_until_ones_own_are_saved(client, answered, other, target):
    client.force_login(other)
    before = page(client, answered)
    assert "Les uavhengig" in before
    assert "Når bare noen av enhetene." not in before
    assert "checked" not in before.split("Tre spørsmål per mål</h2>")[1].split("Vis svarene")[0]
    sent = sent_of(target, documented="yes") | {f"line-suited-{target.pk}": "Feil tiltak."}
    assert client.post(address("report_second_reading", answered), sent).status_code == 303
    after = page(client, answered)
    assert "Dere er enige i 1 av 2 svar." in after
    assert "Dere er uenige om" in after
    assert "Når bare noen av enhetene." in after
    assert "Feil tiltak." in after
    assert "Lagre svarene" not in after
    assert list(answered.review.answers.values_list("answer", flat=True)) == ["yes", "partly"]
    assert AuditEvent.objects.filter(action__endswith="second_reading").count() == 1


@pytest.mark.django_db
def test_what_is_said_afterwards_does_not_make_them_agree(client, answered, adviser, other, target):
    save(other, answered, (target, "suited", "no", ""))
    reviews.answer(
        by=act(adviser), review=answered.review, target=target, question="suited", answer="no", line="Du har rett."
    )
    client.force_login(adviser)
    shown = page(client, answered)
    assert "Dere er enige i 0 av 2 svar." in shown
    assert "(senere endret til Nei)" in shown


@pytest.mark.django_db
def test_one_who_has_seen_the_answers_does_not_read_independently(client, answered, other, target):
    client.force_login(other)
    assert client.post(address("report_see_answers", answered)).status_code == 303
    assert "Når bare noen av enhetene." in page(client, answered)
    response = client.post(address("report_second_reading", answered), {f"suited-{target.pk}": "yes"})
    assert response.status_code == 409
    assert not SecondAnswer.objects.exists()


@pytest.mark.django_db
def test_answers_shown_in_a_conflict_are_seen(client, answered, other, target):
    client.force_login(other)
    sent = {"seen": "", f"suited-{target.pk}": "yes"}
    assert client.post(address("report_questions", answered), sent).status_code == 409
    with pytest.raises(second_readings.NotIndependent):
        save(other, answered, (target, "suited", "yes", ""))


@pytest.mark.django_db
def test_a_reading_is_final_and_what_was_sent_again_is_shown(client, answered, other, target):
    save(other, answered, (target, "suited", "no", ""))
    client.force_login(other)
    sent = {f"suited-{target.pk}": "yes", f"line-suited-{target.pk}": "Jeg ombestemte meg."}
    response = client.post(address("report_second_reading", answered), sent)
    assert response.status_code == 409
    assert "Jeg ombestemte meg." in response.content.decode()
    assert SecondAnswer.objects.get(question="suited").answer == "no"


@pytest.mark.django_db
@pytest.mark.parametrize("is_one_answered", [False, True])
def test_a_reading_answers_everything_before_it_is_final(client, answered, other, target, is_one_answered):
    client.force_login(other)
    before = page(client, answered)
    assert "Du må svare på alle de 3 spørsmålene før du lagrer. Svarene er endelige" in before
    sent = {f"suited-{target.pk}": "no", f"line-suited-{target.pk}": "Feil tiltak."} if is_one_answered else {}
    response = client.post(address("report_second_reading", answered), sent)
    said = response.content.decode()
    assert response.status_code == 422
    missing = [q for q in TargetAnswer.Question.values if f"{q}-{target.pk}" not in sent]
    assert [name.split("-")[0] for name in response.context["questions"].errors] == missing
    assert f"Rett {len(missing)} ting før du går videre" in said
    assert "Når bare noen av enhetene." not in said
    assert ("Feil tiltak." in said) is is_one_answered
    assert not SecondReading.objects.exists()


@pytest.mark.django_db
def test_a_line_without_an_answer_is_told_with_all_that_is_missing(client, answered, other, target):
    client.force_login(other)
    sent = {f"line-suited-{target.pk}": "Feil tiltak."}
    response = client.post(address("report_second_reading", answered), sent)
    assert response.status_code == 422
    assert len(response.context["questions"].errors) == 3
    assert "Feil tiltak." in response.content.decode()


@pytest.mark.django_db
def test_who_reads_independently(answered, adviser, other, leader, target):
    answers = (target, "suited", "yes", "")
    with pytest.raises(second_readings.NotIndependent):
        save(adviser, answered, answers)
    with pytest.raises(NotAllowed):
        save(leader, answered, answers)
    with pytest.raises(reviews.UnknownSection):
        save(other, answered, answers, (target, "nonsense", "yes", ""))
    assert not SecondReading.objects.exists()
    save(other, answered, answers)
    with pytest.raises(NotAllowed):  # the first answers are the first adviser's
        reviews.answer(by=act(other), review=answered.review, target=target, question="suited", answer="no", line="")


@pytest.mark.django_db
def test_the_queue_says_how_far_they_agree(client, answered, adviser, other, target):
    client.force_login(adviser)
    queue = reverse("report_queue", args=[answered.report.round.programme.slug])
    assert "Ingen rapport er lest av to." in client.get(queue).content.decode()
    save(other, answered, (target, "suited", "partly", ""), (target, "documented", "no", ""))
    shown = " ".join(client.get(queue).content.decode().split())
    assert "To rådgivere har lest 1 av 1 rapporter hver for seg. De var enige i 1 av 2 svar." in shown
    assert "Enige i 0 av 1" in shown
    assert "Ikke besvart av to" in shown


@pytest.mark.django_db
def test_the_review_asks_the_database_few_questions(
    client, answered, adviser, other, target, django_assert_max_num_queries
):
    save(other, answered, *((target, question, "no", "") for question in TargetAnswer.Question.values))
    client.force_login(adviser)
    with django_assert_max_num_queries(34):
        page(client, answered)


@pytest.mark.django_db(transaction=True)
def test_one_adviser_who_saves_twice_at_once_has_one_whole_reading(answered, other, target):
    sets = [[(target, question, answer, "") for question in TargetAnswer.Question.values] for answer in ("yes", "no")]
    results = all_at_once([lambda given=given: save(other, answered, *given) for given in sets])
    assert sorted(type(result).__name__ for result in results) == ["AlreadyRead", "SecondReading"]
    assert len(set(SecondAnswer.objects.values_list("answer", flat=True))) == 1
    assert SecondAnswer.objects.count() == 3


@pytest.mark.django_db
def test_the_database_itself_refuses_a_second_reading_by_the_same_adviser(answered, other, target):
    reading = save(other, answered, (target, "suited", "no", ""))
    with pytest.raises(IntegrityError), transaction.atomic():
        SecondReading.objects.create(review=reading.review, by=other, at=reading.at, is_blind=True)


@pytest.mark.django_db
def test_a_reading_stored_before_it_had_to_be_whole_goes_on(client, answered, adviser, other, target):
    own = SecondReading.objects.create(review=answered.review, by=other, at=act(other).now, is_blind=True)
    SecondAnswer.objects.create(
        reading=own, target=target, question="suited", answer="no", first_answer="partly", first_by=adviser
    )
    client.force_login(other)
    before = page(client, answered)
    assert "Du har svart på 1 av 3 spørsmål før." in before
    assert "Når bare noen av enhetene." not in before
    sent = {f"suited-{target.pk}": "yes", f"documented-{target.pk}": "yes"}
    refused = client.post(address("report_second_reading", answered), sent)
    assert refused.status_code == 422
    assert "Velg Ja, Delvis eller Nei." in refused.content.decode()
    response = client.post(
        address("report_second_reading", answered), sent | {f"operationalised-{target.pk}": "partly"}
    )
    assert response.status_code == 303
    assert dict(own.answers.values_list("question", "answer")) == {
        "suited": "no", "documented": "yes", "operationalised": "partly",
    }  # fmt: skip
    assert "Dere er enige i 1 av 2 svar." in page(client, answered)
    with pytest.raises(second_readings.AlreadyRead):
        save(other, answered, (target, "suited", "yes", ""))
