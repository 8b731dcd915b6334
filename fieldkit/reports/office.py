"""Office: the corners of the DOCX format python-docx leaves to its users."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

FONT = "Arial"  # on every office computer, or replaced there by a face of the same widths
_AFTER_BORDER = (
    "w:shd",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:kinsoku",
    "w:wordWrap",
    "w:overflowPunct",
    "w:topLinePunct",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:bidi",
)
_AFTER_BIDI = (
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:spacing",
    "w:ind",
    "w:contextualSpacing",
    "w:mirrorIndents",
    "w:suppressOverlap",
    "w:jc",
    "w:textDirection",
    "w:textAlignment",
    "w:textboxTightWrap",
    "w:outlineLvl",
    "w:divId",
    "w:cnfStyle",
    "w:rPr",
    "w:sectPr",
    "w:pPrChange",
)
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def element(tag: str, **attributes: str) -> Any:
    """Return a new element of the w: namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def set_font(owner: Any) -> None:
    """Give a style one font for every script and take the theme's fonts away."""
    from docx.oxml.ns import qn

    owner.font.name = FONT
    fonts = owner.element.get_or_add_rPr().get_or_add_rFonts()
    for name in [name for name in fonts.attrib if "theme" in name.lower()]:
        del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def set_style(style: Any, size: float, colour: str, bold: bool) -> None:
    """Set size, colour and weight of a style, for complex scripts too."""
    from docx.shared import Pt, RGBColor

    set_font(style)
    font = style.font
    font.size, font.bold, font.italic, font.cs_bold = Pt(size), bold, False, bold
    font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    set_size(style.element.get_or_add_rPr(), size)


def set_size(properties: Any, size: float) -> None:
    """Set the size of complex scripts beside the one python-docx sets."""
    for old in properties.findall(_name("szCs")):
        properties.remove(old)
    after = ("w:highlight", "w:u", "w:effect", "w:bdr", "w:shd", "w:fitText", "w:vertAlign")
    later = (*after, "w:rtl", "w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish")
    properties.insert_element_before(element("szCs", val=str(round(size * 2))), *later)


def drop_thumbnail(document: Any) -> None:
    """Take away the little picture of somebody else's empty page."""
    links = document.part.package.rels
    for key in [key for key, link in links.items() if link.reltype.endswith("/thumbnail")]:
        del links[key]


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{tag}"))


def set_direction(paragraph: Any) -> None:
    """Make a paragraph run from right to left."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    if properties.find(_name("bidi")) is None:
        properties.insert_element_before(element("bidi"), *_AFTER_BIDI)


def set_ground(paragraph: Any, fill: str, bar: str, rtl: bool) -> None:
    """Put a paragraph on a coloured ground with a bar at its start."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    if bar:
        border = element("pBdr")
        side = "right" if rtl else "left"
        border.append(element(side, val="single", sz="18", space="6", color=bar.lstrip("#")))
        properties.insert_element_before(border, *_AFTER_BORDER, *_AFTER_BIDI)
    if fill:
        shade = element("shd", val="clear", color="auto", fill=fill.lstrip("#"))
        properties.insert_element_before(shade, *_AFTER_BORDER[1:], *_AFTER_BIDI)


def add_field(paragraph: Any, instruction: str, shown: str, dirty: bool = False) -> None:
    """Add a field the word processor computes; `shown` stands there until it does."""
    start_field(paragraph, instruction, dirty)
    paragraph.add_run(shown)
    end_field(paragraph)


def start_field(paragraph: Any, instruction: str, dirty: bool = False) -> None:
    """Open a field; what follows until it is ended is its present result."""
    begin = element("fldChar", fldCharType="begin")
    if dirty:
        begin.set(_name("dirty"), "true")
    text = element("instrText")
    text.text = f" {instruction} "
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for part in (begin, text, element("fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(part)  # noqa: SLF001


def end_field(paragraph: Any) -> None:
    """Close the field opened before."""
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))  # noqa: SLF001


def ask_for_update(document: Any) -> None:
    """Let the word processor fill fields when the file is opened."""
    settings = document.settings.element
    later = {_name(tag) for tag in ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat")}
    later |= {_name(tag) for tag in ("docVars", "rsids", "themeFontLang", "clrSchemeMapping")}
    place = next((i for i, part in enumerate(settings) if part.tag in later), len(settings))
    settings.insert(place, element("updateFields", val="true"))


def set_language(document: Any, tag: str, rtl: bool) -> None:
    """Say which language the texts are in."""
    lang = document.styles.element.find(f".//{_name('rPrDefault')}/{_name('rPr')}/{_name('lang')}")
    if lang is not None:
        lang.set(_name("bidi" if rtl else "val"), tag)


def set_grid(table: Any, widths: Sequence[int], line: str, rtl: bool) -> None:
    """Give a table fixed column widths in twentieths of a point and fine lines between rows."""
    properties = table._tbl.tblPr  # noqa: SLF001
    borders = element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        kind = "single" if side in {"bottom", "insideH"} else "nil"
        borders.append(element(side, val=kind, sz="4", space="0", color=line.lstrip("#")))
    later = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblCaption")
    properties.insert_element_before(borders, *later)
    table.autofit = False
    if rtl:
        from docx.enum.table import WD_TABLE_DIRECTION

        table.table_direction = WD_TABLE_DIRECTION.RTL
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width * 635
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width * 635


def repeat_head(row: Any) -> None:
    """Repeat a row on top of every page."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))  # noqa: SLF001


def shade(cell: Any, fill: str) -> None:
    """Colour the ground of a cell."""
    ground = element("shd", val="clear", color="auto", fill=fill.lstrip("#"))
    later = ("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")
    cell._tc.get_or_add_tcPr().insert_element_before(ground, *later)  # noqa: SLF001


def new_numbering(document: Any, style: str) -> int:
    """Return the id of a numbered list of its own that starts at 1."""
    own = document.styles[style].element.pPr.numPr.numId.val
    numbering = document.part.numbering_part.element
    abstract = numbering.num_having_numId(own).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def use_numbering(paragraph: Any, number: int) -> None:
    """Make a paragraph an item of a numbered list."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def describe(picture: Any, title: str, text: str) -> None:
    """Give a picture its words for screen readers."""
    for properties in picture._inline.iter("{*}docPr", "{*}cNvPr"):  # noqa: SLF001
        properties.set("title", title)
        properties.set("descr", text)


def steady(content: bytes) -> bytes:
    """Return the same package without times, so that equal documents give equal bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _FIRST_DAY)
            info.compress_type, info.external_attr, info.create_system = 8, 0o600 << 16, 3
            new.writestr(info, old.read(name))
    return out.getvalue()
