"""Sign-in by one-time code, from the first page to the last, and all that can go wrong."""

import re
from smtplib import SMTPException

import pytest
from django.contrib.auth import get_user
from django.urls import reverse

from accounts.models import User
from journal.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db

SIGN_IN, CODE = reverse("account_login"), reverse("account_confirm_login_code")
WRONG = "Det er ikke riktig kode"


def code_in(mail):
    """The code of a mail, on a line of its own."""
    return re.search(r"^ {4}(\S+)$", mail.body, re.MULTILINE)[1]


def signed_in(client):
    return get_user(client)


def ask(client, email, **fields):
    return client.post(SIGN_IN, {"email": email, **fields})


def test_a_code_sent_by_mail_signs_in(client, leader, mailoutbox):
    assert "Logg inn i Saman" in client.get(SIGN_IN).content.decode()
    assert ask(client, leader.email).url == CODE
    assert leader.email in client.get(CODE).content.decode()
    response = client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert (response.status_code, response.url) == (302, reverse("my_work"))
    assert signed_in(client) == leader
    assert AuditEvent.objects.filter(stream=f"user:{leader.pk}", action="signed_in").count() == 1


def test_case_spaces_and_dashes_do_not_matter(client, leader, mailoutbox):
    ask(client, leader.email.upper())
    client.post(CODE, {"code": f" {code_in(mailoutbox[0]).lower().replace('-', ' ')} "})
    assert signed_in(client) == leader


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_mail_is_in_the_persons_language_whatever_the_page_is_in(client, mailoutbox, language):
    person = factories.user("Kari", language=language)
    client.cookies["saman_language"] = "en" if language == "nn" else "nn"
    ask(client, person.email)
    mail = mailoutbox[0]
    assert mail.to == [person.email]
    assert code_in(mail)
    bokmål = "Her er koden din for å logge inn i Saman" in mail.body
    assert bokmål == (language == "nb" or not _translated(language))


def _translated(language):
    """Whether the catalogue of the language has the sentence (its completeness is tested for itself)."""
    from django.utils import translation

    with translation.override(language):
        return translation.gettext("Hei!") != "Hei!"


def test_an_unknown_address_looks_the_same_and_makes_nothing(client, leader, mailoutbox):
    known, unknown = ask(client, leader.email), ask(client, "ingen@example.org")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    known_page = client.get(CODE).content.decode()
    assert "Hvis <b>ingen@example.org</b> har en konto" in known_page
    mail = mailoutbox[1]
    assert mail.to == ["ingen@example.org"]
    assert "Vi har ingen konto med den adressen" in mail.body
    assert "http" not in mail.body
    assert client.post(CODE, {"code": "ABCD-EFGH"}).status_code == 422
    assert not User.objects.filter(email="ingen@example.org").exists()


def test_a_person_who_has_been_shut_out_is_as_unknown(client, leader, mailoutbox):
    User.objects.filter(pk=leader.pk).update(is_active=False)
    assert ask(client, leader.email).url == CODE
    assert "Vi har ingen konto" in mailoutbox[0].body


def test_a_person_shut_out_between_code_and_answer_is_refused(client, leader, mailoutbox):
    ask(client, leader.email)
    User.objects.filter(pk=leader.pk).update(is_active=False)
    response = client.post(CODE, {"code": code_in(mailoutbox[0])}, follow=True)
    assert "Kontoen er stengt" in response.content.decode()
    assert not signed_in(client).is_authenticated


