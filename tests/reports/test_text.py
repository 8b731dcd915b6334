"""Foreign text comes out plain, whole and harmless."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from fieldkit.reports.text import LONGEST, clean, para


def test_ordinary_text_is_left_alone() -> None:
    text = "Level 3: <b>checked</b> & signed, 5 < 6 — «да», ok?"
    assert clean(text) == text


def test_control_characters_vanish_and_line_breaks_become_blanks() -> None:
    assert clean("a\x00b\x07c\r\nd\te\ufeff\u200bf") == "abc d ef"


def test_direction_overrides_are_spelled_out() -> None:
    assert clean("user\u202egpj.exe") == "user[U+202E]gpj.exe"


def test_our_own_isolates_leave_no_trace() -> None:
    assert clean("\u2068Anna\u2069") == "Anna"


def test_a_lone_surrogate_and_a_noncharacter_are_survived() -> None:
    assert clean("x\ud800y\ufffez\ufdd0") == "x\ufffdyz"


def test_lines_become_paragraphs_and_empty_ones_vanish() -> None:
    assert para("one\n\n two \u2028three\r\n") == ["one", "two", "three"]


def test_a_paragraph_of_many_words_is_split_at_a_thousand() -> None:
    parts = para("word " * 2500)
    assert [len(part.split()) for part in parts] == [LONGEST, LONGEST, 500]


@given(st.text())
def test_no_control_character_ever_gets_through(text: str) -> None:
    kinds = {unicodedata.category(char) for one in para(text) for char in one}
    assert not kinds & {"Cc", "Cs"}
    assert not set("".join(para(text))) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068")


@given(st.text(st.characters(categories=["L", "N", "P", "S"])))
def test_letters_numbers_and_signs_are_never_lost(text: str) -> None:
    assert clean(text) == unicodedata.normalize("NFC", text)


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
