"""Words for objections: what F2 finds, what is to be done about it, and what is said instead where it is withheld."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from benefits.models import StakeholderGroup
from benefits.wording.values import Text, Variants

TITLES: dict[str, Text] = {
    "objection_unanswered": _("Innvending uten svar"),
    "objections_weigh": _("Mange innvendinger uten svar"),
    "attitude_fell": _("Mer kritisk enn sist"),
    "answers_promised": _("Svar som er lovet, og ikke gitt"),
}
SENTENCES: dict[str, Variants] = {
    "objection_unanswered": (
        ngettext_lazy(
            "En gruppe med stor innflytelse har siden %(since)s hatt en innvending som ikke har fått svar: %(group)s.",
            "%(objections)s grupper med stor innflytelse har innvendinger som ikke har fått svar, den eldste fra "
            "%(since)s.",
            "objections",
        ),
        _("En gruppe med stor innflytelse har en innvending som ikke har fått svar."),
    ),
    "objections_weigh": (
        _(
            "Grupper med %(influence_against)s av innflytelsen har innvendinger, og noen av dem har ikke fått svar "
            "siden %(since)s."
        ),
        _("Grupper med mye av innflytelsen har innvendinger, og noen av dem har ikke fått svar."),
    ),
    "attitude_fell": (
        ngettext_lazy(
            "En gruppe ser mer kritisk på endringen enn ved registreringen før, sist %(since)s: %(group)s.",
            "%(groups_fallen)s grupper ser mer kritisk på endringen enn ved registreringen før, den siste %(since)s.",
            "groups_fallen",
        ),
        _("En gruppe ser mer kritisk på endringen enn ved registreringen før."),
    ),
    "answers_promised": (
        _(
            "Grupper med %(influence_against)s av innflytelsen har innvendinger, og ikke alle har fått svaret de er "
            "lovet."
        ),
        _("Grupper med mye av innflytelsen har innvendinger, og ikke alle har fått svaret de er lovet."),
    ),
}
WITHHELD_TITLE = _("Motstand mot forandring")
WITHHELD_SENTENCE = _(
    "Det er et varsel om motstand mot forandring. Det bygger på registreringer som tilhører kommunen, og som ikke er "
    "delt i sin helhet."
)
WITHHELD_ADVICE = _("Spør prosjektet. Det kan dele registreringene på siden «Interessenter» når det vil.")

ACTIONS: dict[str, Text] = {
    "answer_objection": _("Svar på innvendingen"),
    "ask_the_group": _("Snakk med gruppen"),
    "give_answers": _("Gi svarene"),
}
ADVICE: dict[str, Text] = {
    "answer_objection": _(
        "Innvendingen kan være riktig. Ta den opp med tillitsvalgte og gruppen den gjelder, og skriv hva dere svarer, "
        "hvilken rolle som svarer, og når."
    ),
    "ask_the_group": _("Spør gruppen hva som er blitt annerledes. Registrer det de sier, og svar på det."),
    "give_answers": _("Gi hver gruppe svaret den er lovet, og si fra her når den har fått det."),
}
CLOSES_WHEN: dict[str, Text] = {
    "objection_answered": _("Varselet lukkes når innvendingen har fått et svar, eller et svar er lovet til en dato."),
    "objections_answered": _(
        "Varselet lukkes når hver innvending har fått et svar, eller når færre har innvendinger ved neste registrering."
    ),
    "group_answered": _("Varselet lukkes når gruppen har fått et svar, eller ser like positivt på det som før."),
    "answers_given": _("Varselet lukkes når svarene er gitt, eller når færre har innvendinger ved neste registrering."),
}
JUDGES: dict[str, Text] = {
    "leader": _("bare de som leder prosjektet"),
    "others": _("også noen som ikke leder prosjektet"),
}


def group_word(name: str) -> str:
    """A group as running text has it: its own name as it was typed, or the kind its code stands for."""
    if name not in StakeholderGroup.Kind.values:
        return name
    word = str(StakeholderGroup.Kind(name).label)
    return word[:1].lower() + word[1:]
