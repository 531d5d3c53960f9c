"""The engine's values as they are stored: plain JSON, whole numbers for severities, and a digest of everything said."""

import hashlib
import json
import re
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from benefits.engine.verdicts import ProjectVerdict, Severity

STEADY_DIGITS = 9
AS_THEY_ARE = frozenset({str, int, float, bool})  # most of what is said; kinds of them, like enums, are looked at
FRACTION = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?")


def level(severity: Severity | None) -> int | None:
    """A severity as a number; None where nothing could be assessed."""
    return None if severity is None else int(severity)


def plain(value: Any) -> Any:
    """The value as JSON gives it back: dates as ISO text, enums as their values, dataclasses as objects."""
    if value is None or type(value) in AS_THEY_ARE:
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str | int | float):
        return value
    if isinstance(value, dict):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {name: plain(each) for name, each in shallow(value).items()}
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"the engine says nothing of type {type(value).__name__}")


def shallow(value: Any) -> dict[str, Any]:
    """A dataclass's fields by name, without the copies `asdict` makes of everything in them."""
    kind: Any = type(value)
    return {name: getattr(value, name) for name in _names(kind)}


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def digest_of(verdict: ProjectVerdict) -> str:
    """SHA-256 over everything the engine said, as 64 hexadecimal characters; of fractions, what `steady` keeps."""
    text = json.dumps(verdict, sort_keys=True, cls=_Encoder)
    return hashlib.sha256(FRACTION.sub(lambda found: repr(steady(float(found[0]))), text).encode()).hexdigest()


def steady(value: float) -> float:
    """A computed number without the last digits: they depend on which projects are judged together."""
    return float(f"{value:.{STEADY_DIGITS}g}")


class _Encoder(DjangoJSONEncoder):
    def default(self, value: Any) -> Any:
        """A value JSON has no form for."""
        return shallow(value) if is_dataclass(value) else super().default(value)
