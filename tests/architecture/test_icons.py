"""The icon sprite holds the icons in use: no more, so that it stays small, and no less."""

import json
import re

from tests.architecture.files import ROOT, written_by_hand

ICONS = json.loads((ROOT / "scripts" / "icons.json").read_text(encoding="utf-8"))
ASKED_FOR = re.compile(r"""\{%\s*icon\s+["']([^"']+)["']|icon_name=["']([^"']+)["']""")


def sources(suffix):
    return [path for path in written_by_hand(suffix) if path.relative_to(ROOT).parts[0] not in ("tests", "scripts")]


def test_every_icon_a_template_asks_for_is_in_the_sprite():
    missing = {
        f"{path.relative_to(ROOT)}: {found}"
        for path in sources(".html")
        for pair in ASKED_FOR.findall(path.read_text(encoding="utf-8"))
        for found in filter(None, pair)
        if found not in ICONS
    }
    assert not missing, "add them to scripts/icons.json and run scripts/vendor.py"


def test_the_sprite_holds_only_icons_in_use():
    text = "\n".join(path.read_text(encoding="utf-8") for suffix in (".html", ".py") for path in sources(suffix))
    named = (icon for icon in ICONS if not icon.startswith("level-"))  # those are named by the level of a risk
    unused = {icon for icon in named if not re.search(rf"""["']{re.escape(icon)}["']""", text)}
    assert not unused, "take them out of scripts/icons.json"
