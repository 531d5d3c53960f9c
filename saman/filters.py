"""Which of a page's rows are asked for: read from the address, and written back to it."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar, Self
from urllib.parse import urlencode

LONGEST_TEXT = 80


@dataclass(frozen=True, slots=True)
class AddressFilters:
    """Fields of text; an empty one asks for nothing.

    `NAMES`: field -> what the address calls it, in the address's order. `KNOWN`: the values that mean something, for
    fields where not all do. `NEUTRAL`: fields that leave nothing out, such as an order.
    """

    NAMES: ClassVar[Mapping[str, str]] = {}
    KNOWN: ClassVar[Mapping[str, Container[str]]] = {}
    NEUTRAL: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """The filters of an address; what is over-long is cut, and a value that means nothing is as if not there."""
        given = {name: query.get(key, "").strip()[:LONGEST_TEXT] for name, key in cls.NAMES.items()}
        return cls(**{name: value if value in cls.KNOWN.get(name, (value,)) else "" for name, value in given.items()})

    @property
    def is_active(self) -> bool:
        """Whether any row may be left out."""
        return any(getattr(self, name) for name in self.NAMES if name not in self.NEUTRAL)

    @property
    def query(self) -> str:
        """The query of an address with these filters, without those that ask for nothing."""
        return urlencode({key: getattr(self, name) for name, key in self.NAMES.items() if getattr(self, name)})

    def address(self, **changes: str) -> str:
        """The same with its question mark, some of the fields changed."""
        return f"?{replace(self, **changes).query}"

    def cleared(self) -> str:
        """The same with nothing left out."""
        return self.address(**dict.fromkeys(self.NAMES.keys() - self.NEUTRAL, ""))
