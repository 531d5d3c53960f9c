"""A text in pieces, some of them marked."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words on end, marked or not."""

    text: str
    is_marked: bool


def run_together(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of the same kind as one piece; an empty piece is none."""
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and joined[-1].is_marked == piece.is_marked:
            joined[-1] = Piece(joined[-1].text + piece.text, piece.is_marked)
        else:
            joined.append(piece)
    return joined
