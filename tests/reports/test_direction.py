"""Right-to-left lines are drawn in the right order, letters joined, brackets facing inwards."""

import unicodedata

import pytest

from fieldkit.reports.direction import reads_rtl, visual


@pytest.mark.parametrize(
    ("text", "in_rtl_paper", "expected"),
    [
        ("Plain English", False, False),
        ("Plain English", True, False),
        ("שלום", False, True),
        ("CCTV במשטרה", True, True),
        ("CCTV במשטרה", False, False),
        ("42 %", True, True),
        ("42 %", False, False),
    ],
)
def test_a_paragraph_knows_its_direction(text: str, in_rtl_paper: bool, expected: bool) -> None:
    assert reads_rtl(text, in_rtl_paper) is expected


def test_a_left_to_right_line_stays_as_it_is() -> None:
    assert visual("Level (3) of 5", False) == "Level (3) of 5"


def test_hebrew_is_drawn_from_its_end() -> None:
    assert visual("אבג", True) == "גבא"


def test_a_number_in_hebrew_keeps_its_order() -> None:
    assert visual("רמה 12", True) == "12 המר"


def test_brackets_around_hebrew_face_inwards() -> None:
    assert visual("א (ב) ג", True) == "ג (ב) א"


def test_brackets_around_latin_words_stay_with_them() -> None:
    assert visual("א Unit (OSCE) ב", True) == "ב Unit (OSCE) א"


def test_brackets_around_a_year_belong_to_the_word_before() -> None:
    assert visual("א CCTV (2026) ב", True) == "ב CCTV (2026) א"
    assert visual("א (2026) ב", True) == "ב (2026) א"


@pytest.mark.parametrize("line", ["א) ב ( ג", "((((א", "א]})", "()א"])
def test_a_bracket_without_partner_breaks_nothing(line: str) -> None:
    sides = str.maketrans("([{", ")]}")
    assert sorted(visual(line, True).translate(sides)) == sorted(line.translate(sides))


def test_arabic_letters_are_joined() -> None:
    drawn = visual("سلام", True)
    assert all("\ufb50" <= char <= "\ufefc" for char in drawn)
    assert unicodedata.normalize("NFKC", drawn)[::-1].translate({0x644: None, 0x627: None}) == "سم"
