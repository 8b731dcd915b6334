"""Fold: one plain spelling of a text for searching, whatever its case, marks or script."""

import unicodedata

# Searching "policija" finds "полиция", and "covjek" finds "čovjek" (decisions 39).
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "ғ": "g", "д": "d", "ђ": "dj", "е": "e",
    "є": "je", "ж": "z", "з": "z", "ѕ": "dz", "и": "i", "і": "i", "ј": "j", "к": "k", "қ": "k",
    "л": "l", "љ": "lj", "м": "m", "н": "n", "њ": "nj", "ң": "n", "о": "o", "ө": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "ћ": "c", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "h",
    "ҳ": "h", "һ": "h", "ц": "c", "ч": "c", "ҷ": "dz", "џ": "dz", "ш": "s", "щ": "sc", "ъ": "",
    "ы": "y", "ь": "", "э": "e", "ә": "a", "ю": "ju", "я": "ja",
}  # fmt: skip
_LATIN = {"đ": "dj", "ð": "d", "ł": "l", "ø": "o", "ı": "i", "æ": "ae", "œ": "oe", "ə": "a"}
_APOSTROPHES = dict.fromkeys("'`´ʹʻʼʽˈ‘’", "")
_FOLDS = str.maketrans({**_CYRILLIC, **_LATIN, **_APOSTROPHES})


def fold(text: str) -> str:
    """Return the text without case, diacritics and apostrophes, its Cyrillic in Latin letters."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return bare.translate(_FOLDS)
