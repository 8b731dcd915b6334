"""Ops: one spelling, a chain that pins every part, commitments that hide and hold."""

from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.core.ids import EntityId, ScopeId, WriterId, is_id, natural_id, new_id
from fieldkit.core.op import (
    CHAIN_START,
    Dot,
    Op,
    Register,
    Value,
    canonical,
    chain_after,
    commitment,
    new_salt,
)

texts = st.text(st.characters(codec="utf-8"), max_size=20)
values: st.SearchStrategy[Value] = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
)
PLAIN = Op(
    ScopeId("5c" * 16), WriterId("aa" * 16), 3, 7, 29_563_740, 2, EntityId("e1" * 16),
    "answer.level", 1, 4, ((WriterId("bb" * 16), 2),), {"undo": 1},
)  # fmt: skip


def committed(value: Value) -> Op:
    salt = new_salt()
    return replace(PLAIN, val=value, salt=salt, commit=commitment(salt, value))


@given(st.dictionaries(texts, values))
def test_one_value_has_one_spelling(value: dict[str, Value]) -> None:
    shuffled = dict(reversed(value.items()))
    assert canonical(value) == canonical(shuffled)


def test_the_spelling_is_sorted_tight_and_utf8() -> None:
    assert canonical({"b": [1, None, True], "a": "ж"}) == '{"a":"ж","b":[1,null,true]}'.encode()


def test_numbers_that_are_none_have_no_spelling() -> None:
    not_a_number: Any = float("nan")
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical(not_a_number)


@pytest.mark.parametrize(
    "other",
    [
        {"scope": ScopeId("0" * 32)}, {"writer": WriterId("0" * 32)}, {"seq": 4}, {"lam": 8},
        {"wall": 1}, {"grp": 3}, {"ent": EntityId("0" * 32)}, {"fld": "answer.reason"},
        {"kind": 2}, {"val": 5}, {"val": "4"}, {"val": None}, {"ctx": ()}, {"ext": None},
        {"ext": {}}, {"ext": {"undo": 2}}, {"commit": "4"},
    ],
)  # fmt: skip
def test_every_part_of_an_op_moves_the_chain(other: dict[str, Any]) -> None:
    assert chain_after(CHAIN_START, PLAIN) != chain_after(CHAIN_START, replace(PLAIN, **other))


def test_the_chain_depends_on_what_came_before() -> None:
    assert chain_after(CHAIN_START, PLAIN) != chain_after(b"\1" * 32, PLAIN)
    assert len(chain_after(CHAIN_START, PLAIN)) == 32


def test_the_chain_is_what_the_design_says_byte_for_byte() -> None:
    body = (
        f'["{"5c" * 16}","{"aa" * 16}",3,7,29563740,2,"{"e1" * 16}","answer.level",1,0,4,'
        f'[["{"bb" * 16}",2]],{{"undo":1}}]'
    )
    assert chain_after(CHAIN_START, PLAIN) == sha256(bytes(32) + body.encode()).digest()


@given(values)
def test_dropping_a_committed_value_leaves_the_chain_whole(value: Value) -> None:
    full = committed(value)
    stub = full.as_stub()
    assert chain_after(CHAIN_START, stub) == chain_after(CHAIN_START, full)
    assert (stub.val, stub.salt, stub.is_stub, full.is_stub) == (None, None, True, False)
    assert stub.as_stub() == stub


def test_a_plain_op_cannot_become_a_stub() -> None:
    assert PLAIN.as_stub() is PLAIN
    assert not PLAIN.is_stub


def test_a_commitment_cannot_pass_for_a_plain_value() -> None:
    full = committed("secret")
    posing = replace(full, val=full.commit, salt=None, commit=None)
    assert chain_after(CHAIN_START, posing) != chain_after(CHAIN_START, full)


def test_equal_values_under_different_salts_look_different() -> None:
    assert commitment(new_salt(), "yes") != commitment(new_salt(), "yes")
    assert commitment("00" * 16, "yes") == commitment("00" * 16, "yes")
    assert len(new_salt()) == 32


def test_a_value_that_does_not_fit_its_commitment_is_found_out() -> None:
    full = committed("secret")
    assert full.is_honest
    assert full.as_stub().is_honest
    assert PLAIN.is_honest
    assert not replace(full, val="other").is_honest


def test_an_op_names_its_dot_and_its_register() -> None:
    assert PLAIN.dot == Dot(WriterId("aa" * 16), 3)
    assert PLAIN.register == Register(PLAIN.scope, PLAIN.ent, "answer.level")


def test_ids_are_128_random_bits_or_follow_from_nature() -> None:
    assert is_id(new_id())
    assert new_id() != new_id()
    here = natural_id(PLAIN.scope, "answer", "LDR.1")
    assert is_id(here)
    assert here == natural_id(PLAIN.scope, "answer", "LDR.1")
    assert here != natural_id(PLAIN.scope, "answer", "LDR.2")
    assert here != natural_id(ScopeId("0" * 32), "answer", "LDR.1")
    assert here != natural_id(PLAIN.scope, "target", "LDR.1")


@pytest.mark.parametrize("wrong", ["", "0" * 31, "0" * 33, "G" * 32, "A" * 32, 7, None, b"0" * 32])
def test_other_things_are_no_ids(wrong: object) -> None:
    assert not is_id(wrong)
