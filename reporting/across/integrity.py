"""Whether every passage is still the words it was marked as."""

from reporting.across.models import Passage
from reporting.across.words import asked_in


def broken_passages() -> list[int]:
    """The passages whose words do not stand where they say in the submission; [] when all do."""
    rows = Passage.objects.select_related("submission").order_by("pk").iterator(chunk_size=100)
    return [row.pk for row in rows if not _stands(row)]


def _stands(passage: Passage) -> bool:
    try:
        asked = asked_in(passage.submission, passage.question)
    except (ValueError, KeyError, TypeError):
        return False
    return asked is not None and asked.words[passage.start : passage.end] == passage.text
