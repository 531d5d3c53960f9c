"""What is worth keeping of pages, for as long as the database stands as it did when they were made.

The key is the database's own word for what it holds, which changes with every commit of anybody, so nothing that is
kept can be out of date (docs/decisions/0024-pages-that-are-kept.md). It is kept in the process's own memory.
"""

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from saman import clock
from saman.htmx import wants_fragment

View = Callable[..., HttpResponseBase]


class Address:
    """The address of a request and nothing of who asks: what a part of a page that is kept may read."""

    def __init__(self, request: HttpRequest) -> None:
        self.path: str = request.path
        self.GET: QueryDict = request.GET
        self._full = request.get_full_path()

    def get_full_path(self) -> str:
        """The path with its query."""
        return self._full


def render_kept(
    request: HttpRequest,
    page: str,
    fragment: str,
    parts: tuple[object, ...],
    make: Callable[[], dict[str, Any]],
    frame: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """As `saman.htmx.render_page`, where the page's main part is the same for all who may read it, and kept.

    `parts`: whatever decides who may read it and what it shows, beyond address, date and language; check access
    first. `make` gives the context, and is called only where nothing is kept. The template `page` extends
    `kept_main.html`, and neither it nor `fragment` knows who asks: there is no `user`, no token, no message in them.
    `frame` is what stands around it: `title`, and `form` where one may have been refused.
    """
    is_fragment = wants_fragment(request)
    template = fragment if is_fragment else page

    def made() -> SafeString:
        return render_to_string(template, {**make(), "request": Address(request)})

    main = kept((template, request.get_full_path(), *parts), made)
    if is_fragment:
        response = HttpResponse(main, status=status)
    else:
        response = render(request, "kept.html", {**frame, "main": main}, status=status)
    patch_vary_headers(response, ["HX-Request", "HX-Request-Type"])
    return response


def kept(parts: tuple[object, ...], make: Callable[[], SafeString]) -> SafeString:
    """The markup made for these parts before, unless anything has been written since; made anew otherwise."""
    if (key := _key(parts)) is None:
        return make()
    found = caches["pages"].get(key)
    if found is None:
        found = make()
        caches["pages"].set(key, found)
    return mark_safe(found)


def same_for_everybody(view: View) -> View:
    """A public page that shows nothing of who asks: kept, and not sent again to a browser that has it.

    People who are signed in, a message that waits, a part of a page, and whatever sets a cookie or fails are as ever.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not _is_nobody(request) or wants_fragment(request):
            return view(request, *args, **kwargs)
        key = _key((view.__module__, view.__qualname__, request.get_full_path()))
        found = caches["pages"].get(key) if key else None
        if found is None:
            response = view(request, *args, **kwargs)
            if not _can_be_kept(request, response):
                return response
            content = response.content  # type: ignore[attr-defined]
            found = content, response.headers["Content-Type"], _tag(content)
            if key:
                caches["pages"].set(key, found)
        content, content_type, tag = found
        response = HttpResponse(content, content_type=content_type, headers={"ETag": tag})
        patch_vary_headers(response, ["Cookie", "HX-Request", "HX-Request-Type"])
        patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
        return get_conditional_response(request, etag=tag, response=response) or response

    return answer


def _is_nobody(request: HttpRequest) -> bool:
    """Whether nothing that came with the request tells one reader from another, but for the language."""
    known = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    return not any(name in request.COOKIES for name in known) and not request.user.is_authenticated


def _can_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether an answer is a whole page without a form's token or a cookie in it."""
    has_token = bool(request.META.get("CSRF_COOKIE_NEEDS_UPDATE"))
    is_whole = isinstance(response, HttpResponse) and response.status_code == 200 and not response.cookies
    return is_whole and not has_token and set(response.headers) <= {"Content-Type", "Vary"}


def _tag(content: bytes) -> str:
    """What tells one body from another. Weak, as a proxy may compress what it names."""
    return f'W/"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'


def _key(parts: tuple[object, ...]) -> str | None:
    """One word for a page as the database stands now; None where it cannot be told, and nothing is to be kept."""
    if (state := database_state()) is None:
        return None
    told = repr((state, clock.today(), clock.real_now().date(), get_language(), *parts))
    return hashlib.blake2b(told.encode(), digest_size=16).hexdigest()


def database_state() -> str | None:
    """The database's word for everything that is committed: two that are equal saw the same. One question.

    None inside a transaction, which sees what it has written itself, and where the database has no such word.
    """
    if connection.in_atomic_block:
        return None
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_snapshot()::text, pg_postmaster_start_time()::text")
            return " ".join(cursor.fetchone())
    return _watched.state(str(connection.settings_dict["NAME"])) if connection.vendor == "sqlite" else None


class _Watch:
    """A connection to an SQLite file that never writes, and so is told of every commit of any other connection.

    SQLite counts them for each connection by itself: the word carries a token of this one.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._of: tuple[object, ...] = ()
        self._token = ""
        self._connection: sqlite3.Connection | None = None

    def state(self, name: str) -> str | None:
        """The file's count of commits as seen here; opened anew in another process, and where the file is another."""
        try:
            file = Path(name).stat()
        except OSError:
            return None  # in memory, or gone
        of = (os.getpid(), name, file.st_dev, file.st_ino)
        with self._lock:
            if of != self._of or self._connection is None:
                self._connection = sqlite3.connect(name, timeout=5, check_same_thread=False, isolation_level=None)
                self._of, self._token = of, secrets.token_hex(8)
            try:
                [version] = self._connection.execute("PRAGMA data_version").fetchone()
            except sqlite3.Error:
                self._of = ()
                return None
            return f"{self._token} {version}"


_watched = _Watch()
