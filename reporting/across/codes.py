"""The codes a passage may have: a learning point, a good example, the programme's themes, and the seven pitfalls."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from benefits.wording import rule_short
from projects.models import Programme

LESSON, GOOD = "laeringspunkt", "godt-eksempel"
THEME = "tema-"
PITFALLS = ("F1", "F2", "F3", "F4", "F5", "F6", "F7")  # the programme's own list; no rule of the engine finds F7


@dataclass(frozen=True, slots=True)
class Code:
    """A code by its key in the address, with its name in the reader's language; `theme` is a theme's own key."""

    key: str
    name: str
    theme: str = ""

    @property
    def is_pitfall(self) -> bool:
        """Whether it is one of the seven."""
        return self.key in PITFALLS


def codes_of(programme: Programme) -> dict[str, Code]:
    """Every code of a programme by key, in the order they are listed; one query."""
    kinds = [Code(LESSON, _("Læringspunkt")), Code(GOOD, _("Godt eksempel"))]
    themes = [Code(f"{THEME}{theme.key}", str(theme), theme.key) for theme in programme.themes.all()]
    pitfalls = [Code(code, f"{code} {_short(code)}") for code in PITFALLS]
    return {code.key: code for code in [*kinds, *themes, *pitfalls]}


def groups(codes: dict[str, Code]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The codes as a form's choices, by kind; a kind without codes is left out."""
    kinds = (
        (_("Hva det er"), [code for code in codes.values() if not (code.theme or code.is_pitfall)]),
        (_("Tema"), [code for code in codes.values() if code.theme]),
        (_("Fallgruve"), [code for code in codes.values() if code.is_pitfall]),
    )
    return [(name, [(code.key, code.name) for code in found]) for name, found in kinds if found]


def _short(pitfall: str) -> str:
    """The pitfall in a word."""
    return pgettext("pitfall", "Læring") if pitfall == "F7" else rule_short(pitfall)
