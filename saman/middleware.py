"""Headers every answer carries."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)


def request_id(get_response: GetResponse) -> GetResponse:
    """Give each request an id that its audit events carry."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.request_id = secrets.token_hex(8)  # type: ignore[attr-defined]
        response = get_response(request)
        response.headers["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response

    return middleware


def content_security_policy(get_response: GetResponse) -> GetResponse:
    """Allow nothing but our own files: no inline script, no inline style, no frames."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        return response

    return middleware


def page_for_wrong_method(get_response: GetResponse) -> GetResponse:
    """Give one who opens the address of a button in the browser a page, where Django answers with nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or response.content or not request.accepts("text/html"):
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware


def open_data_know_nobody(get_response: GetResponse) -> GetResponse:
    """The files of open data are the same for everybody: no cookie is read there, and none is set."""

    def middleware(request: HttpRequest) -> HttpResponse:
        is_file = request.path.startswith("/data/") and request.path != "/data/"
        if is_file:
            request.COOKIES = {}
        response = get_response(request)
        if is_file:
            response.cookies.clear()
            varies = [name for name in response.get("Vary", "").split(", ") if name not in ("", "Cookie")]
            response.headers["Vary"] = ", ".join(varies) or "Accept-Encoding"
        return response

    return middleware


def no_store_when_signed_in(get_response: GetResponse) -> GetResponse:
    """Keep what a signed-in person saw out of shared computers' caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware
