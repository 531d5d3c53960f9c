"""A page as the adviser reads it: the words of its parts."""

import re
from html import unescape


def text(markup):
    """The words, without tags, scripts and superfluous space."""
    without = re.sub(r"<(script|style|title)\b.*?</\1>", " ", markup, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", without))).replace(" ,", ",").strip()


def section(html, name):
    """The markup of the part whose heading has this id."""
    match = re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', html, re.DOTALL)
    return match.group() if match else ""


def element(html, name):
    """The markup of the first element with this id, up to where one of its kind ends."""
    match = re.search(rf'<(\w+)[^>]*\bid="{name}".*?</\1>', html, re.DOTALL)
    return match.group() if match else ""


def table(markup):
    """The rows of a table's body, as lists of words."""
    body = re.search(r"<tbody.*?</tbody>", markup, re.DOTALL).group()
    return [
        [text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    ]


def headings(markup):
    """The words of a table's head."""
    head = re.search(r"<thead.*?</thead>", markup, re.DOTALL).group()
    return [text(cell) for cell in re.findall(r"<th[^>]*>(.*?)</th>", head, re.DOTALL)]
