"""The grants of a programme as CSV. Amounts are plain digits; what is not registered is empty, and never zero."""

from typing import IO, Any

from django.utils.translation import gettext as _

from benefits.export import begin, safe
from reporting.grants.programme import Line


def write_grants(out: IO[str] | Any, lines: list[Line]) -> None:
    """One row a project."""
    writer = begin(out)
    heads = [_("Prosjekt"), _("Pulje"), _("Lovet (kr)"), _("Utbetalt (kr)"), _("Igjen (kr)")]
    writer.writerow([*heads, _("Klart for utbetaling"), _("Hva mangler")])
    for line in lines:
        card = line.card
        amounts = ["" if amount is None else str(amount) for amount in (card.promised, card.paid, card.remaining)]
        what = " ".join(words for words, _link in card.missing)
        writer.writerow(
            [safe(line.project.title), safe(line.project.cohort.name), *amounts, safe(card.word), safe(what)]
        )
