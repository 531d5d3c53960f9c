"""Builds static/css/saman-theme.css from designsystemet.config.json with Designsystemet's command line.

Needed only when the config changes. The command line is large, so it is fetched for the occasion (`npm run theme`).
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONFIG = ROOT / "designsystemet.config.json"
TARGET = ROOT / "static" / "css" / "saman-theme.css"
COMMAND = ["npm", "exec", "--yes", "--package=@digdir/designsystemet@1.15.0", "--", "designsystemet", "tokens"]
HEADER = """@charset "UTF-8";
/*
 * Colours, sizes and type of Saman, built from designsystemet.config.json by the Designsystemet command line.
 * Never edited by hand: change the config and run `npm run theme`.
 */
"""


def main() -> None:
    """Make the tokens, then the style sheet, in a place of their own; keep the style sheet."""
    with tempfile.TemporaryDirectory() as place:
        shutil.copy(CONFIG, place)
        for step in ("create", "build"):
            subprocess.run([*COMMAND, step], cwd=place, check=True)
        css = (Path(place) / "design-tokens-build" / "saman.css").read_text(encoding="utf-8")
    TARGET.write_text(HEADER + css.removeprefix('@charset "UTF-8";\n'), encoding="utf-8")


if __name__ == "__main__":
    main()
