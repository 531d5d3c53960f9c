"""Three-way merge of answers: what each page changed, against what others have stored since it was loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Change:
    """One answer as it was when the page was loaded, and as it is now."""

    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class PageSave:
    """Which answer of the server a page has had last (`page`), and which of its saves since then this is (`turn`)."""

    page: UUID
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Merged:
    """`data` is what to store; `conflicts` the keys both sides changed, differently: there the stored answer stands."""

    data: dict[str, Any]
    conflicts: tuple[str, ...]


def merge(stored: Mapping[str, Any], changes: Mapping[str, Change]) -> Merged:
    """Apply changes to stored answers. Never joins two texts: a person does that. A missing answer is None."""
    data, conflicts = dict(stored), []
    for key, change in changes.items():
        theirs = stored.get(key)
        if theirs == change.new or change.old == change.new:
            continue
        if theirs == change.old:
            data[key] = change.new
        else:
            conflicts.append(key)
    return Merged({key: value for key, value in data.items() if value is not None}, tuple(conflicts))
