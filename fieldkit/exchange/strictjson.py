"""JSON as strangers may send it: one spelling, no floats, bounded depth and size."""

import json
import re

from fieldkit.core.op import INT_CAP, Value

_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[{]|[\]}]', re.DOTALL)
_ODD_ESCAPE = re.compile(rb"\\u(?:[dD][89a-fA-F]|0000)")
_INT_DIGITS = 17


class ContentError(ValueError):
    """What was read is not what bundles are made of; says which rule was broken."""


def parse(raw: bytes, size: int, depth: int) -> Value:
    """Read one value; refuse floats, double keys, lone surrogates, NUL, depth and size."""
    if len(raw) > size:
        raise ContentError("size")
    _check_depth(raw, depth)
    try:
        value: Value = _DECODER.decode(raw.decode())
    except ValueError as error:
        raise ContentError(type(error).__name__) from error
    if _ODD_ESCAPE.search(raw):
        _check_texts(value)
    return value


def _check_depth(raw: bytes, depth: int) -> None:
    if raw.count(b"[") + raw.count(b"{") <= depth:
        return
    level = 0
    for match in _BRACKETS.finditer(raw):
        first = match[0][:1]
        if first in b"[{":
            level += 1
            if level > depth:
                raise ContentError("depth")
        elif first in b"]}":
            level -= 1


def _check_texts(value: Value) -> None:
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ContentError("surrogate") from error
    if "\\u0000" in text.replace("\\\\", ""):
        raise ContentError("NUL")


def _whole(digits: str) -> int:
    if len(digits) > _INT_DIGITS:
        raise ContentError("integer")
    number = int(digits)
    if abs(number) > INT_CAP:
        raise ContentError("integer")
    return number


def _refuse(text: str) -> Value:
    raise ContentError(text[:20])


def _single_keys(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ContentError("double key")
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_single_keys,
    parse_float=_refuse,
    parse_constant=_refuse,
    parse_int=_whole,
)