def test_a_person_shut_out_loses_open_sessions(client, leader):
    client.force_login(leader)
    assert signed_in(client) == leader
    User.objects.filter(pk=leader.pk).update(is_active=False)
    assert client.get(reverse("account")).status_code == 302


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", "Skriv e-postadressen din"),
        ("   ", "Skriv e-postadressen din"),
        ("kari", "Skriv en hel e-postadresse"),
        ("kari@", "Skriv en hel e-postadresse"),
        ("kari@kommune.no\r\nBcc: alle@example.org", "Skriv en hel e-postadresse"),
        ("kari\x00@kommune.no", "tegn"),
        ("k" * 300 + "@kommune.no", "E-postadressen er for lang"),
    ],
)
def test_a_bad_address_is_told_at_the_field(client, mailoutbox, typed, error):
    response = ask(client, typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert error in page
    assert 'aria-invalid="true"' in page
    assert "<title>Feil:" in page
    assert not mailoutbox


@pytest.mark.parametrize("typed", ["", "ABCD-EFGH", "x" * 500, "kode\x00", "æøå", "🙂"])
def test_a_wrong_code_is_told_at_the_field(client, leader, mailoutbox, typed):
    ask(client, leader.email)
    response = client.post(CODE, {"code": typed})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    client.post(CODE, {"code": code_in(mailoutbox[0])})
    assert signed_in(client) == leader


def test_three_wrong_codes_and_the_code_is_dead(client, leader, mailoutbox):
    ask(client, leader.email)
    right = code_in(mailoutbox[0])
    answers = [client.post(CODE, {"code": "ABCD-EFGH"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 302]
    assert WRONG in answers[0].content.decode()
    page = client.get(answers[2].url).content.decode()
    assert "Koden ble skrevet feil for mange ganger" in page
    client.post(CODE, {"code": right})
    assert not signed_in(client).is_authenticated


def test_a_code_that_is_too_old_is_refused_with_a_reason(client, leader, mailoutbox, settings):
    ask(client, leader.email)
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    response = client.post(CODE, {"code": code_in(mailoutbox[0])}, follow=True)
    assert "Koden er for gammel" in response.content.decode()
    assert not signed_in(client).is_authenticated


def test_a_code_works_once_and_only_where_it_was_asked_for(client, leader, mailoutbox):
    ask(client, leader.email)
    code = code_in(mailoutbox[0])
    other = type(client)()
    assert other.post(CODE, {"code": code}).status_code == 302
    assert not signed_in(other).is_authenticated
    client.post(CODE, {"code": code})
    client.post(reverse("account_logout"))
    client.post(CODE, {"code": code})
    assert not signed_in(client).is_authenticated


def test_a_new_code_can_be_sent_and_the_old_one_is_dead(client, leader, mailoutbox):
    ask(client, leader.email)
    response = client.post(CODE, {"action": "resend"}, follow=True)
    assert "er en ny kode på vei" in response.content.decode()
    old, new = (code_in(mail) for mail in mailoutbox)
    assert client.post(CODE, {"code": old}).status_code == 422
    client.post(CODE, {"code": new})
    assert signed_in(client) == leader


def test_another_address_can_be_chosen_while_a_code_waits(client, leader, owner):
    ask(client, leader.email)
    assert client.get(SIGN_IN).status_code == 200
    ask(client, owner.email)
    assert owner.email in client.get(CODE).content.decode()


def test_asking_too_often_is_429_with_a_reason(client, leader, mailoutbox):
    answers = [ask(client, leader.email) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert answers[3].headers["Retry-After"]
    assert "Vent et minutt" in answers[3].content.decode()
    assert len(mailoutbox) == 3


class _MailIsDown:
    """A mail server that does not answer."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise SMTPException("down")


def test_mail_that_cannot_be_sent_is_said_so(client, leader, settings):
    settings.EMAIL_BACKEND = f"{__name__}._MailIsDown"
    response = ask(client, leader.email)
    assert response.status_code == 503
    page = response.content.decode()
    assert "Vi fikk ikke sendt koden" in page
    assert leader.email in page


@pytest.mark.parametrize(
    ("wanted", "landed"),
    [
        ("/arbeid/konto/", "/arbeid/konto/"),
        ("http://testserver/arbeid/konto/", "http://testserver/arbeid/konto/"),
        ("https://evil.example/", "/arbeid/"),
        ("//evil.example/", "/arbeid/"),
        ("http://localhost/", "/arbeid/"),
        ("javascript:alert(1)", "/arbeid/"),
    ],
)
def test_one_lands_where_one_was_going_on_this_host_only(client, leader, mailoutbox, wanted, landed):
    client.get(SIGN_IN, {"next": wanted})
    on = ask(client, leader.email, next=wanted).url
    response = client.post(on, {"code": code_in(mailoutbox[0]), "next": wanted})
    assert response.url == landed


def test_someone_signed_in_is_sent_on(client, leader):
    client.force_login(leader)
    assert client.get(SIGN_IN).url == reverse("my_work")


def test_signing_out_takes_a_post(client, leader):
    client.force_login(leader)
    page = client.get(reverse("account_logout"))
    assert "Vil du logge ut?" in page.content.decode()
    assert signed_in(client) == leader
    response = client.post(reverse("account_logout"), follow=True)
    assert "Du er logget ut." in response.content.decode()
    assert not signed_in(client).is_authenticated


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_reauthenticate",
        "account_email_verification_sent",
        "socialaccount_signup",
        "socialaccount_connections",
    ],
)
def test_what_the_library_has_and_saman_does_not_is_not_found(client, leader, name):
    assert client.get(reverse(name)).status_code == 404
    client.force_login(leader)
    assert client.post(reverse(name), {"email": "ny@example.org"}).status_code == 404


@pytest.mark.parametrize(
    ("name", "status", "text"),
    [
        ("account_inactive", 200, "Kontoen er stengt"),
        ("socialaccount_login_cancelled", 200, "Innloggingen ble avbrutt"),
        ("socialaccount_login_error", 401, "Innloggingen gikk ikke"),
    ],
)
def test_dead_ends_are_pages_of_our_own(client, name, status, text):
    response = client.get(reverse(name))
    assert response.status_code == status
    page = response.content.decode()
    assert f"<h1>{text}</h1>" in page
    assert "css/shell.css" in page
