"""Collect the texts of code and templates into the catalogues of nynorsk and English; bokmål is the text itself.

`python scripts/translations.py` updates locale/*/LC_MESSAGES/django.po: new texts come in untranslated, texts that are
gone go out. `--missing LANGUAGE` prints what lacks a translation. No system gettext is needed.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saman.settings")

from babel.messages.catalog import Catalog  # noqa: E402
from babel.messages.extract import extract  # noqa: E402
from babel.messages.pofile import read_po, write_po  # noqa: E402
from django.utils.translation.template import templatize  # noqa: E402

LANGUAGES = ("nn", "en")
APPS = ("saman", "journal", "accounts", "municipalities", "projects", "benefits", "reporting")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
CALL = re.compile(r"\b(_|n?p?gettext)\(")
Key = tuple[str | None, str]
Message = tuple[str | None, str | tuple[str, str]]


@cache
def messages() -> dict[Key, Message]:
    """Every text of the product, by context and (singular) text."""
    found: dict[Key, Message] = {}
    for context, text in [*_from_code(), *_from_templates()]:
        key = (context, text if isinstance(text, str) else text[0])
        if key not in found or not isinstance(text, str):
            found[key] = (context, text)
    return found


def _from_code() -> Iterator[Message]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            with path.open("rb") as source:
                for _line, text, _comments, context in extract("python", source, KEYWORDS):
                    yield context, text


def _from_templates() -> Iterator[Message]:
    for path in sorted([*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]):
        source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
        for match in CALL.finditer(source):
            yield _call(match[1], source[match.end() :])


def _call(name: str, rest: str) -> Message:
    """The context and text of a call whose arguments begin `rest`."""
    end = 0
    while True:
        end = rest.index(")", end) + 1
        try:
            arguments = ast.parse(f"f({rest[:end]}", mode="eval").body.args  # type: ignore[attr-defined]
        except SyntaxError:
            continue
        break
    texts = [argument.value for argument in arguments if isinstance(argument, ast.Constant)]
    context = texts.pop(0) if "p" in name else None
    return context, (texts[0], texts[1]) if name.startswith("n") else texts[0]


def catalogue_path(language: str) -> Path:
    """Where a language's catalogue lies."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def catalogue(language: str) -> Catalog:
    """A language's catalogue as it is in the repository; empty when there is none."""
    path = catalogue_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def missing(language: str) -> list[Message]:
    """What a language's catalogue lacks: absent, empty or fuzzy."""
    have = {(entry.context, _singular(entry.id)): entry for entry in catalogue(language) if entry.id}
    return [
        (context, text)
        for key, (context, text) in messages().items()
        if key not in have or have[key].fuzzy or not _is_whole(have[key].string)
    ]


def left_over(language: str) -> list[Key]:
    """What a language's catalogue has that the product no longer says."""
    return [
        (entry.context, _singular(entry.id))
        for entry in catalogue(language)
        if entry.id and (entry.context, _singular(entry.id)) not in messages()
    ]


def _singular(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _is_whole(translation: str | tuple[str, ...] | list[str]) -> bool:
    return bool(translation) if isinstance(translation, str) else all(translation)


def update(language: str) -> None:
    """Bring a language's catalogue up to date with the texts, keeping its translations."""
    old = {(entry.context, _singular(entry.id)): entry for entry in catalogue(language) if entry.id}
    new = Catalog(locale=language, project="saman", fuzzy=False, charset="utf-8", header_comment="# Saman")
    for key, (context, text) in messages().items():
        kept = old[key].string if key in old and isinstance(old[key].id, str) == isinstance(text, str) else None
        new.add(text, kept, context=context)
    path = catalogue_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        write_po(target, new, sort_output=True, no_location=True, omit_header=False, width=110)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    stable = [line for line in lines if not re.match(r'"(POT-Creation|PO-Revision)-Date|"Generated-By', line)]
    path.write_text("".join(stable), encoding="utf-8")


def main() -> None:
    """Update the catalogues, or list what is missing."""
    if "--missing" in sys.argv:
        for context, text in missing(sys.argv[-1]):
            print(repr(text) if context is None else f"[{context}] {text!r}")
        return
    for language in LANGUAGES:
        update(language)
        print(f"{language}: {len(messages())} texts, {len(missing(language))} missing")


if __name__ == "__main__":
    main()
