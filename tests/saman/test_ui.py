"""The building blocks as pages use them: a word beside every sign, and a frame that works for everyone."""

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from benefits.engine.verdicts import Result, Severity
from saman import words


@pytest.fixture(autouse=True)
def _bokmal():
    with translation.override("nb"):
        yield


def rendered(source, **context):
    return Template("{% load saman_ui %}" + source).render(Context(context))


def test_every_result_of_the_engine_has_a_word_and_a_silhouette_of_its_own():
    assert set(words.RESULTS) == {str(result) for result in Result}
    assert len({sign.key for sign in words.RESULTS.values()}) == len(Result)
    assert len({str(sign.word) for sign in words.RESULTS.values()}) == len(Result)


@pytest.mark.parametrize("result", list(Result))
def test_a_status_is_an_icon_and_a_word(result):
    sign = words.RESULTS[result]
    for tag in ("status_tag", "status_text", "status_icon"):
        html = rendered(f"{{% {tag} result %}}", result=result)
        assert f"icons.svg#{sign.key}" in html
        assert f'data-status="{sign.key}"' in html
        assert str(sign.word) in html


def test_a_status_icon_beside_its_word_is_not_read_twice():
    assert "I rute" not in rendered("{% status_icon 'on_track' label=False %}")


@pytest.mark.parametrize(
    ("severity", "level", "word"),
    [
        (Severity.NONE, "0", "Ingen tegn"),
        (Severity.INFO, "0", "Ingen tegn"),
        (Severity.WATCH, "1", "Følg med"),
        (Severity.WARN, "2", "Bør håndteres"),
        (Severity.CRITICAL, "3", "Alvorlig"),
        (None, "none", "Ikke vurderbar"),
    ],
)
def test_a_risk_is_a_sign_and_a_word_and_unknown_is_never_no_sign(severity, level, word):
    html = rendered("{% level severity %}|{% level_key severity %}|{% level severity word=True %}", severity=severity)
    assert html.count(f'data-level="{level}"') == 2
    assert f"icons.svg#level-{level}" in html
    assert html.count(word) == 2
    assert f"|{level}|" in html


def test_texts_are_escaped_wherever_they_come_from():
    html = rendered("{% tag text %}{% status_tag 'on_track' text=text %}{% scroll text %}x{% endscroll %}", text='"<i>')
    assert "<i>" not in html
    assert '=""<' not in html


def test_filters_format_as_the_language_wants():
    html = rendered("{{ x|number:1 }} {{ x|number:1|with_unit:'%' }} {{ none|number }}", x=30.4, none=None)
    assert html == "30,4 30,4\u00a0% –"


def test_legends_name_what_occurs():
    html = rendered("{% status_legend counts %}{% risk_legend %}", counts={"on_track": 1022, "relapse": 0})
    assert "1\u202f022" in html
    assert "I rute" in html
    assert "Tilbakefall" not in html
    assert "Ikke vurderbar" in html


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_frame_says_its_language_and_that_the_data_are_examples(client, language):
    client.post(reverse("set_language"), {"language": language, "next": "/"})
    html = client.get(reverse("privacy")).content.decode()
    assert f'<html lang="{language}"' in html
    assert 'class="demo"' in html
    assert f'value="{language}" lang="{language}" aria-current="true"' in html
    assert html.index('class="ds-skip-link" href="#main"') < html.index("<header") < html.index('<main id="main"')


@pytest.mark.django_db
def test_a_real_installation_carries_no_example_banner(client, settings):
    settings.DEMO = False
    assert 'class="demo"' not in client.get(reverse("privacy")).content.decode()


@pytest.mark.django_db
def test_who_is_not_signed_in_may_sign_in(client):
    html = client.get(reverse("privacy")).content.decode()
    assert reverse("account_login") in html
    assert reverse("account_logout") not in html


@pytest.mark.django_db
def test_an_unknown_address_is_a_page_with_a_way_on(client):
    response = client.get("/finnes-ikke/")
    assert response.status_code == 404
    assert "Siden finnes ikke" in response.content.decode()
    assert f'href="{reverse("front")}"' in response.content.decode()
