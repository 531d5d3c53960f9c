"""Words for what the ledger of freed time may lack, and for what is counted twice: titles and sentences."""

from django.utils.translation import gettext_lazy as _

from benefits.wording.values import Text, Variants

TITLES: dict[str, Text] = {
    "freed_over_allocated": _("Mer tid er disponert enn frigitt"),
    "freed_unused": _("Frigitt tid brukes ikke til noe"),
    "freed_unallocated": _("Frigitt tid uten plan"),
    "cut_without_line": _("Budsjettreduksjon uten budsjettpost"),
    "freed_not_entered": _("Frigitt tid er ikke ført"),
    "money_and_time": _("Samme tid telles i kroner og i årsverk"),
    "claimed_twice": _("Det samme telles to ganger"),
    "claimed_elsewhere": _("Et annet prosjekt teller det samme"),
    "over_whole": _("Bidragene er mer enn det hele"),
}

SENTENCES: dict[str, Variants] = {
    "freed_over_allocated": (
        _("Post F%(post)s har frigitt %(freed)s årsverk, men %(allocated)s er disponert."),
        _("Mer tid er disponert enn det som er frigitt."),
    ),
    "freed_unused": (
        _("%(freed)s årsverk er frigitt siden %(freed_from)s, og ingenting av det er disponert."),
        _("Tiden er frigitt, og ingenting av den er disponert."),
    ),
    "freed_unallocated": (
        _(
            "Av %(freed)s årsverk som er frigitt eller snart blir det, er bruken av %(unallocated)s ikke bestemt. "
            "De første er fri fra %(freed_from)s."
        ),
        _("Noe av tiden som er frigitt, eller snart blir det, har ingen bestemt bruk."),
    ),
    "cut_without_line": (
        _(
            "%(cut_fte)s årsverk skulle tas ut i budsjettet som ble vedtatt innen %(budget_adopted_on)s, men ingen "
            "budsjettpost er oppgitt."
        ),
        _("En budsjettreduksjon mangler budsjettpost."),
    ),
    "freed_not_entered": (
        _("Gevinst %(benefit_code)s skulle frigi tid fra %(promised_from)s, men ingenting er ført."),
        _("Planen sier at tid skulle være frigitt, men ingenting er ført."),
    ),
    "money_and_time": (
        _("%(claim)s tar ut spart tid i budsjettet, mens %(claim_too)s bruker tiden til noe annet."),
        _("Den samme tiden er både tatt ut i budsjettet og brukt til noe annet."),
    ),
    "claimed_twice": (
        _("%(claim)s og %(claim_too)s teller den samme gevinsten."),
        _("To effektmål eller gevinster teller det samme."),
    ),
    "claimed_elsewhere": (
        _("%(claim)s måler det samme, på samme sted og i samme tid, som %(claim_too)s."),
        _("Et annet prosjekt i kommunen teller det samme."),
    ),
    "over_whole": (
        _("Det som fører til «%(box)s» på gevinstkartet, står for %(box_share)s til sammen."),
        _("Det som fører til en boks på gevinstkartet, står til sammen for mer enn hele den."),
    ),
}
