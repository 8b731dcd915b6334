"""Shape: taking typed values out of JSON that strangers wrote."""

import re
from collections.abc import Mapping, Sequence

from fieldkit.core.ids import is_id
from fieldkit.core.op import INT_CAP, Value
from fieldkit.exchange.strictjson import ContentError

Tree = Mapping[str, Value]
_HASH = re.compile(r"[0-9a-f]{64}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def tree_of(value: Value) -> Tree:
    """Take an object."""
    if not isinstance(value, Mapping):
        raise ContentError("object expected")
    return value


def list_of(value: Value, limit: int) -> Sequence[Value]:
    """Take a list of at most so many items."""
    if not isinstance(value, list) or len(value) > limit:
        raise ContentError("list expected")
    return value


def whole_of(value: Value, low: int = 0, high: int = INT_CAP) -> int:
    """Take a whole number between two bounds."""
    if type(value) is not int or not low <= value <= high:
        raise ContentError("number expected")
    return value


def text_of(value: Value, limit: int) -> str:
    """Take a text of at most so many characters."""
    if not isinstance(value, str) or len(value) > limit:
        raise ContentError("text expected")
    return value


def name_of(value: Value, limit: int) -> str:
    """Take a text on one line, without control characters."""
    text = text_of(value, limit)
    if _CONTROL.search(text):
        raise ContentError("control character")
    return text


def id_of(value: Value) -> str:
    """Take an id."""
    if not is_id(value):
        raise ContentError("id expected")
    return str(value)


def hash_of(value: Value) -> str:
    """Take a SHA-256 in hex."""
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise ContentError("hash expected")
    return value


def flag_of(value: Value) -> bool:
    """Take a yes or no."""
    if not isinstance(value, bool):
        raise ContentError("true or false expected")
    return value


def names_of(value: Value, limit: int, length: int) -> tuple[str, ...]:
    """Take a list of one-line texts."""
    return tuple(name_of(item, length) for item in list_of(value, limit))
