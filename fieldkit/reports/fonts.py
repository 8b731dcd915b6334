"""Fonts: the bundled faces, which of them prints a character, and how wide it is."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

FAMILIES = (
    "NotoSans",
    "NotoSansArabic",
    "NotoSansHebrew",
    "NotoSansArmenian",
    "NotoSansGeorgian",
    "DejaVuSans",
)
NO_GLYPH = "\u25a1"


class Face:
    """One font file, registered with ReportLab under its own name."""

    def __init__(self, path: Path) -> None:
        """Read the file and register it."""
        from reportlab.pdfbase.pdfmetrics import registerFont
        from reportlab.pdfbase.ttfonts import TTFont

        self.name = path.stem
        self.path = path
        font: Any = TTFont(self.name, str(path))
        registerFont(font)
        self._glyphs = font.face.charToGlyph
        self._widths = font.face.charWidths
        self._default = font.face.defaultWidth

    def has(self, char: str) -> bool:
        """Say whether the font draws a character."""
        return ord(char) in self._glyphs

    def advance(self, char: str) -> float:
        """Return the width of a character at size one."""
        return float(self._widths.get(ord(char), self._default)) / 1000


class Fonts:
    """All faces of a folder; every character gets the first one that draws it."""

    def __init__(self, folder: Path) -> None:
        """Take the folder of the bundled fonts; files are read when first needed."""
        self._folder = folder
        self._faces: dict[str, Face] = {}
        self._chosen: dict[tuple[str, bool], tuple[Face, str]] = {}
        self._advances: dict[tuple[str, bool], float] = {}
        self.missing: set[str] = set()

    def face(self, family: str = FAMILIES[0], bold: bool = False) -> Face:
        """Return the face of a family, read at first use."""
        bolds = "-Bold" if bold else ""
        name = family + (bolds or ("" if family == "DejaVuSans" else "-Regular"))
        if name not in self._faces:
            self._faces[name] = Face(self._folder / f"{name}.ttf")
        return self._faces[name]

    def choose(self, char: str, bold: bool) -> tuple[Face, str]:
        """Return the face for a character and what it draws, a hollow box where none can."""
        key = (char, bold)
        if key not in self._chosen:
            self._chosen[key] = self._search(char, bold)
        found = self._chosen[key]
        if found[1] != char:
            self.missing.add(char)
        return found

    def _search(self, char: str, bold: bool) -> tuple[Face, str]:
        for family in FAMILIES:
            face = self.face(family, bold)
            if face.has(char):
                return face, char
        return self.face("DejaVuSans", bold), NO_GLYPH

    def advance(self, char: str, bold: bool) -> float:
        """Return the width of one character at size one."""
        key = (char, bold)
        if key not in self._advances:
            face, drawn = self.choose(char, bold)
            self._advances[key] = face.advance(drawn)
        return self._advances[key]

    def width(self, shown: str, size: float, bold: bool = False) -> float:
        """Return the width of a text whose letters are joined already."""
        advance, known = self.advance, self._advances
        keys = [(char, bold) for char in shown]
        return size * sum(known[k] if k in known else advance(*k) for k in keys)

    def runs(self, shown: str, bold: bool = False) -> Iterator[tuple[Face, str]]:
        """Cut a text in drawing order into stretches of one face."""
        pairs = (self.choose(char, bold) for char in shown)
        for face, stretch in groupby(pairs, key=lambda pair: pair[0]):
            yield face, "".join(drawn for _, drawn in stretch)


@lru_cache(maxsize=4)
def load_fonts(folder: Path) -> Fonts:
    """Return the fonts of a folder, read once."""
    return Fonts(folder)
