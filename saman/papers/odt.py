"""A paper as ODT (OpenDocument 1.3), the open format for documents people go on writing in."""

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from saman.papers import LOCALES, WRITTEN, Block, Heading, Item, Paper, Quote, Text, writable

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    [
        *(
            f'xmlns:{name}="{_OASIS}:{space}:1.0"'
            for name, space in (
                ("office", "office"),
                ("style", "style"),
                ("text", "text"),
                ("meta", "meta"),
                ("fo", "xsl-fo-compatible"),
            )
        ),
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'office:version="1.3"',
    ]
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = (
    f'{_HEAD}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MEDIA_TYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml")
    )
    + "</manifest:manifest>"
)


def odt(paper: Paper) -> bytes:
    """The paper as a file."""
    out = BytesIO()
    with ZipFile(out, "w") as package:
        # The type comes first and is not packed, so that it is seen without unpacking.
        for name, text in (
            ("mimetype", MEDIA_TYPE),
            ("content.xml", _content(paper)),
            ("styles.xml", _styles(paper)),
            ("meta.xml", _meta(paper)),
            ("META-INF/manifest.xml", _MANIFEST),
        ):
            packing = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            package.writestr(ZipInfo(name, WRITTEN), text, packing)
    return out.getvalue()


def _content(paper: Paper) -> str:
    title = f'<text:h text:style-name="Heading_20_1" text:outline-level="1">{_said(paper.title)}</text:h>'
    body = "".join([*map(_block, paper.before), title, *map(_block, paper.blocks)])
    joined = body.replace('</text:list><text:list text:style-name="Bullets">', "")
    return (
        f"{_HEAD}<office:document-content {_SPACES}><office:body><office:text>{joined}</office:text></office:body>"
        "</office:document-content>"
    )


def _block(block: Block) -> str:
    text = _said(block.text)
    match block:
        case Heading():
            return f'<text:h text:style-name="Heading_20_2" text:outline-level="2">{text}</text:h>'
        case Item():
            line = f'<text:list-item><text:p text:style-name="Standard">{text}</text:p></text:list-item>'
            return f'<text:list text:style-name="Bullets">{line}</text:list>'
        case Quote():
            return f'<text:p text:style-name="Quote_{block.language}">{text}</text:p>'
        case Text():
            return f'<text:p text:style-name="{"Strong" if block.is_strong else "Standard"}">{text}</text:p>'


def _said(text: str) -> str:
    return escape(writable(text)).replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")


def _styles(paper: Paper) -> str:
    language, _, country = LOCALES[paper.language].partition("-")
    family = '<style:style style:family="paragraph"'
    headings = "".join(
        f'{family} style:name="Heading_20_{level}" style:display-name="Heading {level}" '
        f'style:parent-style-name="Standard" style:default-outline-level="{level}">'
        f'<style:paragraph-properties fo:margin-top="0.4cm" fo:keep-with-next="always"/>'
        f'<style:text-properties fo:font-size="{size}pt" fo:font-weight="bold"/></style:style>'
        for level, size in ((1, 16), (2, 13))
    )
    quotes = "".join(
        f'{family} style:name="Quote_{name}" style:parent-style-name="Standard">'
        '<style:paragraph-properties fo:margin-left="0.8cm"/>'
        f'<style:text-properties fo:font-style="italic" fo:language="{name}" fo:country="{locale[3:]}"/></style:style>'
        for name, locale in LOCALES.items()
    )
    return (
        f"{_HEAD}<office:document-styles {_SPACES}><office:styles>"
        f'<style:default-style style:family="paragraph"><style:text-properties fo:language="{language}" '
        f'fo:country="{country}" fo:font-family="Calibri, Carlito, sans-serif" fo:font-size="10.5pt"/>'
        "</style:default-style>"
        f'{family} style:name="Standard"><style:paragraph-properties fo:margin-bottom="0.15cm"/></style:style>'
        f'{family} style:name="Strong" style:parent-style-name="Standard">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
        f"{headings}{quotes}"
        '<text:list-style style:name="Bullets"><text:list-level-style-bullet text:level="1" text:bullet-char="•">'
        '<style:list-level-properties text:space-before="0.4cm" text:min-label-width="0.4cm"/>'
        "</text:list-level-style-bullet></text:list-style></office:styles>"
        '<office:automatic-styles><style:page-layout style:name="A4"><style:page-layout-properties '
        'fo:page-width="21cm" fo:page-height="29.7cm" fo:margin="2cm"/></style:page-layout></office:automatic-styles>'
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="A4"/>'
        "</office:master-styles></office:document-styles>"
    )


def _meta(paper: Paper) -> str:
    return (
        f"{_HEAD}<office:document-meta {_SPACES}><office:meta><meta:generator>Saman</meta:generator>"
        f"<dc:title>{escape(writable(paper.title))}</dc:title>"
        f"<dc:language>{LOCALES[paper.language]}</dc:language></office:meta></office:document-meta>"
    )
