"""The page that says what the open data are, the files, and the catalogue of them."""

import hashlib

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from reporting.opendata.datasets import DATASETS, columns_of, rows_of
from reporting.opendata.files import FORMS, LICENCE, TYPES, digest_of
from saman import clock

CATALOGUE = {"ttl": "text/turtle", "rdf": "application/rdf+xml", "jsonld": "application/ld+json"}


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What there is, for people: each data set with its files and what its columns mean."""
    shown = [
        (row, [(column, TYPES[column.kind]) for column in columns_of(row, is_demo=settings.DEMO)])
        for row in DATASETS.values()
    ]
    return render(request, "opendata/page.html", {"datasets": shown, "licence": LICENCE, "forms": CATALOGUE})


@login_not_required
@require_safe
def file(request: HttpRequest, dataset: str, form: str) -> HttpResponseBase:
    """A data set as a file. Who has the same content already is told so."""
    found = DATASETS.get(dataset)
    if found is None:
        raise Http404
    write, kind = FORMS[form]
    rows = [] if form.endswith("metadata.json") else rows_of(found, clock.today(), is_demo=settings.DEMO)
    etag = f'W/"{digest_of(found, rows, form)}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = StreamingHttpResponse(write(found, rows, clock.now()), content_type=kind)
        name = f"{'eksempeldata-' if settings.DEMO else ''}{found.key}.{form}"
        answer["Content-Disposition"] = f'inline; filename="{name}"'
    return _open(answer, etag)


@login_not_required
@require_safe
def catalogue(request: HttpRequest, notation: str = "") -> HttpResponseBase:
    """The catalogue after DCAT-AP-NO: in the form of the address, or the one the reader prefers.

    It is loaded when somebody asks: rdflib is large, and few do.
    """
    forms, made = (import_string(f"reporting.opendata.catalogue.{name}") for name in ("FORMS", "catalogue"))
    by_type = {media: key for key, media in CATALOGUE.items()}
    chosen = notation or by_type.get(request.get_preferred_type(list(by_type)) or "", "ttl")
    if chosen not in forms:
        raise Http404
    written, kind = forms[chosen]
    graph = made(clock.today())
    lines = "\n".join(sorted(" ".join(part.n3() for part in triple) for triple in graph))
    etag = f'W/"{hashlib.sha256(f"{chosen} {lines}".encode()).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(graph.serialize(format=written, encoding="utf-8"), content_type=f"{kind}; charset=utf-8")
    if not notation:
        answer["Vary"] = "Accept"
    return _open(answer, etag)


def _open(answer: HttpResponseBase, etag: str) -> HttpResponseBase:
    """Anybody's page may read it, and whoever keeps it asks whether it is still the same."""
    answer["ETag"] = etag
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Expose-Headers"] = "ETag"
    answer["Cache-Control"] = "public, no-cache"
    return answer
