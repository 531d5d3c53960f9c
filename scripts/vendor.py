"""Copies the few files the browser needs from node_modules to static/vendor/, and builds the icon sprite there.

Run after `npm ci`. Standard library only; running it again changes nothing. To use another icon, add a line to
scripts/icons.json (our id: the name of the Aksel icon) and run this again.
"""

import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
TARGET = ROOT / "static" / "vendor"
ICONS = Path(__file__).with_name("icons.json")
ICON_SOURCE = PACKAGES / "@navikt/aksel-icons/dist/svg"

FILES = {
    "designsystemet.css": "@digdir/designsystemet-css/dist/src/index.css",
    "designsystemet-web.js": "@digdir/designsystemet-web/dist/umd/index.js",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "plotly-basic.min.js": "plotly.js-basic-dist-min/plotly-basic.min.js",
    "inter-latin.woff2": "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2",
    "inter-latin-ext.woff2": "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2",
}

# The signs of the risk levels are our own: they must differ in silhouette, in print and in forced colours too.
LEVELS = {
    "level-0": '<circle cx="12" cy="12" r="2.5"/>',
    "level-1": '<path d="M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14m0 2.25a4.75 4.75 0 1 1 0 9.5 4.75 4.75 0 0 1 0-9.5"/>',
    "level-2": '<path d="M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14m0 2.25a4.75 4.75 0 0 1 0 9.5z"/>',
    "level-3": '<circle cx="12" cy="12" r="7"/>',
}


def symbol(name: str, shapes: str) -> str:
    """Return one <symbol> of the sprite."""
    return f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>'


def aksel_shapes(icon: str) -> str:
    """Return the shapes of an Aksel icon, coloured by the text around them."""
    svg = (ICON_SOURCE / f"{icon}.svg").read_text(encoding="utf-8")
    inner = re.sub(r"^.*?<svg[^>]*>|</svg>.*$", "", svg, flags=re.DOTALL).strip()
    return re.sub(r"\s+", " ", inner.replace(' fill="currentColor"', ""))


def sprite() -> bytes:
    """Return icons.svg: the signs of the risk levels and the Aksel icons in use."""
    chosen: dict[str, str] = json.loads(ICONS.read_text(encoding="utf-8"))
    shapes = LEVELS | {name: aksel_shapes(icon) for name, icon in chosen.items()}
    symbols = "\n".join(symbol(name, shape) for name, shape in sorted(shapes.items()))
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'.encode()


def without_source_map(content: bytes) -> bytes:
    """Drop references to source maps: they are not copied, and hashed static files refuse names that lead nowhere."""
    return re.sub(rb"^(//|/\*)# sourceMappingURL=.*$\n?", b"", content, flags=re.MULTILINE)


def write(name: str, content: bytes) -> None:
    """Write one file of static/vendor unless it is there already, byte for byte."""
    path = TARGET / name
    if not path.exists() or path.read_bytes() != content:
        path.write_bytes(content)


def main() -> None:
    """Fill static/vendor and remove what no longer belongs there."""
    if not PACKAGES.is_dir():
        sys.exit("node_modules is missing. Run: npm ci")
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, source in FILES.items():
        content = (PACKAGES / source).read_bytes()
        write(name, content if name.endswith(".woff2") else without_source_map(content))
    write("icons.svg", sprite())
    for path in TARGET.iterdir():
        if path.name not in FILES and path.name != "icons.svg":
            path.unlink()


if __name__ == "__main__":
    main()
