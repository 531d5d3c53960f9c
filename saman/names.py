"""Names of people and places, and ways to reach somebody, as they are found in running text.

One set of patterns for all that takes people out of texts, so that what one finds the other finds too.
"""

import re
from collections.abc import Iterable

SHORTEST = 2  # letters of a part of a person's name that is looked for by itself
_SPACE = "[ \u00a0\u202f]"  # a space is a space, also where it does not break
_START, _END = r"(?<!\w)(?<!\d[.,])", r"(?!\w|[.,]\d)"
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
IDENTITY = re.compile(rf"{_START}\d{{6}}(?:{_SPACE}|-)?\d{{5}}{_END}")
PHONE = re.compile(
    rf"{_START}(?:(?:\+|00)?47{_SPACE}?)?(?:\d{{2}}{_SPACE}?\d{{2}}{_SPACE}?\d{{2}}{_SPACE}?\d{{2}}"
    rf"|\d{{3}}{_SPACE}\d{{2}}{_SPACE}\d{{3}}){_END}"
)


def parts_of(name: str) -> list[str]:
    """The parts of a person's name that are looked for by themselves; not «de» in «Anne de Vries»."""
    name = name.title() if name.islower() else name
    return [part for part in name.split() if len(part.strip(".")) >= SHORTEST and not part[0].islower()]


def matching(names: Iterable[str], flags: int = 0) -> re.Pattern[str] | None:
    """What finds names as whole words, the longest first, with the s of a genitive; None without names.

    Also where all is in capitals. Group 1 is the name as it is written, in which a space may be any white space.
    """
    forms = {form for name in names if (said := plain(name)) for form in (said, said.upper())}
    if not forms:
        return None
    written = "|".join(
        r"\s+".join(re.escape(part) for part in form.split()) for form in sorted(forms, key=lambda f: (-len(f), f))
    )
    return re.compile(rf"(?<!\w)({written})s?(?!\w)", flags)


def plain(name: str) -> str:
    """A name with one space between its parts."""
    return " ".join(name.split())
