"""Which reports of a round an adviser looks at: read from the address, written back to it."""

from dataclasses import dataclass

from reporting.annual.queue import Line
from saman.filters import AddressFilters


@dataclass(frozen=True, slots=True)
class QueueFilters(AddressFilters):
    """What is asked for."""

    NAMES = {"text": "q", "came": "frist", "signed": "signatur", "begun": "gjennomgang", "waited": "ventet"}
    KNOWN = {
        "came": ("i-tide", "for-sent"),
        "signed": ("signert", "usignert"),
        "begun": ("ikke-begynt", "begynt", "lest"),
        "waited": ("7", "14", "28"),
    }

    text: str = ""
    came: str = ""
    signed: str = ""
    begun: str = ""
    waited: str = ""

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
