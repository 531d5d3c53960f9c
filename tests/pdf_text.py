"""The text of a PDF as this product writes them: what a reader copies out of it."""

import re
import zlib

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.S)
_NEXT = re.compile(rb"<<.*?>>BDC|/(f\d+) [\d.]+ Tf|<([0-9A-F]+)>|(\()|\b(ET)\b", re.S)
_BRACKET = re.compile(rb"\\.|[()]", re.S)
_ESCAPED = re.compile(rb"\\([0-7]{1,3}|.)", re.S)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(document: bytes) -> str:
    """Everything that is shown, page by page, in the order it is written; a line for each run of text."""
    objects = {int(number): body for number, body in _OBJECT.findall(document)}
    return "\n".join(_page(body, objects) for body in objects.values() if re.search(rb"/Type\s*/Page\b", body))


def pages_of(document: bytes) -> list[str]:
    """The text of each page."""
    return text_of(document).split("\f")[:-1]


def squeezed(text: str) -> str:
    """A text without the space between words, which a line break takes away."""
    return re.sub(r"\s", "", text)


def _page(page: bytes, objects: dict[int, bytes]) -> str:
    resources = objects[_named(rb"Resources", page)]
    fonts = {name: objects[int(number)] for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources)}
    maps = {name: _letters(_stream(objects[_named(rb"ToUnicode", font)])) for name, font in fonts.items()}
    return _shown(_stream(objects[_named(rb"Contents", page)]), maps)


def _named(key: bytes, body: bytes) -> int:
    found = re.search(rb"/" + key + rb" (\d+) 0 R", body)
    assert found is not None, key
    return int(found[1])


def _stream(body: bytes) -> bytes:
    head, _, rest = body.partition(b"stream\n")
    return zlib.decompressobj().decompress(rest) if b"/FlateDecode" in head else rest


def _letters(unicode_map: bytes) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>\n", unicode_map.partition(b"beginbfchar")[2])
    return {int(glyph, 16): bytes.fromhex(letters.decode()).decode("utf-16-be") for glyph, letters in pairs}


def _shown(stream: bytes, maps: dict[bytes, dict[int, str]]) -> str:
    font, text, place = {}, [], 0
    while found := _NEXT.search(stream, place):
        name, hexadecimal, opening, end = found.groups()
        place = found.end()
        glyphs = bytes.fromhex(hexadecimal.decode()) if hexadecimal else b""
        if opening:
            glyphs, place = _string(stream, place)
        font = maps[name] if name else font
        text += [font[int.from_bytes(glyphs[at : at + 2], "big")] for at in range(0, len(glyphs), 2)]
        text += ["\n"] if end else []
    return "".join(text) + "\f"


def _string(stream: bytes, start: int) -> tuple[bytes, int]:
    """The bytes of a string that begins at `start`, and where it ends: brackets in pairs belong to it."""
    depth = 1
    for found in _BRACKET.finditer(stream, start):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 0:
            return _ESCAPED.sub(lambda escaped: _byte(escaped[1]), stream[start : found.start()]), found.end()
    raise ValueError("a string without an end")


def _byte(escaped: bytes) -> bytes:
    return bytes([int(escaped, 8)]) if escaped.isdigit() else _LETTERS.get(escaped, escaped)
