"""What the content security policy would refuse, or would silently not do, must not be written in the first place."""

import re

import pytest

from tests.architecture.files import ROOT, written_by_hand

FORBIDDEN = {
    "style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)[^>]*>", re.IGNORECASE),
    "event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "hx-on": re.compile(r"\bhx-on[:-]", re.IGNORECASE),
    "js: value": re.compile(r"""=\s*["'](?:js|javascript):""", re.IGNORECASE),
    "trigger filter": re.compile(r"""hx-trigger\s*=\s*["'][^"']*\[""", re.IGNORECASE),
    "link to nowhere": re.compile(r"""href\s*=\s*["']#["']"""),
    "address elsewhere": re.compile(r"""\b(?:src|action)\s*=\s*["']https?://""", re.IGNORECASE),
    "browser's own number or date field": re.compile(r"""type\s*=\s*["'](?:number|date|datetime-local)["']"""),
    "text marked safe": re.compile(r"\|\s*safe\b|autoescape\s+off"),
}
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)


@pytest.mark.parametrize("name", FORBIDDEN)
def test_templates_hold_nothing_the_policy_refuses(name):
    found = [
        f"{path.relative_to(ROOT)}: {match.group()[:100]}"
        for path in written_by_hand(".html")
        for match in FORBIDDEN[name].finditer(COMMENT.sub("", path.read_text(encoding="utf-8")))
    ]
    assert not found


@pytest.mark.parametrize(
    ("name", "markup"),
    [
        ("style attribute", '<div class="a" style="color: red">'),
        ("inline script", "<script>go()</script>"),
        ("inline script", '<script type="module">go()</script>'),
        ("event attribute", '<button type="button" onclick="go()">'),
        ("hx-on", '<form hx-on:submit="go()">'),
        ("js: value", "<a hx-vals='js:{a: 1}'>"),
        ("trigger filter", '<input hx-trigger="keyup[ctrlKey]">'),
        ("address elsewhere", '<script src="https://cdn.example.org/x.js"></script>'),
    ],
)
def test_the_rule_sees_what_it_is_for(name, markup):
    assert FORBIDDEN[name].search(markup)


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="/static/js/a.js" defer></script>',
        '<script id="d" type="application/json">{}</script>',
        "<p>on=</p>",
    ],
)
def test_the_rules_let_the_ordinary_through(markup):
    assert [name for name, pattern in FORBIDDEN.items() if pattern.search(markup)] == []


def test_a_page_says_what_is_wrong_in_a_form_once():
    """`{{ form }}` begins with the summary itself."""
    summary = '{% include "components/error_summary.html" %}'
    pages = [path for path in (ROOT / "templates").rglob("*.html") if "django" not in path.parts]
    assert not [path.name for path in pages if summary in (text := path.read_text()) and "{{ form }}" in text]


def test_a_pages_script_declares_no_name_of_the_frames_script():
    """Scripts of a page share one scope: a second `const` of the same name stops the whole script."""
    names = {
        path.name: set(
            re.findall(r"^(?:const|let|class|function|async function) (\w+)", path.read_text(), re.MULTILINE)
        )
        for path in (ROOT / "static" / "js").glob("*.js")
    }
    frame = names.pop("saman.js")
    assert len(frame) > 3
    assert {name: found & frame for name, found in names.items() if found & frame} == {}
