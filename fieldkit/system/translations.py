"""Translations: which languages are here, and their catalogues as Words.

Two pseudo-languages test the pages: `qps-long` makes every text 40 % longer and full of accents,
`qps-rtl` writes it in Hebrew letters, so that it truly runs from right to left.
"""

import ctypes
import gettext
import locale
import os
import re
import struct
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fieldkit.core.i18n import SOURCE_LANGUAGE, Words

UI, CONTENT = "ui", "content"
LONG, RTL = "qps-long", "qps-rtl"
FALLBACKS = {"cnr": "sr_Latn", "kk": "ru"}
NAMES = {"en": "English", "ru": "Русский", "cnr": "Crnogorski", LONG: "[Ļöñġ]", RTL: "עברית לבדיקה"}
PLACEHOLDER = re.compile(r"(\{\{|\}\}|\{[^{}]*\})")
ACCENTED = str.maketrans("aceghijlnorstuwyzACEGHIJLNORSTUWYZ", "åçéğĥîĵļñöŕšţûŵýžÅÇÉĞĤÎĴĻÑÖŔŠŢÛŴÝŽ")
HEBREW = {ord("a") + n: 0x5D0 + n for n in range(26)}
FILLER = "ðóļöŕ šîţ åméţ çöñšéçţéţûŕ "


@dataclass(frozen=True, slots=True)
class Language:
    """A language people can choose: its tag and its name in its own script."""

    tag: str
    name: str


def available(folder: Path) -> list[Language]:
    """Return the languages whose catalogues are built, English first, then by name."""
    found = [Language(tag, name_of(tag)) for tag in built(folder) - {SOURCE_LANGUAGE}]
    english = Language(SOURCE_LANGUAGE, name_of(SOURCE_LANGUAGE))
    return [english, *sorted(found, key=lambda language: language.name.casefold())]


def built(folder: Path) -> frozenset[str]:
    """Return the tags of the languages whose catalogues are built."""
    found = folder.glob("*/LC_MESSAGES/*.mo")
    return frozenset(path.parent.parent.name.replace("_", "-") for path in found)


def preferred(folder: Path, wishes: Sequence[str] | None = None) -> str:
    """Return the tag of the first language the machine asks for that is here; else English."""
    here = built(folder)
    for wish in machine_languages() if wishes is None else wishes:
        name = wish.split(".", 1)[0].split("@", 1)[0]
        if name.replace("-", "_").split("_", 1)[0] == SOURCE_LANGUAGE:
            return SOURCE_LANGUAGE
        found = next((one for one in chain(name) if one.replace("_", "-") in here), None)
        if found:
            return found.replace("_", "-")
    return SOURCE_LANGUAGE


def machine_languages() -> list[str]:
    """Return the languages the user's machine asks for, the most wanted first."""
    if sys.platform == "win32":
        wanted = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return [locale.windows_locale.get(wanted, SOURCE_LANGUAGE)]
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    said = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return [wish for wish in said.split(":") if wish]


def name_of(tag: str) -> str:
    """Return the name of a language in its own script, or its tag where nobody knows it."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415  (50 ms; not before first paint)

    if tag in NAMES:
        return NAMES[tag]
    try:
        said = Locale.parse(tag, sep="-").display_name or tag
    except (UnknownLocaleError, ValueError):
        return tag
    return said[:1].upper() + said[1:]


def words(tag: str, folder: Path) -> Words:
    """Return a language as pages and papers speak it; what it lacks comes from its fallbacks."""
    if tag == LONG:
        return Words(tag, Pseudo(lengthen), Pseudo(lengthen))
    if tag == RTL:
        return Words(tag, Pseudo(turn), Pseudo(turn))
    return Words(tag, catalogue(tag, folder, UI), catalogue(tag, folder, CONTENT))


def chain(tag: str) -> Iterator[str]:
    """Yield the folders a language is looked up in: sr_Latn_ME, sr_Latn, sr; cnr, sr_Latn, sr."""
    name = tag.replace("-", "_")
    while name and name != SOURCE_LANGUAGE:
        yield name
        name = FALLBACKS.get(name) or name.rpartition("_")[0]


def catalogue(tag: str, folder: Path, domain: str) -> gettext.NullTranslations:
    """Return the catalogues of a language and its fallbacks, chained; empty where none is built."""
    found: gettext.NullTranslations | None = None
    for name in chain(tag):
        one = read_catalogue(folder / name / "LC_MESSAGES" / f"{domain}.mo")
        if one is not None and found is not None:
            found.add_fallback(one)
        found = found or one
    return found or gettext.NullTranslations()


def read_catalogue(path: Path) -> gettext.GNUTranslations | None:
    """Read one built catalogue; a missing or damaged one counts as not there."""
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except (OSError, ValueError, LookupError, struct.error):
        return None


class Pseudo(gettext.NullTranslations):
    """A catalogue that changes every text by rule and keeps its placeholders."""

    def __init__(self, change: Callable[[str], str]) -> None:
        """Take the rule for the text between placeholders."""
        super().__init__()
        self._change = change

    def gettext(self, message: str) -> str:
        """Return a text, changed."""
        return self._change(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the English form for `n`, changed."""
        return self._change(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:  # noqa: ARG002
        """Return a content text, changed."""
        return self._change(message)


def lengthen(text: str) -> str:
    """Return a text with accents, 40 % longer, between brackets that show where it is cut."""
    said = each_part(text, ACCENTED)
    wanted = -(-len(text) * 7 // 5) - len(said) - 2
    filler = (FILLER * (max(wanted, 0) // len(FILLER) + 1))[: max(wanted - 1, 0)].rstrip()
    padding = f" {filler}".ljust(wanted, "~") if wanted > 0 else ""
    return f"[{said}{padding}]"


def turn(text: str) -> str:
    """Return a text with every Latin letter as a Hebrew one."""
    return each_part(text.replace("\u0130", "I"), HEBREW, lower=True)


def each_part(text: str, table: dict[int, int], lower: bool = False) -> str:
    """Return a text with every part changed that is no placeholder."""
    parts = PLACEHOLDER.split(text)
    for index in range(0, len(parts), 2):
        part = parts[index].lower() if lower else parts[index]
        parts[index] = part.translate(table)
    return "".join(parts)
