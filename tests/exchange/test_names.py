"""File names: letters, digits and dashes that any stick and any system can hold."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldkit.exchange.names import bundle_name
from tests.exchange.bundles import DAY

BUNDLE = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Полиция, северный округ", "policija-severnyi-okrug_20260318_01234567.fkb"),
        ("Đurđevac & Šibenik", "djurdjevac-sibenik_20260318_01234567.fkb"),
        ("CON", "con_20260318_01234567.fkb"),
        ("../../etc/passwd", "etc-passwd_20260318_01234567.fkb"),
        ("警察", "fieldkit_20260318_01234567.fkb"),
        ("", "fieldkit_20260318_01234567.fkb"),
        ("x" * 100, "x" * 40 + "_20260318_01234567.fkb"),
        ("a" * 39 + " b", "a" * 39 + "_20260318_01234567.fkb"),
    ],
)
def test_titles_become_plain_names(title: str, name: str) -> None:
    assert bundle_name(title, DAY, BUNDLE) == name


@given(st.text())
def test_any_title_gives_a_safe_name(title: str) -> None:
    name = bundle_name(title, DAY, BUNDLE)
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}_20260318_01234567\.fkb", name)
