"""The server's application: the product, with a bare answer and a page drawn by Plotly beside it."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.templatetags.static import static

from saman.wsgi import application as product

# A drawing, with the plot that is a drawing in it.
FIGURE = re.compile(rb'<svg class="fig" (?:(?!</?svg).|<svg (?:(?!</?svg).)*</svg>)*</svg>', re.DOTALL)
DRAWN = """<div id="drawn" style="height:320px"></div><script src="PLOTLY"></script>
<script>const x=[...Array(24).keys()];
Plotly.newPlot("drawn",[1,2,3,4,5].map(k=>({x,y:x.map(n=>Math.sin(n/k)+k),type:"scatter"})));</script>"""


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """`/hello`: a bare answer. `/plotly/…`: the page with its drawing made by Plotly. Everything else: the product."""
    if environ["PATH_INFO"] == "/hello":
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
        return [b"hello"]
    if not environ["PATH_INFO"].startswith("/plotly/"):
        return product(environ, start_response)
    heard: list[Any] = []
    answer = product(environ | {"PATH_INFO": environ["PATH_INFO"][7:]}, lambda *said: heard.extend(said))
    body = FIGURE.sub(DRAWN.replace("PLOTLY", static("vendor/plotly-basic.min.js")).encode(), b"".join(answer), count=1)
    start_response(heard[0], [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]
