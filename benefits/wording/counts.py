"""Words for how many targets have which result."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

IN_LINE = ngettext_lazy("%(good)s av %(total)s mål i rute", "%(good)s av %(total)s mål i rute", "total")
IN_LINE_OR_DONE = ngettext_lazy(
    "%(good)s av %(total)s mål i rute eller nådd", "%(good)s av %(total)s mål i rute eller nådd", "total"
)
MISSING = ngettext_lazy("%(missing)s mangler måling", "%(missing)s mangler måling", "missing")


def counts_sentence(counts: Mapping[str, int]) -> str:
    """«3 av 5 mål i rute, 1 mangler måling»; nothing for a project without targets."""
    total, achieved, missing = counts.get("total", 0), counts.get("achieved", 0), counts.get("missing", 0)
    if not total:
        return ""
    values = {"good": counts.get("on_track", 0) + achieved, "total": total, "missing": missing}
    good = str((IN_LINE_OR_DONE if achieved else IN_LINE) % values)
    if not missing:
        return good
    return str(_("%(good)s, %(missing)s") % {"good": good, "missing": str(MISSING % values)})
