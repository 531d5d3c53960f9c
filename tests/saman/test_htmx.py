"""One view, two answers: the page for a browser, the fragment for htmx when a fragment is what it asks for."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from saman.htmx import redirect_after_post, render_page, wants_fragment


def request(**headers):
    made = RequestFactory().get("/", headers=headers)
    HtmxMiddleware(lambda asked: HttpResponse())(made)
    return made


@pytest.mark.parametrize(
    ("headers", "fragment"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Request-Type": "partial"}, True),
        ({"HX-Request": "true", "HX-Request-Type": "full"}, False),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_who_gets_the_fragment(headers, fragment):
    assert wants_fragment(request(**headers)) is fragment


@pytest.mark.parametrize(("headers", "whole"), [({}, True), ({"HX-Request": "true"}, False)])
def test_page_and_fragment_share_context_and_status(headers, whole):
    context = {"signs": [("x", "Ordet")]}
    response = render_page(request(**headers), "500.html", "components/risk_legend.html", context, status=422)
    assert response.status_code == 422
    assert (b"<!DOCTYPE html>" in response.content) is whole
    assert (b"Ordet" in response.content) is not whole
    assert "HX-Request" in response.headers["Vary"]


def test_after_a_stored_change_the_browser_is_sent_on():
    response = redirect_after_post(request(), "/arbeid/")
    assert (response.status_code, response.headers["Location"]) == (303, "/arbeid/")


def test_after_a_stored_change_htmx_is_told_in_its_own_header():
    response = redirect_after_post(request(**{"HX-Request": "true"}), "/arbeid/")
    assert (response.status_code, response.headers["HX-Redirect"]) == (200, "/arbeid/")
