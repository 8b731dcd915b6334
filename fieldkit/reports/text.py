"""para(text): the one way foreign text reaches paper; it comes out plain, whole and harmless."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 1000  # words in one paragraph; word processors choke on more

_BREAKS = re.compile("\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")
_KEPT_FORMATS = frozenset(
    "\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2"
)
_PLAIN = re.compile(r"[ -~\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0588]*")


@lru_cache(maxsize=4096)
def _harmless(char: str) -> str:
    """Return what is printed for one character: itself, a blank, its name or nothing."""
    if char in _OVERRIDES:
        return f"[U+{ord(char):04X}]"
    if char in _KEPT_FORMATS:
        return char
    kind = unicodedata.category(char)
    if kind == "Cs":
        return "\ufffd"
    if kind == "Zs" or char == "\t":
        return "\u00a0" if char in "\u00a0\u202f" else " "
    return "" if kind in {"Cc", "Cf"} or _is_nameless(char) else char


def _is_nameless(char: str) -> bool:
    point = ord(char)
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF or 0xFE00 <= point <= 0xFE0F


def clean(text: str) -> str:
    """Return one line without control characters; direction overrides are spelled out."""
    if _PLAIN.fullmatch(text):
        return text
    kept = "".join(map(_harmless, _BREAKS.sub(" ", text)))
    return unicodedata.normalize("NFC", kept)


def para(text: str) -> list[str]:
    """Return the paragraphs of a text, cleaned, none longer than 1,000 words, none empty."""
    found: list[str] = []
    for line in _BREAKS.split(text):
        words = clean(line).split(" ")
        if len(words) <= LONGEST:
            found.append(" ".join(words).strip())
            continue
        found.extend(" ".join(words[i : i + LONGEST]) for i in range(0, len(words), LONGEST))
    return [one for one in found if one]
