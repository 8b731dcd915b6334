"""Ids: random ones never meet, natural ones always do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.core.ids import ScopeId, is_id, natural_id, new_id

SCOPE = ScopeId("a" * 32)


def test_a_new_id_is_an_id_and_never_the_same_again() -> None:
    drawn = {new_id() for _ in range(500)}
    assert len(drawn) == 500
    assert all(is_id(one) for one in drawn)


@given(st.text(), st.text())
def test_two_laptops_name_the_same_thing_alike(kind: str, key: str) -> None:
    assert natural_id(SCOPE, kind, key) == natural_id(SCOPE, kind, key)
    assert is_id(natural_id(SCOPE, kind, key))


def test_scope_kind_and_key_all_tell_natural_ids_apart() -> None:
    other = ScopeId("b" * 32)
    names = {
        natural_id(SCOPE, "answer", "LDR.1"),
        natural_id(other, "answer", "LDR.1"),
        natural_id(SCOPE, "target", "LDR.1"),
        natural_id(SCOPE, "answer", "LDR.2"),
        natural_id(SCOPE, "answerLDR.1", ""),
    }
    assert len(names) == 5


@pytest.mark.parametrize("wrong", ["", "A" * 32, "g" * 32, "a" * 31, "a" * 33, None, 7, b"a" * 32])
def test_what_is_not_thirty_two_lower_case_hex_digits_is_no_id(wrong: object) -> None:
    assert not is_id(wrong)
