"""JSON from strangers: one reading only, and never an unexpected exception."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldkit.core.op import canonical
from fieldkit.exchange.strictjson import ContentError, parse

SIZE, DEPTH = 100_000, 16


@pytest.mark.parametrize(
    "raw",
    [
        b"", b" ", b"NaN", b"Infinity", b"-Infinity", b"1e999", b"1e2", b"1.0", b"-0.5",
        b'{"a":1,"a":1}', b'[{"a":{"b":1,"b":2}}]', b"[" * 17 + b"]" * 17, b"[" * 50_000,
        b'{"a":' * 40_000, b"9007199254740993", b"-9007199254740993", b"1" * 6_000, b"-" + b"1" * 99,
        b'"\\ud800"', b'"\\uDFFF"', b'["\\ud83d\\u0041"]', b'{"\\ud800":1}', b'"\xed\xa0\x80"',
        b'"\xff"', b'"\\u0000"', b'{"\\u0000":1}', b'"\0"', b"\0", b'"\n"', b"[1,]", b"[1 2]", b"'a'",
        b"\xef\xbb\xbf1", "1".encode("utf-16"), b'"abc', b'"abc\\', b"// x\n1", b"[" * 17 + b'"',
        b'["' + b'\\"' * 40_000 + b"[" * 20, b"1" * 100_001, b"truefalse", b"01", b"+1",
        b'["[","{"]' + b"[" * 20,
    ],
)  # fmt: skip
def test_hostile_texts_are_refused(raw: bytes) -> None:
    with pytest.raises(ContentError):
        parse(raw, SIZE, DEPTH)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b"9007199254740992", 2**53), (b"-9007199254740992", -(2**53)), (b"-0", 0),
        (b'"\\ud83d\\ude00"', "😀"), (b'"\\\\u0000 \\\\ud800"', "\\u0000 \\ud800"),
        (b'["[[[[[[[[[[[[[[[[[[[","\\"]]"]', ["[" * 19, '"]]']), (b"[" * 16 + b"]" * 16, None),
        (b'[[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[]]', [[]] * 17),
        (b' {"a" : null} ', {"a": None}), (b'"\\u00e9\\n"', "é\n"),
    ],
)  # fmt: skip
def test_sound_texts_are_read(raw: bytes, value: Any) -> None:
    found = parse(raw, SIZE, DEPTH)
    assert value is None or found == value


plain = st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | plain,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain, inner, max_size=4),
    max_leaves=12,
)


@given(values)
def test_what_we_write_we_read(value: Any) -> None:
    assert parse(canonical(value), SIZE, 60) == value


@settings(max_examples=300)
@given(values, st.data())
def test_mutants_give_a_value_or_a_refusal(value: Any, data: st.DataObject) -> None:
    raw = bytearray(canonical(value))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw)))
        raw[at : at + data.draw(st.integers(0, 2))] = data.draw(
            st.sampled_from(
                [b"", b"[", b"}", b'"', b"\\", b"\\ud800", b"1e9", b"NaN", b"\0", b",", b"\xff"]
            )
        )
    try:
        found = parse(bytes(raw), SIZE, DEPTH)
    except ContentError:
        return
    assert json.loads(raw) == found
    assert canonical(found)
