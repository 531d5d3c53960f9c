"""Words for figures that do not show what a target is about: another thing is measured, or others are counted."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from benefits.wording.values import Text

TITLES: dict[str, Text] = {
    "concept_differs": _("Indikatoren måler noe annet"),
    "concept_in_part": _("Indikatoren måler bare en del av det"),
    "concept_unconfirmed": _("Begrunnelsen venter på rådgiveren"),
    "only_fewer": _("Færre telles med"),
    "denominator_moved": _("Det telles blant flere eller færre"),
}
SENTENCES: dict[str, tuple[Text, ...]] = {
    "concept_differs": (
        ngettext_lazy(
            "Effektmål %(numbers)s gjelder «%(concept)s», men indikatoren måler noe annet.",
            "Effektmål %(numbers)s gjelder noe annet enn det indikatorene deres måler.",
            "targets",
        ),
        _("Effektmål %(numbers)s gjelder noe annet enn det indikatoren måler."),
    ),
    "concept_in_part": (
        ngettext_lazy(
            "Effektmål %(numbers)s gjelder «%(concept)s», som ett tall alene ikke kan vise.",
            "Effektmål %(numbers)s gjelder noe ett tall alene ikke kan vise.",
            "targets",
        ),
        _("Effektmål %(numbers)s gjelder noe ett tall alene ikke kan vise."),
    ),
    "concept_unconfirmed": (
        _(
            "Dere har skrevet hvorfor indikatoren i effektmål %(numbers)s kan stå for målet. Rådgiveren har ikke svart "
            "ennå."
        ),
    ),
    "only_fewer": (
        ngettext_lazy(
            "Effektmål %(numbers)s har gått framover fordi færre telles med: %(denominator_after)s nå mot "
            "%(denominator_before)s før. Ikke flere er kommet dit målet vil ha dem.",
            "Effektmål %(numbers)s har gått framover fordi færre telles med, ikke fordi flere er kommet dit målene vil "
            "ha dem.",
            "targets",
        ),
        _("Effektmål %(numbers)s har gått framover fordi færre telles med."),
    ),
    "denominator_moved": (
        ngettext_lazy(
            "Effektmål %(numbers)s har gått framover, men måles nå blant %(denominator_after)s og ikke "
            "%(denominator_before)s. Det kan forklare endringen.",
            "Effektmål %(numbers)s har gått framover, men måles blant flere eller færre enn før. Det kan forklare "
            "endringen.",
            "targets",
        ),
        _("Effektmål %(numbers)s har gått framover, men måles blant flere eller færre enn før."),
    ),
}
