"""Writing direction: joined letters and the order in which a line is drawn."""

import re
from functools import cache, lru_cache
from typing import Any

_RTL = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_JOINING = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff]")
_LETTER = re.compile(r"[^\W\d_]")
_JOINERS = str.maketrans("", "", "\u200c\u200d")
_OPENING = {"(": ")", "[": "]", "{": "}"}
_MIRRORED = re.compile(r"[()<>\[\]{}«»‹›≤≥]")


def reads_rtl(text: str, document_rtl: bool) -> bool:
    """Say whether a paragraph reads from right to left.

    In a right-to-left paper any such letter decides, so that a sentence may begin with "CCTV";
    elsewhere the first letter does.
    """
    if _RTL.search(text) is None:
        return document_rtl and _LETTER.search(text) is None
    if document_rtl:
        return True
    first = _LETTER.search(text)
    return first is not None and _RTL.match(first.group()) is not None


@cache
def _reshaper() -> Any:
    from arabic_reshaper import ArabicReshaper

    plain = {"delete_harakat": False, "delete_tatweel": False, "ARABIC LIGATURE ALLAH": False}
    return ArabicReshaper(plain)


@lru_cache(maxsize=50_000)
def _joined(word: str) -> str:
    return str(_reshaper().reshape(word)).translate(_JOINERS)


def joined(text: str) -> str:
    """Return a text with its Arabic letters in the forms they take beside each other."""
    if _JOINING.search(text) is None:
        return text.translate(_JOINERS)
    return " ".join(_joined(word) for word in text.split(" "))


def visual(line: str, rtl: bool) -> str:
    """Return one line in the order it is drawn, from left to right, letters joined."""
    shaped = joined(line)
    if not rtl and _RTL.search(shaped) is None:
        return shaped
    if _MIRRORED.search(shaped):
        return _ordered_with_brackets(shaped, int(rtl))
    from bidi import get_display

    return str(get_display(shaped, base_dir="R" if rtl else "L"))


def _ordered_with_brackets(line: str, level: int) -> str:
    """Order a line whose brackets matter; the quick way neither pairs nor mirrors them."""
    from bidi import algorithm

    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = level, "LR"[level]
    algorithm.get_embedding_levels(line, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    pair_brackets(storage["chars"], "LR"[level])
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    algorithm.reorder_resolved_levels(storage, False)
    algorithm.apply_mirroring(storage, False)
    return "".join(char["ch"] for char in storage["chars"])


def pair_brackets(chars: list[dict[str, Any]], base: str) -> None:
    """Give both brackets of a pair one direction (rule N0 of the Unicode algorithm)."""
    for opening, closing in sorted(_pairs(chars)):
        inside = {_strong(char) for char in chars[opening + 1 : closing]} - {""}
        if not inside:
            continue
        side = base
        if base not in inside:
            before = (_strong(char) for char in reversed(chars[:opening]))
            side = next((kind for kind in before if kind), base)
        chars[opening]["type"] = chars[closing]["type"] = side


def _pairs(chars: list[dict[str, Any]]) -> list[tuple[int, int]]:
    waiting: list[int] = []
    found: list[tuple[int, int]] = []
    for index, char in enumerate(chars):
        if char["ch"] in _OPENING:
            waiting.append(index)
            continue
        for depth in range(len(waiting) - 1, -1, -1):
            if _OPENING[chars[waiting[depth]]["ch"]] == char["ch"]:
                found.append((waiting[depth], index))
                del waiting[depth:]
                break
    return found


def _strong(char: dict[str, Any]) -> str:
    return {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}.get(char["type"], "")
