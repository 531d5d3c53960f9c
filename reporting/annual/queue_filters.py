"""Which reports of a round an adviser looks at: read from the address, written back to it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from reporting.annual.queue import Line

LONGEST_TEXT = 80
# What the address calls a field.
PARAMETERS = {"text": "q", "came": "frist", "signed": "signatur", "begun": "gjennomgang", "waited": "ventet"}
KNOWN = {
    "came": ("i-tide", "for-sent"),
    "signed": ("signert", "usignert"),
    "begun": ("ikke-begynt", "begynt", "lest"),
    "waited": ("7", "14", "28"),
}


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """What is asked for; an empty text asks for nothing, and what means nothing is as if it were not there."""

    text: str = ""
    came: str = ""
    signed: str = ""
    begun: str = ""
    waited: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "QueueFilters":
        """The filters of an address."""
        given = {name: query.get(key, "").strip()[:LONGEST_TEXT] for name, key in PARAMETERS.items()}
        return cls(**{name: "" if value not in KNOWN.get(name, (value,)) else value for name, value in given.items()})

    @property
    def is_active(self) -> bool:
        """Whether any report may be left out."""
        return any(getattr(self, field.name) for field in fields(self))

    @property
    def address(self) -> str:
        """The query of an address with these filters; "" when they ask for nothing."""
        return urlencode({key: getattr(self, name) for name, key in PARAMETERS.items() if getattr(self, name)})

    def matches(self, line: Line) -> bool:
        """Whether a report is among those asked for; what has not come has neither date, signature nor review."""
        if self.text.casefold() not in line.project.title.casefold():
            return False
        asks_of_received = self.came or self.signed or self.begun or self.waited
        if line.submission is None or line.received_on is None:
            return not asks_of_received
        return (
            self.came in ("", "for-sent" if line.submission.is_late else "i-tide")
            and self.signed in ("", "signert" if line.submission.is_signed else "usignert")
            and self._is_so_far(line)
            and (not self.waited or (line.is_waiting and (line.today - line.received_on).days >= int(self.waited)))
        )

    def _is_so_far(self, line: Line) -> bool:
        if not self.begun:
            return True
        so_far = "ikke-begynt" if line.review is None else "lest" if line.is_read else "begynt"
        return so_far == self.begun
