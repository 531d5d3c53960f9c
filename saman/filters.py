"""Which of a page's rows are asked for: read from the address, and written back to it."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self
from urllib.parse import urlencode

LONGEST_TEXT = 80


@dataclass(frozen=True, slots=True)
class AddressFilters:
    """Fields of text; an empty one asks for nothing.

    `NAMES`: field -> what the address calls it, in the address's order. `KNOWN`: the values that mean something, for
    fields where not all do. `NEUTRAL`: fields that leave nothing out, such as an order. `unknown`: what was asked for
    and means nothing, as (name in the address, value), so that the page can say that it is not used.
    """

    NAMES: ClassVar[Mapping[str, str]] = {}
    KNOWN: ClassVar[Mapping[str, Container[str]]] = {}
    NEUTRAL: ClassVar[frozenset[str]] = frozenset()

    unknown: tuple[tuple[str, str], ...] = field(default=(), compare=False, kw_only=True)

    @classmethod
    def read(cls, query: Mapping[str, str]) -> Self:
        """The filters of an address; what is over-long is cut, and a value that means nothing asks for nothing."""
        given: dict[str, Any] = {name: query.get(key, "").strip()[:LONGEST_TEXT] for name, key in cls.NAMES.items()}
        return cls(**given).among(cls.KNOWN)

    def among(self, known: Mapping[str, Container[str]]) -> Self:
        """The same without what is not among the values that mean something, by field; `unknown` has those."""
        odd = {name: value for name in known if (value := getattr(self, name)) and value not in known[name]}
        emptied: dict[str, Any] = dict.fromkeys(odd, "")
        told = tuple((self.NAMES[name], value) for name, value in odd.items() if name not in self.NEUTRAL)
        return replace(self, **emptied, unknown=(*self.unknown, *told))

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
        changed: dict[str, Any] = dict(changes)
        return f"?{replace(self, **changed).query}"

    def only(self, *names: str) -> str:
        """The address, "" when it asks for nothing, of another page that knows these of the fields."""
        query = urlencode({self.NAMES[name]: value for name in names if (value := getattr(self, name))})
        return f"?{query}" if query else ""

    def cleared(self) -> str:
        """The same with nothing left out."""
        return self.address(**dict.fromkeys(self.NAMES.keys() - self.NEUTRAL, ""))
